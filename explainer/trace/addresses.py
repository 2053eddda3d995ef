"""How the quantities of a neuron are addressed in the values of a pass, where that depends on the neuron.

Its id alone is the address of what it puts out in the end; what comes before a dropout is then called `a`.
"""

from __future__ import annotations

from explainer.lesson.lesson import Neuron

# No neuron has such an id, whatever a lesson calls its neurons.
ERROR, PENALTY = ".E", ".R"


def input_address(neuron: Neuron) -> str:
    """Return the address of an input itself, before any dropout."""
    return before_dropout(neuron)


def before_dropout(neuron: Neuron) -> str:
    """Return the address of what a neuron would put out without dropout."""
    return neuron.id if neuron.dropout is None else f"{neuron.id}.a"


def target_address(neuron_id: str) -> str:
    """Return the address of what an output should have put out."""
    return f"{neuron_id}.target"


def delta_address(neuron: Neuron) -> str:
    """Return the address of the weighted sum by which δ of a neuron is the derivative: of maxout, the largest."""
    return before_dropout(neuron) if neuron.activation.name == "maxout" else f"{neuron.id}.z"


def output_address(neuron: Neuron) -> str:
    """Return the address of the quantity that a neuron puts out."""
    if neuron.dropout is not None or neuron.role == "input" or neuron.activation.name != "identity":
        return neuron.id
    return f"{neuron.id}.z" if neuron.normalise is None else f"{neuron.id}.scaled"
