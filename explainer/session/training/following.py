"""Which lesson is being trained, and which others come to the same training."""

from __future__ import annotations

from msgspec.structs import replace

from explainer.lesson.lesson import Lesson
from explainer.session.training.sameness import SETTINGS, Change, change_for_training

# So many forms of the lesson are known to be the one that is trained.
_MOST_KNOWN = 32


class Following:
    """Follows the lesson through its edits. `origin` is how training began, None before it did.

    A lesson whose update has been opened, or whose weights have been kept, is another one and yet the same training.
    """

    def __init__(self) -> None:
        self.origin: Lesson | None = None
        # Each with the lesson that training begins again with.
        self._known: list[tuple[Lesson, Lesson]] = []

    def knows(self, lesson: Lesson) -> bool:
        """Tell whether this lesson is the one that is trained already; by Undo it may be an earlier form of it."""
        for one, origin in reversed(self._known):
            if change_for_training(one, lesson) == "nothing":
                self.origin = origin
                return True
        return False

    def take(self, lesson: Lesson) -> Change:
        """Follow an edit; return what training has to do: to begin, or to go on with other settings."""
        change: Change = "start"
        if self._known and self.origin is not None:
            change = change_for_training(self._known[-1][0], lesson)
        if change == "settings" and self.origin is not None:
            # Beginning again means the old weights with the new settings.
            settings = {name: getattr(lesson, name) for name in SETTINGS}
            self.origin = replace(self.origin, **settings)
        elif change == "start" or self.origin is None:
            self.origin = lesson
        self._known = [(lesson, self.origin)]
        return change

    def adopt(self, lesson: Lesson, *, is_start: bool) -> None:
        """Take a lesson that training itself has made, which may be where it begins again from now on."""
        if is_start or self.origin is None:
            self.origin = lesson
        self._known = [*self._known[-_MOST_KNOWN:], (lesson, self.origin)]
