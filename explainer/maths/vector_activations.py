"""The activations of several numbers at once. Their operations are in `layers.py`; here they are named and described."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.rows import ActivationRow
from explainer.messages import Message, message


class VectorActivationRow(Struct, frozen=True):
    """An activation that looks at more than one weighted sum; formulas as text, indices as in SymPy.

    `bounds` are the two ends that its values approach or reach and never pass, None where an end is infinite.
    """

    name: str
    label: Message
    formula: str
    derivative: str
    source: str
    range: Message
    saturation: Message
    convention: Message | None = None
    bounds: tuple[float, float] | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)


_ROWS = (
    VectorActivationRow(
        name="softmax",
        label=message("softmax (soft-arg-max)"),
        formula="exp(z[i])/Sum(exp(z[j]), (j, 1, n))",
        derivative="a[i]*(KroneckerDelta(i, j) - a[j])",
        source="Bridle: Probabilistic interpretation of feedforward classification network outputs (1990); torch.nn.Softmax",
        range=message("between 0 and 1; a group adds up to 1"),
        bounds=(0.0, 1.0),
        saturation=message("all derivatives fall towards 0 where one sum is far above the others"),
    ),
    VectorActivationRow(
        name="maxout",
        label=message("maxout"),
        formula="Max(z[1], ..., z[n])",
        derivative="1 for the largest piece, 0 for the others",
        source="Goodfellow, Warde-Farley, Mirza, Courville, Bengio: Maxout networks (2013)",
        range=message("all numbers"),
        saturation=message("it saturates nowhere: the largest piece always passes the gradient on"),
        convention=message(
            "At a tie the whole derivative goes to the first of the largest pieces."
        ),
    ),
)

VECTOR_ACTIVATIONS: dict[str, VectorActivationRow] = {row.name: row for row in _ROWS}


def row_of(name: str) -> ActivationRow | VectorActivationRow:
    """Return the row of any activation, scalar or vector; KeyError where there is none."""
    return VECTOR_ACTIVATIONS.get(name) or ACTIVATIONS[name]


def bounds_of(name: str, parameters: Mapping[str, float]) -> tuple[float, float] | None:
    """Return the two ends between which an activation of this name lies, None where it has none or is not of the tables."""
    vector, scalar = VECTOR_ACTIVATIONS.get(name), ACTIVATIONS.get(name)
    if vector is not None:
        return vector.bounds
    return None if scalar is None else scalar.bounds_at(parameters)
