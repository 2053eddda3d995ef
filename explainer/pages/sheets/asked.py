"""The sheets that settings or a form ID ask for, whoever asks: the command line or the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from explainer.lesson.lesson import Lesson
from explainer.lesson.worksheet import Worksheet
from explainer.pages.sheets.form import Paper
from explainer.pages.sheets.model import Sheet
from explainer.pages.sheets.preset import heads_of, options_of
from explainer.pages.sheets.series import series, sheet_of_form

Draw = Callable[[Lesson, Worksheet, int], Iterable[Sheet]]


class Asked(NamedTuple):
    """Sheets with their numbers, and the paper they are for. Those of a series are made when they are taken."""

    numbers: Sequence[int]
    sheets: Iterable[Sheet]
    paper: Paper


def variants_of(lesson: Lesson, worksheet: Worksheet, count: int) -> Iterator[Sheet]:
    """Yield the first sheets of a series; the settings name a language. Raises Refused as `series`."""
    return series(
        lesson,
        count,
        worksheet.seed,
        options_of(worksheet),
        worksheet.language,
        worksheet.digits,
        worksheet.paper,
        heads_of(worksheet),
    )


def asked_sheets(
    lesson: Lesson, worksheet: Worksheet, form: str = "", draw: Draw = variants_of
) -> Asked:
    """Return all sheets asked for: the variants that `draw` gives, or the one with a form ID.

    An ID says everything itself but the head and the steps chosen by hand. Raises Refused as `sheet_of_form`.
    """
    if not form:
        numbers = range(1, worksheet.variants + 1)
        return Asked(numbers, draw(lesson, worksheet, worksheet.variants), worksheet.paper)
    found, sheet = sheet_of_form(lesson, form, heads_of(worksheet), worksheet.steps)
    return Asked((found.variant,), (sheet,), found.paper)
