"""A trace as data: what every pass did, step by step, without formulas (pages write those)."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Phase = Literal["forward", "error", "backward", "update"]
PHASES: tuple[Phase, ...] = ("forward", "error", "backward", "update")

Kind = Literal[
    "weighted_sum",
    "activation",
    "softmax",
    "maxout",
    "normalise",
    "dropout",
    "loss",
    "penalty",
    "batch_loss",
    "delta",
    "gradient_weight",
    "gradient_bias",
    "gradient_parameter",
    "gradient_input",
    "clip",
    "rule",
    "update",
    "operation",
    "gradient_node",
]


class Focus(Struct, frozen=True):
    """What of the network a step speaks of: neuron ids, edges as (from, to), parameter names."""

    neurons: tuple[str, ...] = ()
    edges: tuple[tuple[str, str], ...] = ()
    parameters: tuple[str, ...] = ()


class Step(Struct, frozen=True):
    """One thing computed.

    `subject` is a neuron id, a parameter name, "E" for the error, "R" for a penalty or "g" for the gradient as a whole;
    `sample` a row of the data.

    `edge` tells which use of a (perhaps tied) weight a `gradient_weight` step is about, `neuron` which
    use of a bias a `gradient_bias` step is about; `piece` which piece of a maxout neuron. `address` is the quantity that a
    forward or delta step is about, as in `Pass.values`. A `normalise` step of the update phase is about a running average,
    `h1.running_mean` or `h1.running_variance`.
    """

    index: int
    phase: Phase
    kind: Kind
    subject: str
    sample: int | None
    value: float
    focus: Focus
    edge: tuple[str, str] | None = None
    neuron: str | None = None
    piece: int = 0
    address: str = ""


def piece_of(address: str) -> int:
    """Return which piece of a maxout neuron a weighted sum is, by its address: 1 for `h1.z2`; 0 for the one of any other neuron."""
    _, _, quantity = address.rpartition(".")
    number = quantity.removeprefix("z")
    return int(number) - 1 if quantity != number and number.isdigit() else 0


class Pass(Struct, frozen=True):
    """One update: everything in a batch's forward pass, error, backward pass and new parameters.

    `values[sample][address]` holds inputs, `h1.z` and `h1`; `deltas[sample][neuron]` is ∂(Σ sample losses)/∂z before
    the reduction, those of the weights' penalty left out; `gradients` are of the reduced loss with every penalty,
    `gradients_clipped` those the update used, where there is clipping. `state_before` and `state_after` hold, by name, what
    the rule remembers of each parameter and the running averages of each normalised neuron. A learning rule without a gradient leaves all of them
    empty. `slopes[sample]["h1.z>h1"]` is the local derivative ∂h1/∂z of a quantity by one it is made of; those of weighted sums are left
    out, being weights. Sample numbers are text because JSON keys are.
    """

    epoch: int
    samples: tuple[int, ...]
    steps: tuple[Step, ...]
    values: dict[str, dict[str, float]]
    loss: float
    loss_per_sample: tuple[float, ...]
    gradients: dict[str, float]
    input_gradients: dict[str, dict[str, float]]
    deltas: dict[str, dict[str, float]]
    parameters_before: dict[str, float]
    parameters_after: dict[str, float]
    state_before: dict[str, dict[str, float]]
    state_after: dict[str, dict[str, float]]
    learning_rate: float = 0.0
    gradients_clipped: dict[str, float] | None = None
    slopes: dict[str, dict[str, float]] = {}
