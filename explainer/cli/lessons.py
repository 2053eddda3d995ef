"""What stands for LESSON on the command line: a file, `example:NAME`, or `-`."""

from __future__ import annotations

import sys
from pathlib import Path

from explainer.lesson.examples import example
from explainer.lesson.files import lesson_from_json, read_lesson
from explainer.lesson.lesson import Lesson
from explainer.lesson.limits import MAX_FILE_BYTES
from explainer.messages import Refused, message

_EXAMPLE = "example:"


def lesson_named(name: str) -> Lesson:
    """Return the lesson; Refused, with one sentence, where there is none."""
    if name.startswith(_EXAMPLE):
        return example(name.removeprefix(_EXAMPLE))
    if name == "-":
        if sys.stdin is None:
            raise Refused(message("there is no standard input"))
        return lesson_from_json(sys.stdin.buffer.read(MAX_FILE_BYTES + 1), "standard input")
    return read_lesson(Path(name))


def path_of(name: str) -> Path | None:
    """Return the file that the window saves to; None where the lesson came from elsewhere."""
    return None if name.startswith(_EXAMPLE) or name == "-" else Path(name)
