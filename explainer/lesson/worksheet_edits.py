"""Edits of what a lesson says of its worksheets. Nothing that is computed changes with them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from explainer.lesson.lesson import Lesson
from explainer.lesson.worksheet import Worksheet
from explainer.lesson.worksheet_checks import check_worksheet


def set_worksheet(lesson: Lesson, worksheet: Worksheet | None) -> Lesson:
    """Return the lesson that asks for such worksheets, None for one that says nothing of them.

    Raises Refused for what a file must not hold.
    """
    check_worksheet(worksheet)
    return replace(lesson, worksheet=worksheet)


def blank_steps(lesson: Lesson, addresses: Iterable[str], *, on: bool) -> Lesson:
    """Return the lesson whose worksheets blank these steps too, or no longer, by hand; Refused for what is no address.

    Where nothing is left that differs from a lesson without the field, the field goes.
    """
    before = lesson.worksheet if lesson.worksheet is not None else Worksheet()
    wanted = tuple(dict.fromkeys(addresses))
    if on:
        steps = tuple(dict.fromkeys((*before.steps, *wanted)))
    else:
        steps = tuple(address for address in before.steps if address not in wanted)
    if steps == before.steps:
        return lesson
    after = replace(before, steps=steps)
    return set_worksheet(lesson, after if after != Worksheet() else None)


def asks_alike(one: Lesson, other: Lesson) -> bool:
    """Tell whether two lessons differ at most in what they say of their worksheets."""
    if one.worksheet == other.worksheet:
        return one == other
    return replace(one, worksheet=None) == replace(other, worksheet=None)
