"""Where a neuron works on the curve of its activation, as far as the board shows it."""

from __future__ import annotations

from typing import NamedTuple

from explainer.lesson.lesson import Lesson, Neuron
from explainer.trace.moment import Moment
from explainer.trace.steps import Pass


class Operating(NamedTuple):
    """The argument of f that the board shows, None before it is computed; `others` are those of the other samples."""

    z: float | None
    others: tuple[float, ...] = ()


def argument_address(neuron: Neuron) -> str:
    """Return the address of what the activation is applied to: z, or what batch normalisation makes of it."""
    return f"{neuron.id}.z" if neuron.normalise is None else f"{neuron.id}.scaled"


def operating(moment: Moment, one_pass: Pass | None, neuron: Neuron) -> Operating:
    """Return where a neuron works at this moment of a pass."""
    address = argument_address(neuron)
    z = moment.values.get(address)
    if one_pass is None or z is None:
        return Operating(z)
    rows = (row for sample, row in one_pass.values.items() if sample != str(moment.sample))
    return Operating(z, tuple(row[address] for row in rows if address in row))


def neuron_looked_at(lesson: Lesson, moment: Moment, selected: str | None) -> Neuron | None:
    """Return the selected neuron, else the one the step is about, else the first with an activation; inputs have none."""
    network = lesson.network
    able = {neuron.id: neuron for neuron in network.neurons if neuron.role != "input"}
    if selected in able:
        return able[selected]
    step = moment.step
    subjects = () if step is None else (step.neuron or "", step.subject, *_ends(step.edge))
    found = next((able[name] for name in subjects if name in able), None)
    bent = (neuron for neuron in able.values() if neuron.activation.name != "identity")
    return found or next(bent, None) or next(iter(able.values()), None)


def _ends(edge: tuple[str, str] | None) -> tuple[str, ...]:
    return () if edge is None else (edge[1],)
