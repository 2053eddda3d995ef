"""Every activation in PyTorch: what it gives and its slope, for comparison and for the stored reference values."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from typing import Any

HAS_TORCH = importlib.util.find_spec("torch") is not None

POINTS = (
    -100.0, -20.0, -7.5, -3.0, -2.5, -1.0, -0.5, -0.3, -1e-3,
    0.0, 1e-3, 0.3, 0.5, 1.0, 2.5, 3.0, 7.5, 20.0, 100.0,
)  # fmt: skip

# Parameters beside the defaults that are compared too.
PARAMETERS: dict[str, Mapping[str, float]] = {
    "leaky_relu": {"alpha": 0.1},
    "prelu": {"alpha": 0.4},
    "rrelu": {"lower": 0.1, "upper": 0.5},
    "elu": {"alpha": 2.0},
    "swish": {"beta": 1.5},
    "softplus": {"beta": 2.0},
    "hard_tanh": {"minimum": -0.5, "maximum": 2.5},
    "soft_shrink": {"lambd": 0.3},
    "hard_shrink": {"lambd": 0.3},
    "heaviside": {"at_zero": 1.0},
    "tanh_linear": {"a": 0.5},
}
# PyTorch has no such function; it is put together from those it has, whose convention at a corner is another.
OWN_CONVENTION = ("piecewise_linear",)
# Its slope in PyTorch is 1/6 rounded to single precision, for doubles too.
SINGLE_PRECISION = ("hard_sigmoid",)
# PyTorch refuses to differentiate it.
NO_SLOPE = ("heaviside",)


def functions() -> dict[str, Callable[[Any, Mapping[str, float]], Any]]:
    """Return PyTorch's function for every scalar activation: of a tensor and the row's parameters."""
    import torch
    import torch.nn.functional as f

    def constant(value: float) -> Any:
        return torch.tensor(value, dtype=torch.float64)

    return {
        "identity": lambda z, p: torch.nn.Identity()(z),
        "sigmoid": lambda z, p: torch.sigmoid(z),
        "tanh": lambda z, p: torch.tanh(z),
        "relu": lambda z, p: f.relu(z),
        "leaky_relu": lambda z, p: f.leaky_relu(z, p["alpha"]),
        "prelu": lambda z, p: f.prelu(z, constant(p["alpha"]).reshape(1)),
        "rrelu": lambda z, p: f.rrelu(z, p["lower"], p["upper"], training=False),
        "elu": lambda z, p: f.elu(z, p["alpha"]),
        "selu": lambda z, p: f.selu(z),
        "gelu": lambda z, p: f.gelu(z),
        "gelu_tanh": lambda z, p: f.gelu(z, approximate="tanh"),
        "swish": lambda z, p: f.silu(z) if p["beta"] == 1 else z * torch.sigmoid(p["beta"] * z),
        "mish": lambda z, p: f.mish(z),
        # By default it is cut off to a line above 20, which is 2e-9 off.
        "softplus": lambda z, p: f.softplus(z, p["beta"], threshold=700),
        "softsign": lambda z, p: f.softsign(z),
        "arctan": lambda z, p: torch.atan(z),
        "hard_tanh": lambda z, p: f.hardtanh(z, p["minimum"], p["maximum"]),
        "hard_sigmoid": lambda z, p: f.hardsigmoid(z),
        "hard_swish": lambda z, p: f.hardswish(z),
        "tanh_shrink": lambda z, p: f.tanhshrink(z),
        "soft_shrink": lambda z, p: f.softshrink(z, p["lambd"]),
        "hard_shrink": lambda z, p: f.hardshrink(z, p["lambd"]),
        "heaviside": lambda z, p: torch.heaviside(z, constant(p["at_zero"])),
        "sign": lambda z, p: torch.sign(z),
        "piecewise_linear": lambda z, p: torch.clamp(z + 0.5, 0, 1),
        "tanh_linear": lambda z, p: torch.tanh(z) + p["a"] * z,
    }


def computed(name: str, parameters: Mapping[str, float]) -> dict[str, list[float | None]]:
    """Return the values and slopes of an activation at `POINTS`, computed by PyTorch in double precision."""
    import torch

    function = functions()[name]
    values: list[float | None] = []
    slopes: list[float | None] = []
    for point in POINTS:
        z = torch.tensor([point], dtype=torch.float64, requires_grad=name not in NO_SLOPE)
        a = function(z, parameters).sum()
        values.append(a.item())
        if name in NO_SLOPE:
            slopes.append(None)
            continue
        a.backward()
        slopes.append(z.grad.item())
    return {"values": values, "slopes": slopes}


def cases() -> dict[str, tuple[str, dict[str, float]]]:
    """Return, by a name of its own, every activation with its default parameters and with others."""
    from explainer.maths.activations import ACTIVATIONS

    found = {name: (name, dict(row.parameters)) for name, row in ACTIVATIONS.items()}
    for name, chosen in PARAMETERS.items():
        found[f"{name}, other parameters"] = (name, {**ACTIVATIONS[name].parameters, **chosen})
    return found


def reference() -> dict[str, Any]:
    """Return what PyTorch computes in every case, to be stored."""
    return {case: computed(name, parameters) for case, (name, parameters) in cases().items()}
