"""What PyTorch's initialisers draw, for comparison and for the stored reference values."""

from __future__ import annotations

import importlib.util
from typing import Any

HAS_TORCH = importlib.util.find_spec("torch") is not None

FAN_IN, FAN_OUT = 300, 400
# What PyTorch calls ours, with the parameters that it needs to be told.
CALLED: dict[str, tuple[str, dict[str, float | str]]] = {
    "zeros": ("zeros_", {}),
    "constant": ("constant_", {"val": 0.5}),
    "uniform": ("uniform_", {"a": -0.5, "b": 0.5}),
    "normal": ("normal_", {"std": 0.1}),
    "xavier_uniform": ("xavier_uniform_", {}),
    "xavier_normal": ("xavier_normal_", {}),
    "he_uniform": ("kaiming_uniform_", {"nonlinearity": "relu"}),
    "he_normal": ("kaiming_normal_", {"nonlinearity": "relu"}),
}


def computed(name: str) -> dict[str, float]:
    """Return the ends, the mean and the standard deviation of the weights of one layer, drawn by PyTorch."""
    import torch

    torch.manual_seed(2010)
    weights = torch.empty(FAN_OUT, FAN_IN, dtype=torch.float64)
    function, parameters = CALLED[name]
    getattr(torch.nn.init, function)(weights, **parameters)
    return {
        "smallest": weights.min().item(),
        "largest": weights.max().item(),
        "mean": weights.mean().item(),
        "deviation": weights.std().item(),
    }


def reference() -> dict[str, Any]:
    """Return what PyTorch draws with every initialiser, to be stored."""
    return {name: computed(name) for name in CALLED}
