"""Whether what a lesson says about variants can be drawn."""

from __future__ import annotations

from explainer.lesson.drawing import grid
from explainer.lesson.entries import check_finite
from explainer.lesson.faults import below, quoted, refused
from explainer.lesson.lesson import Lesson
from explainer.lesson.vary import OF_A_FORMULA, OF_A_NETWORK, Draw
from explainer.messages import message

MOST_DECIMALS = 4
_LARGEST = 1e6


def check_vary(lesson: Lesson) -> None:
    """Raise Refused, naming the place, unless every range holds a number and every name is one of the lesson."""
    vary = lesson.vary
    if vary is None:
        return
    formula = lesson.expression
    foreign = OF_A_NETWORK if formula is not None else OF_A_FORMULA
    known = lesson.network.parameters if formula is None else formula.values
    for name in (*OF_A_NETWORK, *OF_A_FORMULA):
        draw = getattr(vary, name)
        if draw is None:
            continue
        if name in foreign:
            raise refused(f"vary.{name}", message("the lesson has nothing of this kind"))
        _check_draw(draw, f"vary.{name}")
    for name, draw in vary.parameters.items():
        place = below("vary.parameters", name)
        if name not in known:
            raise refused(place, message('no parameter "{name}"', name=quoted(name)))
        _check_draw(draw, place)
    rate = vary.learning_rate
    if rate is not None and rate.least <= 0:
        raise refused("vary.learning_rate.from", message("it must be greater than 0"))


def _check_draw(draw: Draw, place: str) -> None:
    for name, value in (("from", draw.least), ("to", draw.most)):
        check_finite(value, f"{place}.{name}")
        if abs(value) > _LARGEST:
            fault = message("it must lie between −{limit} and {limit}", limit=int(_LARGEST))
            raise refused(f"{place}.{name}", fault)
    if not 0 <= draw.decimals <= MOST_DECIMALS:
        fault = message(
            "it must be a whole number from {least} to {most}", least=0, most=MOST_DECIMALS
        )
        raise refused(f"{place}.decimals", fault)
    if not grid(draw, with_zero=False):
        raise refused(
            place, message("there is no number but 0 with so many decimals in this range")
        )
