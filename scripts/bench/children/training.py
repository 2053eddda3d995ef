"""Measures training: an epoch beside the textbook's loop in NumPy, the grid of every neuron, the arithmetic of a frame.

Arguments: the widths of the layers, such as 2-4-2-1, and the number of rounds. Says seconds of processor time: a busy
machine interrupts the slower of two more often than the faster.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from itertools import pairwise

# Matrices this small gain nothing from a second thread, and waiting for it counts as work. Before NumPy is imported.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from msgspec.structs import replace

from explainer.lesson.lesson import Data, Lesson, Update
from explainer.training.datasets import dataset
from explainer.training.grid import Grid
from explainer.training.trainer import Trainer
from scripts.bench.children.said import say
from scripts.bench.networks import layered, widths_of

BATCH, RATE, SAMPLES = 10, 0.03, 250
# Measured together, so that the clock does not count.
_TOGETHER = 10


def lesson_on(widths: list[int], data: Data) -> Lesson:
    """Return the lesson that both engines train."""
    update = Update(learning_rate=RATE, batch_size=BATCH)
    return replace(layered(widths, "tanh"), data=data, update=update)


class Textbook:
    """A network of tanh as a textbook writes it: `@`, `np.tanh`, fresh arrays; the gradient is the mean over the batch."""

    def __init__(self, lesson: Lesson, widths: list[int]) -> None:
        neurons = iter(lesson.network.neurons)
        layers = [[next(neurons).id for _ in range(width)] for width in widths]
        value = lesson.network.value
        self.weights = [
            np.array([[value(f"w_{source}_{target}") for target in after] for source in before])
            for before, after in pairwise(layers)
        ]
        self.biases = [np.array([value(f"b_{name}") for name in after]) for after in layers[1:]]
        self.inputs = np.array(lesson.data.inputs)
        self.targets = np.array(lesson.data.targets)

    def run_epoch(self) -> None:
        """Take one step of gradient descent for each batch."""
        for start in range(0, len(self.inputs), BATCH):
            x, y = self.inputs[start : start + BATCH], self.targets[start : start + BATCH]
            activations = [x]
            for weight, bias in zip(self.weights, self.biases, strict=True):
                activations.append(np.tanh(activations[-1] @ weight + bias))
            delta = (activations[-1] - y) * (1 - activations[-1] ** 2)
            for layer in reversed(range(len(self.weights))):
                by_weight = activations[layer].T @ delta / len(x)
                by_bias = delta.mean(axis=0)
                if layer:
                    delta = (delta @ self.weights[layer].T) * (1 - activations[layer] ** 2)
                self.weights[layer] -= RATE * by_weight
                self.biases[layer] -= RATE * by_bias


def main() -> None:
    """Measure in turn, so that a busy machine slows all alike."""
    widths = widths_of(sys.argv[1])
    data, test = dataset("circle", 2 * SAMPLES, seed=1)
    lesson = lesson_on(widths, data)
    trainer, textbook = Trainer(lesson, test), Textbook(lesson, widths)
    grid = Grid(trainer.engine)

    def frame() -> None:
        trainer.engine.run_epoch()
        trainer.losses()
        grid.run()

    measured: dict[str, Callable[[], object]] = {
        "train": trainer.engine.run_epoch,
        "floor": textbook.run_epoch,
        "grid": grid.run,
        "frame": frame,
    }
    say_in_turn(measured, int(sys.argv[2]))


def say_in_turn(measured: Mapping[str, Callable[[], object]], rounds: int) -> None:
    """Say the processor time of each, warm, in turn, so that a busy machine slows all alike."""
    for work in measured.values():
        work()
    for _ in range(rounds):
        for name, work in measured.items():
            began = time.process_time()
            for _ in range(_TOGETHER):
                work()
            say(name, (time.process_time() - began) / _TOGETHER)


if __name__ == "__main__":
    main()
