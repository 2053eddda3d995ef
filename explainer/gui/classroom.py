"""What the classroom asks for: presenting, predicting, the start page, the tour, the help. All of it is made when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from explainer.gui.dialogs.asking import run
from explainer.gui.player import Player, settle
from explainer.gui.preferences import Preferences
from explainer.gui.stage import Stage
from explainer.gui.theme_keeper import ThemeKeeper
from explainer.messages import message

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from explainer.gui.actions import ActionSet
    from explainer.gui.predicting.predicting import Predicting
    from explainer.gui.presentation.presenting import Presentation
    from explainer.gui.welcome.start_page import StartPage
    from explainer.gui.welcome.tour import Tour
    from explainer.gui.window import Window


class Classroom(QObject):
    """One method for each intent; holds what is going on, if anything is.

    `changed` comes when a switch is turned, `begun` with the start page when something was chosen there.
    """

    changed = Signal()
    begun = Signal(object)

    def __init__(
        self,
        stage: Stage,
        player: Player,
        preferences: Preferences,
        keeper: ThemeKeeper,
        window: Window,
    ) -> None:
        super().__init__(window)
        self._stage = stage
        self._player = player
        self._preferences = preferences
        self._keeper = keeper
        self._window = window
        self.presentation: Presentation | None = None
        self.predicting: Predicting | None = None
        self.start_page: StartPage | None = None
        self.shown_tour: Tour | None = None
        self.actions: ActionSet | None = None

    def present(self) -> None:
        """Present from the step shown."""
        self._present(from_beginning=False)

    def present_from_start(self) -> None:
        """Present from the first step."""
        self._present(from_beginning=True)

    def _present(self, *, from_beginning: bool) -> None:
        if self.presentation is not None or not self._settle():
            return
        if self.predicting is not None and self.predicting.is_on:
            self._stage.inform(message("While results are predicted, nothing is presented."))
            return
        from explainer.gui.presentation.presenting import screen_for

        screen = screen_for(self._preferences)
        if screen is None:
            self._ask_for_display(from_beginning=from_beginning)
        else:
            self.present_on(screen, from_beginning=from_beginning)

    def _ask_for_display(self, *, from_beginning: bool) -> None:
        from PySide6.QtCore import Qt

        from explainer.gui.presentation.displays import DisplayMenu, name_of

        menu = DisplayMenu(None, self._stage.frame.language, self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # Typed as never None, which it is where the menu is closed without a choice.
        chosen: QAction | None = menu.exec(self._window.mapToGlobal(self._window.rect().center()))
        if chosen is None:
            return
        name = str(chosen.data())
        for screen in QGuiApplication.screens():
            if name_of(screen) == name:
                self._preferences.display = name
                self.present_on(screen, from_beginning=from_beginning)

    def present_on(self, screen: QScreen, *, from_beginning: bool = False) -> None:
        """Present on a display."""
        from explainer.gui.presentation.presenting import Presentation

        made = Presentation(
            self._stage,
            self._preferences,
            self._keeper.theme,
            self._window.graph.view,
            self._window,
        )
        self.presentation = made
        self._keeper.changed.connect(made.set_theme)
        made.ended.connect(self._presentation_ended)
        # A field left open would take the keys of the clicker.
        self._window.setFocus()
        made.start(screen, from_beginning=from_beginning)

    # Predicting

    def predict(self) -> None:
        """Hide every result until it has been predicted, or show them again."""
        if self.predicting is None:
            from explainer.gui.predicting.answer_panel import AnswerPanel
            from explainer.gui.predicting.predicting import Predicting

            panel = AnswerPanel(self._keeper.theme)
            self._window.side.add_below(panel)
            self._keeper.changed.connect(panel.set_theme)
            panel.left.connect(self._leave_panel)
            self.predicting = Predicting(self._stage, self._preferences, self._window, panel)
        self._player.pause()
        if self.predicting.is_on:
            had_answers = bool(self.predicting.record.score().settled)
            self.predicting.stop()
            if had_answers:
                self.predicting.show_summary()
        elif self._settle():
            # What is asked is a line of the derivation.
            self._window.side.show_tab("derivation")
            self.predicting.start()
        self.changed.emit()

    def predict_summary(self) -> None:
        """Show what has been predicted so far."""
        if self.predicting is not None:
            self.predicting.show_summary()
        else:
            self._stage.inform(message("Nothing has been predicted yet."))

    def predict_by_factor(self) -> None:
        """Ask for the missing factor where there is one, or for the result again."""
        self.set_picks(not self._preferences.picks_factors)

    def set_picks(self, picks: bool) -> None:
        """Ask for the missing factor where there is one, now and at the next start."""
        self._preferences.picks_factors = picks
        if self.predicting is not None:
            self.predicting.set_picks(picks)
        self.changed.emit()

    def _leave_panel(self) -> None:
        self._window.graph.setFocus()

    # Welcome and help

    def begin(self) -> None:
        """Welcome whoever has named no lesson; the first time, with a tour afterwards."""
        if self._preferences.shows_welcome:
            self.welcome()
        else:
            self._tour_once()

    def welcome(self) -> None:
        """Open the start page over the window."""
        from explainer.gui.welcome.start_page import StartPage

        if not self._settle():
            return
        theme, language = self._keeper.theme, self._stage.frame.language
        page = StartPage(theme, language, self._preferences, self._window)
        page.finished.connect(self._welcomed)
        self.start_page = page
        page.open()

    def _welcomed(self, accepted: int) -> None:
        page, self.start_page = self.start_page, None
        if page is None:
            return
        page.deleteLater()
        if accepted and page.wish == "tour":
            self.tour()
        elif accepted:
            self.begun.emit(page)
        self._tour_once()

    def _tour_once(self) -> None:
        if not self._preferences.took_tour:
            self.tour()

    def tour(self) -> None:
        """Show the first tour."""
        from explainer.gui.welcome.tour import Tour

        self._preferences.took_tour = True
        if self.shown_tour is not None or not self._settle():
            return
        # What one of its five steps is about.
        self._window.side.show_tab("derivation")
        self.shown_tour = Tour(self._window, self._keeper.theme, self._stage.frame.language)
        self._keeper.changed.connect(self.shown_tour.set_theme)
        self.shown_tour.ended.connect(self._forget_tour)

    def _forget_tour(self) -> None:
        self.shown_tour = None

    def shortcuts(self) -> None:
        """List every key."""
        from explainer.gui.welcome.help import shortcuts

        if self.actions is not None:
            run(shortcuts(self.actions, self._stage.frame.language, self._window))

    def sources(self) -> None:
        """List where the formulas come from."""
        from explainer.gui.welcome.help import sources

        run(sources(self._stage.frame.language, self._window))

    def about(self) -> None:
        """Tell version, licence and libraries."""
        from explainer.gui.welcome.help import about

        run(about(self._stage.frame.language, self._window))

    def close(self) -> None:
        """End what is going on: the window closes."""
        if self.presentation is not None:
            self.presentation.leave()

    def _presentation_ended(self) -> None:
        self.presentation = None
        self._window.graph.setFocus()

    def _settle(self) -> bool:
        return settle(self._player, self._window)
