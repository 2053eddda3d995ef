"""The open lesson as bytes: written once for the worker, the recovery file and Save, which all want the same."""

from __future__ import annotations

from explainer.lesson.files import lesson_to_json
from explainer.lesson.lesson import Lesson

# The lesson that is open, the one it was saved as, and one being opened; newest last.
_KEPT = 3
_written: list[tuple[Lesson, bytes]] = []


def written(lesson: Lesson) -> bytes:
    """Return the JSON of a lesson, from memory where this very lesson was written a moment ago."""
    for known, content in reversed(_written):
        if known is lesson:
            return content
    content = lesson_to_json(lesson)
    _written.append((lesson, content))
    del _written[:-_KEPT]
    return content
