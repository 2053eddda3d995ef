"""Array forms and kernels by hand give what the scalar operations of the rows give."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.lesson.choice import Choice
from explainer.maths import operations, update_operations
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.array_operations import array_partials, array_value
from explainer.maths.losses import LOSSES
from explainer.maths.penalties import PENALTIES
from explainer.maths.typed_activation import typed_activation
from explainer.maths.typed_arrays import typed_arrays
from explainer.maths.updates import UPDATES
from explainer.training.kernels import kernel_for
from tests.properties.everything import TYPED

RELATIVE, ABSOLUTE = 1e-12, 1e-15
POINTS = [
    *np.linspace(-6, 6, 97).tolist(), 1e-8, -1e-8, 12.5, -12.5, 30.0, -30.0, 700.0, -700.0, 1000.0, -1000.0
]  # fmt: skip
BY_HAND = ["tanh", "sigmoid", "relu", "identity"]


def same(found, expected):
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert math.isclose(one, other, rel_tol=RELATIVE, abs_tol=ABSOLUTE), (one, other)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_over_an_array(name):
    operation = operations.activation(name)
    z = np.array(POINTS)
    same(array_value(operation, [z]), [operation.value((x,)) for x in POINTS])
    same(array_partials(operation, [z])[0], [operation.partials((x,))[0] for x in POINTS])


def test_a_learnt_slope_over_an_array():
    operation = operations.activation("prelu", (), ("alpha",))
    z, alpha = np.array(POINTS), np.array([[0.25], [-1.5]])
    value, partials = array_value(operation, [z, alpha]), array_partials(operation, [z, alpha])
    for row, slope in enumerate(alpha[:, 0]):
        same(value[row], [operation.value((x, slope)) for x in POINTS])
        for at in range(2):
            same(partials[at][row], [operation.partials((x, slope))[at] for x in POINTS])


def computed(name, *, careful):
    kernel = kernel_for(Choice(name), careful=careful)
    z = np.array([POINTS, POINTS[::-1]])
    a, s = np.full_like(z, np.nan), np.full_like(z, np.nan)
    with np.errstate(all="ignore"):
        for call in [*kernel.value(z, a), *kernel.slope(z, a, s)]:
            call()
    same(a[0], a[1][::-1])
    return a[0], s[0]


@pytest.mark.parametrize("careful", [False, True])
@pytest.mark.parametrize("name", BY_HAND)
def test_a_kernel_by_hand_is_its_row(name, careful):
    operation = operations.activation(name)
    value, slope = computed(name, careful=careful)
    same(value, [operation.value((x,)) for x in POINTS])
    same(slope, [operation.partials((x,))[0] for x in POINTS])


@pytest.mark.parametrize("name", ["tanh", "sigmoid"])
def test_a_careful_kernel_keeps_every_digit_of_a_small_slope(name):
    operation = operations.activation(name)
    _, slope = computed(name, careful=True)
    for found, x in zip(slope, POINTS, strict=True):
        if abs(x) <= 300:
            assert math.isclose(found, operation.partials((x,))[0], rel_tol=RELATIVE)


@pytest.mark.parametrize(
    "text", [*TYPED, "sqrt(abs(z))", "exp(z)*exp(-z)*z", "max(z, 0)", "z^3 - z"]
)
def test_a_typed_activation_over_an_array(text):
    operation = typed_activation(text)
    points = [*POINTS[:40], 0.0, 2.5, -2.5, 40.0]
    arrays, z = typed_arrays(operation), np.array(points)
    same(arrays.value(z), [operation.value((x,)) for x in points])
    for found, x in zip(arrays.slope(z), points, strict=True):
        expected = operation.partials((x,))[0]
        both_none = not math.isfinite(found) and not math.isfinite(expected)
        assert both_none or math.isclose(found, expected, rel_tol=RELATIVE, abs_tol=ABSOLUTE)


@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.parametrize("name", LOSSES)
def test_every_loss_over_an_array(name, outputs):
    low, high = LOSSES[name].targets
    draw = np.random.default_rng(7)
    predictions = draw.uniform(0.01, 0.99, (outputs, 20))
    targets = draw.uniform(max(low, -2), min(high, 2), (outputs, 20))
    targets[:, :3] = 1.0
    operation = operations.loss(name, outputs)
    rows = [*predictions, *targets]
    samples = [[float(row[at]) for row in rows] for at in range(20)]
    same(array_value(operation, rows), [operation.value(sample) for sample in samples])
    for at, found in enumerate(array_partials(operation, rows)):
        same(found, [operation.partials(sample)[at] for sample in samples])


@pytest.mark.parametrize("name", PENALTIES)
def test_every_penalty_over_an_array(name):
    operation = update_operations.penalty(name, 1)
    points = [0.2, 0.5, 1.0, 2.0, 1e-9]
    factor = operation.factor.value(())
    same(
        factor * array_value(operation.term, [np.array(points)]),
        [operation.value((x,)) for x in points],
    )


@pytest.mark.parametrize("name", UPDATES)
def test_every_stage_of_every_rule_over_an_array(name):
    draw = np.random.default_rng(5)
    arguments = [draw.uniform(0.1, 1, 6), draw.uniform(-1, 1, 6), np.array(0.1), np.array(3.0)]
    arguments += [draw.uniform(0.1, 1, 6) for _ in UPDATES[name].memory]
    for _, operation in update_operations.stages(name):
        found = array_value(operation, arguments)
        spread = np.broadcast_arrays(*arguments)
        same(found, [operation.value([float(part[at]) for part in spread]) for at in range(6)])
        arguments.append(found)


@given(
    st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=5), st.sampled_from(list(ACTIVATIONS))
)
def test_nothing_that_has_a_value_comes_out_as_none(points, name):
    operation = operations.activation(name)
    same(array_value(operation, [np.array(points)]), [operation.value((x,)) for x in points])
