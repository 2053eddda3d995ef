"""The operations of a layer as the check defines them, against the operations of the trace, and against differences."""

import mpmath
import pytest

from explainer.maths import composition, layer_definitions, layers, operations
from explainer.maths.batch_variance import BatchVariance
from explainer.maths.composition import Part
from explainer.maths.softmax import softmax

NUMBERS = [0.3, -1.2, 0.7, 2.1, -0.4, 0.25]
# What the check defines, what the trace computes with, and in which order that takes the arguments.
PAIRS = {
    "weighted sum": (layer_definitions.WeightedSum(), operations.weighted_sum(2, True), range(5)),
    "sum without bias": (layer_definitions.WeightedSum(), operations.weighted_sum(2, False), range(4)),
    "largest": (layer_definitions.Largest(), layers.maxout(4), range(4)),
    "softmax": (layer_definitions.Softmax(1), softmax(1, 3), range(3)),
    "mean": (layer_definitions.Mean(), operations.batch(4, "mean"), range(4)),
    "variance": (layer_definitions.Variance(), BatchVariance(4), range(5)),
    "normalised": (layer_definitions.normalised(1e-3), layers.normalised(1e-3), (0, 1, 2)),
    "scaled": (layer_definitions.scaled(), layers.scaled(), (1, 0, 2)),
    **{
        f"dropout {scaling} {training}": (
            layer_definitions.dropped(0.3, scaling, trained=training),
            layers.dropout(0.3, scaling, training=training),
            (0, 1),
        )
        for scaling in ("inverted", "at_application")
        for training in (True, False)
    },
}  # fmt: skip


@pytest.fixture(params=PAIRS, autouse=True)
def pair(request):
    return PAIRS[request.param]


def arguments(order):
    return [mpmath.mpf(NUMBERS[place]) for place in sorted(order)]


def test_the_values_are_the_same(pair):
    definition, operation, order = pair
    x = arguments(order)
    found = definition.value(x)
    assert float(found) == pytest.approx(operation.value([float(x[at]) for at in order]), rel=1e-15)
    assert definition.magnitude(x) >= abs(found)


def test_the_slopes_are_differences(pair):
    definition, _, order = pair
    with mpmath.workdps(40):
        x, step = arguments(order), mpmath.mpf("1e-15")
        carried = [1] * len(x)
        for place, slope in enumerate(definition.slopes(x, carried)):
            before, after = list(x), list(x)
            before[place], after[place] = x[place] - step, x[place] + step
            difference = (definition.value(after) - definition.value(before)) / (2 * step)
            assert mpmath.almosteq(slope.value, difference, 1e-14, 1e-25)
            assert slope.terms >= abs(slope.value) * (1 - mpmath.mpf("1e-30"))


def test_what_a_slope_carries_bounds_how_it_changes(pair):
    definition, _, order = pair
    with mpmath.workdps(40):
        x, step = arguments(order), mpmath.mpf("1e-12")
        for moved in range(len(definition.slopes(x, [0] * len(x)))):
            carried = [int(at == moved) for at in range(len(x))]
            after = [value + step * part for value, part in zip(x, carried, strict=True)]
            here, there = definition.slopes(x, carried), definition.slopes(after, carried)
            for one, other in zip(here, there, strict=True):
                # The parameters of a normalised neuron, and the factors of a sum's products, are what they are.
                bound = one.carried * step * (1 + mpmath.mpf("1e-9"))
                exact = definition is PAIRS["scaled"][0] and moved
                assert exact or abs(other.value - one.value) <= bound + mpmath.mpf("1e-22")


def test_the_expression_is_worth_the_value(pair):
    definition, _, order = pair
    x = arguments(order)
    names = composition.numbered("u", len(x))
    parts = [Part(name, value) for name, value in zip(names, x, strict=True)]
    known = dict(zip(names, x, strict=True))
    found = composition.evaluated(definition.composed(parts, known), known)
    assert mpmath.almosteq(found, definition.value(x), 1e-14)


def test_only_the_largest_of_several_has_a_kink(pair):
    definition, _, order = pair
    tied = [mpmath.mpf(1)] * len(order)
    is_largest = isinstance(definition, layer_definitions.Largest)
    assert definition.is_near_kink(tied, 1e-9) is is_largest
    assert not definition.is_near_kink(arguments(order), 1e-9)
