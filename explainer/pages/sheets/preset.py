"""Settings for worksheets, as a lesson holds them and a dialog asks for them, in the words of the makers of sheets."""

from __future__ import annotations

from explainer.lesson.worksheet import Worksheet
from explainer.pages.sheets.model import Heads
from explainer.pages.sheets.plan import KINDS, Options


def options_of(worksheet: Worksheet) -> Options:
    """Return what is blank and how it is answered."""
    kinds = tuple(kind for kind in KINDS if kind in worksheet.blank)
    return Options(
        kinds, worksheet.share, worksheet.steps, worksheet.space, points=worksheet.points
    )


def heads_of(worksheet: Worksheet) -> Heads:
    """Return what stands at the top of every sheet."""
    return Heads(worksheet.school, worksheet.course, worksheet.date)
