"""Pages painted on a thread: a page takes as long as a frame may, and the window never waits for one."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

# Bytes that pages painted before may take: about thirty at twice their size.
_MEMORY = 400 * 1024 * 1024
_SIZE = re.compile(r'\b(width|height)="([0-9.]+)(?:pt|px)?"')


class Page(NamedTuple):
    """A page as SVG text, and its size in points."""

    svg: str
    width: float
    height: float


class Wanted(NamedTuple):
    """A page painted so many pixels wide."""

    page: Page
    width: int


def page_of(svg: str) -> Page:
    """Return a page with the size that its first element states; that of A4 where it states none."""
    sizes = {name: float(value) for name, value in _SIZE.findall(svg[: svg.find(">") + 1])}
    return Page(svg, sizes.get("width", 595.0) or 595.0, sizes.get("height", 842.0) or 842.0)


class Rasters(QObject):
    """Paints the pages that are wanted, the first first; `ready` comes after each.

    Whoever wants others replaces what waits: nothing is painted that nobody looks at any more.
    """

    ready = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._painted: OrderedDict[Wanted, QImage] = OrderedDict()
        self._waiting: list[Wanted] = []
        self._changed = threading.Condition()
        self._is_over = False
        self._thread: threading.Thread | None = None

    def image(self, wanted: Wanted) -> QImage | None:
        """Return the page where it is painted, None until then."""
        with self._changed:
            found = self._painted.get(wanted)
            if found is not None:
                self._painted.move_to_end(wanted)
            return found

    def any_size(self, page: Page) -> QImage | None:
        """Return the page as it was painted last, in whatever size; None where it never was."""
        with self._changed:
            return next(
                (image for key, image in reversed(self._painted.items()) if key.page is page), None
            )

    def want(self, pages: Sequence[Wanted]) -> None:
        """Paint these, and nothing else that still waits."""
        with self._changed:
            self._waiting = [page for page in pages if page not in self._painted]
            if self._waiting and self._thread is None and not self._is_over:
                # A daemon: nothing that is only looked at keeps the program from ending.
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
            self._changed.notify()

    @property
    def is_busy(self) -> bool:
        """Whether something that was wanted is not painted yet."""
        with self._changed:
            return bool(self._waiting)

    def stop(self) -> None:
        """Paint nothing more, and wait for the page in work."""
        with self._changed:
            self._is_over = True
            self._waiting.clear()
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while (wanted := self._next()) is not None:
            image = painted(wanted)
            with self._changed:
                self._painted[wanted] = image
                if wanted in self._waiting:
                    self._waiting.remove(wanted)
                while sum(one.sizeInBytes() for one in self._painted.values()) > _MEMORY:
                    self._painted.popitem(last=False)
            # The window may be gone, and with it whoever waited.
            with suppress(RuntimeError):
                self.ready.emit()

    def _next(self) -> Wanted | None:
        with self._changed:
            while not self._waiting and not self._is_over:
                self._changed.wait()
            return None if self._is_over else self._waiting[0]


def painted(wanted: Wanted) -> QImage:
    """Return a page on white paper."""
    page = wanted.page
    size = QSize(wanted.width, max(1, round(wanted.width * page.height / page.width)))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    renderer = QSvgRenderer(QByteArray(page.svg.encode()))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    return image
