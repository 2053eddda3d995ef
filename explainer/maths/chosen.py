"""The activation a neuron has: a row of the table with its parameters, or one typed by the user; both behave as rows."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from explainer.maths import operations
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.composed import composed
from explainer.maths.operation import Operation
from explainer.maths.rows import ActivationRow
from explainer.maths.typed_activation import conventions, typed_activation
from explainer.maths.vector_activations import VECTOR_ACTIVATIONS, row_of
from explainer.messages import Message, message

# Longer text is cut where it stands in for a name.
_LONGEST_NAME = 40


class Chosen(Protocol):
    """What was chosen: a row by its `name`, or an `expression`; parameters as numbers, or by the network's names."""

    def __hash__(self) -> int:
        """Equal choices give the same operation."""

    @property
    def name(self) -> str:
        """The name of the row."""

    @property
    def parameters(self) -> tuple[tuple[str, float], ...]:
        """The row's parameters that were given as numbers."""

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        """The row's parameters that are parameters of the network, with their names there."""

    @property
    def expression(self) -> str | None:
        """The typed formula, None for a row."""


def activation_row(chosen: Chosen) -> ActivationRow:
    """Return the row that was chosen; a typed activation has one of its own."""
    return ACTIVATIONS[chosen.name] if chosen.expression is None else _typed_row(chosen.expression)


def activation_operation(chosen: Chosen) -> Operation:
    """Return a = f(z) as an operation; its further arguments are the parameters of the network, in order."""
    if chosen.expression is not None:
        return typed_activation(chosen.expression)
    named = tuple(parameter for parameter, _ in chosen.named)
    return operations.activation(chosen.name, chosen.parameters, named)


def activation_label(chosen: Chosen) -> Message:
    """Return what an activation is called, that of several sums included; a typed one is called by its formula."""
    vector = VECTOR_ACTIVATIONS.get(chosen.name)
    return vector.label if vector is not None else activation_row(chosen).label


def activation_conventions(chosen: Chosen) -> tuple[Message, ...]:
    """Return what must be said of the points where the activation has no derivative."""
    if chosen.expression is not None:
        return conventions(typed_activation(chosen.expression).tree)
    convention = row_of(chosen.name).convention
    return () if convention is None else (convention,)


@lru_cache(maxsize=64)
def _typed_row(text: str) -> ActivationRow:
    operation = typed_activation(text)
    shown = text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…"
    return ActivationRow(
        name="expression",
        label=message("{formula}", formula=shown),
        name_latex="f",
        name_text="f",
        formula=lambda sp, z, p: composed(operation.tree, {operation.variable: z}, sp),
        source="",
        convention=next(iter(conventions(operation.tree)), None),
    )
