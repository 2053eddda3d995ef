"""Go to everything the window can show, by what there is: every action, tab, menu, button that opens something.

Nothing is listed here that could be forgotten: a new tab, action or dialog is visited as soon as it exists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QAbstractPrintDialog
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QMenu,
    QPushButton,
    QWidget,
)

from explainer.gui.actions import ACTIONS
from explainer.gui.app import Program
from scripts.patience import rest

Look = Callable[[str, QWidget], None]
# What ends the program, runs on by itself, or belongs to the screen and not to the window.
_LEFT_OUT = ("quit", "play", "full_screen")
# The file dialogs and the printer's are Qt's.
_QTS = (QFileDialog, QAbstractPrintDialog)
_PATIENCE = 120
_ROUNDS = 40
_LAID_OUT = 80


class Places:
    """Visits one program. `settle` returns when it has come to rest, `look` is shown each place with its name."""

    def __init__(self, program: Program, settle: Callable[[], None], look: Look) -> None:
        self._program = program
        self._settle = settle
        self._shown_to = look
        self._window = program.window
        # What was switched on when the walk began, by the ids of the actions.
        self._ticked: dict[str, bool] = {}

    def visit(self) -> None:
        """Go everywhere."""
        actions = self._program.furniture.actions
        views = {action.objectName() for action in self.views}
        self._ticked = {
            row.id: actions[row.id].isChecked() for row in ACTIONS if row.id not in views
        }
        self.visit_window()
        self.visit_menus()
        self.visit_actions()
        self.visit_buttons()

    def visit_window(self) -> None:
        """See every tab, every view of the graph, and the prediction under them."""
        for name in self.tabs:
            self._show(name)
        for action in self.views:
            action.trigger()
            self._settle()
            self._look(action.objectName(), self._window)
        self.views[0].trigger()
        self._program.furniture.classroom.predict()
        self._settle()
        self._look("predict", self._window)
        self._calm()

    def visit_menus(self) -> None:
        """Open every menu."""
        for menu in self._window.top_bar.findChildren(QMenu):
            if not menu.isEmpty():
                menu.adjustSize()
                self._look(f"menu {menu.title()}", menu)

    def visit_actions(self) -> None:
        """Trigger every action that can be used and look at what opens."""
        for row in ACTIONS:
            action = self._program.furniture.actions[row.id]
            if row.id not in _LEFT_OUT and not row.of_graph and action.isEnabled():
                self._opened(row.id, action.trigger)
                self._take_back()

    def visit_buttons(self) -> None:
        """Press every button of every tab and look at what opens."""
        for tab in self.tabs:
            self._bring(tab)
            for button in self._window.side.findChildren(QPushButton):
                if button.isVisible() and button.isEnabled():
                    self._opened(f"{tab}: {button.text()}", button.click)
                    self._take_back()
                    self._bring(tab)

    def _look(self, name: str, widget: QWidget) -> None:
        # Until everything has been laid out.
        rest(_LAID_OUT)
        self._shown_to(name, widget)

    @property
    def tabs(self) -> tuple[str, ...]:
        """The tabs of the right panel."""
        return tuple(self._window.side.tabs.tabs)

    @property
    def views(self) -> list[QAction]:
        """The actions of the views of the graph."""
        names = [row.id for row in ACTIONS if row.id.startswith("view_")]
        return [self._program.furniture.actions[name] for name in names]

    def _show(self, tab: str) -> None:
        self._bring(tab)
        self._look(tab, self._window)

    def _bring(self, tab: str) -> None:
        button = self._window.side.tabs.tabs[tab]
        if not button.isChecked():
            button.click()
        self._settle()
        studio = self._window.side.studio
        for _ in range(_ROUNDS):
            rest(30)
            if not studio.is_busy:
                break

    def _calm(self) -> None:
        """End what goes on over the lesson."""
        classroom = self._program.furniture.classroom
        if classroom.predicting is not None and classroom.predicting.is_on:
            classroom.predicting.stop()
            classroom.changed.emit()
            self._settle()
        actions = self._program.furniture.actions
        for name, was_on in self._ticked.items():
            if actions[name].isChecked() != was_on and actions[name].isEnabled():
                actions[name].trigger()
                self._settle()

    def _take_back(self) -> None:
        """Leave the lesson as it was found."""
        self._calm()
        session = self._program.stage.session
        while session.undo_name is not None:
            self._program.stage.do(session.undo)
        self._settle()

    def _opened(self, name: str, act: Callable[[], object]) -> None:
        """Do something, look at whatever window comes, and close it."""
        known = {id(each) for each in _windows()}
        timer = QTimer()
        timer.setInterval(_PATIENCE)

        def examine() -> None:
            # Whoever looks may take long, and nothing is to be looked at twice.
            timer.stop()
            for each in reversed(list(_windows())):
                if id(each) not in known:
                    self._look_and_close(name, each)
            tour = self._program.furniture.classroom.shown_tour
            if tour is not None:
                self._look(f"{name} {tour.stop + 1}", self._window)
                tour.go(1)
            timer.start()

        timer.timeout.connect(examine)
        timer.start()
        act()
        rest(2 * _PATIENCE)
        while self._program.furniture.classroom.shown_tour is not None:
            rest(_PATIENCE)
        timer.stop()

    def _look_and_close(self, name: str, opened: QWidget) -> None:
        if not isinstance(opened, _QTS):
            self._look(name, opened)
        presentation = self._program.furniture.classroom.presentation
        if presentation is not None:
            presentation.leave()
        elif isinstance(opened, QDialog):
            opened.reject()
        else:
            opened.close()


def _windows() -> Iterator[QWidget]:
    for each in QApplication.topLevelWidgets():
        if each.isVisible():
            yield each
