"""Everything of the window that its first frame does without: panels, menus, commands, and how they are wired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from explainer.gui.actions import ActionSet
from explainer.gui.announcer import Announcer
from explainer.gui.autosave import Autosave
from explainer.gui.building.builder import Builder
from explainer.gui.building.intents import Intents
from explainer.gui.building.menu import GraphMenu
from explainer.gui.building.workshop import Workshop
from explainer.gui.classroom import Classroom
from explainer.gui.commands import Commands
from explainer.gui.documents import Documents
from explainer.gui.frame import Frame
from explainer.gui.menus import Menus
from explainer.gui.panels.notice import Notice
from explainer.gui.panels.side import SidePanel
from explainer.gui.panels.timeline import TimelinePanel
from explainer.gui.panels.top_bar import TopBar
from explainer.gui.player import Player
from explainer.gui.preferences import Preferences
from explainer.gui.readying import AFTER, IDLE, ready_for_edits, ready_for_opening
from explainer.gui.recovering import Recovering
from explainer.gui.roles import install_roles, set_role
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme
from explainer.gui.theme_keeper import ThemeKeeper
from explainer.gui.timing import once
from explainer.gui.window import Window
from explainer.resources import resource

if TYPE_CHECKING:
    from explainer.gui.welcome.start_page import StartPage


class Furniture(QObject):
    """Makes the panels of a window and connects them with the stage."""

    def __init__(
        self, stage: Stage, preferences: Preferences, keeper: ThemeKeeper, window: Window
    ) -> None:
        super().__init__(window)
        self._stage = stage
        self._preferences = preferences
        self._window = window
        self.player = Player(stage, self)
        self.player.speed = preferences.speed
        self.documents = Documents(stage, preferences, window)
        folder = preferences.state_folder
        self.autosave = Autosave(stage, folder, self)
        self.recovering = Recovering(stage, self.documents, self.autosave, folder, window)
        theme = keeper.theme
        self.workshop = Workshop(stage, window.graph, theme)
        self.builder = Builder(self.workshop, window.graph, theme)
        building = Intents(self.workshop, window)
        self.classroom = Classroom(stage, self.player, preferences, keeper, window)
        self.commands = Commands(
            stage,
            self.player,
            self.documents,
            preferences,
            keeper,
            window,
            building,
            self.classroom,
        )
        self.actions = ActionSet(self.commands, window, window.graph)
        self.classroom.actions = self.commands.training.actions = self.actions
        # Whether somebody is welcomed who has named no lesson.
        self.welcomes = False
        building.enable(self.actions)
        self.graph_menu = GraphMenu(
            self.workshop,
            building,
            self.actions,
            self.commands.open_activations,
            self.commands.looking.look_at,
            self.commands.go_to_parameter,
            window,
        )
        self.commands.worksheets.changed.connect(self._show_switches)
        self.menus = Menus(self.actions, preferences, theme)
        self.notice = Notice(theme, window.graph)
        self._furnish(theme)
        self._connect()
        install_roles()
        set_role(window.graph, "Graphic")
        set_role(window.derivation.sheet, "Document")
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setWindowIcon(QIcon(str(resource("icons", "explainer.svg"))))

    def _furnish(self, theme: Theme) -> None:
        window, commands = self._window, self.commands
        window.furnish(
            TopBar(self.actions, self.menus, theme),
            SidePanel(self._stage, theme, commands.training.make_panel),
            TimelinePanel(self.actions, theme),
            (
                self.actions,
                self.menus,
                self.notice,
                Announcer(window),
                self.builder,
                commands.viewing,
            ),
        )

    def _connect(self) -> None:
        window, stage, commands = self._window, self._stage, self.commands
        window.graph.hovered.connect(window.derivation.highlight)
        window.derivation.hovered.connect(window.graph.highlight)
        window.graph.parameter_clicked.connect(commands.go_to_parameter)
        window.graph.value_edited.connect(stage.edit_value)
        window.graph.value_nudged.connect(stage.nudge_value)
        window.timeline.scrubbed.connect(commands.scrub)
        window.timeline.speed.chosen.connect(commands.set_speed)
        window.timeline.status.clicked.connect(commands.show_choices)
        window.side.refused.connect(self.notice.show_text)
        self.workshop.looked_at.connect(commands.looking.follow)
        self.builder.menu_asked.connect(self.graph_menu.open)
        window.timeline.speed.show_speed(self.player.speed)
        window.dropped.connect(commands.open_recent)
        window.closing.connect(self._close)
        self.menus.recent_chosen.connect(commands.open_recent)
        self.player.changed.connect(window.timeline.show_playing)
        commands.viewing.shown.connect(window.top_bar.views.show_view)
        commands.worksheets.serve(self.graph_menu)
        self.menus.files_wanted.connect(ready_for_opening)
        self.classroom.begun.connect(self._begin)
        self.classroom.changed.connect(self._show_switches)
        self._show_switches()
        for name in window.side.tabs.tabs:
            self.actions[name].changed.connect(self._tell_keys)
        self._tell_keys()
        window.graph.view_shown.connect(self.builder.plus.hide)
        commands.viewing.show_last()
        stage.ready.connect(self._prepare)
        stage.told.connect(self.notice.show_text)
        # When nothing else waits: the worker is on its way, and the first page is not held up.
        once(self, 0, self._use_first_free_moment).start()
        once(self, AFTER, ready_for_edits).start()
        once(self, IDLE, ready_for_opening).start()

    def _use_first_free_moment(self) -> None:
        self.documents.look_after_file()
        self.recovering.offer()
        if self.welcomes and self.recovering.dialog is None:
            self.classroom.begin()

    def _begin(self, page: StartPage) -> None:
        """Do what was chosen on the start page."""
        if page.chosen is not None:
            self.documents.open_example(page.chosen)
        elif page.path is not None:
            self.commands.open_recent(str(page.path))
        elif page.wish is not None:
            self.actions[page.wish].trigger()

    def _tell_keys(self) -> None:
        """Give controls that belong to no action the tip of the one that does the same."""
        window = self._window
        for name, tab in window.side.tabs.tabs.items():
            tab.setToolTip(self.actions[name].toolTip())
        window.timeline.status.setToolTip(self.actions["choices"].toolTip())

    def _show_switches(self) -> None:
        predicting = self.classroom.predicting
        self.actions.tick("blanks", self.commands.worksheets.is_choosing)
        self.actions.tick("predict", predicting is not None and predicting.is_on)
        self.actions.tick("predict_by_factor", self._preferences.picks_factors)

    def _prepare(self, frame: Frame) -> None:
        self._window.graph.prepare(frame)
        self._window.derivation.prepare(frame)

    def _close(self) -> None:
        self.player.pause()
        accepted = self._window.graph.close_editor() and self._window.side.close_editor()
        may_close = accepted and self.documents.may_replace()
        self._window.may_close = may_close
        if may_close:
            self._end(keeps=False)

    def end_at_once(self) -> None:
        """End without a question: what is unsaved waits in its recovery file for the next start."""
        self.player.pause()
        self._end(keeps=self._stage.frame.dirty)
        self._window.may_close = True

    def _end(self, *, keeps: bool) -> None:
        self.classroom.close()
        self._preferences.set_bytes("geometry", self._window.saveGeometry())
        self.recovering.close()
        self.documents.close()
        if keeps:
            self.autosave.write_now()
        else:
            self.autosave.finish()
        self._stage.stop()
