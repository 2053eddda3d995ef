"""Where one is in the trace of a lesson: the passes known, the cursor, and all that moves it."""

from __future__ import annotations

import sys
from typing import NamedTuple

from explainer.lesson.lesson import Lesson
from explainer.session.correspondence import corresponding
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


class Landmark(NamedTuple):
    """Where one stood in a lesson that has been changed since: the steps of that pass, and one's own place among them.

    `moves` are the steps taken since, while the pass of the changed lesson was awaited.
    """

    steps: tuple[Step, ...]
    step_index: int
    pass_index: int
    moves: int = 0


class Journey:
    """A lesson, the passes of its trace that are known, and a cursor.

    Passes are computed elsewhere: `wanted` says which one is missing, `receive` takes it in. The cursor stands in a
    known pass, or in pass 0 while that is still awaited.
    """

    lesson: Lesson
    passes: list[Pass]
    cursor: Cursor

    def travel(
        self,
        lesson: Lesson,
        cursor: Cursor,
        destination: Cursor | None,
        landmark: Landmark | None = None,
    ) -> None:
        """Take another lesson, none of whose passes is known; go to the destination as soon as its pass is.

        With a `landmark` the place in that pass is found by what the step is about, not by its number.
        """
        self.lesson = lesson
        self.passes = []
        self.cursor = cursor
        # Where the cursor goes as soon as its pass is known.
        self._destination = destination
        self._landmark = landmark

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
        if following and not self._goes_on:
            return None
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
        # Imported here: the first frame does without.
        from explainer.session.sharing import sharing

        self.passes.append(sharing(one_pass, self.passes[-1]) if self.passes else one_pass)
        self.cursor = self._within_pass(self.cursor)
        if self._landmark is not None:
            self._find_again(self._landmark)
        elif self._destination is not None:
            self.go_to(*self._destination)
        return True

    @property
    def is_place_known(self) -> bool:
        """Whether the number of the step is known, though its pass may not be."""
        return self._landmark is None

    # --- moving ----------------------------------------------------------------------------

    def next(self) -> None:
        """Go one step on; after the last one into the next pass, as soon as that is known. A formula has only one."""
        if self._moved(1):
            return
        index, step = self._target()
        at_end = index < len(self.passes) and step >= len(self.passes[index].steps) - 1
        if at_end and self._goes_on:
            self.go_to(index + 1, 0)
        else:
            self.go_to(index, step + 1)

    def back(self) -> None:
        """Go one step back; before the first one into the pass before, with its weights."""
        if self._moved(-1):
            return
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
        if not self._goes_on:
            pass_index = 0
        cursor = Cursor(max(pass_index, 0), max(step_index, -1))
        self._landmark = None
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

    # --- inside ----------------------------------------------------------------------------

    def _moved(self, direction: int) -> bool:
        """Count a step that is taken before the place in a changed lesson is found; False where it is known."""
        if self._landmark is None:
            return False
        self._landmark = self._landmark._replace(moves=self._landmark.moves + direction)
        return True

    def _find_again(self, landmark: Landmark) -> None:
        """Go to the step that corresponds to the landmark, and on by the moves made since, if its pass is known."""
        if landmark.pass_index >= len(self.passes):
            return
        new = self.passes[landmark.pass_index].steps
        found = corresponding(landmark.steps, landmark.step_index, new)
        self.go_to(landmark.pass_index, found)
        for _ in range(abs(landmark.moves)):
            if landmark.moves > 0:
                self.next()
            else:
                self.back()

    @property
    def _goes_on(self) -> bool:
        """Whether there is a next pass: nothing is updated in a formula."""
        return self.lesson.expression is None

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
