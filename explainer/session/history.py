"""What can be taken back: the lesson before and after every edit. Lessons share what an edit left alone."""

from __future__ import annotations

from typing import NamedTuple

from explainer.lesson.lesson import Lesson
from explainer.messages import Message

LIMIT = 500

EditKey = tuple[str, *tuple[str | int, ...]]


class Edit(NamedTuple):
    """One undo step: the lessons on both sides of it and the pass in which it was made.

    `key` says what was edited, `name` the same for people; an edit that `keeps_steps` changed values alone.
    """

    key: EditKey
    name: Message
    before: Lesson
    after: Lesson
    pass_index: int
    keeps_steps: bool = False


class History:
    """The edits made and those taken back; at most `LIMIT`, the oldest are forgotten."""

    def __init__(self) -> None:
        self._done: list[Edit] = []
        self._undone: list[Edit] = []

    @property
    def last_done(self) -> Edit | None:
        """Return the edit that `undo` would take back."""
        return self._done[-1] if self._done else None

    @property
    def last_undone(self) -> Edit | None:
        """Return the edit that `redo` would make again."""
        return self._undone[-1] if self._undone else None

    def record(self, edit: Edit, *, continuing: bool) -> None:
        """Add an edit; a continuing one becomes one with the edit before it, if that has the same key.

        Together they may come to nothing, and then both are forgotten.
        """
        last = self.last_done
        if continuing and last is not None and not self._undone and last.key == edit.key:
            self._done.pop()
            edit = edit._replace(
                before=last.before,
                pass_index=last.pass_index,
                keeps_steps=last.keeps_steps and edit.keeps_steps,
            )
        self._undone.clear()
        if edit.before != edit.after:
            self._done.append(edit)
            del self._done[:-LIMIT]

    def undo(self) -> Edit | None:
        """Return the edit to take back, None where there is none."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Edit | None:
        """Return the edit to make again, None where there is none."""
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]

    def drop(self) -> Edit | None:
        """Return the last edit and forget it, None where there is none."""
        return self._done.pop() if self._done else None
