"""Edits of the open lesson and their history; where one stands survives each of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from explainer.lesson.lesson import Lesson
from explainer.messages import Message, message
from explainer.session.history import Edit, EditKey, History
from explainer.session.journey import START, Cursor, Journey, Landmark

if TYPE_CHECKING:
    from explainer.session.training.edits import Trained


class Editing(Journey):
    """A journey through a lesson that can be edited, and every edit taken back."""

    path: Path | None
    # None where no file holds what was saved last: it is gone.
    _saved: Lesson | None

    def open(self, lesson: Lesson, path: Path | None = None) -> None:
        """Start over with another lesson: no history, nothing to save, the cursor before the first step."""
        self.travel(lesson, START, None)
        self.path = path
        self._saved = lesson
        self._history = History()

    def recover(self, lesson: Lesson, path: Path | None, saved: Lesson | None) -> None:
        """Start over with changes that were never saved: an edit of the lesson that `saved` holds, where there is one."""
        self.open(lesson if saved is None else saved, path)
        self._saved = saved
        if saved is not None:
            self._edit(("recovery",), message("recovery"), lesson)

    def reload(self, lesson: Lesson) -> None:
        """Take what the file holds now, as an edit, so that Undo brings one's own version back."""
        self._edit(("reload",), message("reloading of the file"), lesson)
        self._saved = lesson

    def forget_saved(self) -> None:
        """Note that the file no longer holds what was saved last, so that there is something to save."""
        self._saved = None

    def as_text(self, trained: Trained | None = None) -> str:
        """Return the lesson as text that can be pasted, with what the pass shown started from, or as it was trained."""
        # Imported here: the first frame does without.
        from explainer.lesson.continuing import continued
        from explainer.lesson.shared_text import text_from_lesson

        lesson = self._rebased()
        if trained is not None:
            done = trained.passes - self.lesson.state.passes
            lesson = continued(self.lesson, done, dict(trained.parameters), trained.memory)
        return text_from_lesson(lesson)

    # --- history ---------------------------------------------------------------------------

    @property
    def saved_lesson(self) -> Lesson | None:
        """The lesson as it was opened or saved last; None where no file holds it any more."""
        return self._saved

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
        edit = self._history.undo(self.lesson)
        if edit is not None:
            self._show(edit.before, edit.pass_index, keeps_steps=edit.keeps_steps)

    def redo(self) -> None:
        """Make again the edit last taken back."""
        edit = self._history.redo(self.lesson)
        if edit is not None:
            self._show(edit.after, edit.pass_after, keeps_steps=edit.keeps_steps)

    def saved(self, path: Path) -> None:
        """Note that the lesson as it is now was written to `path`."""
        self.path = path
        self._saved = self.lesson

    def take_back(self) -> None:
        """Undo the last edit for good: it turned out that the lesson cannot be traced with it."""
        edit = self._history.drop(self.lesson)
        if edit is not None:
            self._show(edit.before, edit.pass_index, keeps_steps=False)

    # --- inside ----------------------------------------------------------------------------

    def _rebased(self) -> Lesson:
        """Return the lesson with what this pass started from: parameters, memory of the rule, number of the pass."""
        one_pass, passes = self.current_pass, self.cursor.pass_index
        if one_pass is None or passes == 0:
            return self.lesson
        return self._continued(passes, one_pass.parameters_before, one_pass.state_before)

    def _continued(
        self, passes: int, parameters: dict[str, float], memory: dict[str, dict[str, float]]
    ) -> Lesson:
        """Return the lesson as it goes on after so many more passes."""
        # Imported here: it asks for the table of rules, and the first frame does without.
        from explainer.lesson.continuing import continued

        return continued(self.lesson, passes, parameters, memory)

    def _edit(
        self,
        key: EditKey,
        name: Message,
        lesson: Lesson,
        *,
        continuing: bool = False,
        keeps_steps: bool = False,
        stays_in_pass: bool = False,
    ) -> bool:
        """Make an edit; `keeps_steps` where it changes values alone, so that every step keeps its number.

        `stays_in_pass` where it changes nothing that is computed, so that no pass need become the start.
        """
        if lesson == self.lesson:
            return False
        here = self._target().pass_index
        there = here if stays_in_pass else 0
        edit = Edit(key, name, self.lesson, lesson, here, there, keeps_steps)
        self._history.record(edit, continuing=continuing)
        self._show(lesson, there, keeps_steps=keeps_steps)
        return True

    def _show(self, lesson: Lesson, pass_index: int, *, keeps_steps: bool) -> None:
        """Put another version of the lesson on the board, at the corresponding step of the given pass."""
        if _computes_alike(self.lesson, lesson):
            # Every pass that is known, or on its way, is one of this version too.
            self.lesson = lesson
            return
        step = self.cursor.step_index
        destination = Cursor(pass_index, step) if pass_index > 0 else None
        landmark = self._landmark
        if landmark is not None:
            landmark = landmark._replace(pass_index=pass_index)
        elif not keeps_steps and self.current_pass is not None:
            landmark = Landmark(self.current_pass.steps, step, pass_index)
        self.travel(lesson, Cursor(0, step), destination, landmark)


def _computes_alike(one: Lesson, other: Lesson) -> bool:
    """Tell whether two versions differ only in what they say of worksheets."""
    if one.worksheet == other.worksheet:
        return False
    # Imported here: the first frame does without.
    from explainer.lesson.worksheet_edits import asks_alike

    return asks_alike(one, other)
