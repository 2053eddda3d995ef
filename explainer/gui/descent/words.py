"""The sentences of the descent."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from explainer.gui.frame import Frame
from explainer.lesson.lesson import Lesson
from explainer.maths.numbers import shown
from explainer.messages import Message, message
from explainer.session.looking.descent import symbol

if TYPE_CHECKING:
    from explainer.gui.descent.surveying import Found, Survey


def note(lesson: Lesson, second: str | None) -> Message:
    """Return what must be known to read the landscape."""
    if lesson.expression is not None:
        return message("The other variables keep their values. A click sets what is chosen.")
    if not lesson.network.parameters:
        return message("This lesson has no parameters to look along.")
    if lesson.arithmetic.mode == "rounded":
        return message("The landscape is computed without rounding. A click sets the parameters.")
    if second is None:
        return message(
            "The curve keeps the other parameters as they are; a step moves all of them, so its point may lie beside the curve. A click sets the parameter."
        )
    return message(
        "The map keeps the other parameters as they are; a step moves all of them. Solid: the passes done. Dashed: the rate that is tried. A click sets both parameters."
    )


def beneath(say: Callable[[Message], str], frame: Frame, found: Found, survey: Survey) -> str:
    """Return what came out of the rate that was tried."""
    here = shown(found.here, frame.digits, frame.language)
    if frame.lesson.expression is not None:
        return say(message("Here the result is {value}.", value=here))
    rate = shown(survey.rate, frame.digits, frame.language)
    error, eta = survey.place.height, symbol(frame.lesson.notation.learning_rate)
    if found.ended:
        return say(message("{error} = {here} here. With {eta} = {rate} the numbers grow beyond all bounds after {steps} steps.", error=error, here=here, eta=eta, rate=rate, steps=found.steps))  # fmt: skip
    there = "∞" if math.isnan(found.there) else shown(found.there, frame.digits, frame.language)
    return say(message("{error} = {here} here, {there} after {steps} steps with {eta} = {rate}.", error=error, here=here, there=there, steps=found.steps, eta=eta, rate=rate))  # fmt: skip


def pointed(survey: Survey, x: float, y: float, error: float, frame: Frame) -> str:
    """Return the numbers at the pointer as one line."""
    numbers = [(symbol(survey.x), x)]
    if survey.y is not None:
        numbers.append((symbol(survey.y), y))
    numbers.append((survey.place.height, error))
    return "   ".join(
        f"{name} = {shown(value, frame.digits, frame.language)}" for name, value in numbers
    )
