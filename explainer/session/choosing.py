"""Choosing how the lesson works: its activations, its error, its rule. Each choice is one undo step with a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from explainer.lesson.lesson import Lesson
from explainer.messages import Message
from explainer.session.editing import Editing

# What the key of such an edit begins with.
CHOICE = "choice"


class Change(NamedTuple):
    """One choice: what it is about, its name in the Edit menu, and the edit itself, which may raise Refused.

    A `continuing` one is one undo step with the choice before it, if that was about the same.
    """

    what: str
    title: Message
    edit: Callable[[Lesson], Lesson]
    continuing: bool = False


class Choosing(Editing):
    """Takes choices. In a later pass the weights of that pass become the lesson's start, as with every edit."""

    def choose(self, change: Change) -> bool:
        """Carry out a choice; return whether anything changed. Refused where the lesson cannot take it."""
        lesson = change.edit(self._rebased())
        key = (CHOICE, change.what)
        return self._edit(key, change.title, lesson, continuing=change.continuing)

    def give_up_choice(self) -> bool:
        """Undo a choice whose lesson cannot be traced; False where the last edit was something else.

        False too where it was come back to by Undo: what was made on top of it, and can be made again, would be lost.
        """
        edit = self._history.last_done
        if edit is None or edit.key[0] != CHOICE or self.can_redo:
            return False
        self.take_back()
        return True
