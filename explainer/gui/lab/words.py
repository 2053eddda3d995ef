"""The sentences of the lab that are made of numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from explainer.gui.frame import Frame
from explainer.maths.numbers import shown
from explainer.messages import Message, message
from explainer.render.curves.activation_plot import Point, Words

if TYPE_CHECKING:
    from explainer.gui.lab.compared_functions import Functions

# The bound of `maths.sampling`, which is imported with NumPy.
_BOUND = 0.01


def plot_words(say: Callable[[Message], str], language: str) -> Words:
    """Return what a plot says."""
    bound = shown(_BOUND, 2, language)
    return Words(
        dead=say(message("dead: f′ = 0")),
        saturated=say(message("saturated: |f′| < {bound}", bound=bound)),
    )


def lines_of(name: str, z: float, numbers: tuple[float, float], frame: Frame) -> str:
    """Return a function's numbers at a place as one line."""
    written = [shown(number, frame.digits, frame.language) for number in (z, *numbers)]
    return f"{name}:   z = {written[0]}   f(z) = {written[1]}   f′(z) = {written[2]}"


def readout(
    say: Callable[[Message], str],
    frame: Frame,
    functions: Functions,
    point: Point | None,
) -> str:
    """Return what is known of the neuron that is looked at."""
    name, z = functions.neuron_name, functions.place.z
    if not name:
        return say(message("Point at a curve to read its numbers."))
    if not functions.is_scalar:
        return say(message("{name} is a function of several sums: it has no curve.", name=name))
    if z is None:
        return say(message("z of {name} is not computed yet: step forward.", name=name))
    # The studio may still be at the step before.
    is_here = point is not None and point.z == z
    return lines_of(name, z, (point.value, point.slope), frame) if point and is_here else ""
