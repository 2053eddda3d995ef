"""Networks with softmax, maxout, batch normalisation, dropout in PyTorch, for comparison and for the stored reference values.

Two inputs, two hidden neurons, up to three outputs. The gradients are autograd's, the normalisation with its running
averages and the cross-entropy are those of `torch.nn.functional`; the mask of dropout is the one the lesson drew.
"""

from __future__ import annotations

import importlib.util
import json
from typing import Any

from explainer.lesson.files import lesson_from_json
from explainer.lesson.lesson import Lesson

HAS_TORCH = importlib.util.find_spec("torch") is not None

PASSES = 3
RATE = 0.1
SETTINGS = {"epsilon": 0.001, "momentum": 0.2}
DROPOUT = 0.4
INPUTS = [[1.0, 2.0], [0.5, -1.0], [-2.0, 0.5], [0.3, 0.3], [1.5, -0.5], [-0.7, -1.2]]
CLASSES = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.2, 0.3, 0.5], [0, 1, 0], [0.5, 0.5, 0]]
NUMBERS = [[1.0], [0.0], [0.5], [-1.0], [0.2], [0.4]]

# What the hidden neurons do with their sums, what the outputs do, and the mode of the lesson.
CASES: dict[str, tuple[str, str, str]] = {
    "softmax and cross-entropy": ("tanh", "softmax", "train"),
    "maxout": ("maxout", "identity", "train"),
    "maxout before softmax": ("maxout", "softmax", "train"),
    "batch normalisation in training": ("normalise", "identity", "train"),
    "batch normalisation before softmax": ("normalise", "softmax", "train"),
    "batch normalisation, applied": ("normalise", "identity", "apply"),
    "dropout scaled in training": ("inverted", "identity", "train"),
    "dropout scaled in training, applied": ("inverted", "identity", "apply"),
    "dropout scaled when applied, in training": ("at_application", "softmax", "train"),
    "dropout scaled when applied": ("at_application", "softmax", "apply"),
}
RUNNING = {"h1": (0.3, 0.7), "h2": (-0.2, 1.4)}


def _hidden(name: str, kind: str) -> dict[str, Any]:
    neuron: dict[str, Any] = {
        "id": name,
        "role": "hidden",
        "activation": "tanh",
        "bias": f"b_{name}",
    }
    if kind == "maxout":
        neuron |= {"activation": "maxout", "bias": [f"b_{name}", f"c_{name}"]}
    elif kind == "normalise":
        neuron["normalise"] = {"gamma": f"g_{name}", "beta": f"d_{name}", **SETTINGS}
    elif kind != "tanh":
        neuron["dropout"] = {"rate": DROPOUT, "scaling": kind}
    return neuron


def outputs_of(case: str) -> tuple[str, ...]:
    """Return the names of the outputs: three classes, or one number."""
    return ("o1", "o2", "o3") if CASES[case][1] == "softmax" else ("o1",)


def lesson_of(case: str) -> Lesson:
    """Return the lesson of a case."""
    kind, output, mode = CASES[case]
    hidden = [_hidden(name, kind) for name in ("h1", "h2")]
    outputs = outputs_of(case)
    ends = [
        {"id": name, "role": "output", "activation": output, "bias": f"b_{name}"}
        for name in outputs
    ]
    edges = [(x, h, f"w_{x}_{h}", 0) for h in ("h1", "h2") for x in ("x1", "x2")]
    if kind == "maxout":
        edges += [(x, h, f"u_{x}_{h}", 1) for h in ("h1", "h2") for x in ("x1", "x2")]
    edges += [(h, o, f"w_{h}_{o}", 0) for o in outputs for h in ("h1", "h2")]
    names = [weight for _, _, weight, _ in edges]
    for neuron in [*hidden, *ends]:
        names += neuron["bias"] if isinstance(neuron["bias"], list) else [neuron["bias"]]
        names += [neuron["normalise"][key] for key in ("gamma", "beta") if "normalise" in neuron]
    tree = {
        "format": "explainer-lesson",
        "version": 1,
        "title": case,
        "network": {
            "neurons": [{"id": x, "role": "input"} for x in ("x1", "x2")] + hidden + ends,
            "edges": [
                {"from": source, "to": target, "weight": weight, "piece": piece}
                for source, target, weight, piece in edges
            ],
            # Different numbers of both signs, none of them near a tie or a kink.
            "parameters": {
                name: round(0.9 * (-1) ** place * (1 + place * 7 % 5) / 5 + 0.05, 3)
                for place, name in enumerate(names)
            },
        },
        "data": {"inputs": INPUTS, "targets": CLASSES if output == "softmax" else NUMBERS},
        "loss": "cross_entropy" if output == "softmax" else "mean_squared_error",
        "mode": mode,
        "seed": 4,
        "update": {"rule": "sgd", "learning_rate": RATE, "batch_size": 3},
    }
    if kind == "normalise":
        cells = ("running_mean", "running_variance")
        given = {name: dict(zip(cells, both, strict=True)) for name, both in RUNNING.items()}
        tree["state"] = {"neurons": given}
    return lesson_from_json(json.dumps(tree).encode())


def masks_of(case: str) -> list[list[list[float]]]:
    """Return the masks the lesson draws: by pass, sample of the batch, hidden neuron; empty without dropout."""
    from explainer.trace.run import trace

    if CASES[case][0] not in ("inverted", "at_application") or CASES[case][2] == "apply":
        return []
    passes = [run.summary for run in trace(lesson_of(case), PASSES)]
    return [
        [[one.values[str(sample)][f"{h}.mask"] for h in ("h1", "h2")] for sample in one.samples]
        for one in passes
    ]


class _Network:
    """The network of a case, with its parameters as tensors of one number each."""

    def __init__(self, case: str) -> None:
        import torch

        self.kind, self.output, self.mode = CASES[case]
        self.outputs = outputs_of(case)
        network = lesson_of(case).network
        self.values = {
            name: torch.tensor(network.value(name), dtype=torch.float64, requires_grad=True)
            for name in network.parameters
        }
        self.mean, self.variance = (
            torch.tensor([RUNNING[name][part] for name in ("h1", "h2")], dtype=torch.float64)
            for part in (0, 1)
        )

    def _vector(self, letter: str, neurons: tuple[str, ...]) -> Any:
        import torch

        return torch.stack([self.values[f"{letter}_{name}"] for name in neurons])

    def _linear(self, x: Any, before: tuple[str, ...], after: tuple[str, ...], letters: str) -> Any:
        import torch

        weights = torch.stack(
            [torch.stack([self.values[f"{letters[0]}_{a}_{b}"] for a in before]) for b in after]
        )
        return torch.nn.functional.linear(x, weights, self._vector(letters[1], after))

    def _hidden(self, x: Any, mask: Any) -> Any:
        import torch

        names = ("h1", "h2")
        sums = self._linear(x, ("x1", "x2"), names, "wb")
        if self.kind == "maxout":
            other = self._linear(x, ("x1", "x2"), names, "uc")
            return torch.stack([sums, other]).max(0).values
        if self.kind == "normalise":
            sums = torch.nn.functional.batch_norm(
                sums,
                self.mean,
                self.variance,
                self._vector("g", names),
                self._vector("d", names),
                training=self.mode == "train",
                momentum=SETTINGS["momentum"],
                eps=SETTINGS["epsilon"],
            )
        return self._kept(torch.tanh(sums), mask)

    def _kept(self, a: Any, mask: Any) -> Any:
        if self.kind == "inverted":
            return a if mask is None else a * mask / (1 - DROPOUT)
        if self.kind == "at_application":
            return a * (1 - DROPOUT) if mask is None else a * mask
        return a

    def error(self, x: Any, y: Any, mask: Any) -> Any:
        from torch.nn import functional

        out = self._linear(self._hidden(x, mask), ("h1", "h2"), self.outputs, "wb")
        if self.output == "softmax":
            return functional.cross_entropy(out, y)
        return functional.mse_loss(out, y)


def computed(case: str) -> list[dict[str, Any]]:
    """Return error, gradients by parameters and inputs, new parameters and running averages of every pass."""
    import torch

    network, masks = _Network(case), masks_of(case)
    targets = CLASSES if network.output == "softmax" else NUMBERS
    found = []
    for index in range(PASSES):
        rows = [(3 * index + row) % len(INPUTS) for row in range(3)]
        x = torch.tensor([INPUTS[row] for row in rows], dtype=torch.float64, requires_grad=True)
        y = torch.tensor([targets[row] for row in rows], dtype=torch.float64)
        mask = torch.tensor(masks[index], dtype=torch.float64) if masks else None
        error = network.error(x, y, mask)
        for value in network.values.values():
            value.grad = None
        error.backward()
        gradients = {name: value.grad.item() for name, value in network.values.items()}
        with torch.no_grad():
            for value in network.values.values():
                value -= RATE * value.grad
        one = {
            "loss": error.item(),
            "gradients": gradients,
            # PyTorch differentiates the mean over the batch, the lesson the error of each sample.
            "input_gradients": [[3 * part for part in row] for row in x.grad.tolist()],
            "parameters": {name: value.item() for name, value in network.values.items()},
            "masks": masks[index] if masks else [],
        }
        if network.kind == "normalise":
            one["running_mean"] = network.mean.tolist()
            one["running_variance"] = network.variance.tolist()
        found.append(one)
    return found


def reference() -> dict[str, Any]:
    """Return what PyTorch computes in every case, to be stored."""
    return {case: computed(case) for case in CASES}
