"""Which numbers of a lesson are drawn anew for the variants of a worksheet: the `vary` field of a lesson file."""

from __future__ import annotations

from collections.abc import Callable, Collection

from msgspec import Struct, field


class Draw(
    Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    rename={"least": "from", "most": "to"},
):
    """A number from `least` to `most` with so many decimals; 0 is left out wherever the lesson's own number is not 0."""

    least: float
    most: float
    decimals: int = 1


class Vary(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is drawn: every trainable weight, bias, every input, target, the learning rate, the values of a formula.

    What is left out stays as the lesson has it. `parameters` says it of single parameters, or of a formula's variables, by name,
    before the rest.
    """

    weights: Draw | None = None
    biases: Draw | None = None
    inputs: Draw | None = None
    targets: Draw | None = None
    learning_rate: Draw | None = None
    values: Draw | None = None
    parameters: dict[str, Draw] = field(default_factory=dict)


# The fields that draw alike; those of a network and that of a formula.
OF_A_NETWORK = ("weights", "biases", "inputs", "targets", "learning_rate")
OF_A_FORMULA = ("values",)


def renamed(vary: Vary | None, called: Callable[[str], str]) -> Vary | None:
    """Return it with other names of parameters."""
    if vary is None or not vary.parameters:
        return vary
    return _with(vary, {called(name): draw for name, draw in vary.parameters.items()})


def fitting(vary: Vary | None, known: Collection[str]) -> Vary | None:
    """Return it without what it says of parameters that are no longer there."""
    if vary is None or all(name in known for name in vary.parameters):
        return vary
    return _with(vary, {name: draw for name, draw in vary.parameters.items() if name in known})


def _with(vary: Vary, parameters: dict[str, Draw]) -> Vary:
    return Vary(
        vary.weights,
        vary.biases,
        vary.inputs,
        vary.targets,
        vary.learning_rate,
        vary.values,
        parameters,
    )
