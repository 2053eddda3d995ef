"""Whether what a lesson says of its worksheets makes sense."""

from __future__ import annotations

import re

from explainer.lesson.faults import quoted, refused
from explainer.lesson.worksheet import Worksheet, is_address
from explainer.messages import message

MOST_VARIANTS, MOST_SEED = 1000, 2**32 - 1
LEAST_DIGITS, MOST_DIGITS = 2, 10
MOST_STEPS, LONGEST_HEAD = 2000, 120
_FORMAT = re.compile("[a-z][a-z0-9]{0,15}")


def check_worksheet(worksheet: Worksheet | None) -> None:
    """Raise Refused, naming the place, unless worksheets can be asked for so.

    Which steps and formats there are is seen when worksheets are made.
    """
    if worksheet is None:
        return
    for name, least, most in (
        ("variants", 1, MOST_VARIANTS),
        ("seed", 0, MOST_SEED),
        ("digits", LEAST_DIGITS, MOST_DIGITS),
    ):
        if not least <= getattr(worksheet, name) <= most:
            fault = message(
                "it must be a whole number from {least} to {most}", least=least, most=most
            )
            raise refused(f"worksheet.{name}", fault)
    if not worksheet.blank:
        raise refused("worksheet.blank", message("it is empty"))
    _check_once(worksheet.blank, "worksheet.blank")
    _check_steps(worksheet.steps)
    for name in ("school", "course", "date"):
        _check_line(getattr(worksheet, name), f"worksheet.{name}")
    if not _FORMAT.fullmatch(worksheet.format):
        fault = message('"{found}" is no format', found=quoted(worksheet.format))
        raise refused("worksheet.format", fault)


def _check_steps(steps: tuple[str, ...]) -> None:
    if len(steps) > MOST_STEPS:
        fault = message("there are more than {limit}", limit=MOST_STEPS)
        raise refused("worksheet.steps", fault)
    for index, address in enumerate(steps):
        if not is_address(address):
            fault = message('"{found}" is no address of a step', found=quoted(address))
            raise refused(f"worksheet.steps[{index}]", fault)
    _check_once(steps, "worksheet.steps")


def _check_once(texts: tuple[str, ...], place: str) -> None:
    seen: set[str] = set()
    for index, text in enumerate(texts):
        if text in seen:
            fault = message('"{name}" stands there twice', name=quoted(text))
            raise refused(f"{place}[{index}]", fault)
        seen.add(text)


def _check_line(text: str, place: str) -> None:
    if len(text) > LONGEST_HEAD:
        raise refused(place, message("it is longer than {limit} characters", limit=LONGEST_HEAD))
    if not text.isprintable():
        raise refused(place, message("it must be one line"))
