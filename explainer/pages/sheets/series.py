"""All sheets of one lesson: variant after variant from a seed, or one sheet again from its form ID."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from explainer.lesson.lesson import Lesson
from explainer.messages import ExplainerError, Refused, message
from explainer.pages.sheets.form import Form, Paper, fingerprint, read_form
from explainer.pages.sheets.model import Heads, Sheet
from explainer.pages.sheets.plan import Options, make_plan
from explainer.pages.sheets.questions import questions_of
from explainer.trace.check import check
from explainer.trace.record import Run
from explainer.trace.variants import variants


class CheckFailed(ExplainerError):  # noqa: N818 - reads as what happened, and is not a defect of the program's use
    """A key disagreed with one of the two other ways to its gradients: nothing was written."""

    exit_code = 1


def series(
    lesson: Lesson,
    count: int,
    seed: int,
    options: Options,
    language: str,
    digits: int,
    paper: Paper = "a4",
    heads: Heads | None = None,
) -> Iterator[Sheet]:
    """Yield so many sheets, each with numbers of its own; the blanks are drawn once for all.

    Raises Refused where no such variants are found or nothing would be blank.
    """
    mark = fingerprint(lesson)
    for place, run in enumerate(variants(lesson, seed, count, digits)):
        form = Form(seed, place + 1, options, language, digits, paper, mark)
        yield _sheet(run, form, heads or Heads())


def sheet_of_form(
    lesson: Lesson, code: str, heads: Heads | None = None, steps: tuple[str, ...] = ()
) -> tuple[Form, Sheet]:
    """Return the sheet with a form ID. Raises Refused where the ID is mistyped or belongs to another lesson."""
    form = read_form(code, steps)
    if form.fingerprint != fingerprint(lesson):
        raise Refused(
            message(
                "the form ID {code} is not of this lesson, or the lesson was changed since",
                code=form.code,
            )
        )
    *_, run = variants(lesson, form.seed, form.variant, form.digits)
    return form, _sheet(run, form, heads or Heads())


def must_be_right(sheet: Sheet) -> None:
    """Raise CheckFailed unless every gradient of the key is confirmed by the two other ways."""
    lesson = replace(sheet.run.lesson, vary=None)
    report = check(lesson)
    if not report.agrees:
        row = next(row for row in report.rows if row.status == "differs")
        raise CheckFailed(
            message(
                "The gradient of {name} on form {form} does not agree with the check: nothing was written.",
                name=row.name,
                form=sheet.form,
            )
        )


def _sheet(run: Run, form: Form, heads: Heads) -> Sheet:
    plan = make_plan(run, form.options, form.seed, form.digits)
    questions = questions_of(run, plan, form.language, form.digits)
    return Sheet(run, plan, questions, form.options, form.code, form.language, form.digits, heads)
