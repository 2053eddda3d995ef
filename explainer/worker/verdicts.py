"""The gradient check in a sentence or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explainer.messages import Message, message, plural, translate
from explainer.protocol import CheckedGradient, Failed, HereCheck

if TYPE_CHECKING:
    from explainer.trace.check import CheckReport, CheckRow


def verdict(report: CheckReport, number: int, language: str) -> HereCheck | Failed:
    """Return what a report found; Failed where there was nothing to compare."""
    reasons = [translate(row.reason, language) for row in report.rows if row.reason]
    compared = sum(row.numeric is not None for row in report.rows)
    first = message("Nothing could be compared.") if not compared else _counted(report, compared)
    sentence = " ".join(dict.fromkeys([translate(first, language), *reasons]))
    if not compared:
        return Failed(number, sentence)
    gradients = tuple(_gradient(row) for row in report.rows if row.sample is None)
    return HereCheck(number, report.agrees, report.worst, sentence, gradients)


def _gradient(row: CheckRow) -> CheckedGradient:
    agrees = row.status == "ok" if row.symbolic is not None else None
    return CheckedGradient(row.name, agrees, row.numeric, row.error)


def _counted(report: CheckReport, compared: int) -> Message:
    wrong = [row.name for row in report.rows if row.status == "differs"]
    if wrong:
        return plural(
            "{count} gradient differs: {names}.",
            "{count} gradients differ: {names}.",
            len(wrong),
            names=", ".join(wrong),
        )
    return plural("{count} gradient was compared.", "{count} gradients were compared.", compared)
