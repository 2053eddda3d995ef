"""A small network trained by PyTorch's own optimisers, for comparison and for the stored reference values.

Two inputs, two tanh neurons, one sigmoid output; four samples. The gradients are autograd's, the update is that of
`torch.optim`, clipping that of `torch.nn.utils`, the schedules those of `torch.optim.lr_scheduler`.
"""

from __future__ import annotations

import importlib.util
import json
from typing import Any

from explainer.lesson.files import lesson_from_json
from explainer.lesson.lesson import Lesson

HAS_TORCH = importlib.util.find_spec("torch") is not None

PASSES = 10
# Of these passes, counted from 1, everything is compared; the others lie between.
COMPARED = (1, 2, 5, 10)

NETWORK = {
    "neurons": [
        {"id": "i1", "role": "input"},
        {"id": "i2", "role": "input"},
        {"id": "h1", "role": "hidden", "activation": "tanh", "bias": "b1"},
        {"id": "h2", "role": "hidden", "activation": "tanh", "bias": "b2"},
        {"id": "o1", "role": "output", "activation": "sigmoid", "bias": "b3"},
    ],
    "edges": [
        {"from": "i1", "to": "h1", "weight": "w1"},
        {"from": "i2", "to": "h1", "weight": "w2"},
        {"from": "i1", "to": "h2", "weight": "w3"},
        {"from": "i2", "to": "h2", "weight": "w4"},
        {"from": "h1", "to": "o1", "weight": "w5"},
        {"from": "h2", "to": "o1", "weight": "w6"},
    ],
    "parameters": {
        "w1": 0.5, "w2": -0.7, "w3": -0.3, "w4": 0.8, "w5": 1.1, "w6": -0.9,
        "b1": 0.1, "b2": {"value": -0.2, "trainable": False}, "b3": 0.05,
    },
}  # fmt: skip
WEIGHTS = ("w1", "w2", "w3", "w4", "w5", "w6")
TRAINED = (*WEIGHTS, "b1", "b3")
DATA = {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]], "targets": [[0], [1], [1], [0]]}
ALL = {"learning_rate": 0.1, "batch_size": "all"}

CASES: dict[str, dict[str, Any]] = {
    "sgd": {"update": {"rule": "sgd", **ALL}},
    "momentum": {"update": {"rule": "momentum", **ALL}},
    "momentum 0.5": {"update": {"rule": "momentum", "momentum": 0.5, **ALL}},
    "nesterov": {"update": {"rule": "nesterov", **ALL}},
    "adagrad": {"update": {"rule": "adagrad", **ALL}},
    "rmsprop": {"update": {"rule": "rmsprop", **ALL}},
    "rmsprop 0.9": {"update": {"rule": "rmsprop", "decay": 0.9, "epsilon": 1e-6, **ALL}},
    "adam": {"update": {"rule": "adam", **ALL}},
    "adam 0.8 0.99": {"update": {"rule": "adam", "beta1": 0.8, "beta2": 0.99, **ALL}},
    "adamw": {"update": {"rule": "adamw", **ALL}},
    "adamw 0.1": {"update": {"rule": "adamw", "weight_decay": 0.1, **ALL}},
    "adam, two samples a batch": {"update": {"rule": "adam", "learning_rate": 0.1, "batch_size": 2}},
    "sum": {"loss": {"name": "squared_error", "reduction": "sum"}, "update": {"rule": "sgd", **ALL}},
    "l2": {"penalty": {"name": "l2", "rate": 0.1}, "update": {"rule": "adam", **ALL}},
    "l1": {"penalty": {"name": "l1", "rate": 0.1}, "update": {"rule": "momentum", **ALL}},
    "entropy": {"penalty": {"name": "entropy", "rate": 0.5}, "update": {"rule": "sgd", **ALL}},
    "clip by value": {"update": {"rule": "sgd", "clip": {"by": "value", "threshold": 0.01}, **ALL}},
    "clip by norm": {"update": {"rule": "sgd", "clip": {"by": "norm", "threshold": 0.05}, **ALL}},
    "schedule in steps": {
        "update": {"rule": "sgd", "schedule": {"name": "step", "step_size": 2, "gamma": 0.5}, **ALL}
    },
    "exponential schedule": {
        "update": {
            "rule": "adam", "learning_rate": 0.1, "batch_size": 2,
            "schedule": {"name": "exponential", "gamma": 0.9},
        }
    },
}  # fmt: skip
# What PyTorch calls the memory of its optimisers.
CELLS = {
    "momentum": {"v": "momentum_buffer"},
    "nesterov": {"v": "momentum_buffer"},
    "adagrad": {"s": "sum"},
    "rmsprop": {"s": "square_avg"},
    "adam": {"m": "exp_avg", "v": "exp_avg_sq"},
    "adamw": {"m": "exp_avg", "v": "exp_avg_sq"},
}


def lesson_of(case: str) -> Lesson:
    """Return the lesson of a case."""
    loss = {"loss": "binary_cross_entropy"}
    head = {"format": "explainer-lesson", "version": 1, "title": case}
    tree = head | {"network": NETWORK, "data": DATA} | loss | CASES[case]
    return lesson_from_json(json.dumps(tree).encode())


def computed(case: str) -> list[dict[str, Any]]:
    """Return error, gradients, learning rate, parameters and memory of the compared passes."""
    import torch

    lesson = lesson_of(case)
    values = {
        name: torch.tensor(lesson.network.value(name), dtype=torch.float64, requires_grad=True)
        for name in lesson.network.parameters
    }
    optimiser = _optimiser(lesson, [values[name] for name in TRAINED])
    schedule = _schedule(lesson, optimiser)
    size = 4 if lesson.update.batch_size == "all" else lesson.update.batch_size
    found = []
    for index in range(PASSES):
        rows = [(index * size + row) % 4 for row in range(size)]
        optimiser.zero_grad()
        error = _error(lesson, values, rows)
        error.backward()
        gradients = {name: values[name].grad.item() for name in TRAINED}
        _clip(lesson, [values[name] for name in TRAINED])
        rate = optimiser.param_groups[0]["lr"]
        optimiser.step()
        if (index + 1) * size % 4 == 0:
            schedule.step()
        found.append(
            {
                "loss": error.item(),
                "gradients": gradients,
                "learning_rate": rate,
                "parameters": {name: values[name].item() for name in TRAINED},
                "state": _state(lesson, optimiser, values),
            }
        )
    return [found[number - 1] for number in COMPARED]


def _error(lesson: Lesson, values: Any, rows: list[int]) -> Any:
    import torch
    import torch.nn.functional as f

    x = torch.tensor([DATA["inputs"][row] for row in rows], dtype=torch.float64)
    y = torch.tensor([DATA["targets"][row] for row in rows], dtype=torch.float64)
    into = torch.stack(
        [torch.stack([values["w1"], values["w2"]]), torch.stack([values["w3"], values["w4"]])]
    )
    h = torch.tanh(f.linear(x, into, torch.stack([values["b1"], values["b2"]])))
    out = torch.stack([values["w5"], values["w6"]]).reshape(1, 2)
    a = torch.sigmoid(f.linear(h, out, values["b3"].reshape(1)))
    if lesson.loss.choice.name == "binary_cross_entropy":
        error = f.binary_cross_entropy(a, y, reduction=lesson.loss.reduction)
    else:
        error = f.mse_loss(a, y, reduction=lesson.loss.reduction)
    if lesson.penalty is None:
        return error
    rate = dict(lesson.penalty.parameters)["rate"]
    weights = torch.stack([values[name] for name in WEIGHTS])
    if lesson.penalty.name == "entropy":
        return error + rate * torch.special.entr(a).mean()
    return error + (
        rate * weights.abs().sum() if lesson.penalty.name == "l1" else rate / 2 * (weights**2).sum()
    )


def _optimiser(lesson: Lesson, parameters: list[Any]) -> Any:
    from torch import optim

    name, own = lesson.update.choice.name, dict(lesson.update.choice.parameters)
    lr = lesson.update.learning_rate
    if name in ("sgd", "momentum", "nesterov"):
        momentum = 0.0 if name == "sgd" else own.get("momentum", 0.9)
        return optim.SGD(parameters, lr=lr, momentum=momentum, nesterov=name == "nesterov")
    if "epsilon" in own:
        own["eps"] = own.pop("epsilon")
    if name == "adagrad":
        return optim.Adagrad(parameters, lr=lr, **own)
    if name == "rmsprop":
        if "decay" in own:
            own["alpha"] = own.pop("decay")
        return optim.RMSprop(parameters, lr=lr, **own)
    betas = (own.pop("beta1", 0.9), own.pop("beta2", 0.999))
    return (optim.Adam if name == "adam" else optim.AdamW)(parameters, lr=lr, betas=betas, **own)


def _schedule(lesson: Lesson, optimiser: Any) -> Any:
    from torch.optim import lr_scheduler

    own = dict(lesson.update.schedule.parameters)
    if lesson.update.schedule.name == "step":
        return lr_scheduler.StepLR(optimiser, int(own["step_size"]), own["gamma"])
    return lr_scheduler.ExponentialLR(optimiser, own.get("gamma", 1.0))


def _clip(lesson: Lesson, parameters: list[Any]) -> None:
    from torch.nn import utils

    clip = lesson.update.clip
    if clip is not None and clip.by == "value":
        utils.clip_grad_value_(parameters, clip.threshold)
    elif clip is not None:
        length = utils.clip_grad_norm_(parameters, clip.threshold)
        if length > clip.threshold:
            # PyTorch divides by ‖g‖ + 10⁻⁶, the paper and the lesson by ‖g‖.
            for parameter in parameters:
                parameter.grad.mul_((length + 1e-6) / length)


def _state(lesson: Lesson, optimiser: Any, values: Any) -> dict[str, dict[str, float]]:
    cells = CELLS.get(lesson.update.choice.name, {})
    return {
        name: {cell: optimiser.state[values[name]][theirs].item() for cell, theirs in cells.items()}
        for name in TRAINED
        if cells
    }


def reference() -> dict[str, Any]:
    """Return what PyTorch computes in every case, to be stored."""
    return {case: computed(case) for case in CASES}
