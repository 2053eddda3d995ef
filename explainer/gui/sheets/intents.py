"""What can be asked of worksheets: one method for each intent of the table of actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu

from explainer.gui.dialogs.asking import run

if TYPE_CHECKING:
    from explainer.gui.building.menu import GraphMenu
    from explainer.gui.frame import Frame
    from explainer.gui.preferences import Preferences
    from explainer.gui.sheets.blanking import Blanking
    from explainer.gui.stage import Stage
    from explainer.gui.theme_keeper import ThemeKeeper
    from explainer.gui.window import Window


class Worksheets(QObject):
    """Opens the dialog and the choice of blanks; what they need is imported then. `changed` when that begins or ends."""

    changed = Signal()

    def __init__(
        self,
        stage: Stage,
        preferences: Preferences,
        keeper: ThemeKeeper,
        window: Window,
        settle: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._stage, self._preferences, self._keeper = stage, preferences, keeper
        self._window, self._settle = window, settle
        self._blanking: Blanking | None = None
        self._graph_menu: QMenu | None = None

    def serve(self, graph_menu: GraphMenu) -> None:
        """Offer blanks in the menus of graph and derivation, and mark those there are."""
        graph_menu.more = self.add_to_menu
        self._window.derivation.add_to_menu(self._add_result_to_menu)
        self._window.graph.viewport().installEventFilter(self)
        self._stage.changed.connect(self._follow)
        self._follow(None, self._stage.frame)

    @property
    def blanking(self) -> Blanking:
        """The choice of blanks by hand, made when the first is wanted."""
        if self._blanking is None:
            from explainer.gui.sheets.blanking import Blanking

            self._blanking = Blanking(self._stage, self._window, self._keeper.theme)
            self._keeper.changed.connect(self._blanking.set_theme)
            self._blanking.changed.connect(self.changed)
            self._blanking.went_on.connect(self.open_dialog)
        return self._blanking

    @property
    def is_choosing(self) -> bool:
        """Whether clicks blank values."""
        return self._blanking is not None and self._blanking.is_on

    def choose_blanks(self) -> None:
        """Let clicks blank values, or do again what they do else."""
        if self.is_choosing:
            self.blanking.stop()
        elif self._settle():
            self.blanking.start()
        self.changed.emit()

    def blank_result(self) -> None:
        """Blank the result of the step shown, or no longer."""
        self.blanking.toggle_result()

    def add_to_menu(self, menu: QMenu, place: QPointF) -> None:
        """Add what can be blanked at a place of the drawing."""
        self.blanking.add_to_menu(menu, place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        graph = self._window.graph
        # Where networks are built, the builder has a menu of its own.
        if isinstance(event, QContextMenuEvent) and graph.tool is None:
            place = QPointF(*graph.camera.to_drawing(event.pos().x(), event.pos().y()))
            if self._graph_menu is not None:
                self._graph_menu.deleteLater()
            self._graph_menu = QMenu(self._window)
            self.add_to_menu(self._graph_menu, place)
            if not self._graph_menu.isEmpty():
                self._graph_menu.popup(event.globalPos())
            return True
        return super().eventFilter(watched, event)

    def _add_result_to_menu(self, menu: QMenu) -> None:
        self.blanking.add_result_to_menu(menu)

    def _follow(self, _old: Frame | None, new: Frame) -> None:
        if (
            self._blanking is None
            and new.lesson.worksheet is not None
            and new.lesson.worksheet.steps
        ):
            self.blanking.show_marks()

    def open_dialog(self) -> None:
        """Ask how worksheets are made, and write them."""
        if not self._settle():
            return
        from explainer.gui.sheets.dialog import WorksheetDialog

        dialog = WorksheetDialog(self._stage, self._preferences, self._keeper.theme, self._window)
        self._keeper.changed.connect(dialog.set_theme)
        dialog.blanks_wanted.connect(self._choose_after_dialog)
        run(dialog)

    def _choose_after_dialog(self) -> None:
        if not self.is_choosing:
            self.choose_blanks()
