"""What the training view shows of a moment is what the trace says of the same parameters."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.edits import with_parameters
from explainer.lesson.examples import example
from explainer.lesson.lesson import Update
from explainer.trace.run import run_pass
from explainer.training.axes import around, axes_of
from explainer.training.build import lesson_for
from explainer.training.classes import classes_of
from explainer.training.curve import Curve, smoothed
from explainer.training.datasets import FEATURES, dataset, together
from explainer.training.histograms import histogram
from explainer.training.observer import Observer
from explainer.training.trainer import Losses, Trainer

WHOLE = Update(learning_rate=0.1, batch_size="all")


def trained(lesson, epochs=3):
    trainer = Trainer(lesson)
    trainer.run(epochs)
    return trainer


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize(
    ("loss", "set_name"),
    [("half_squared_error", "circle"), ("binary_cross_entropy", "xor"), ("huber", "gaussian")],
)
def test_norms_and_gradients_are_those_of_the_trace(loss, set_name, reduction):
    data = dataset(set_name, 24, zero_one=loss == "binary_cross_entropy").training
    lesson = lesson_for(data, (3, 2), loss=Choice(loss), update=WHOLE)
    lesson = replace(lesson, loss=replace(lesson.loss, reduction=reduction))
    trainer = trained(lesson)
    moment = Observer(trainer).moment()
    one = run_pass(with_parameters(lesson, moment.parameters), 0, None)
    share = 1 / len(data.inputs) if reduction == "mean" else 1.0
    deltas = one.summary.deltas.values()
    for depth, level in enumerate(trainer.engine.layout.levels):
        names = [neuron.id for neuron in level.neurons]
        wanted = share * math.hypot(*(delta[name] for delta in deltas for name in names))
        assert moment.norms[depth] == pytest.approx(wanted, rel=1e-9)
        weights = {e.weight for e in lesson.network.edges if e.target in names}
        gradients = [one.summary.gradients[name] for name in weights]
        assert moment.gradients[depth].edges[0] == pytest.approx(min(gradients), rel=1e-9)
        assert moment.gradients[depth].edges[-1] == pytest.approx(max(gradients), rel=1e-9)
        assert moment.gradients[depth].counts.sum() == len(weights)
        assert moment.weights[depth].counts.sum() == len(weights)
        assert moment.activations[depth].counts.sum() == len(names) * len(data.inputs)
    assert moment.training_loss == pytest.approx(one.summary.loss, rel=1e-12)


def test_accuracy_counts_what_is_sorted_right():
    split = dataset("circle", 200, seed=3)
    lesson = lesson_for(together(split), (4, 2), update=Update(learning_rate=0.1, batch_size=10))
    trainer = trained(lesson, 40)
    moment = Observer(trainer).moment(surfaces=False, layers=False)
    for data, found, table in (
        (split.training, moment.accuracy, moment.confusion),
        (split.test, moment.test_accuracy, moment.test_confusion),
    ):
        said = trainer.predict(data.inputs)[:, 0] > 0
        true = np.array(data.targets)[:, 0] > 0
        assert found == (said == true).mean()
        assert table[1, 0] == (true & ~said).sum()
        assert table[0, 1] == (~true & said).sum()
        assert table.sum() == len(data.inputs)
    assert moment.surfaces == {}
    assert moment.norms == ()


def test_several_outputs_are_classes_where_one_of_them_is_meant():
    lesson = example("softmax-classifier")
    assert classes_of(lesson).count == len(lesson.network.of_role("output"))
    assert classes_of(lesson_for(dataset("sine", 20).training)) is None
    assert classes_of(lesson_for(dataset("plane", 20).training)) is None
    zero_one = lesson_for(dataset("xor_table").training, loss=Choice("binary_cross_entropy"))
    assert classes_of(zero_one).border == 0.5


def test_surfaces_are_copies_over_the_free_columns():
    data = together(dataset("circle", 40, seed=1), FEATURES)
    trainer = trained(lesson_for(data, (3,)))
    observer = Observer(trainer)
    first = observer.moment()
    kept = first.surfaces["o1"].copy()
    x, y = first.axes
    assert (x.neuron, y.neuron, first.free) == ("x1", "x2", 2)
    assert first.surfaces["x1"].shape == (100, 100)
    assert first.surfaces["x1"][0, 99] == pytest.approx(x.high)
    assert first.surfaces["x2"][0, 99] == pytest.approx(y.low)
    wanted = trainer.predict([(x.low, y.high)])[0, 0]
    assert kept[99, 0] == pytest.approx(wanted, rel=1e-4)
    trainer.run(3)
    assert (observer.moment().surfaces["o1"] != kept).any()
    assert (first.surfaces["o1"] == kept).all()


def test_one_column_and_many_columns():
    line = Observer(trained(lesson_for(dataset("sine", 20).training, (3,)))).moment()
    assert [surface.shape for surface in line.surfaces.values()] == [(100,)] * 5
    data = dataset("circle", 20).training
    wide = replace(data, inputs=tuple((*row, 1.0) for row in data.inputs))
    moment = Observer(trained(lesson_for(wide, (3,)))).moment()
    assert (moment.free, moment.axes, moment.surfaces) == (3, (), {})


def test_a_rule_without_gradients_has_none_to_show():
    moment = Observer(trained(example("perceptron-rule"), 1)).moment()
    assert moment.gradients == () == moment.norms
    assert moment.weights


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50),
)
def test_a_histogram_counts_everything_between_its_ends(values):
    found = histogram(np.array(values))
    assert found.counts.sum() == len(values)
    assert len(found.edges) == len(found.counts) + 1
    assert found.edges[0] <= min(values)
    assert found.edges[-1] >= max(values)


def test_a_histogram_leaves_out_what_is_no_number():
    found = histogram(np.array([1.0, math.nan, math.inf, 1.0]))
    assert found.counts.sum() == 2


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=20))
def test_the_ends_of_an_axis_hold_the_data_with_room(values):
    low, high = around(values)
    assert low < min(values)
    assert high > max(values)


def test_the_axes_of_the_playground_are_those_of_the_playground():
    lesson = lesson_for(together(dataset("circle", 500, seed=1)))
    assert {(axis.low, axis.high) for axis in axes_of(lesson)} == {(-6.0, 6.0)}


def test_a_curve_stays_bounded_and_even():
    curve = Curve(most=8)
    for epoch in range(1000):
        if curve.wants(epoch):
            curve.add(Losses(epoch, 1 / (1 + epoch), None))
    epochs = [point.epoch for point in curve.points]
    assert len(epochs) <= 8
    assert epochs[0] == 0
    assert len({b - a for a, b in pairwise(epochs)}) == 1
    assert not curve.wants(3)


def test_smoothing_keeps_a_constant_and_is_off_at_zero():
    assert smoothed([3.0] * 5, 0.9) == pytest.approx([3.0] * 5)
    assert smoothed([1.0, 5.0, 2.0], 0.0) == [1.0, 5.0, 2.0]
