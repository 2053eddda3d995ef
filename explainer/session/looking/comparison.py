"""Activations that are compared: which, with which numbers, and the catalogue they are taken from."""

from __future__ import annotations

from typing import NamedTuple

from explainer.lesson.choice import TYPED, Choice
from explainer.lesson.lesson import Lesson, Neuron
from explainer.lesson.symbols import neuron_symbol
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.chosen import activation_label, activation_row
from explainer.messages import Message, message
from explainer.session.options import FormulaKey, Option
from explainer.session.options.words import row_notes

MOST = 4
_FIRST_TYPED = "z/(1+exp(-z))"
# Ends of the sliders of parameters that no other place bounds.
_ENDS = {
    "alpha": (0.0, 2.0),
    "at_zero": (0.0, 1.0),
    "beta": (0.1, 5.0),
    "lambd": (0.0, 3.0),
    "lower": (0.0, 1.0),
    "maximum": (0.1, 6.0),
    "minimum": (-6.0, -0.1),
    "scale": (0.1, 2.0),
    "threshold": (0.0, 20.0),
    "upper": (0.0, 1.0),
}


class Compared(NamedTuple):
    """One activation of the comparison; its parameters all as numbers, in the order of its row."""

    choice: Choice
    parameters: tuple[tuple[str, float], ...] = ()

    @property
    def formulas(self) -> tuple[FormulaKey, FormulaKey]:
        """The formulas of f and of f′."""
        if self.choice.expression is not None:
            text = self.choice.expression
            return FormulaKey("typed", text), FormulaKey("typed derivatives", text)
        name = self.choice.name
        return FormulaKey("activations", name), FormulaKey("derivatives", name)

    @property
    def label(self) -> Message:
        """What it is called."""
        return activation_label(self.choice)

    def with_parameter(self, name: str, value: float) -> Compared:
        """Return it with another number."""
        return self._replace(
            parameters=tuple((key, value if key == name else old) for key, old in self.parameters)
        )

    def fault(self) -> Message | None:
        """Return why the function cannot work with these numbers."""
        row = activation_row(self.choice)
        found = row.fault(dict(self.parameters)) if row.fault is not None else None
        return None if found is None else found[1]


def compared(choice: Choice, named: dict[str, float] | None = None) -> Compared:
    """Return an activation with its own numbers, the defaults, and those `named` parameters have in a network."""
    if choice.expression is not None:
        return Compared(choice)
    values = {**activation_row(choice).parameters, **dict(choice.parameters), **(named or {})}
    return Compared(Choice(choice.name), tuple(values.items()))


def of_neuron(lesson: Lesson, neuron: Neuron, parameters: dict[str, float]) -> Compared | None:
    """Return the activation of a neuron with its numbers as they stand; None where it has several sums."""
    choice = neuron.activation
    if choice.expression is None and choice.name not in ACTIVATIONS:
        return None
    network = lesson.network
    named = {key: parameters.get(name, network.value(name)) for key, name in choice.named}
    return compared(choice, named)


def catalogue() -> tuple[Option, ...]:
    """Return every activation that has a curve, then the one typed by the user."""
    rows = tuple(
        Option(name, row.label, None, FormulaKey("activations", name), row_notes(row))
        for name, row in ACTIVATIONS.items()
    )
    return (*rows, Option(TYPED, message("typed by you…"), None, FormulaKey("typed", _FIRST_TYPED)))


def chosen_from_catalogue(name: str) -> Compared:
    """Return the activation that an option of the catalogue stands for."""
    return compared(Choice.typed(_FIRST_TYPED) if name == TYPED else Choice(name))


def typed(text: str) -> Compared:
    """Return a typed activation; Refused with one sentence where it cannot be read."""
    from explainer.maths.typed_activation import typed_activation

    typed_activation(text.strip())
    return Compared(Choice.typed(text.strip()))


def ends_of(one: Compared, name: str) -> tuple[float, float]:
    """Return the ends of the slider of a parameter; its number lies between them."""
    usual = activation_row(one.choice).usual
    low, high = usual.get(name) or _ENDS.get(name, (0.0, 2.0))
    value = dict(one.parameters)[name]
    return min(low, value), max(high, value)


def table_of(one: Compared) -> tuple[tuple[Message, tuple[Message, ...]], ...]:
    """Return what is known about an activation under headings: range, slope, kinks, what speaks for and against it."""
    row = activation_row(one.choice)
    lines = (
        (message("Values"), () if row.range is None else (row.range,)),
        (message("Slope"), () if row.saturation is None else (row.saturation,)),
        (message("At a kink"), () if row.convention is None else (row.convention,)),
        (message("For it"), row.pros),
        (message("Against it"), row.cons),
        (message("When to choose it"), () if row.advice is None else (row.advice,)),
    )
    return tuple(line for line in lines if line[1])


def name_of(neuron: Neuron) -> str:
    """Return the symbol of a neuron as plain text."""
    return neuron_symbol(neuron).text
