"""The views of the lesson: the three that are drawn, and the table that lies over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explainer.gui.frame import Frame
from explainer.gui.preferences import Preferences
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme, ThemeKeeper
from explainer.render.views import View

if TYPE_CHECKING:
    from explainer.gui.board.panel import BoardPanel
    from explainer.gui.window import Window


class Viewing(QObject):
    """Shows the lesson in another view at the same step, now and at the next start; `shown` carries which."""

    shown = Signal(str)

    def __init__(
        self, stage: Stage, preferences: Preferences, keeper: ThemeKeeper, window: Window
    ) -> None:
        super().__init__(window)
        self._stage = stage
        self._preferences = preferences
        self._keeper = keeper
        self._window = window
        self.board: BoardPanel | None = None
        self._zoom = 1.0

    def neurons(self) -> None:
        """Show the lesson as neurons."""
        self._draw("neurons")

    def computation(self) -> None:
        """Show the lesson as a graph of everything that is computed."""
        self._draw("computation")

    def matrices(self) -> None:
        """Show the lesson as matrices."""
        self._draw("matrices")

    def table(self) -> None:
        """Show the lesson as a table."""
        if not self._window.graph.close_editor():
            return
        self._preferences.shows_table = True
        self._made_board().appear()
        self.shown.emit("table")

    def show_last(self) -> None:
        """Show what was shown at the end of the last time."""
        if self._preferences.shows_table:
            self.table()
        else:
            self.shown.emit(self._window.graph.view)

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Show a frame in the table; the drawings are the graph's own."""
        if self.board is not None:
            self.board.show_frame(old, new)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        if self.board is not None:
            self.board.set_theme(theme)

    def set_zoom(self, zoom: float) -> None:
        """Set the table so many times as large as usual."""
        self._zoom = zoom
        if self.board is not None:
            self.board.table.set_zoom(zoom)

    def _draw(self, view: View) -> None:
        graph = self._window.graph
        if not graph.close_editor():
            return
        self._preferences.view = view
        self._preferences.shows_table = False
        if self.board is not None and self.board.isVisible():
            self.board.disappear()
        graph.show_view(view)
        self.shown.emit(view)

    def _made_board(self) -> BoardPanel:
        if self.board is None:
            # Imported when it is first looked at: nothing of it is needed before.
            from explainer.gui.board.panel import BoardPanel

            graph = self._window.graph
            self.board = BoardPanel(self._keeper.theme, self._stage, graph)
            self.board.pointed.connect(self._window.derivation.highlight)
            self.board.table.set_zoom(self._zoom)
            graph.cover = self.board
        return self.board
