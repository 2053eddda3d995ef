"""The open lesson as bytes: for people (the recovery file and Save want the same), and for the worker, which is quicker."""

from __future__ import annotations

from collections.abc import Callable

from explainer.lesson.files import lesson_for_worker, lesson_to_json
from explainer.lesson.lesson import Lesson

# The lesson that is open, the one it was saved as, and one being opened; newest last.
_KEPT = 3


class _Memory:
    """Writes a lesson once and gives the same bytes as long as it is asked for that very lesson."""

    def __init__(self, write: Callable[[Lesson], bytes]) -> None:
        self._write = write
        self._written: list[tuple[Lesson, bytes]] = []

    def has(self, lesson: Lesson) -> bool:
        """Tell whether that very lesson is written already."""
        return any(known is lesson for known, _ in self._written)

    def __call__(self, lesson: Lesson) -> bytes:
        for known, content in reversed(self._written):
            if known is lesson:
                return content
        content = self._write(lesson)
        self._written.append((lesson, content))
        del self._written[:-_KEPT]
        return content


written = _Memory(lesson_to_json)
for_worker = _Memory(lesson_for_worker)
