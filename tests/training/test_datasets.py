"""The data sets: reproducible, split, with the classes where the Playground has them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.lesson.inputs import received_in
from explainer.messages import Refused
from explainer.training.datasets import DATASETS, FEATURES, dataset, together

CLASSES = ("circle", "xor", "gaussian", "spiral", "half_moons")


def rows(split):
    for part in split:
        yield from zip(part.inputs, (target for (target,) in part.targets), strict=True)


@pytest.mark.parametrize("name", DATASETS)
def test_a_seed_draws_the_same_and_another_seed_another(name):
    row = DATASETS[name]
    one = dataset(name, 60, noise=0.2, seed=3)
    assert one == dataset(name, 60, noise=0.2, seed=3)
    if row.fixed is None:
        assert one != dataset(name, 60, noise=0.2, seed=4)
        assert (len(one.training.inputs), len(one.test.inputs)) == (30, 30)
    assert {len(inputs) for inputs, _ in rows(one)} == {row.inputs}


@given(
    st.sampled_from(list(DATASETS)),
    st.integers(2, 80),
    st.floats(0, 0.5),
    st.floats(0.01, 1),
    st.integers(0, 9),
)
def test_any_wish_gives_samples(name, samples, noise, share, seed):
    split = dataset(name, samples, noise=noise, seed=seed, training_share=share)
    found = list(rows(split))
    assert len(found) == (DATASETS[name].fixed or samples)
    assert split.training.inputs
    assert all(
        map(math.isfinite, (value for inputs, target in found for value in (*inputs, target)))
    )


@pytest.mark.parametrize("name", CLASSES)
def test_classes_are_even_and_may_be_zero_and_one(name):
    targets = [target for _, target in rows(dataset(name, 400))]
    assert set(targets) == {-1.0, 1.0}
    assert 0.35 < targets.count(1.0) / 400 < 0.65
    shares = [target for _, target in rows(dataset(name, 400, zero_one=True))]
    assert shares == [max(0.0, target) for target in targets]


def test_the_circle_is_a_disc_in_a_ring():
    for (x, y), target in rows(dataset("circle", 300)):
        distance = math.hypot(x, y)
        assert distance <= 2.5 if target > 0 else 3.5 <= distance <= 5


def test_exclusive_or_leaves_a_gap_along_the_axes():
    for (x, y), target in rows(dataset("xor", 300)):
        assert target == (1.0 if x * y >= 0 else -1.0)
        assert 0.3 <= abs(x) <= 5.3
        assert 0.3 <= abs(y) <= 5.3


def test_two_gaussians_lie_around_their_centres():
    found = [(x, y) for (x, y), target in rows(dataset("gaussian", 2000)) if target > 0]
    for values in zip(*found, strict=True):
        mean = sum(values) / len(values)
        assert abs(mean - 2) < 0.1
        variance = sum((value - mean) ** 2 for value in values) / len(values)
        assert abs(variance - 0.5) < 0.1


def test_the_two_arms_of_the_spiral_are_each_other_turned_half_round():
    found = {tuple(round(value, 9) + 0.0 for value in inputs): target for inputs, target in rows(dataset("spiral", 200))}  # fmt: skip
    turned = {(-x + 0.0, -y + 0.0) for x, y in found}
    assert turned == set(found)


def test_the_plane_and_the_hills():
    assert all(target == pytest.approx((x + y) / 10) for (x, y), target in rows(dataset("plane")))
    for (x, y), target in rows(dataset("multi_gaussian", 300)):
        assert abs(target) <= 1
        if math.hypot(x, y - 2.5) < 1:
            assert target < 0


@pytest.mark.parametrize(
    ("name", "answers"),
    [("and_table", [0, 0, 0, 1]), ("or_table", [0, 1, 1, 1]), ("xor_table", [0, 1, 1, 0])],
)
def test_truth_tables(name, answers):
    split = dataset(name)
    assert split.training.inputs == ((0, 0), (0, 1), (1, 0), (1, 1))
    assert [target for (target,) in split.training.targets] == answers
    assert split.test.inputs == ()


def test_features_are_computed_columns_and_the_rest_is_held_out():
    split = dataset("spiral", 20)
    data = together(split, FEATURES)
    x, y = data.inputs[3]
    wanted = (x, y, x * x, y * y, x * y, math.sin(x), math.sin(y))
    assert received_in(data, data.inputs[3]) == pytest.approx(wanted, rel=1e-15)
    assert (data.test.inputs, data.test.targets) == (split.test.inputs, split.test.targets)
    assert together(dataset("xor_table")).test is None


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"name": "no"}, "no data set"),
        ({"name": "circle", "samples": 1}, "from 2"),
        ({"name": "circle", "noise": 0.6}, "noise"),
        ({"name": "circle", "training_share": 0.0}, "share"),
    ],
)
def test_what_there_cannot_be_is_refused(arguments, word):
    with pytest.raises(Refused, match=word):
        dataset(**arguments)
