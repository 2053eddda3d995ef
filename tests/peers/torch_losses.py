"""Every loss in PyTorch: the error of one sample and its derivatives, for comparison and for the stored reference values."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from typing import Any

from explainer.maths.losses import LOSSES

HAS_TORCH = importlib.util.find_spec("torch") is not None

# Predictions, then targets; the first kind suits every loss, shares of 1 and targets 0 or 1 included.
SHARES = (
    ((0.3,), (1.0,)),
    ((0.999,), (0.0,)),
    ((1e-9,), (0.0,)),
    ((0.25, 0.5, 0.25), (0.0, 1.0, 0.0)),
    ((0.7, 0.2, 0.1), (0.2, 0.3, 0.5)),
)
ANY_NUMBERS = (
    ((0.5,), (-1.0,)),
    ((-3.0,), (1.0,)),
    ((2.0, -0.25, 7.0), (1.0, -1.0, 7.5)),
    ((0.0, 1.0), (2.0, 1.0)),
    ((1000.0, -1e-6), (-1000.0, 1e-6)),
)
PARAMETERS: dict[str, Mapping[str, float]] = {
    "huber": {"delta": 0.4},
    "asymmetric_squared_error": {"a": 3.0, "b": 0.5},
}


def functions() -> dict[str, Callable[[Any, Any, Mapping[str, float]], Any]]:
    """Return every loss as a function of predictions, targets and parameters; PyTorch's own where it has one."""
    import torch
    import torch.nn.functional as f

    def asymmetric(a: Any, t: Any, p: Mapping[str, float]) -> Any:
        return torch.where(t - a < 0, p["a"], p["b"]).mul((a - t) ** 2).sum()

    def smape(a: Any, t: Any, p: Mapping[str, float]) -> Any:
        return ((a - t).abs() / (a.abs() + t.abs())).mean()

    return {
        "half_squared_error": lambda a, t, p: f.mse_loss(a, t, reduction="sum") / 2,
        "squared_error": lambda a, t, p: f.mse_loss(a, t, reduction="sum"),
        "mean_squared_error": lambda a, t, p: f.mse_loss(a, t),
        "mean_absolute_error": lambda a, t, p: f.l1_loss(a, t),
        "asymmetric_squared_error": asymmetric,
        "huber": lambda a, t, p: f.huber_loss(a, t, reduction="sum", delta=p["delta"]),
        "hinge": lambda a, t, p: f.relu(1 - t * a).sum(),
        "binary_cross_entropy": lambda a, t, p: f.binary_cross_entropy(a, t, reduction="sum"),
        "cross_entropy": lambda a, t, p: -torch.xlogy(t, a).sum(),
        "smape": smape,
    }


Case = tuple[str, dict[str, float], tuple[float, ...], tuple[float, ...]]


def cases() -> dict[str, Case]:
    """Return, by a name of its own, every loss with parameters, predictions and targets."""
    found: dict[str, Case] = {}
    for name, row in LOSSES.items():
        points = SHARES if row.predictions[0] == 0 else SHARES + ANY_NUMBERS
        for chosen in ({}, PARAMETERS.get(name, {})):
            parameters = {**row.parameters, **chosen}
            for predictions, targets in points:
                words = ", ".join(f"{key} {value}" for key, value in parameters.items())
                case = f"{name} {words} {predictions} {targets}"
                found[case] = (name, parameters, predictions, targets)
    return found


def computed(
    name: str,
    parameters: Mapping[str, float],
    predictions: tuple[float, ...],
    targets: tuple[float, ...],
) -> dict[str, Any]:
    """Return the error of one sample and its derivatives by the predictions, computed in double precision."""
    import torch

    a = torch.tensor(predictions, dtype=torch.float64, requires_grad=True)
    t = torch.tensor(targets, dtype=torch.float64)
    error = functions()[name](a, t, parameters)
    error.backward()
    return {"value": error.item(), "slopes": a.grad.tolist()}


def reference() -> dict[str, Any]:
    """Return what PyTorch computes in every case, to be stored."""
    return {case: computed(*what) for case, what in cases().items()}
