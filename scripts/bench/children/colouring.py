"""Measures colouring the heat maps of every neuron of a network, beside looking up as many finished colours and no more.

Arguments: the widths of the layers, such as 2-4-2-1, and the number of rounds. Says seconds of processor time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np

from explainer.gui.training.colouring import ENDS, table
from explainer.gui.training.scales import Scales
from explainer.gui.training.thumbnails import Thumbnails
from explainer.training.classes import classes_of
from explainer.training.datasets import dataset
from explainer.training.looking import Looking
from explainer.training.trainer import Trainer
from scripts.bench.children.training import SAMPLES, lesson_on, say_in_turn
from scripts.bench.networks import widths_of

# Pixels that a circle is wide in a window of 1440 × 900, where there are few neurons, and many.
_FEW, _WIDE, _NARROW = 24, 66, 26


def main() -> None:
    """Measure in turn, so that a busy machine slows both alike."""
    widths = widths_of(sys.argv[1])
    data, test = dataset("circle", 2 * SAMPLES, seed=1)
    lesson = lesson_on(widths, data)
    trainer = Trainer(lesson, test)
    trainer.step_epoch()
    moment = Looking(trainer).moment()
    names = tuple(neuron.id for neuron in lesson.network.neurons)
    ends = ENDS["light"]
    side = _WIDE if len(names) <= _FEW else _NARROW
    thumbnails = Thumbnails(names, Scales(lesson, classes_of(lesson)), side)
    thumbnails.set_ends(ends)
    colours = table((ends.low, ends.middle, ends.high))
    places = np.random.default_rng(1).integers(0, len(colours), thumbnails.pixels.shape)
    found = np.zeros_like(thumbnails.pixels)
    measured: dict[str, Callable[[], object]] = {
        "colouring": lambda: thumbnails.fill(moment),
        "floor": lambda: np.take(colours, places, out=found, mode="clip"),
    }
    say_in_turn(measured, int(sys.argv[2]))


if __name__ == "__main__":
    main()
