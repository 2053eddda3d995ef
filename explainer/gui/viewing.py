"""The views of the lesson, the three that are drawn and the table that lies over them, and how large the window is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal

from explainer.gui.frame import Frame
from explainer.gui.preferences import LEAST_ZOOM, MOST_ZOOM, Preferences
from explainer.gui.scaling import scale, set_scale
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme
from explainer.gui.theme_keeper import ThemeKeeper
from explainer.gui.timing import once
from explainer.render.views import View

_STEP = 1.15
# The window works down to this size; larger words need as many times as much.
_LEAST_WINDOW = (640, 400)
# The rest of the window follows the graph and the derivation when no more keys come, ms.
_REST = 90

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
        self.zoom = 1.0
        # How many steps of the keys the graph is larger than at first.
        self._level = 0
        set_scale(self.zoom)
        self.shown.connect(self._choose_form)
        self._rest = once(self, _REST, self._rescale)
        window.installEventFilter(self)

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
        """Show what was shown at the end of the last time, as large as it was."""
        steps = self._preferences.zoom
        for _ in range(abs(steps)):
            self._step(1 if steps > 0 else -1)
        if steps:
            self._rescale()
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

    def larger(self) -> None:
        """Set everything larger: the graph, the derivation and the table now, the rest of the window right after."""
        self._step(1)

    def smaller(self) -> None:
        """Set everything smaller."""
        self._step(-1)

    def usual(self) -> None:
        """Set everything as large as usual, and show the whole graph."""
        self._window.graph.fit()
        self._set_level(0)

    @property
    def is_about_to_rescale(self) -> bool:
        """Whether the rest of the window has still to follow."""
        return self._rest.isActive()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the words have the size that the window has room for."""
        if event.type() == QEvent.Type.Resize and self.zoom != 1.0:
            self._rest.start()
        return super().eventFilter(watched, event)

    def _choose_form(self, view: str) -> None:
        """Have the derivation tell about whole matrices where these are shown."""
        self._stage.show_matrices(on=view == "matrices")

    def _step(self, by: int) -> None:
        graph = self._window.graph
        before = graph.camera.scale
        if by > 0:
            graph.zoom_in()
        else:
            graph.zoom_out()
        # Where the graph goes on alone it also comes back alone: words and graph meet again.
        goes_alone = graph.camera.scale != before and not self._shows_table
        level = self._level + by
        self._set_level(level if goes_alone else min(max(level, LEAST_ZOOM), MOST_ZOOM))

    def _set_level(self, level: int) -> None:
        self._level = level
        steps = self._preferences.zoom = min(max(level, LEAST_ZOOM), MOST_ZOOM)
        # A power of the step: back at the usual size it is exactly that.
        self.zoom = _STEP**steps
        self._window.derivation.set_zoom(self.zoom)
        if self.board is not None:
            self.board.table.set_zoom(self.zoom)
        self._rest.start()

    @property
    def _shows_table(self) -> bool:
        return self.board is not None and self.board.isVisible()

    def _rescale(self) -> None:
        """Set the rest of the window as large, as far as it has room."""
        size = self._window.size()
        width, height = _LEAST_WINDOW
        room = max(min(size.width() / width, size.height() / height), 1.0)
        factor = min(self.zoom, room)
        if factor != scale():
            set_scale(factor)
            self._keeper.scale(factor)
            self._window.set_scale(factor)

    def _draw(self, view: View) -> None:
        graph = self._window.graph
        if not graph.close_editor():
            return
        self._preferences.view = view
        self._preferences.shows_table = False
        if self.board is not None and self._shows_table:
            self.board.disappear()
        is_another = graph.view != view
        graph.show_view(view)
        if is_another:
            # It is fitted anew, and then as much larger as everything else.
            for _ in range(self._level):
                graph.zoom_in()
        self.shown.emit(view)

    def _made_board(self) -> BoardPanel:
        if self.board is None:
            # Imported when it is first looked at: nothing of it is needed before.
            from explainer.gui.board.panel import BoardPanel

            graph = self._window.graph
            self.board = BoardPanel(self._keeper.theme, self._stage, graph)
            self.board.pointed.connect(self._window.derivation.highlight)
            self.board.table.set_zoom(self.zoom)
            graph.cover = self.board
        return self.board
