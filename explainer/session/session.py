"""The session itself, without Qt and without a worker.

Passes are computed elsewhere: `wanted` says which one is missing, `receive` takes it in. The session knows
neither the window nor the worker, so that every behaviour of the program can be tested without them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from explainer.lesson import edits
from explainer.lesson.lesson import Lesson
from explainer.lesson.symbols import neuron_symbol, symbol_of
from explainer.messages import Message, message
from explainer.session.history import Edit, EditKey, History
from explainer.trace.moment import Moment, moment_at, starting_moment
from explainer.trace.steps import Pass, Step

# From this part of a pass on, the next one is computed ahead.
_AHEAD_FROM = 0.75


class Cursor(NamedTuple):
    """A place in the trace: pass and step, both from 0; step −1 is the board before anything is computed."""

    pass_index: int
    step_index: int


START = Cursor(0, -1)
_LAST = sys.maxsize


class Session:
    """One open lesson, the place in its trace and its history of edits.

    `passes` holds the passes known for this lesson, in order. The cursor stands in a known pass, or in
    pass 0 while that is still awaited. `language` and `digits` are how the user wants numbers shown.
    """

    def __init__(
        self, lesson: Lesson, path: Path | None = None, language: str = "en", digits: int = 5
    ) -> None:
        self.language = language
        self.digits = digits
        self.open(lesson, path)

    def open(self, lesson: Lesson, path: Path | None = None) -> None:
        """Start over with another lesson: no history, nothing to save, the cursor before the first step."""
        self.lesson = lesson
        self.path = path
        self.passes: list[Pass] = []
        self.cursor = START
        # Where the cursor goes as soon as its pass is known.
        self._destination: Cursor | None = None
        self._saved = lesson
        self._history = History()

    # --- the trace -------------------------------------------------------------------------

    @property
    def current_pass(self) -> Pass | None:
        """Return the pass the cursor stands in, None while it is awaited."""
        known = self.cursor.pass_index < len(self.passes)
        return self.passes[self.cursor.pass_index] if known else None

    @property
    def current_step(self) -> Step | None:
        """Return the step the cursor stands at, None before the first one and while the pass is awaited."""
        one_pass = self.current_pass
        if one_pass is None or self.cursor.step_index < 0:
            return None
        return one_pass.steps[self.cursor.step_index]

    def moment(self) -> Moment:
        """Return what stands on the board: values so far, parameters as they are now."""
        one_pass = self.current_pass
        if one_pass is None or self.cursor.step_index < 0:
            return starting_moment(self.lesson)
        return moment_at(self.lesson, one_pass, self.cursor.step_index)

    def wanted(self) -> int | None:
        """Return the index of the pass to compute next, None while there is enough.

        Passes follow from each other, so it is always the first one not known.
        """
        following = len(self.passes)
        one_pass = self.current_pass
        if one_pass is None or self._destination is not None:
            return following
        is_late = self.cursor.step_index >= _AHEAD_FROM * (len(one_pass.steps) - 1)
        return following if is_late and self._is_in_last_pass() else None

    def receive(self, lesson: Lesson, pass_index: int, one_pass: Pass) -> bool:
        """Take in a computed pass; return False, changing nothing, if it is not the one awaited.

        A pass of a lesson that has been edited since is such a one.
        """
        if pass_index != len(self.passes) or lesson != self.lesson:
            return False
        self.passes.append(one_pass)
        self.cursor = self._within_pass(self.cursor)
        if self._destination is not None:
            self.go_to(*self._destination)
        return True

    # --- moving ----------------------------------------------------------------------------

    def next(self) -> None:
        """Go one step on; after the last one into the next pass, as soon as that is known."""
        index, step = self._target()
        if index < len(self.passes) and step >= len(self.passes[index].steps) - 1:
            self.go_to(index + 1, 0)
        else:
            self.go_to(index, step + 1)

    def back(self) -> None:
        """Go one step back; before the first one into the pass before, with its weights."""
        index, step = self._target()
        if step <= 0 < index:
            self.go_to(index - 1, _LAST)
        else:
            self.go_to(index, step - 1)

    def first(self) -> None:
        """Go to the beginning of this pass; from there to the very beginning."""
        index, step = self._target()
        self.go_to(*((index, 0) if index > 0 and step > 0 else START))

    def last(self) -> None:
        """Go to the last step of this pass."""
        self.go_to(self._target().pass_index, _LAST)

    def go_to(self, pass_index: int, step_index: int) -> None:
        """Go to the step nearest to this; where its pass is not known yet, as soon as it is."""
        cursor = Cursor(max(pass_index, 0), max(step_index, -1))
        if cursor.pass_index < len(self.passes):
            self._destination = None
            self.cursor = self._within_pass(cursor)
        else:
            self._destination = cursor

    def go_to_parameter(self, name: str, edge: tuple[str, str] | None = None) -> bool:
        """Go to the gradient of a parameter in this pass; return False where there is none.

        `edge` tells which use of a tied weight is meant. With several samples it is the gradient for
        the sample the board shows.
        """
        one_pass = self.current_pass
        if one_pass is None:
            return False
        found = [
            step
            for step in one_pass.steps
            if step.kind.startswith("gradient_") and step.subject == name
        ]
        if not found:
            return False
        sample = self.moment().sample
        best = min(found, key=lambda step: (edge not in (None, step.edge), step.sample != sample))
        self.go_to(self.cursor.pass_index, best.index)
        return True

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

    def set_learning_rate(self, value: float, *, continuing: bool = False) -> bool:
        """Give the learning rate another value; as `set_parameter`."""
        lesson = edits.set_learning_rate(self._rebased(), value)
        return self._edit(
            ("learning_rate",), message("change of the learning rate"), lesson, continuing
        )

    def keep_these_weights(self) -> bool:
        """Make the parameters as they stand on the board the start; return whether anything changed."""
        board = self.moment()
        lesson = edits.with_parameters(self.lesson, board.parameters)
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

    def _is_in_last_pass(self) -> bool:
        return self.cursor.pass_index == len(self.passes) - 1

    def _within_pass(self, cursor: Cursor) -> Cursor:
        """Return the nearest place that exists in the cursor's pass, which is known."""
        least = -1 if cursor.pass_index == 0 else 0
        last = len(self.passes[cursor.pass_index].steps) - 1
        return cursor._replace(step_index=min(max(cursor.step_index, least), last))

    def _target(self) -> Cursor:
        """Return where the user is going or stands, so that no key pressed while waiting is lost."""
        return self._destination or self.cursor

    def _rebased(self) -> Lesson:
        """Return the lesson with the parameters this pass started from."""
        one_pass = self.current_pass
        if one_pass is None or self.cursor.pass_index == 0:
            return self.lesson
        return edits.with_parameters(self.lesson, one_pass.parameters_before)

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
        self.lesson = lesson
        self.passes = []
        self.cursor = Cursor(0, step)
        self._destination = Cursor(pass_index, step) if pass_index > 0 else None
