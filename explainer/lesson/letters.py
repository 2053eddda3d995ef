"""The letter of the targets: the notation's, unless the lesson already calls a neuron so."""

from __future__ import annotations

from explainer.lesson.lesson import Lesson, Notation
from explainer.lesson.symbols import neuron_symbol, symbol_of

# What stands for a target where an output itself is called y, as in many a textbook.
_OTHERS = ("t", "d", "\\tau", "y^*")


def target_letter(lesson: Lesson) -> str:
    """Return the letter of the targets: half (y − y)² would say nothing, so a neuron called y leaves them t.

    A letter that the lesson's own notation names is kept as it is.
    """
    letter = lesson.notation.target
    outputs = len(lesson.network.of_role("output"))
    if letter != Notation().target:
        return letter
    # Most networks have no such neuron, and this is asked for every output of a drawing.
    neurons = lesson.network.neurons
    if not any((neuron.label or neuron.id).startswith(letter) for neuron in neurons):
        return letter
    taken = {neuron_symbol(neuron).text for neuron in neurons}
    taken |= {symbol_of(name).text for name in lesson.network.parameters}
    for candidate in (letter, *_OTHERS):
        if not taken & _symbols(candidate, outputs):
            return candidate
    return letter


def _symbols(letter: str, outputs: int) -> set[str]:
    """Return what the targets of so many outputs are called; the letter alone is too near to any of them."""
    numbered = {symbol_of(f"{letter}_{{{number}}}").text for number in range(1, outputs + 1)}
    return {symbol_of(letter).text, *numbered}
