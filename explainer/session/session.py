"""The session itself, without Qt and without a worker.

It knows neither the window nor the worker, so that every behaviour of the program can be tested without them.
"""

from __future__ import annotations

from pathlib import Path

from explainer.lesson import edits
from explainer.lesson.lesson import Lesson
from explainer.lesson.symbols import neuron_symbol, symbol_of
from explainer.lesson.training_edits import continued
from explainer.messages import Message, message
from explainer.session.history import Edit, EditKey, History
from explainer.session.journey import START, Cursor, Journey


class Session(Journey):
    """One open lesson, the place in its trace and its history of edits.

    `language` and `digits` are how the user wants numbers shown.
    """

    def __init__(
        self, lesson: Lesson, path: Path | None = None, language: str = "en", digits: int = 5
    ) -> None:
        self.language = language
        self.digits = digits
        self.open(lesson, path)

    def open(self, lesson: Lesson, path: Path | None = None) -> None:
        """Start over with another lesson: no history, nothing to save, the cursor before the first step."""
        self.travel(lesson, START, None)
        self.path = path
        self._saved = lesson
        self._history = History()

    # --- editing ---------------------------------------------------------------------------

    def set_parameter(self, name: str, value: float, *, continuing: bool = False) -> bool:
        """Give a weight or bias another value; return whether anything changed.

        `continuing` joins the edit to the one before it if that was of the same thing, as while a
        value is dragged or nudged. An edit in a later pass makes that pass's weights the start.
        """
        lesson = edits.set_parameter(self._rebased(), name, value)
        title = message("change of {name}", name=symbol_of(name).text)
        return self._edit(("parameter", name), title, lesson, continuing)

    def set_input(
        self, sample: int, column: int, value: float, *, continuing: bool = False
    ) -> bool:
        """Give an input another value; as `set_parameter`."""
        lesson = edits.set_input(self._rebased(), sample, column, value)
        neuron = lesson.network.of_role("input")[column]
        title = message("change of the input {name}", name=neuron_symbol(neuron).text)
        return self._edit(("input", sample, column), title, lesson, continuing)

    def set_target(
        self, sample: int, column: int, value: float, *, continuing: bool = False
    ) -> bool:
        """Give a target another value; as `set_parameter`."""
        lesson = edits.set_target(self._rebased(), sample, column, value)
        neuron = lesson.network.of_role("output")[column]
        title = message("change of the target for {name}", name=neuron_symbol(neuron).text)
        return self._edit(("target", sample, column), title, lesson, continuing)

    def set_expression_value(self, name: str, value: float, *, continuing: bool = False) -> bool:
        """Give a variable of the formula another value; as `set_parameter`."""
        lesson = edits.set_expression_value(self.lesson, name, value)
        title = message("change of {name}", name=symbol_of(name).text)
        return self._edit(("value", name), title, lesson, continuing)

    def set_formula(self, formula: str) -> bool:
        """Put another formula in the place of the one there is; as `set_parameter`."""
        lesson = edits.set_formula(self.lesson, formula)
        return self._edit(("formula",), message("change of the formula"), lesson, continuing=False)

    def set_learning_rate(self, value: float, *, continuing: bool = False) -> bool:
        """Give the learning rate another value; as `set_parameter`."""
        lesson = edits.set_learning_rate(self._rebased(), value)
        return self._edit(
            ("learning_rate",), message("change of the learning rate"), lesson, continuing
        )

    def keep_these_weights(self) -> bool:
        """Make the parameters as they stand on the board the start; return whether anything changed."""
        board = self.moment()
        lesson = self._kept()
        if not self._edit(("keep",), message("keeping of these weights"), lesson, continuing=False):
            return False
        if board.updated:
            self.cursor = START
        return True

    # --- history ---------------------------------------------------------------------------

    @property
    def dirty(self) -> bool:
        """Tell whether the lesson differs from the one last opened or saved."""
        return self.lesson != self._saved

    @property
    def can_undo(self) -> bool:
        """Tell whether there is an edit to take back."""
        return self._history.last_done is not None

    @property
    def can_redo(self) -> bool:
        """Tell whether there is an edit to make again."""
        return self._history.last_undone is not None

    @property
    def undo_name(self) -> Message | None:
        """Return what `undo` would take back."""
        edit = self._history.last_done
        return edit.name if edit else None

    @property
    def redo_name(self) -> Message | None:
        """Return what `redo` would make again."""
        edit = self._history.last_undone
        return edit.name if edit else None

    def undo(self) -> None:
        """Take back the last edit; the cursor returns to the pass in which it was made."""
        edit = self._history.undo()
        if edit is not None:
            self._show(edit.before, edit.pass_index)

    def redo(self) -> None:
        """Make again the edit last taken back."""
        edit = self._history.redo()
        if edit is not None:
            self._show(edit.after, 0)

    def saved(self, path: Path) -> None:
        """Note that the lesson as it is now was written to `path`."""
        self.path = path
        self._saved = self.lesson

    # --- inside ----------------------------------------------------------------------------

    def _rebased(self) -> Lesson:
        """Return the lesson with what this pass started from: parameters, memory of the rule, number of the pass."""
        one_pass, passes = self.current_pass, self.cursor.pass_index
        if one_pass is None or passes == 0:
            return self.lesson
        return continued(self.lesson, passes, one_pass.parameters_before, one_pass.state_before)

    def _kept(self) -> Lesson:
        """Return the lesson that goes on from the board; the pass counts as done once its last parameter is updated."""
        one_pass = self.current_pass
        if one_pass is None or self.cursor.step_index < len(one_pass.steps) - 1:
            return edits.with_parameters(self._rebased(), self.moment().parameters)
        passes = self.cursor.pass_index + 1
        return continued(self.lesson, passes, one_pass.parameters_after, one_pass.state_after)

    def _edit(self, key: EditKey, name: Message, lesson: Lesson, continuing: bool) -> bool:
        if lesson == self.lesson:
            return False
        edit = Edit(key, name, self.lesson, lesson, self.cursor.pass_index)
        self._history.record(edit, continuing=continuing)
        self._show(lesson, 0)
        return True

    def _show(self, lesson: Lesson, pass_index: int) -> None:
        """Put another version of the lesson on the board, at the same step of the given pass."""
        step = self.cursor.step_index
        destination = Cursor(pass_index, step) if pass_index > 0 else None
        self.travel(lesson, Cursor(0, step), destination)
