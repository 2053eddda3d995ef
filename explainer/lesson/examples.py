"""The built-in lessons: one JSON file each, `20-mazur-2-2-2.json` being the lesson `mazur-2-2-2`.

The number in front gives the teaching order.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from explainer.lesson.faults import quoted
from explainer.lesson.files import read_lesson
from explainer.lesson.lesson import Lesson
from explainer.messages import Refused, message
from explainer.resources import resource


def example_names() -> tuple[str, ...]:
    """Return the names of the built-in lessons in teaching order."""
    return tuple(_files())


@cache
def example(name: str) -> Lesson:
    """Return a built-in lesson; Refused where there is none of that name."""
    file = _files().get(name)
    if file is None:
        fault = message(
            'no built-in lesson "{name}"; there are: {names}',
            name=quoted(name),
            names=", ".join(example_names()),
        )
        raise Refused(fault)
    return read_lesson(file)


@cache
def _files() -> dict[str, Path]:
    files = sorted(resource("examples").glob("[0-9]*-*.json"))
    return {file.stem.partition("-")[2]: file for file in files}
