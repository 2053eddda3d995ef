"""What can be taken back: every edit, kept as the difference it made, so that memory and not a number is the limit."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from explainer.lesson.lesson import Lesson
from explainer.messages import Message
from explainer.session.difference import Difference, applied, difference, size_of

# Bytes that edits to take back and to make again may take together. A nudge takes about one thousand, a neuron more in
# a network of hundreds some ten thousand: tens of thousands of edits of the first kind, thousands of the second.
MEMORY = 64 * 1024 * 1024

EditKey = tuple[str, *tuple[str | int, ...]]


class Edit(NamedTuple):
    """One undo step: the lessons on both sides of it, the pass in which it was made, and the pass it led to.

    `key` says what was edited, `name` the same for people; an edit that `keeps_steps` changed values alone.
    """

    key: EditKey
    name: Message
    before: Lesson
    after: Lesson
    pass_index: int
    pass_after: int = 0
    keeps_steps: bool = False


class Record(NamedTuple):
    """An edit as it is kept: what it changed, and about how many bytes that takes."""

    key: EditKey
    name: Message
    change: Difference | None
    pass_index: int
    pass_after: int
    keeps_steps: bool
    size: int


class History:
    """The edits made and those taken back. Together they take at most `memory` bytes; the oldest are forgotten, the last never.

    It keeps differences, so whoever asks says which lesson is there now.
    """

    def __init__(self, memory: int = MEMORY) -> None:
        self._memory = memory
        self._size = 0
        self._done: deque[Record] = deque()
        self._undone: list[Record] = []
        # What could be made again before the last edit was recorded, in case that turns out not to be one.
        self._replaced: list[Record] = []

    @property
    def last_done(self) -> Record | None:
        """Return the edit that `undo` would take back."""
        return self._done[-1] if self._done else None

    @property
    def last_undone(self) -> Record | None:
        """Return the edit that `redo` would make again."""
        return self._undone[-1] if self._undone else None

    def record(self, edit: Edit, *, continuing: bool) -> None:
        """Add an edit; a continuing one becomes one with the edit before it, if that has the same key.

        Together they may come to nothing, and then both are forgotten.
        """
        last = self.last_done
        if continuing and last is not None and not self._undone and last.key == edit.key:
            self._size -= self._done.pop().size
            edit = edit._replace(
                before=applied(last.change, edit.before, back=True),
                pass_index=last.pass_index,
                keeps_steps=last.keeps_steps and edit.keeps_steps,
            )
        else:
            self._forget_replaced()
            self._replaced, self._undone = self._undone, []
        if edit.before != edit.after:
            self._keep(edit)
        else:
            self._forget_replaced()

    def undo(self, current: Lesson) -> Edit | None:
        """Return the edit to take back, None where there is none; `current` is the lesson after it."""
        if not self._done:
            return None
        self._forget_replaced()
        self._undone.append(self._done.pop())
        return _seen_from_after(self._undone[-1], current)

    def redo(self, current: Lesson) -> Edit | None:
        """Return the edit to make again, None where there is none; `current` is the lesson before it."""
        if not self._undone:
            return None
        self._forget_replaced()
        record = self._undone.pop()
        self._done.append(record)
        after = applied(record.change, current)
        return _between(record, current, after)

    def drop(self, current: Lesson) -> Edit | None:
        """Return the last edit and forget it, None where there is none; `current` is the lesson after it.

        What was taken back before it can be made again; what was made on top of it and taken back is forgotten.
        """
        if not self._done:
            return None
        record = self._done.pop()
        self._size -= record.size + sum(later.size for later in self._undone)
        self._undone, self._replaced = self._replaced, []
        return _seen_from_after(record, current)

    def _forget_replaced(self) -> None:
        self._size -= sum(record.size for record in self._replaced)
        self._replaced = []

    def _keep(self, edit: Edit) -> None:
        change = difference(edit.before, edit.after)
        size = size_of(change)
        places = (edit.pass_index, edit.pass_after, edit.keeps_steps)
        self._done.append(Record(edit.key, edit.name, change, *places, size))
        self._size += size
        if self._size > self._memory:
            self._forget_replaced()
        while self._size > self._memory and len(self._done) > 1:
            self._size -= self._done.popleft().size


def _seen_from_after(record: Record, current: Lesson) -> Edit:
    return _between(record, applied(record.change, current, back=True), current)


def _between(record: Record, before: Lesson, after: Lesson) -> Edit:
    places = (record.pass_index, record.pass_after, record.keeps_steps)
    return Edit(record.key, record.name, before, after, *places)
