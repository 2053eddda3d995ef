"""Lesson files: strict reading, stable writing. The types in `lesson.py` are the format."""

from __future__ import annotations

from pathlib import Path

from msgspec import json

from explainer.lesson.disk import read_bytes, write_bytes
from explainer.lesson.faults import quoted, quoted_path
from explainer.lesson.layout_json import compact, pretty
from explainer.lesson.lesson import Lesson
from explainer.lesson.limits import MAX_FILE_BYTES
from explainer.lesson.shape import lesson_from_tree, tree_from_lesson
from explainer.messages import NotWritten, message


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
    tree = tree_from_lesson(lesson)
    content = pretty(tree).encode()
    # Blanks must not make of a lesson that could be read one that cannot.
    return content if len(content) <= MAX_FILE_BYTES else compact(tree).encode()


def lesson_for_worker(lesson: Lesson) -> bytes:
    """Return the lesson as JSON that no person reads: of a large table it is written many times faster.

    What it says of worksheets is left out, so that what was computed of a lesson is not computed again for other blanks.
    """
    tree = tree_from_lesson(lesson)
    tree.pop("worksheet", None)
    return json.encode(tree)


def write_lesson(lesson: Lesson, path: str | Path) -> None:
    """Save a lesson atomically and durably; NotWritten, with the reason, leaves the old file as it was."""
    write_content(lesson_to_json(lesson), path)


def write_content(content: bytes, path: str | Path) -> None:
    """Save the JSON of a lesson as `write_lesson` does; NotWritten also where it would be too large to be read again."""
    file = Path(path)
    if len(content) > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // (1024 * 1024)
        fault = message("the file would be larger than {limit} MB", limit=limit)
        raise NotWritten(
            message("{place}: not written: {fault}", place=quoted_path(file), fault=fault)
        )
    write_bytes(file, content)
