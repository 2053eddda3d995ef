"""What the training view changes of the lesson: its data, its first weights, where it starts. Each is one undo step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from explainer.lesson.lesson import Arithmetic, Lesson
from explainer.messages import message
from explainer.session.choosing import CHOICE, Choosing
from explainer.session.history import EditKey
from explainer.session.journey import START, Cursor

if TYPE_CHECKING:
    from explainer.session.training.fitting import Wanted

# What the key of such an edit begins with; then come the step that was left, and whether the first one was gone to.
_EXPLAINED = ("training", "explain")


class _Explained(NamedTuple):
    left: int
    is_first: bool


class Trained(NamedTuple):
    """Where training stands: passes done since the very beginning, parameters, memory of the rule and running averages."""

    passes: int
    parameters: Mapping[str, float]
    memory: Mapping[str, Mapping[str, float]]


class TrainingEdits(Choosing):
    """Takes over what training has come to, and what it trains on."""

    def explain_update(self, trained: Trained, at: tuple[str, str] | None = None) -> bool:
        """Open the steps of the update that follows; return whether the lesson has changed.

        `at` names phase and subject of the step to go to, else it is the first one.
        """
        one_pass, left = self.current_pass, self._target().step_index
        if at is not None and one_pass is not None:
            found = [step for step in one_pass.steps if (step.phase, step.subject) == at]
            if found:
                # The edit finds what corresponds to the step that one stands at.
                self.cursor = Cursor(self.cursor.pass_index, found[0].index)
        else:
            at = None
        changed = self._take_over(trained, (*_EXPLAINED, left, int(at is None)))
        if at is None and changed:
            self.travel(self.lesson, START, Cursor(0, 0))
        elif at is None:
            self.go_to(0, 0)
        return changed

    def undo(self) -> None:
        """Take back the last edit; from an update that was explained one is back at the step where one was."""
        edit = self._history.last_done
        super().undo()
        explained = None if edit is None else _explained(edit.key)
        if edit is not None and explained is not None:
            self.travel(self.lesson, START, Cursor(edit.pass_index, explained.left))

    def redo(self) -> None:
        """Make again the edit last taken back; an update that was explained from its first step is so again."""
        edit = self._history.last_undone
        super().redo()
        explained = None if edit is None else _explained(edit.key)
        if explained is not None and explained.is_first:
            self.travel(self.lesson, START, Cursor(0, 0))

    def keep_trained(self, trained: Trained) -> bool:
        """Make what was trained the lesson's start; return whether anything changed."""
        return self._take_over(trained, ("training", "keep"))

    def make_trainable(self) -> bool:
        """Compute exactly, or update simultaneously, whichever keeps the lesson from being trained; return whether it did."""
        from explainer.lesson.training_edits import set_arithmetic, set_update

        lesson = self._rebased()
        if lesson.arithmetic.mode == "rounded":
            exact = set_arithmetic(lesson, Arithmetic())
            return self._edit((CHOICE, "arithmetic"), message("change of the arithmetic"), exact)
        update = replace(lesson.update, order="simultaneous")
        name = message("change of the order of updates")
        return self._edit((CHOICE, "order"), name, set_update(lesson, update))

    def draw_new_weights(self) -> bool:
        """Draw the first weights anew, by the next seed; return whether anything changed."""
        from explainer.lesson.training_edits import initialised
        from explainer.training.build import XAVIER

        lesson = self.lesson
        drawn = initialised(lesson, lesson.initialise or XAVIER, lesson.seed + 1)
        return self._edit(("new weights",), message("drawing of new weights"), drawn)

    def fitting(self, wanted: Wanted) -> Callable[[], Lesson]:
        """Return the work of fitting the lesson to a data set, which may be done on any thread."""
        from explainer.session.training.fitting import fitted

        return partial(fitted, self._rebased(), wanted)

    def take_fitted(self, lesson: Lesson) -> bool:
        """Take the lesson that was fitted; return whether anything changed."""
        # As a choice: it is undone where the lesson cannot be traced with it.
        name = message("choice of the data set")
        return self._edit((CHOICE, "data set"), name, lesson)

    def _take_over(self, trained: Trained, key: EditKey) -> bool:
        from explainer.lesson.continuing import continued

        name = (
            message("stepping of update {number}", number=trained.passes + 1)
            if _explained(key)
            else message("keeping of these weights")
        )
        done = trained.passes - self.lesson.state.passes
        lesson = continued(self.lesson, done, dict(trained.parameters), trained.memory)
        return self._edit(key, name, lesson)


def _explained(key: EditKey) -> _Explained | None:
    """Return what the key of an edit says of an update that was explained, None for other edits."""
    match key:
        case ("training", "explain", int(left), int(first)):
            return _Explained(left, bool(first))
    return None
