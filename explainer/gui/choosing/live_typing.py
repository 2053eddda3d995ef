"""A formula that counts as it is typed: all of one typing is one undo step, and ends where the keyboard leaves the field."""

from __future__ import annotations

from explainer.lesson.lesson import Lesson
from explainer.session.choosing import Change
from explainer.session.options import Typed


class LiveTyping:
    """Remembers the lesson before the first letter. Every change starts from it: variables that come back have their values still."""

    def __init__(self) -> None:
        self._before: Lesson | None = None

    def change(self, typed: Typed, text: str, lesson: Lesson) -> Change:
        """Return the change to what is typed now, in the lesson there is now."""
        change, is_first = typed.change(text), self._before is None
        before = self._before = self._before or lesson
        return change._replace(edit=lambda _lesson: change.edit(before), continuing=not is_first)

    def way_back(self, typed: Typed) -> Change | None:
        """End the typing; return the change to the lesson before it, None where nothing was typed."""
        before = self._before
        self.end()
        if before is None:
            return None
        return typed.change("")._replace(edit=lambda _lesson: before, continuing=True)

    def end(self) -> None:
        """Let the next letter begin another undo step."""
        self._before = None
