"""The pictures of the gallery, made while the window stays free.

A thread reads lessons and lays out their networks, which is plain Python; what needs Qt, filling a scene and painting
it, is done in the window's own thread in pieces of a few milliseconds.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from queue import Empty, SimpleQueue

from msgspec import structs
from PySide6.QtCore import QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsScene, QWidget

from explainer.gui.canvas.items import Paints
from explainer.gui.canvas.scene import SceneItems
from explainer.gui.scaling import scale
from explainer.gui.theme import Theme
from explainer.lesson.examples import example
from explainer.render.diagram import draw
from explainer.render.shapes import Drawing
from explainer.trace.moment import starting_moment

# What of a drawing can still be read on a card, by the first part of its keys.
_SHOWN = {"edge", "link", "circle", "symbol", "error"}
_LARGEST_SCALE = 0.6
# Milliseconds between looking for finished sketches.
_PAUSE = 4


@cache
def sketch(name: str, language: str) -> Drawing:
    """Return the drawing of a built-in lesson with what can be read on a card: neurons and edges."""
    lesson = example(name)
    whole = draw(lesson, starting_moment(lesson), digits=3, language=language)
    shapes = tuple(shape for shape in whole.shapes if shape.key.partition(":")[0] in _SHOWN)
    return structs.replace(whole, shapes=shapes)


class Sketcher:
    """A thread that sketches lessons in the order wanted, which may change meanwhile; it touches nothing of Qt."""

    def __init__(self, names: Sequence[str], language: str) -> None:
        self._finished: SimpleQueue[tuple[str, Drawing]] = SimpleQueue()
        self._language = language
        self._waiting = list(names)
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def start(self) -> None:
        """Begin; once only."""
        self._thread.start()

    def taken(self) -> dict[str, Drawing]:
        """Return what has been finished since it was last asked."""
        found: dict[str, Drawing] = {}
        with suppress(Empty):
            while True:
                name, drawing = self._finished.get_nowait()
                found[name] = drawing
        return found

    def prefer(self, names: Sequence[str]) -> None:
        """Move these to the front of what is still to be sketched."""
        with self._lock:
            waiting = set(self._waiting)
            first = [name for name in names if name in waiting]
            self._waiting = first + [name for name in self._waiting if name not in set(first)]

    def stop(self) -> None:
        """Leave the rest undone and wait for the sketch in work."""
        with self._lock:
            self._waiting.clear()
        if self._thread.ident is not None:
            self._thread.join()

    def _work(self) -> None:
        while (name := self._next()) is not None:
            self._finished.put((name, sketch(name, self._language)))

    def _next(self) -> str | None:
        with self._lock:
            return self._waiting.pop(0) if self._waiting else None


class Pictures(QObject):
    """Makes the pictures of lessons one after another; `ready` brings a name and its picture."""

    ready = Signal(str, QPixmap)

    def __init__(
        self, names: Sequence[str], theme: Theme, language: str, size: QSize, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size = size
        self._sharpness = parent.devicePixelRatioF() * scale()
        self._missing = len(names)
        self._stages: Iterator[None] = iter(())
        self._sketches: dict[str, Drawing] = {}
        self._preferred: tuple[str, ...] = ()
        self._sketcher = Sketcher(names, language)
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begin, when the window has something to show."""
        if self._missing:
            self._sketcher.start()
            self._timer.start()

    @property
    def is_busy(self) -> bool:
        """Whether pictures are still to come."""
        return self._missing > 0

    def prefer(self, names: Sequence[str]) -> None:
        """Make these before the others."""
        self._preferred = tuple(names)
        self._sketcher.prefer(names)

    def stop(self) -> None:
        """Make no more pictures."""
        self._missing = 0
        self._timer.stop()
        self._sketcher.stop()

    def _go_on(self) -> None:
        """Do the next piece of the picture in work, or begin one."""
        for _ in self._stages:
            return
        self._sketches.update(self._sketcher.taken())
        name = next(iter([*filter(self._sketches.get, self._preferred), *self._sketches]), None)
        if name is not None:
            self._stages = self._make(name, self._sketches.pop(name))

    def _make(self, name: str, drawing: Drawing) -> Iterator[None]:
        scene = QGraphicsScene()
        # Whoever fills a scene keeps what manages its items until it is painted.
        items = SceneItems(scene, Paints(self._theme.palette))
        items.show(drawing)
        yield
        self.ready.emit(name, _painted(scene, self._size, self._sharpness))
        self._missing -= 1
        if not self._missing:
            self._timer.stop()


def _painted(scene: QGraphicsScene, size: QSize, sharpness: float) -> QPixmap:
    """Return a scene as large as fits into `size`, with so many pixels of the screen for each of the window."""
    area = scene.itemsBoundingRect().adjusted(-4, -4, 4, 4)
    scale = min(size.width() / area.width(), size.height() / area.height(), _LARGEST_SCALE)
    picture = QPixmap((area.size() * scale * sharpness).toSize())
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    scene.render(painter, QRectF(picture.rect()), area)
    painter.end()
    picture.setDevicePixelRatio(sharpness)
    return picture
