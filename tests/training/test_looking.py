"""What is seen of a trainer is what the trace and NumPy say of the same numbers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.examples import example, example_names
from explainer.messages import Refused
from explainer.trace.run import trace
from explainer.trace.summary import summarise
from explainer.training.axes import axes_of, span_around
from explainer.training.build import lesson_for
from explainer.training.classes import classes_of
from explainer.training.datasets import FEATURES, dataset, together
from explainer.training.histograms import BINS, histograms
from explainer.training.looking import Looking
from explainer.training.moment import CURVE, SURFACE
from explainer.training.trainer import Trainer


def looked(lesson, epochs=0):
    trainer = Trainer(lesson)
    trainer.run(epochs)
    return trainer, Looking(trainer).moment()


def circle(hidden=(4, 2), **settings):
    data = together(dataset("circle", 60, seed=3))
    return lesson_for(data, hidden, output=Choice("tanh"), **settings)


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "swish"])
def test_a_surface_is_the_forward_pass_of_the_trace_at_its_points(activation):
    lesson = circle(activation=Choice(activation))
    trainer, moment = looked(lesson, 3)
    x, y = (np.linspace(axis.low, axis.high, SURFACE) for axis in moment.axes)
    for row, column in ((0, 0), (0, 99), (99, 0), (37, 61)):
        point = (float(x[column]), float(y[row]))
        trained = replace(
            lesson,
            network=replace(lesson.network, parameters=trainer.parameters()),
            data=replace(lesson.data, inputs=(point,), targets=((0.0,),), test=None),
            update=replace(lesson.update, batch_size=1),
        )
        values = summarise(trace(trained)[0]).values["0"]
        for neuron in lesson.network.neurons:
            found = moment.surfaces[neuron.id][row, column]
            assert found == pytest.approx(values[neuron.id], rel=1e-4, abs=1e-5), neuron.id
    assert all(each.dtype == np.float32 for each in moment.surfaces.values())


def test_one_input_gives_a_curve():
    trainer, moment = looked(lesson_for(together(dataset("sine", 40)), (3,)), 5)
    (axis,) = moment.axes
    assert axis.neuron == "x1"
    found = moment.surfaces["o1"]
    assert found.shape == (CURVE,)
    points = np.linspace(axis.low, axis.high, CURVE)
    wanted = trainer.predict([(x,) for x in points])[:, 0]
    assert found == pytest.approx(wanted, abs=1e-5)


def test_computed_columns_are_no_axes_but_follow():
    data = together(dataset("circle", 60), FEATURES)
    _, moment = looked(lesson_for(data, (3,)))
    assert [axis.neuron for axis in moment.axes] == ["x1", "x2"]
    assert moment.free == 2
    corner = moment.axes[0].high
    assert moment.surfaces["x3"][0, -1] == pytest.approx(corner * corner)
    assert moment.surfaces["x6"][0, -1] == pytest.approx(math.sin(corner), abs=1e-6)


def test_columns_that_only_computed_ones_see_are_axes():
    """The network of this lesson sees x1² and x2² alone; its border is a circle over x1 and x2."""
    lesson = example("circle-features")
    trainer, moment = looked(lesson, 200)
    assert [axis.neuron for axis in moment.axes] == ["x1", "x2"]
    x, y = (np.linspace(axis.low, axis.high, SURFACE) for axis in moment.axes)
    for row, column in ((0, 0), (50, 50), (10, 90)):
        wanted = trainer.predict([(x[column], y[row])])[0, 0]
        assert moment.surfaces["o1"][row, column] == pytest.approx(wanted, abs=1e-5)


@pytest.mark.parametrize("columns", [3, 5])
def test_more_than_two_columns_have_no_surface(columns):
    data = dataset("circle", 30).training
    inputs = tuple(tuple(math.sin(7 * n + k) for k in range(columns)) for n in range(15))
    lesson = lesson_for(replace(data, inputs=inputs, targets=data.targets[:15]), (3,))
    _, moment = looked(lesson)
    assert (moment.axes, moment.surfaces, moment.free) == ((), {}, columns)
    assert moment.outputs.shape == (1, 15)


def of_whole_batch(lesson):
    return replace(lesson, update=replace(lesson.update, batch_size="all"))


@pytest.mark.parametrize("name", example_names())
def test_gradients_and_norms_are_those_of_the_trace(name):
    """Of every built-in lesson that trains by gradients and leaves nothing to chance."""
    lesson = of_whole_batch(example(name))
    chance = any(each.dropout or each.normalise for each in lesson.network.neurons)
    if chance and lesson.mode == "train":
        pytest.skip("the view applies the network, the trace trains it")
    try:
        trainer = Trainer(lesson)
        first = summarise(trace(lesson)[0])
    except Refused:
        pytest.skip("not trained without steps")
    looking = Looking(trainer)
    moment = looking.moment()
    assert moment.training_loss == pytest.approx(first.loss, rel=1e-12)
    if not moment.norms:
        assert lesson.update.choice.name in ("perceptron", "hebb", "delta")
        return
    layout = trainer.engine.layout
    for parameter, value in first.gradients.items():
        found = looking._layers.gradient[layout.place[parameter]]
        assert found == pytest.approx(value, rel=1e-11, abs=1e-14), parameter
    for level, norm in zip(layout.levels, moment.norms, strict=True):
        squares = [
            deltas[neuron.id] ** 2 for deltas in first.deltas.values() for neuron in level.neurons
        ]
        wanted = math.sqrt(math.fsum(squares) / len(first.samples))
        assert norm == pytest.approx(wanted, rel=1e-9, abs=1e-14)


finite = arrays.arrays(
    float, st.integers(0, 60), elements=st.floats(-1e6, 1e6, allow_subnormal=False)
)


@given(st.lists(finite, min_size=1, max_size=4))
def test_histograms_are_those_of_numpy(groups):
    flat = np.concatenate(groups)
    of = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    for group, found in zip(groups, histograms(flat, of, len(groups)), strict=True):
        counts, edges = np.histogram(group, found.edges)
        assert (found.edges == edges).all()
        assert found.counts.tolist() == counts.tolist()
        assert found.counts.sum() == len(group)


@pytest.mark.parametrize("values", [[], [0.0], [np.nan, np.inf, 1.0], [5e-324], [1e300, -1e300]])
def test_histograms_take_any_number(values):
    numbers = np.array(values, float)
    (found,) = histograms(numbers, np.zeros(len(values), int), 1)
    assert found.counts.sum() == np.isfinite(numbers).sum()
    assert len(found.edges) == BINS + 1


def test_a_histogram_counts_every_weight_and_every_activation():
    _, moment = looked(circle((4, 2)))
    assert [each.counts.sum() for each in moment.weights] == [8, 8, 2]
    assert [each.counts.sum() for each in moment.gradients] == [8, 8, 2]
    assert [each.counts.sum() for each in moment.activations] == [4 * 30, 2 * 30, 30]


def test_a_moment_is_a_copy_that_training_leaves_alone():
    trainer = Trainer(circle())
    looking = Looking(trainer)
    before = looking.moment()
    kept = {name: surface.copy() for name, surface in before.surfaces.items()}
    counts, outputs = before.weights[0].counts.copy(), before.outputs.copy()
    trainer.run(5)
    after = looking.moment()
    assert all((before.surfaces[name] == surface).all() for name, surface in kept.items())
    assert (before.weights[0].counts == counts).all()
    assert (before.outputs == outputs).all()
    assert (after.epoch, before.epoch) == (5, 0)
    assert not (after.surfaces["o1"] == before.surfaces["o1"]).all()


def test_looking_does_not_disturb_training():
    one, other = Trainer(circle()), Trainer(circle())
    looking = Looking(other)
    for _ in range(4):
        one.step_epoch()
        other.step_epoch()
        looking.moment()
    assert one.parameters() == other.parameters()


def test_very_many_samples_are_looked_at_in_part():
    data = dataset("circle", 5000).training
    _, moment = looked(lesson_for(data, (2,), output=Choice("tanh")))
    assert moment.activations[0].counts.sum() == 2 * 834
    assert moment.confusion.sum() == 2500


def test_the_table_of_confusion_counts_every_sample():
    trainer, moment = looked(circle(), 30)
    data = trainer.lesson.data
    for samples, table, share in (
        (data, moment.confusion, moment.accuracy),
        (data.test, moment.test_confusion, moment.test_accuracy),
    ):
        said = trainer.predict(samples.inputs)[:, 0] > 0
        truth = np.array(samples.targets)[:, 0] > 0
        wanted = [
            [np.sum((truth == a) & (said == b)) for b in (False, True)] for a in (False, True)
        ]
        assert table.tolist() == wanted
        assert share == np.mean(said == truth)


def test_the_largest_output_is_the_class():
    _, moment = looked(example("softmax-classifier"))
    assert moment.confusion.shape[0] == len(example("softmax-classifier").data.targets[0])


@pytest.mark.parametrize(
    ("name", "hidden", "count"),
    [("circle", "tanh", 2), ("and_table", "sigmoid", 2), ("bump", "tanh", 0), ("plane", "tanh", 0)],
)
def test_targets_say_whether_they_are_classes(name, hidden, count):
    output = "identity" if name == "bump" else "tanh"
    lesson = lesson_for(together(dataset(name, 40)), (2,), output=Choice(output))
    found = classes_of(lesson)
    assert (0 if found is None else found.count) == count


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ((0, 1), (-0.2, 1.2)),
        ((3.0,), (1.5, 4.5)),
        ((-1e15, 1e15), (-1.5e15, 1.5e15)),
        ([-5 + n / 10 for n in range(101)], (-6, 6)),
        ([n / 100 for n in range(101)], (-0.1, 1.1)),
    ],
)
def test_axes_end_at_round_numbers_beyond_the_samples(values, wanted):
    assert span_around(values) == wanted


@given(st.lists(st.floats(-1e15, 1e15), min_size=1, max_size=40))
def test_every_sample_lies_within_the_axes(values):
    low, high = span_around(values)
    assert low < high
    assert low <= min(values)
    assert max(values) <= high


def test_test_samples_lie_within_the_axes_too():
    lesson = example("circle-features")
    wide = replace(lesson.data.test, inputs=((30.0, 0.0), (0.0, -30.0)))
    (x, y) = (each.axis for each in axes_of(lesson, wide))
    assert x.high >= 30
    assert y.low <= -30
