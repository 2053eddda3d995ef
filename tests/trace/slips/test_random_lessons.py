"""On random lessons of every kind: what a slip gives is named, what is right is never accused.

The slips of the first test are the engine's own; those of the second are worked out here once more, from the numbers that
a trace shows, without its graph.
"""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from explainer.maths.chosen import activation_operation
from explainer.messages import Refused
from explainer.trace.run import run_pass
from explainer.trace.slips.explaining import explain, slips
from explainer.trace.slips.slip import (
    FORGOT_SLOPE,
    HALF,
    MISSING_PATH,
    MIXED,
    NEW_WEIGHT,
    SIGN,
    TWICE,
    USED_Z,
)
from tests.counts import count
from tests.maths.formulas import statements
from tests.properties.everything import any_lessons, one_layer_lessons
from tests.properties.lessons import lessons, nice

# Of each kind of step a lesson has so many are looked at.
MOST_OF_A_KIND = 2
ANY = st.one_of(any_lessons(), any_lessons(), one_layer_lessons(), statements())


def run_of(lesson, passes):
    run = None
    try:
        for index in range(passes if lesson.expression is None else 1):
            run = run_pass(lesson, index, run)
    except Refused:
        assume(False)
    return run


def some_steps(run):
    """Return the first and the last steps of each kind."""
    kinds = {}
    for step in run.summary.steps:
        kinds.setdefault((step.kind, step.address.rpartition(".")[2]), []).append(step)
    return [step for steps in kinds.values() for step in {0: steps[0], 1: steps[-1]}.values()]


@settings(max_examples=count(25, 200), deadline=None)
@given(ANY, st.integers(1, 2), st.sampled_from([1e-9, 1e-4, 1e-2]), st.floats(-0.99, 0.99))
def test_every_slip_is_named_by_its_number_and_what_is_right_by_none(lesson, passes, share, off):
    run = run_of(lesson, passes)
    for step in some_steps(run):
        tolerance = share * max(abs(step.value), 1e-6)
        assert explain(run, step, step.value + off * tolerance, tolerance).status == "right"
        for slip in slips(run, step):
            assert math.isfinite(slip.value)
            said = explain(run, step, slip.value, tolerance)
            equals_right = abs(slip.value - step.value) <= tolerance
            assert (said.status == "right") == equals_right
            assert equals_right or slip.sentence in [found.sentence for found in said.slips]
            assert all(abs(found.value - step.value) > tolerance for found in said.slips)


@pytest.mark.parametrize("digits", [3, 4])
@given(lesson=lessons(nice), data=st.data())
@settings(max_examples=count(10, 100), deadline=None)
def test_a_slip_is_known_by_a_number_written_with_few_digits(digits, lesson, data):
    run = run_of(lesson, 1)
    step = data.draw(st.sampled_from(run.summary.steps))
    tolerance = 0.01 * abs(step.value)
    for slip in slips(run, step):
        written = float(f"{slip.value:.{digits - 1}e}")
        if abs(written - slip.value) > tolerance or abs(written - step.value) <= tolerance:
            continue
        if abs(slip.value - step.value) > tolerance:
            said = explain(run, step, written, tolerance)
            assert slip.sentence in [found.sentence for found in said.slips]


class Oracle:
    """What somebody gets who slips, worked out from the numbers of a pass and from the lesson alone."""

    def __init__(self, lesson, one_pass):
        self.network, self.one_pass, self.lesson = lesson.network, one_pass, lesson

    def of(self, step):
        """Yield sentences with the numbers that they are to be found by."""
        squared = "squared" in self.lesson.loss.choice.name
        if step.phase == "backward":
            yield SIGN, -step.value
            yield (TWICE, 2 * step.value) if squared else (SIGN, -step.value)
            yield (HALF, step.value / 2) if squared else (SIGN, -step.value)
        if step.kind == "delta":
            yield from self.delta(step)
        elif step.kind == "gradient_weight":
            yield from self.weight(step)
        elif step.kind == "update" and self.lesson.update.choice.name == "sgd":
            before = self.one_pass.parameters_before[step.subject]
            gradients = self.one_pass.gradients_clipped or self.one_pass.gradients
            yield "The learning rate was forgotten.", before - gradients[step.subject]

    def slope(self, name, sample):
        """Return f′(z) of a neuron by its operation alone; 1 where it has none."""
        choice = self.network.neuron(name).activation
        if choice.name == "identity":
            return 1.0
        z = self.one_pass.values[str(sample)][f"{name}.z"]
        return activation_operation(choice).partials([z])[0]

    def delta(self, step):
        sample, name = step.sample, step.subject
        neuron, deltas = self.network.neuron(name), self.one_pass.deltas[str(sample)]
        slope = self.slope(name, sample)
        if neuron.activation.name != "identity" and slope:
            yield FORGOT_SLOPE, step.value / slope
        ways = [(deltas[edge.target], edge.weight) for edge in self.network.outgoing(name)]
        if neuron.role == "output" or not ways:
            return
        after, before = self.one_pass.parameters_after, self.one_pass.parameters_before
        yield NEW_WEIGHT, slope * sum(delta * after[weight] for delta, weight in ways)
        if len(ways) > 1:
            delta, weight = ways[0]
            yield MISSING_PATH, step.value - slope * delta * before[weight]

    def weight(self, step):
        sample, (source, target) = step.sample, step.edge
        values, delta = (
            self.one_pass.values[str(sample)],
            self.one_pass.deltas[str(sample)][target],
        )
        slope = self.slope(target, sample)
        if self.network.neuron(target).activation.name != "identity" and slope:
            yield FORGOT_SLOPE, delta / slope * values[source]
        yield MIXED, delta * self.one_pass.parameters_before[step.subject]
        if self.network.neuron(source).role != "input":
            yield USED_Z, delta * values[f"{source}.z"]


@settings(max_examples=count(25, 200), deadline=None)
@given(lessons(nice, ("simultaneous",), extras=False), st.integers(1, 2))
def test_the_well_known_slips_are_found_on_random_networks(lesson, passes):
    run = run_of(lesson, passes)
    oracle = Oracle(lesson, run.summary)
    for step in run.summary.steps:
        tolerance = 1e-6 * abs(step.value)
        for sentence, number in oracle.of(step):
            if abs(number - step.value) <= 2 * tolerance or not math.isfinite(number):
                continue
            said = [slip.sentence.key for slip in explain(run, step, number, tolerance).slips]
            assert str(sentence) in said, (step.kind, step.subject, number)
