"""The curves of an activation are the numbers of its operation; kinks and flat regions lie where the tables say."""

import math
from random import Random

import numpy as np
import pytest

from explainer.lesson.choice import Choice
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.chosen import activation_operation
from explainer.maths.sampling import SATURATED, Sampler

_TYPED = (
    "z/(1+exp(-z))",
    "max(0, z)",
    "abs(z - 0.3)",
    "exp(-z^2)",
    "min(1, max(-1, z))",
    "sign(z)",
)


def choices():
    return [*(Choice(name) for name in ACTIVATIONS), *(Choice.typed(text) for text in _TYPED)]


@pytest.mark.parametrize("choice", choices(), ids=repr)
def test_every_point_of_the_curves_is_what_the_operation_computes(choice):
    operation = activation_operation(choice)
    sampled = Sampler(choice).over(-6.3, 6.1, 97, {})
    for z, value, slope in zip(sampled.z, sampled.value, sampled.slope, strict=True):
        if not math.isnan(value):
            assert math.isclose(value, operation.value((z,)), rel_tol=1e-12, abs_tol=1e-15)
        if not math.isnan(slope):
            found = operation.partials((z,))[0]
            assert math.isclose(slope, found, rel_tol=1e-11, abs_tol=1e-15)


@pytest.mark.parametrize("name", [name for name, row in ACTIVATIONS.items() if row.parameters])
def test_other_parameters_give_other_curves_of_the_same_compiled_function(name):
    random, row, sampler = Random(name), ACTIVATIONS[name], Sampler(Choice(name))
    for _ in range(5):
        values = {key: round(value * random.uniform(0.6, 1.6), 3) for key, value in row.parameters.items()}  # fmt: skip
        if row.fault is not None and row.fault(values) is not None:
            continue
        operation = activation_operation(Choice(name, values))
        sampled = sampler.over(-4, 4, 41, values)
        for place in range(0, len(sampled.z), 3):
            z = float(sampled.z[place])
            if not math.isnan(sampled.value[place]):
                assert math.isclose(sampled.value[place], operation.value((z,)), rel_tol=1e-12, abs_tol=1e-15)  # fmt: skip
        assert [kink.z for kink in sampled.kinks] == sorted(set(row.kinks_at(values)))


@pytest.mark.parametrize("choice", choices(), ids=repr)
def test_flat_regions_are_flat_and_what_lies_beside_them_is_not(choice):
    operation = activation_operation(choice)
    sampled = Sampler(choice).over(-6, 6, 241, {})
    for region in sampled.regions:
        middle = (region.start + region.end) / 2
        size = abs(operation.partials((middle,))[0])
        assert size == 0 if region.kind == "dead" else size < SATURATED
    assert all(one.end <= other.start for one, other in zip(sampled.regions, sampled.regions[1:], strict=False))  # fmt: skip


def test_the_bounds_of_the_lecture_are_found():
    sigmoid = Sampler(Choice("sigmoid")).over(-8, 8, 1601, {})
    (low, high) = sigmoid.regions
    assert (round(low.end, 1), round(high.start, 1)) == (-4.6, 4.6)
    assert np.nanmax(sigmoid.slope) == 0.25
    relu = Sampler(Choice("relu")).over(-5, 5, 101, {})
    assert [(region.kind, round(region.end, 6)) for region in relu.regions] == [("dead", 0.0)]


def test_a_kink_keeps_its_convention_and_both_sides():
    (kink,) = Sampler(Choice("leaky_relu")).over(-2, 2, 41, {"alpha": 0.1}).kinks
    assert (kink.z, kink.value, kink.slope, kink.slopes) == (0.0, 0.0, 0.1, (0.1, 1.0))
    assert kink.bends
    assert not kink.jumps
    (step,) = Sampler(Choice("heaviside")).over(-2, 2, 40, {}).kinks
    assert step.jumps
    assert (step.value, step.values) == (0.5, (0.0, 1.0))


@pytest.mark.parametrize(
    ("text", "kinks"),
    [("abs(z - 0.3)", [0.3]), ("min(1, max(-1, z))", [-1.0, 1.0]), ("sign(z)", [0.0]), ("z*tanh(z)", []), ("exp(-z^2)", []), ("max(0, z) + abs(z + 2)", [-2.0, 0.0])],
)  # fmt: skip
def test_kinks_of_typed_functions_are_found_and_smooth_ones_have_none(text, kinks):
    found = Sampler(Choice.typed(text)).over(-6, 6, 240, {}).kinks
    assert [kink.z for kink in found] == pytest.approx(kinks)


def test_every_row_says_what_speaks_for_and_against_it():
    for row in ACTIVATIONS.values():
        assert row.pros
        assert row.cons
        assert row.advice is not None
