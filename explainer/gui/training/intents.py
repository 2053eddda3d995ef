"""What can be asked of training: one method for each intent of the table of actions. All of it is made when asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explainer.gui.dialogs.asking import run
from explainer.gui.stage import Stage

if TYPE_CHECKING:
    from explainer.gui.actions import ActionSet
    from explainer.gui.theme import Theme
    from explainer.gui.theme_keeper import ThemeKeeper
    from explainer.gui.training.conductor import Conductor
    from explainer.gui.training.panel import TrainingPanel
    from explainer.gui.window import Window
    from explainer.session.training.edits import Trained

# Actions that need a training, and those that need one that can go on.
_OF_TRAINING = ("train_back", "train_explain", "train_keep")
_ONWARDS = ("train", "train_epoch", "train_batch", "train_sample")


class Training(QObject):
    """Holds the training of the window. `moment_shown` carries what the graph shows of it, None for its own step again."""

    moment_shown = Signal(object)

    def __init__(self, stage: Stage, window: Window, keeper: ThemeKeeper) -> None:
        super().__init__(window)
        self._stage = stage
        self._window = window
        self._keeper = keeper
        self.actions: ActionSet | None = None
        self.conductor: Conductor | None = None
        # What could be done when that was last told.
        self._able: tuple[bool, ...] = ()
        # Who waits for where training stands.
        self._takes: Callable[[Trained], None] | None = None

    def make_panel(self, theme: Theme) -> TrainingPanel:
        """Return the panel, made for the side panel when it is first looked at."""
        # Imported here: nothing of it is needed before.
        from explainer.gui.training.conductor import Conductor
        from explainer.gui.training.panel import TrainingPanel

        if self.actions is None:
            raise RuntimeError("the actions come first")
        self.conductor = Conductor(self._stage)
        self.conductor.moment_shown.connect(self.moment_shown)
        self.conductor.opened.connect(self._show_steps)
        self.conductor.changed.connect(self._enable)
        self.conductor.stands.connect(self._hand_over)
        panel = TrainingPanel(theme, self._stage, self.actions, self.conductor)
        self.conductor.moment_shown.connect(self._window.graph.show_moment)
        self.conductor.moment_shown.connect(self._tell_timeline)
        self._window.graph.view_shown.connect(self._tell_timeline)
        self._window.graph.hovered.connect(panel.point_at)
        self._window.graph.heat_sized.connect(panel.show_heat_of)
        return panel

    def show(self) -> None:
        """Bring training to the front."""
        if self._settle():
            self._window.side.show_tab("training")

    def run(self) -> None:
        """Train, or pause."""
        self._at_hand().run()

    def epoch(self) -> None:
        """Train for one epoch."""
        self._at_hand().step(whole_epoch=True)

    def batch(self) -> None:
        """Train with one batch."""
        self._at_hand().step(whole_epoch=False)

    def sample(self) -> None:
        """Train with one sample; of a larger batch a sample alone changes nothing, so its steps are opened."""
        self._at_hand().sample()

    def back(self) -> None:
        """Go back an epoch."""
        self._at_hand().back()

    def again(self) -> None:
        """Begin again with the same weights."""
        self._at_hand().restart()

    def new_weights(self) -> None:
        """Begin again with other weights."""
        self._at_hand().draw_new_weights()

    def explain(self) -> None:
        """Open the steps of the update that follows."""
        self._at_hand().explain()

    def keep(self) -> None:
        """Make the present weights the lesson's start."""
        self._at_hand().keep()

    def hand_over(self, take: Callable[[Trained], None]) -> bool:
        """Hand over where training stands, if it is what is looked at and has learnt anything; tell whether it will be."""
        conductor, panel = self.conductor, self._window.side.training
        if conductor is None or panel is None or not panel.isVisible() or not conductor.can_train:
            return False
        if conductor.moment is None or not conductor.moment.passes > self._stage.session.lesson.state.passes:  # fmt: skip
            return False
        # The last who asks is told, also where an answer before was lost with its process.
        self._takes = take
        conductor.hand_over()
        return True

    def choose_data(self) -> None:
        """Let the user choose what is trained with."""
        from explainer.gui.training.data_dialog import DataSetDialog

        if self._settle():
            run(DataSetDialog(self._stage, self._window, self._keeper.theme))

    def _at_hand(self) -> Conductor:
        """Return the training, in front from now on."""
        self.show()
        if self.conductor is None:
            raise RuntimeError("the panel makes it")
        return self.conductor

    def _settle(self) -> bool:
        return self._window.graph.close_editor() and self._window.side.close_editor()

    def _hand_over(self, trained: Trained) -> None:
        take, self._takes = self._takes, None
        if take is not None:
            take(trained)

    def _tell_timeline(self) -> None:
        """Have the timeline speak of what the graph shows, which in some views is the step all along."""
        self._window.timeline.show_moment(self._window.graph.shown_moment)

    def _show_steps(self) -> None:
        self._window.side.show_tab("derivation")

    def _enable(self) -> None:
        if self.actions is None or self.conductor is None:
            return
        conductor = self.conductor
        goes_on = conductor.can_train and conductor.trouble is None
        able = (conductor.can_train, goes_on, conductor.can_begin, conductor.can_go_back)
        if able == self._able:
            return
        self._able = able
        for name in _OF_TRAINING:
            self.actions[name].setEnabled(conductor.can_train)
        for name in _ONWARDS:
            self.actions[name].setEnabled(goes_on)
        self.actions["train_again"].setEnabled(conductor.can_begin)
        self.actions["train_back"].setEnabled(conductor.can_go_back)
