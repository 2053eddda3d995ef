"""The top of a worksheet and of its key: who, when, which form; what is asked, how it is rounded; the table of answers."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.messages import Message, message
from explainer.pages.document import rounding
from explainer.pages.names import Names
from explainer.pages.page import Block, Maths, Paragraph, Sentence, Table
from explainer.pages.sheets.model import Sheet
from explainer.pages.sheets.names import box
from explainer.pages.sheets.questions import MORE, UNITS, Answer, shown_tolerance

# Lines to write on, in characters.
_NAME, _DATE, _POINTS = 28, 14, 6


def head(sheet: Sheet, names: Names, *, filled: bool) -> Table:
    """Return the table at the top: school and course where they are stated, name, date, form, points."""
    say, heads = names.say, sheet.heads

    def labelled(label: Message, text: str) -> tuple[Sentence, Sentence]:
        return (*say(label), ": "), (text,)

    stated = ((message("School"), heads.school), (message("Course"), heads.course))
    rows = [tuple(cell for label, text in stated if text for cell in labelled(label, text))]
    form = labelled(message("Form"), sheet.form)
    points = sum(answer.points for answer in sheet.questions.answers)
    if filled:
        rows.append((*form, *labelled(message("Points"), str(points))))
    else:
        name, date = "_" * _NAME, heads.date or "_" * _DATE
        rows.append((*labelled(message("Name"), name), *labelled(message("Date"), date)))
        total = "_" * _POINTS + (f" / {points}" if sheet.options.points else "")
        rows.append((*form, *labelled(message("Points"), total)))
    rows = [row for row in rows if row]
    width = max(len(row) for row in rows)
    whole = tuple((*row, *(() for _ in range(width - len(row)))) for row in rows)
    return Table(tuple(() for _ in range(width)), whole)


def instructions(sheet: Sheet, names: Names) -> Iterator[Block]:
    """Yield what the boxes mean, and how answers are rounded."""
    what = message(
        "Every box {box} with a number asks for an answer; where the same number stands on a later line, put your answer in.",
        box=box(1),
    )
    yield Paragraph(names.say(what))
    if any(answer.value is not None for answer in sheet.questions.answers):
        yield Paragraph(names.say(_rounding_rule(names)))


def short_key(sheet: Sheet, names: Names) -> Table:
    """Return the table of answers."""
    header = (
        message("No."),
        message("Quantity"),
        message("Answer"),
        message("Accepted"),
        message("Points"),
    )
    rows = tuple(_row(answer, sheet.language) for answer in sheet.questions.answers)
    return Table(tuple(map(names.say, header)), rows, ())


def _row(answer: Answer, language: str) -> tuple[Sentence, ...]:
    symbolic = answer.value is None
    accepted = "" if symbolic else f"± {shown_tolerance(answer.tolerance, language)}"
    right: Sentence = (Maths(answer.latex, answer.text),) if symbolic else (answer.text,)
    return (str(answer.number),), (answer.label,), right, (accepted,), (str(answer.points),)


def _rounding_rule(names: Names) -> Message:
    if names.run.lesson.arithmetic.mode == "rounded":
        return message(
            "{rule} An answer may differ by one unit of its last digit.", rule=rounding(names)
        )
    numbers = {"more": names.digits + MORE, "digits": names.digits, "units": UNITS}
    if not any(step.phase == "update" for step in names.run.summary.steps):
        return message(
            "Calculate with at least {more} significant digits and give your answers with {digits}. An answer may differ by {units} units of its last digit.",
            **numbers,
        )
    return message(
        "Calculate with at least {more} significant digits and give your answers with {digits}. An answer may differ by {units} units of its last digit; a new weight only by a quarter of its change, or by half a unit if that is more.",
        **numbers,
    )
