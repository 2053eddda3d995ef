"""The built-in lessons: one JSON file each, `340-mazur-2-2-2.json` being the lesson `mazur-2-2-2`.

The number in front gives the teaching order, and its first digit the group under which the lesson is listed.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from msgspec import Struct, json

from explainer.lesson.faults import quoted
from explainer.lesson.lesson import Lesson, Text
from explainer.lesson.limits import MAX_NAME
from explainer.lesson.shape import lesson_from_tree
from explainer.messages import Message, Refused, message
from explainer.resources import resource

# The lesson shown where none is asked for: small, worked out by hand in the lecture, with everything a pass has.
OPENING: Final = "lecture-2-2-1"

_GROUPS = {
    "1": message("First neurons"),
    "2": message("Learning before back-propagation"),
    "3": message("Back-propagation"),
    "4": message("Losses and outputs"),
    "5": message("Training"),
    "6": message("Gradients that vanish or explode"),
    "7": message("Other neurons and networks"),
    "8": message("Computation graphs"),
    "9": message("Derivatives of matrices"),
}


class Heading(Struct, frozen=True):
    """What a list of lessons shows of one."""

    title: Text
    description: Text = ""


class ExampleGroup(NamedTuple):
    """Built-in lessons that stand under one heading, in teaching order."""

    title: Message
    names: tuple[str, ...]


def example_names() -> tuple[str, ...]:
    """Return the names of the built-in lessons in teaching order."""
    return tuple(_files())


@cache
def example_groups() -> tuple[ExampleGroup, ...]:
    """Return the built-in lessons group by group, in teaching order."""
    files = _files().items()
    return tuple(
        ExampleGroup(_GROUPS[digit], tuple(name for name, _ in members))
        for digit, members in groupby(files, key=lambda item: item[1].name[0])
    )


@cache
def example_heading(name: str) -> Heading:
    """Return title and description of a built-in lesson without reading the rest; KeyError where there is none."""
    return json.decode(_files()[name].read_bytes(), type=Heading)


@cache
def example(name: str) -> Lesson:
    """Return a built-in lesson; Refused where there is none of that name."""
    file = _files().get(name)
    if file is None:
        fault = message(
            'no built-in lesson "{name}"; perhaps {nearest}? "explainer examples" lists them all',
            name=quoted(name),
            nearest=_nearest(name),
        )
        raise Refused(fault)
    # Tests have checked it as a stranger's file is checked; the first frame need not wait for that again.
    return lesson_from_tree(json.decode(file.read_bytes()), file.name)


def _nearest(asked: str) -> str:
    """Return the name that holds what was asked for, else the one most like it."""
    holding = [name for name in example_names() if asked and asked in name]
    return min(holding or example_names(), key=lambda name: -_likeness(asked, name))


def _likeness(asked: str, name: str) -> float:
    # Only for a name that is wrong: the first frame does without.
    from difflib import SequenceMatcher

    # Only a name as long as any is compared: the comparison takes time with the square of the length.
    return SequenceMatcher(None, asked[:MAX_NAME], name).ratio()


@cache
def _files() -> dict[str, Path]:
    files = sorted(resource("examples").glob("[1-9][0-9][0-9]-*.json"))
    return {file.stem.partition("-")[2]: file for file in files}
