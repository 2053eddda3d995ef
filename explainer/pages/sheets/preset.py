"""Settings for worksheets, as a lesson holds them and a dialog asks for them, in the words of the makers of sheets."""

from __future__ import annotations

from explainer.lesson.worksheet import Worksheet
from explainer.messages import Refused
from explainer.pages.sheets.form import read_form
from explainer.pages.sheets.model import Heads
from explainer.pages.sheets.plan import KINDS, Options


def options_of(worksheet: Worksheet) -> Options:
    """Return what is blank and how it is answered."""
    kinds = tuple(kind for kind in KINDS if kind in worksheet.blank)
    return Options(
        kinds, worksheet.share, worksheet.steps, worksheet.space, points=worksheet.points
    )


def steps_for(code: str, steps: tuple[str, ...]) -> tuple[str, ...]:
    """Return the steps that a form ID needs to be read: these where its blanks were chosen by hand, else none.

    What is no form ID needs none; whoever reads it says so.
    """
    try:
        read_form(code, ())
    except Refused:
        return steps
    return ()


def heads_of(worksheet: Worksheet) -> Heads:
    """Return what stands at the top of every sheet."""
    return Heads(worksheet.school, worksheet.course, worksheet.date)
