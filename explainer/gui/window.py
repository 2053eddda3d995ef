"""The window: places the panels and hands each its slice of a frame.

The graph is there from the start; the other panels come after the first frame is painted (`furnish`), so that the
network is seen as early as possible.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from explainer.gui.panels.graph import GraphPanel
from explainer.lesson.lesson import text_in

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDropEvent,
        QPaintEvent,
        QResizeEvent,
    )

    from explainer.gui.frame import Frame
    from explainer.gui.panels.derivation import DerivationPanel
    from explainer.gui.panels.side import SidePanel
    from explainer.gui.panels.timeline import TimelinePanel
    from explainer.gui.panels.top_bar import TopBar
    from explainer.gui.theme import Theme

SUFFIX = ".json"
_TOP_HEIGHT, _BOTTOM_HEIGHT = 52, 93
# The share of the derivation in the width, as in the design: 500 of 1440.
_DERIVATION_SHARE = 500 / 1440
# The share of plots, of which two stand beside each other.
_PLOTS_SHARE, _WIDEST_PLOTS = 0.5, 900
# From this width on the tabs stand side by side, in any language.
_ROOM_FOR_TABS = 1100
_NARROWEST_DERIVATION, _WIDEST_DERIVATION = 360, 640


class Part(Protocol):
    """Whatever shows a slice of the frames."""

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Show a frame; only what differs from `old` needs to be drawn anew."""

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""


class Window(QMainWindow):
    """The main window. It knows where its panels stand and nothing of what they do.

    `painted` is emitted once, while the first frame is painted; `dropped` carries the path of a file dropped on the
    window; `closing` asks whoever is connected whether the window may close (set `may_close`).
    """

    painted = Signal()
    dropped = Signal(str)
    closing = Signal()
    derivation: DerivationPanel
    side: SidePanel
    timeline: TimelinePanel
    top_bar: TopBar

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.may_close = True
        self._was_painted = False
        self._was_divided = False
        self._shows_plots = False
        self._others: Sequence[Part] = ()
        self.setAcceptDrops(True)
        self.setMinimumSize(640, 400)
        self.graph = GraphPanel(theme)
        self._splitter = QSplitter()
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.graph)
        self._blank = QWidget()
        self._splitter.addWidget(self._blank)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.splitterMoved.connect(self._divided)
        middle = QWidget()
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(0, _TOP_HEIGHT, 0, _BOTTOM_HEIGHT)
        self._column.setSpacing(0)
        self._column.addWidget(self._splitter, 1)
        self.setCentralWidget(middle)

    def furnish(
        self,
        top_bar: TopBar,
        side: SidePanel,
        timeline: TimelinePanel,
        others: Sequence[Part],
    ) -> None:
        """Put the panels where their room was kept; `others` are shown frames too and stand elsewhere."""
        self.top_bar, self.side, self.timeline = top_bar, side, timeline
        self.derivation = side.derivation
        side.room_wanted.connect(self._give_room)
        self._others = (top_bar, side, timeline, *others)
        top_bar.setFixedHeight(_TOP_HEIGHT)
        timeline.setFixedHeight(_BOTTOM_HEIGHT)
        self.graph.furnish()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.insertWidget(0, top_bar)
        self._column.addWidget(timeline)
        sizes = self._splitter.sizes()
        self._splitter.replaceWidget(1, side)
        self._blank.deleteLater()
        self._splitter.setSizes(sizes)

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Show a frame in every panel."""
        self.graph.show_frame(old, new)
        for part in self._others:
            part.show_frame(old, new)
        if old is None or old.language != new.language:
            # Its tabs are other words now.
            self._divide()
        if old is None or (old.lesson.title, old.path, old.dirty, old.language) != (
            new.lesson.title,
            new.path,
            new.dirty,
            new.language,
        ):
            self._name(new)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.graph.set_theme(theme)
        for part in self._others:
            part.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._divide()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        event.setAccepted(self.may_close)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _divided(self) -> None:
        self._was_divided = True

    def _divide(self) -> None:
        """Give the right panel its share of the width, unless the user has."""
        if self._was_divided:
            return
        most = _WIDEST_PLOTS if self._shows_plots else _WIDEST_DERIVATION
        share = _PLOTS_SHARE if self._shows_plots else _DERIVATION_SHARE
        least = _NARROWEST_DERIVATION
        if self.width() >= _ROOM_FOR_TABS and self._others:
            least = min(max(least, self.side.tabs.width_unfolded()), most)
        width = min(max(round(self.width() * share), least), most)
        self._splitter.setSizes([self.width() - width, width])

    def _give_room(self, plots: bool) -> None:
        if plots != self._shows_plots:
            self._shows_plots = plots
            self._divide()

    def _name(self, frame: Frame) -> None:
        title = text_in(frame.lesson.title, frame.language)
        name = title if frame.path is None else f"{title} ({frame.path.name})"
        # Qt reads [*] as the place of the mark for unsaved changes.
        self.setWindowTitle(f"{name.replace('[*]', '[*][*]')}[*]")
        self.setWindowModified(frame.dirty)


def _dropped_file(event: QDropEvent) -> str | None:
    """Return the path of the one lesson file that is dragged, None for anything else."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = urls[0].toLocalFile()
    return path if path.lower().endswith(SUFFIX) else None
