"""What each action does. One public method for each intent of the table of actions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from explainer.gui.dialogs.asking import run
from explainer.gui.documents import Documents
from explainer.gui.lab.intents import Looking
from explainer.gui.player import Player, settle
from explainer.gui.preferences import Preferences
from explainer.gui.sharing import Sharing
from explainer.gui.sheets.intents import Worksheets
from explainer.gui.stage import Stage
from explainer.gui.theme import Choice
from explainer.gui.theme_keeper import ThemeKeeper
from explainer.gui.training.intents import Training
from explainer.gui.viewing import Viewing
from explainer.messages import message

if TYPE_CHECKING:
    from explainer.gui.building.intents import Intents
    from explainer.gui.classroom import Classroom
    from explainer.gui.window import Window


class Commands(QObject):
    """Carries out what the user asks for. Dialogs are imported when they open."""

    def __init__(
        self,
        stage: Stage,
        player: Player,
        documents: Documents,
        preferences: Preferences,
        keeper: ThemeKeeper,
        window: Window,
        building: Intents,
        classroom: Classroom,
    ) -> None:
        super().__init__(window)
        self.building = building
        self.classroom = classroom
        self.looking = Looking(window)
        self.worksheets = Worksheets(stage, preferences, keeper, window, self._settle)
        self.sharing = Sharing(stage, documents, window, self._settle)
        self.training = Training(stage, window, keeper)
        self.sharing.hand_over = self.training.hand_over
        self.viewing = Viewing(stage, preferences, keeper, window)
        self._stage = stage
        self._player = player
        self._documents = documents
        self._preferences = preferences
        self._keeper = keeper
        self._window = window

    # File

    def new_network(self) -> None:
        """Ask for a new network and open it."""
        from explainer.gui.dialogs.new_network import NewNetworkDialog

        if not self._settle():
            return
        dialog = NewNetworkDialog(self._keeper.theme, self._stage.frame.language, self._window)
        if run(dialog) and dialog.lesson is not None:
            self._documents.open_new(dialog.lesson)

    def open_file(self) -> None:
        """Open a file the user chooses."""
        if self._settle():
            self._documents.open_with_dialog()

    def open_recent(self, path: str) -> None:
        """Open a file from the list of recent ones, or one dropped on the window."""
        if self._settle():
            self._documents.open_path(Path(path))

    def open_gallery(self) -> None:
        """Show the built-in lessons and open the one that is chosen."""
        from explainer.gui.dialogs.gallery import Gallery

        if not self._settle():
            return
        gallery = Gallery(self._keeper.theme, self._stage.frame.language, self._window)
        if run(gallery) and gallery.chosen is not None:
            self._documents.open_example(gallery.chosen)

    def save(self) -> None:
        """Save the lesson."""
        if self._settle():
            self._documents.save()

    def save_as(self) -> None:
        """Save the lesson under another name."""
        if self._settle():
            self._documents.save_with_dialog()

    def export(self) -> None:
        """Write the worked example into a file."""
        from explainer.gui.dialogs.export import ExportDialog

        if self._settle():
            run(ExportDialog(self._stage, self._preferences, self._keeper.theme, self._window))

    def print_document(self) -> None:
        """Print the worked example."""
        from explainer.gui.dialogs.printing import PrintJob

        if self._settle():
            PrintJob(self._stage, self._window).run()

    def quit(self) -> None:
        """Close the window, which asks about unsaved changes."""
        self._window.close()

    # Edit

    def undo(self) -> None:
        """Take the last edit back."""
        self._drop_typing()
        self._stage.do(self._stage.session.undo)

    def redo(self) -> None:
        """Make the edit again that was taken back last."""
        self._drop_typing()
        self._stage.do(self._stage.session.redo)

    def edit_texts(self) -> None:
        """Change title, description and notes of the lesson."""
        from explainer.gui.dialogs.lesson_texts import LessonTexts

        if self._settle():
            run(LessonTexts(self._stage, self._window))

    def keep_weights(self) -> None:
        """Make the weights as they are now the lesson's start."""
        self._stage.do(self._stage.session.keep_these_weights)

    def tidy_up(self) -> None:
        """Put the hidden neurons in an order with fewer crossing edges; say so where there is none."""
        if not self._settle():
            return
        before = self._stage.session.lesson
        self._stage.do(self._stage.session.tidy_up)
        if self._stage.session.lesson is before:
            self._stage.inform(
                message("No order of the hidden neurons with fewer crossings was found.")
            )

    # Go

    def first(self) -> None:
        """Go to the first step."""
        self._move(self._stage.session.first)

    def back(self) -> None:
        """Go a step back."""
        self._move(self._stage.session.back)

    def next(self) -> None:
        """Go a step on."""
        self._move(self._stage.session.next)

    def last(self) -> None:
        """Go to the last step of this pass."""
        self._move(self._stage.session.last)

    def scrub(self, step: int) -> None:
        """Go to a step of this pass."""
        self._player.pause()
        self._stage.go_to_step(step)

    def go_to_parameter(self, name: str) -> None:
        """Go to the gradient of a weight or bias."""
        self._player.pause()
        self._stage.go_to_parameter(name)

    def play(self) -> None:
        """Play or pause."""
        self._player.toggle()

    def set_speed(self, speed: float) -> None:
        """Play faster or slower."""
        self._player.set_speed(speed)
        self._preferences.speed = speed
        self._window.timeline.speed.show_speed(speed)

    def open_activations(self, neuron_id: str, place: QPoint) -> None:
        """Open the menu of activations for this neuron at a place on the screen."""
        if self._settle():
            self._window.side.open_activations(neuron_id, place)

    # View

    def show_derivation(self) -> None:
        """Bring the derivation to the front."""
        self._window.side.show_tab("derivation")

    def show_choices(self) -> None:
        """Bring the choices to the front."""
        if self._settle():
            self._window.side.show_tab("choices")

    def show_data(self) -> None:
        """Bring the table of samples to the front."""
        if self._settle():
            self._window.side.show_tab("data")

    def zoom_in(self) -> None:
        """Show the graph, the formulas and everything else larger."""
        self.viewing.larger()

    def zoom_out(self) -> None:
        """Show the graph, the formulas and everything else smaller."""
        self.viewing.smaller()

    def fit(self) -> None:
        """Show the whole graph, and everything in its usual size."""
        self.viewing.usual()

    def full_screen(self) -> None:
        """Fill the screen, or stop filling it."""
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def show_check(self) -> None:
        """Explain the gradient check."""
        from explainer.gui.dialogs.check import CheckDialog

        run(CheckDialog(self._stage.frame.verdict, self._stage.frame.language, self._window))

    def settings(self) -> None:
        """Choose language, look and number of digits; each takes effect at once."""
        from explainer.gui.dialogs.settings import SettingsDialog

        dialog = SettingsDialog(
            self._stage.frame, self._keeper, self._window, preferences=self._preferences
        )
        dialog.serve(self, self.classroom.set_picks)
        run(dialog)

    def set_language(self, language: str) -> None:
        """Speak another language, now and at the next start."""
        self._preferences.language = language
        self._stage.set_language(language)

    def set_theme(self, choice: Choice) -> None:
        """Take another look, now and at the next start."""
        self._preferences.theme = choice
        self._keeper.choose(choice)

    def set_moves(self, moves: bool) -> None:
        """Let changes of the layout be seen as movements, or at once; now and at the next start."""
        self._preferences.moves = moves
        self._window.graph.moves = moves

    def set_digits(self, digits: int) -> None:
        """Show numbers with so many significant digits, now and at the next start."""
        self._preferences.digits = digits
        self._stage.set_digits(digits)

    def _move(self, intent: Callable[[], object]) -> None:
        self._player.pause()
        self._stage.do(intent)

    def _drop_typing(self) -> None:
        field = self._window.graph.editing.field
        if field is not None:
            field.drop()
        if self.viewing.board is not None:
            self.viewing.board.drop_typing()
        self._window.side.drop_typing()

    def _settle(self) -> bool:
        return settle(self._player, self._window)
