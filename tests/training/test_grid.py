"""The heat maps show what the neurons say."""

import math

import numpy as np
import pytest
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.training.build import lesson_for
from explainer.training.datasets import FEATURES, dataset, together
from explainer.training.grid import Grid
from explainer.training.trainer import Trainer


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu", "softsign", "maxout"])
def test_every_pixel_is_the_neuron_at_that_point(activation):
    lesson = lesson_for(dataset("circle", 40).training, (4, 2), activation=Choice(activation))
    trainer = Trainer(lesson)
    grid = Grid(trainer.engine, size=5, low=-2, high=2)
    trainer.run(2)
    grid.run()
    assert grid.values["o1"].dtype == np.float32
    for row, y in enumerate((2, 1, 0, -1, -2)):
        for column, x in enumerate((-2, -1, 0, 1, 2)):
            assert (grid.values["x1"][row, column], grid.values["x2"][row, column]) == (x, y)
            wanted = trainer.predict([(x, y)])[0, 0]
            assert grid.values["o1"][row, column] == pytest.approx(wanted, abs=1e-5)


def test_dropout_and_normalisation_are_applied():
    trainer = Trainer(example("batch-norm"))
    inputs = len(trainer.lesson.network.of_role("input"))
    grid = Grid(trainer.engine, size=3)
    trainer.run(3)
    grid.run()
    point = [6.0, 6.0][:inputs]
    wanted = trainer.predict([point])[0]
    for place, neuron in enumerate(trainer.lesson.network.of_role("output")):
        assert grid.values[neuron.id][0, 2] == pytest.approx(wanted[place], rel=1e-4)


def test_computed_columns_follow_the_coordinates():
    data = together(dataset("circle", 40), FEATURES)
    trainer = Trainer(lesson_for(data, (3,)))
    grid = Grid(trainer.engine, size=4)
    grid.run()
    corner = [6.0, 6.0, 36.0, 36.0, 36.0, math.sin(6), math.sin(6)]
    assert [grid.values[f"x{place}"][0, 3] for place in range(1, 8)] == pytest.approx(corner)
    assert grid.values["o1"][0, 3] == pytest.approx(trainer.predict([(6, 6)])[0, 0], rel=1e-4)


def test_further_columns_stay_at_their_mean():
    data = dataset("circle", 40).training
    wide = replace(data, inputs=tuple((x, y, float(n)) for n, (x, y) in enumerate(data.inputs)))
    grid = Grid(Trainer(lesson_for(wide, (3,))).engine, size=4)
    grid.run()
    assert (grid.values["x3"] == 9.5).all()
