"""Editing the samples: cells, rows, columns, noise, test samples; choosing the sample that is stepped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from types import ModuleType
from typing import Literal

from msgspec.structs import replace

from explainer.lesson.lesson import Data, Feature, Lesson
from explainer.messages import Message, message
from explainer.session.choosing import CHOICE, Choosing
from explainer.session.journey import Cursor, Landmark
from explainer.trace.batches import batch_of
from explainer.trace.steps import Pass, Step

# So many passes are computed to come to a sample; a farther one changes places with the sample that is stepped now.
FARTHEST = 24


class DataEditing(Choosing):
    """Edits of the table of samples. In a later pass its weights become the lesson's start, as with every edit."""

    def set_cells(
        self,
        row: int,
        column: int,
        block: Sequence[Sequence[float | None]],
        *,
        pasted: bool = False,
    ) -> bool:
        """Put numbers into the table, from a cell to the right and down; return whether anything changed."""
        name = message("pasting into the table") if pasted else message("change of the table")
        lesson: Lesson = _edits().set_cells(self._rebased(), row, column, block)
        same = len(lesson.data.inputs) == len(self.lesson.data.inputs)
        return self._edit(("cells", row, column), name, lesson, keeps_steps=same)

    def insert_rows(self, at: int, count: int = 1) -> bool:
        """Add samples; as `set_cells`."""
        return self._change(
            message("adding of samples"), lambda lesson: _edits().insert_rows(lesson, at, count)
        )

    def delete_rows(self, rows: Collection[int]) -> bool:
        """Delete samples; as `set_cells`."""
        return self._change(
            message("deleting of samples"), lambda lesson: _edits().delete_rows(lesson, rows)
        )

    def move_rows(self, rows: Collection[int], by: int) -> bool:
        """Move samples one row up (−1) or down (1); as `set_cells`."""
        return self._change(
            message("moving of samples"), lambda lesson: _edits().move_rows(lesson, rows, by)
        )

    def set_test(self, rows: Collection[int], *, is_test: bool) -> bool:
        """Hold samples out, or train with them again; as `set_cells`."""
        name = message("choice of test samples")
        return self._change(name, lambda lesson: _edits().set_test(lesson, rows, is_test=is_test))

    def split_test(self, count: int, seed: int) -> bool:
        """Hold out so many samples, drawn by chance; as `set_cells`."""
        name = message("choice of test samples")
        return self._change(name, lambda lesson: _edits().split_test(lesson, count, seed))

    def add_noise(self, part: Literal["inputs", "targets"], deviation: float, seed: int) -> bool:
        """Add noise to the inputs or the targets; as `set_cells`."""
        name = message("noise")
        return self._change(name, lambda lesson: _edits().add_noise(lesson, part, deviation, seed))

    def replace_data(self, data: Data, *, adapt: bool = False) -> bool:
        """Put a whole new table in the place of the old one; as `set_cells`."""
        from explainer.session.training.fitting import with_table

        name = message("import of a table")
        return self._change(name, lambda lesson: with_table(lesson, data, adapt=adapt))

    def set_features(
        self, features: Sequence[Feature], seen: Collection[int] | None = None
    ) -> bool:
        """Compute these columns and no others, and let the network see these given ones, by default as before; one undo step."""
        from explainer.lesson.feature_edits import with_columns
        from explainer.session.training.feature_symbols import with_symbols

        name = message("choice of columns")
        return self._change(name, lambda lesson: with_symbols(with_columns(lesson, features, seen)))

    def step_sample(self, sample: int, *, may_exchange: bool = True) -> bool:
        """Go to the step of this kind that is about another sample; return False where it is too far away.

        It is in this pass, or in one of the next passes or one computed already. A sample that is farther away changes places with
        the one that this pass steps first, which is an edit like any other; or nothing happens where that is not wanted.
        """
        one_pass = self.current_pass
        if one_pass is None or not 0 <= sample < len(self.lesson.data.inputs):
            return True
        pass_index = self._pass_with(sample)
        if pass_index is None and not may_exchange:
            return False
        if pass_index is None:
            first = one_pass.samples[0]
            swapped = _edits().swap_rows(self._rebased(), first, sample)
            name = message("exchange of two samples")
            self._edit(("swap", first, sample), name, swapped, keeps_steps=True)
            return False
        steps, index = self._as_of_sample(one_pass, sample)
        landmark = Landmark(steps, index, pass_index)
        if pass_index < len(self.passes):
            self._find_again(landmark)
        else:
            self._landmark, self._destination = landmark, Cursor(pass_index, 0)
        return True

    # --- inside ----------------------------------------------------------------------------

    def _change(self, name: Message, edit: Callable[[Lesson], Lesson]) -> bool:
        # As a choice: it is undone where the lesson cannot be traced with it.
        return self._edit((CHOICE, name.key), name, edit(self._rebased()))

    def _pass_with(self, sample: int) -> int | None:
        """Return the pass nearest to this one that steps a sample, None where it is too far away."""
        here, known = self.cursor.pass_index, len(self.passes)
        last = max(known - 1, here + FARTHEST)
        passes = sorted(range(last + 1), key=lambda index: (index >= known, abs(index - here)))
        return next((index for index in passes if sample in batch_of(self.lesson, index)), None)

    def _as_of_sample(self, one_pass: Pass, sample: int) -> tuple[tuple[Step, ...], int]:
        """Return the steps as if the one in view were of another sample; what is of the whole batch stands for its first step."""
        steps, index = one_pass.steps, self.cursor.step_index
        step = steps[index] if index >= 0 else None
        if step is None or step.sample is None:
            index, step = 0, steps[0]
        changed = replace(step, sample=sample)
        return (*steps[:index], changed, *steps[index + 1 :]), index


def _edits() -> ModuleType:
    # Imported when the table is first edited: the first frame does without.
    from explainer.lesson import data_edits

    return data_edits
