"""The gradient check as a table for the terminal."""

from __future__ import annotations

from explainer.cli.table import table
from explainer.maths.numbers import shown
from explainer.messages import message, plural, translate
from explainer.trace.check import CheckReport, CheckRow

_HEADER = (
    message("gradient by"),
    message("back-propagation"),
    message("symbolic"),
    message("finite differences"),
    message("difference ÷ terms"),
    message("verdict"),
)
_NOTHING = "–"
# Seventeen digits tell any two doubles apart.
_ALL_DIGITS = 17
_ERROR_DIGITS = 2
_STATUS = {
    "ok": message("agrees"),
    "kink": message("kink: not compared"),
    "skipped": message("agrees (two ways)"),
    "differs": message("DIFFERS"),
}


def check_text(report: CheckReport, language: str) -> str:
    """Return the table of all gradients, the reasons for gaps in it, and the verdict."""
    if report.reason is not None:
        return translate(report.reason, language)
    header = [translate(word, language) for word in _HEADER]
    rows = [_cells(row, language) for row in report.rows]
    reasons = list(
        dict.fromkeys(translate(row.reason, language) for row in report.rows if row.reason)
    )
    notes = [translate(report.note, language)] if report.note is not None else []
    return "\n\n".join([table(header, rows), *reasons, *notes, _verdict(report, language)])


def _cells(row: CheckRow, language: str) -> list[str]:
    name = row.name
    if row.sample is not None:
        name = translate(
            message("{input} (sample {number})", input=name, number=row.sample + 1), language
        )
    compared = row.numeric is not None
    worst = max(row.error, row.symbolic_error or 0.0)
    return [
        name,
        _number(row.backprop, language),
        _number(row.symbolic, language),
        _number(row.numeric, language),
        shown(worst, _ERROR_DIGITS, language) if compared else _NOTHING,
        translate(_STATUS[row.status], language),
    ]


def _number(value: float | None, language: str) -> str:
    return _NOTHING if value is None else shown(value, _ALL_DIGITS, language)


def _verdict(report: CheckReport, language: str) -> str:
    wrong = sum(row.status == "differs" for row in report.rows)
    if wrong:
        return translate(
            plural("{count} gradient differs.", "{count} gradients differ.", wrong), language
        )
    compared = sum(row.numeric is not None for row in report.rows)
    if not compared:
        return translate(message("Nothing could be compared."), language)
    sentence = plural(
        "{count} gradient agrees: the largest difference is {worst} of the sizes of the terms that are added up.",
        "{count} gradients agree: the largest difference is {worst} of the sizes of the terms that are added up.",
        compared,
        worst=shown(report.worst, _ERROR_DIGITS, language),
    )
    return translate(sentence, language)
