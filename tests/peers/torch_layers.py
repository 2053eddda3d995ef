"""Lessons with softmax, maxout, dropout and batch normalisation, computed by PyTorch's own layers and optimisers.

The masks of dropout are those the lesson's seed draws; everything else is PyTorch's: `softmax`, `max`, `BatchNorm1d` with
its running averages, autograd, `torch.optim`.
"""

from __future__ import annotations

import importlib.util
from typing import Any

from explainer.lesson.chance import uniform
from explainer.lesson.layers import depths, in_order
from explainer.lesson.lesson import Lesson, Neuron, Normalise
from explainer.trace.batches import batch_of
from tests.trace.special_lessons import ALL

HAS_TORCH = importlib.util.find_spec("torch") is not None

PASSES = 4
CASES = ALL


def computed(case: str) -> list[dict[str, Any]]:
    """Return error, derivatives, new parameters, running averages and outputs of every pass."""
    network = _Torch(CASES[case])
    return [network.learn(index) for index in range(PASSES)]


class _Torch:
    """A lesson's network as tensors of one number for each sample."""

    def __init__(self, lesson: Lesson) -> None:
        import torch

        self.torch = torch
        self.lesson = lesson
        self.parameters = {
            name: torch.tensor(lesson.network.value(name), dtype=torch.float64, requires_grad=True)
            for name in lesson.network.parameters
        }
        self.norms = {
            neuron.id: self._norm(neuron.id, neuron.normalise)
            for neuron in lesson.network.neurons
            if neuron.normalise is not None
        }
        momentum = {"sgd": 0.0, "momentum": 0.9}[lesson.update.choice.name]
        self.optimiser = torch.optim.SGD(
            list(self.parameters.values()), lr=lesson.update.learning_rate, momentum=momentum
        )

    def _norm(self, name: str, settings: Normalise) -> Any:
        norm = self.torch.nn.BatchNorm1d(
            1, settings.epsilon, settings.momentum, affine=False, dtype=self.torch.float64
        )
        state = self.lesson.state.neurons.get(name, {})
        norm.running_mean.fill_(state.get("running_mean", 0.0))
        norm.running_var.fill_(state.get("running_variance", 1.0))
        return norm.train(self.lesson.mode == "train")

    def learn(self, index: int) -> dict[str, Any]:
        rows = batch_of(self.lesson, index)
        given, sums, outputs = self._forward(rows, index)
        errors = self._errors(rows, outputs)
        wanted = [*sums.values(), *given.values(), *self.parameters.values()]
        slopes = self.torch.autograd.grad(
            errors.sum(), wanted, retain_graph=True, allow_unused=True
        )
        by_sum = dict(zip(sums, slopes, strict=False))
        by_input = dict(zip(given, slopes[len(sums) :], strict=False))
        self.optimiser.zero_grad()
        errors.mean().backward()
        gradients = {name: value.grad.item() for name, value in self.parameters.items()}
        self.optimiser.step()
        return {
            "loss": errors.mean().item(),
            "deltas": _by_sample(rows, by_sum),
            "input_gradients": _by_sample(rows, by_input),
            "values": _by_sample(rows, outputs),
            "gradients": gradients,
            "parameters": {name: value.item() for name, value in self.parameters.items()},
            "running": {
                name: {
                    "running_mean": norm.running_mean.item(),
                    "running_variance": norm.running_var.item(),
                }
                for name, norm in self.norms.items()
            },
        }

    def _forward(self, rows: tuple[int, ...], index: int) -> tuple[Any, Any, Any]:
        torch, network = self.torch, self.lesson.network
        inputs = [neuron.id for neuron in network.of_role("input")]
        data = torch.tensor([self.lesson.data.inputs[row] for row in rows], dtype=torch.float64)
        given = {name: data[:, at].clone().requires_grad_() for at, name in enumerate(inputs)}
        sums: dict[str, Any] = {}
        outputs: dict[str, Any] = {}
        depth = depths(network)
        for at in sorted(set(depth.values())):
            column = [neuron for neuron in in_order(network) if depth[neuron.id] == at]
            ready = {}
            for neuron in column:
                if neuron.role == "input":
                    continue
                sums[neuron.id] = self._sum(neuron, outputs, len(rows))
                ready[neuron.id] = self._normalised(neuron, sums[neuron.id])
            for neuron in column:
                value = given.get(neuron.id)
                if value is None:
                    value = self._activated(neuron, column, ready)
                outputs[neuron.id] = self._dropped(neuron, value, rows, index)
        return given, sums, outputs

    def _sum(self, neuron: Neuron, outputs: dict[str, Any], samples: int) -> Any:
        edges = self.lesson.network.incoming(neuron.id)
        count = 1 + max([edge.piece for edge in edges] + [len(neuron.biases) - 1])
        pieces = []
        for piece in range(count):
            terms = [
                self.parameters[edge.weight] * outputs[edge.source]
                for edge in edges
                if edge.piece == piece
            ]
            terms += [self.parameters[name] for name in neuron.biases[piece : piece + 1]]
            zero = self.torch.zeros(samples, dtype=self.torch.float64)
            pieces.append(sum(terms, zero))
        return self.torch.stack(pieces).max(dim=0).values

    def _normalised(self, neuron: Neuron, z: Any) -> Any:
        settings = neuron.normalise
        if settings is None:
            return z
        scale, shift = self.parameters[settings.gamma], self.parameters[settings.beta]
        return scale * self.norms[neuron.id](z[:, None])[:, 0] + shift

    def _activated(self, neuron: Neuron, column: list[Neuron], ready: dict[str, Any]) -> Any:
        torch, name = self.torch, neuron.activation.name
        z = ready[neuron.id]
        if name == "softmax":
            group = [
                other.id
                for other in column
                if (other.activation.name, other.group) == ("softmax", neuron.group)
            ]
            shares = torch.softmax(torch.stack([ready[other] for other in group]), dim=0)
            return shares[group.index(neuron.id)]
        if name == "prelu":
            slope = self.parameters[dict(neuron.activation.named)["alpha"]]
            return torch.nn.functional.prelu(z, slope.reshape(1))
        return {"tanh": torch.tanh, "sigmoid": torch.sigmoid}.get(name, lambda z: z)(z)

    def _dropped(self, neuron: Neuron, value: Any, rows: tuple[int, ...], index: int) -> Any:
        if neuron.dropout is None:
            return value
        rate, inverted = neuron.dropout.rate, neuron.dropout.scaling == "inverted"
        if self.lesson.mode == "apply":
            return value if inverted else (1 - rate) * value
        drawn = [uniform(self.lesson.seed, "dropout", index, row, neuron.id) for row in rows]
        mask = self.torch.tensor([float(number >= rate) for number in drawn])
        return value * mask / (1 - rate) if inverted else value * mask

    def _errors(self, rows: tuple[int, ...], outputs: dict[str, Any]) -> Any:
        torch, names = self.torch, [neuron.id for neuron in self.lesson.network.of_role("output")]
        y = torch.tensor([self.lesson.data.targets[row] for row in rows], dtype=torch.float64)
        a = torch.stack([outputs[name] for name in names], dim=1)
        loss = self.lesson.loss.choice.name
        if loss == "cross_entropy":
            return -(y * torch.log(a)).sum(dim=1)
        if loss == "binary_cross_entropy":
            each = torch.nn.functional.binary_cross_entropy(a, y, reduction="none")
            return each.sum(dim=1)
        return ((y - a) ** 2).sum(dim=1) / 2


def _by_sample(rows: tuple[int, ...], tensors: dict[str, Any]) -> dict[str, dict[str, float]]:
    return {
        str(row): {
            name: 0.0 if tensor is None else tensor[at].item() for name, tensor in tensors.items()
        }
        for at, row in enumerate(rows)
    }


def reference() -> dict[str, Any]:
    """Return what PyTorch computes in every case, to be stored."""
    return {case: computed(case) for case in CASES}
