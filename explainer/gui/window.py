"""The window: places the panels and hands each its slice of a frame."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from explainer.gui.actions import ActionSet
from explainer.gui.documents import SUFFIX
from explainer.gui.frame import Frame
from explainer.gui.menus import Menus
from explainer.gui.panels.derivation import DerivationPanel
from explainer.gui.panels.graph import GraphPanel
from explainer.gui.panels.notice import Notice
from explainer.gui.panels.timeline import TimelinePanel
from explainer.gui.panels.top_bar import TopBar
from explainer.gui.theme import Theme
from explainer.lesson.lesson import text_in

# The share of the derivation in the width, as in the design: 500 of 1440.
_DERIVATION_SHARE = 500 / 1440
_NARROWEST_DERIVATION, _WIDEST_DERIVATION = 420, 640


class Window(QMainWindow):
    """The main window. It knows its panels and nothing of what they do.

    `painted` is emitted once, after the first frame; `dropped` carries the path of a file dropped on the window; `closing`
    asks whoever is connected whether the window may close (set `may_close`).
    """

    painted = Signal()
    dropped = Signal(str)
    closing = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.may_close = True
        self._theme = theme
        self._was_painted = False
        self._was_divided = False
        self.setAcceptDrops(True)
        self.setMinimumSize(960, 560)
        self.graph = GraphPanel(theme)
        self.derivation = DerivationPanel(theme)
        self.notice = Notice(theme, self.graph)
        self.graph.hovered.connect(self.derivation.highlight)
        self.derivation.hovered.connect(self.graph.highlight)

    def furnish(self, actions: ActionSet, menus: Menus) -> None:
        """Put everything in its place."""
        self._actions = actions
        self._menus = menus
        self.top_bar = TopBar(actions, menus, self._theme)
        self.timeline = TimelinePanel(actions, self._theme)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.graph)
        self.splitter.addWidget(self.derivation)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.splitterMoved.connect(self._divided)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.timeline)
        self.setCentralWidget(middle)

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Show a frame in every panel."""
        if old is None or old.language != new.language:
            self._menus.set_language(new.language)
        self._actions.show_frame(old, new)
        self.graph.show_frame(old, new)
        self.derivation.show_frame(old, new)
        self.timeline.show_frame(old, new)
        self.top_bar.show_frame(old, new)
        self._name(new)
        if new.page is not None and (old is None or old.page is not new.page):
            self._announce(new.page.page.announcement)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        for part in (
            self._menus,
            self.graph,
            self.derivation,
            self.timeline,
            self.top_bar,
            self.notice,
        ):
            part.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._was_divided:
            share = round(self.width() * _DERIVATION_SHARE)
            width = min(max(share, _NARROWEST_DERIVATION), _WIDEST_DERIVATION)
            self.splitter.setSizes([self.width() - width, width])

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

    def _name(self, frame: Frame) -> None:
        title = text_in(frame.lesson.title, frame.language)
        name = title if frame.path is None else f"{title} ({frame.path.name})"
        # Qt reads [*] as the place of the mark for unsaved changes.
        self.setWindowTitle(f"{name.replace('[*]', '[*][*]')}[*]")
        self.setWindowModified(frame.dirty)

    def _announce(self, sentence: str) -> None:
        if QAccessible.isActive() and sentence:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))


def _dropped_file(event: QDropEvent) -> str | None:
    """Return the path of the one lesson file that is dragged, None for anything else."""
    urls: list[QUrl] = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = urls[0].toLocalFile()
    return path if path.lower().endswith(SUFFIX) else None
