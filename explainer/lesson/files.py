"""Lesson files: strict reading, stable writing. The types in `lesson.py` are the format."""

from __future__ import annotations

from pathlib import Path

from msgspec import json

from explainer.lesson.disk import read_bytes, write_bytes
from explainer.lesson.faults import quoted
from explainer.lesson.layout_json import pretty
from explainer.lesson.lesson import Lesson
from explainer.lesson.limits import MAX_FILE_BYTES
from explainer.lesson.shape import lesson_from_tree, tree_from_lesson


def read_lesson(path: str | Path) -> Lesson:
    """Return the lesson a file holds; Refused, with one sentence naming the place, where it holds none."""
    file = Path(path)
    return lesson_from_json(read_bytes(file, MAX_FILE_BYTES), file.name)


def lesson_from_json(content: bytes, place: str = "lesson") -> Lesson:
    """Return the lesson that JSON bytes describe, checked as a whole.

    `place` is what refusals of the whole content call it (a file name); finer places are paths such as
    `network.edges[3].from`. Raises Refused.
    """
    # Imported here: the first frame shows a lesson of the program, which tests have checked.
    from explainer.lesson.checks import check_lesson
    from explainer.lesson.json_text import read_json

    name = quoted(place)
    lesson = lesson_from_tree(read_json(content, name), name)
    check_lesson(lesson)
    return lesson


def lesson_to_json(lesson: Lesson) -> bytes:
    """Return the lesson as UTF-8 JSON; reading it back gives an equal lesson and the same bytes."""
    return pretty(tree_from_lesson(lesson)).encode()


def lesson_to_compact_json(lesson: Lesson) -> bytes:
    """Return the lesson as JSON in one line, for programs: laying a large one out for people takes longer than a frame."""
    return json.encode(tree_from_lesson(lesson))


def write_lesson(lesson: Lesson, path: str | Path) -> None:
    """Save a lesson atomically and durably; NotWritten, with the reason, leaves the old file as it was."""
    write_bytes(Path(path), lesson_to_json(lesson))
