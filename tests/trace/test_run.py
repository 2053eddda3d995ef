"""Passes worked out by hand: ties, skips, outputs that feed on, order of updates, rounding, batches."""

import pytest
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.lesson.lesson import Arithmetic, Edge, Loss, Network, Neuron, Parameter, Update
from explainer.messages import Refused
from explainer.trace.batches import batch_of
from explainer.trace.run import trace
from tests.trace.networks import lesson_on, one_neuron


def chain(weights, bias=None):
    """Return x → h → y, linear, its two edges weighted by the named parameters."""
    neurons = (Neuron("x", "input"), Neuron("h", "hidden", bias=bias), Neuron("y", "output"))
    return neurons, (Edge("x", "h", weights[0]), Edge("h", "y", weights[1]))


def only_pass(lesson):
    (run,) = trace(lesson, 1)
    return run.summary


def test_a_tied_weight_gets_the_sum_over_its_uses():
    """ŷ = w²x: with w = 3, x = 2, y = 17 the error is ½, ∂E/∂w = (ŷ − y)·2wx = 12."""
    neurons, edges = chain(["w", "w"])
    found = only_pass(lesson_on(Network(neurons, edges, {"w": 3.0}), ((2.0,),), ((17.0,),)))
    assert found.loss == 0.5
    assert found.gradients == {"w": 12.0}
    uses = [step.value for step in found.steps if step.kind == "gradient_weight"]
    assert sorted(uses) == [6.0, 6.0]
    assert [step.value for step in found.steps if step.kind == "gradient_parameter"] == [12.0]


def test_a_skip_connection_adds_its_own_way():
    """ŷ = (1 + ab)·x with a = 2, b = 3, x = 1: ∂ŷ/∂x is 7 over the two ways."""
    neurons, edges = chain(["a", "b"])
    network = Network(neurons, (*edges, Edge("x", "y", "c")), {"a": 2.0, "b": 3.0, "c": 1.0})
    found = only_pass(lesson_on(network, ((1.0,),), ((6.0,),)))
    assert found.values["0"]["y"] == 7.0
    assert found.input_gradients == {"0": {"x": 7.0}}
    assert found.gradients == {"a": 3.0, "b": 2.0, "c": 1.0}


def test_an_output_that_feeds_another_hears_of_both_errors():
    """y1 = ax, y2 = b·y1 with a = 2, b = 3, x = 1, targets 1 and 5: δ1 = 1 + 3·1."""
    neurons = (Neuron("x", "input"), Neuron("y1", "output"), Neuron("y2", "output"))
    edges = (Edge("x", "y1", "a"), Edge("y1", "y2", "b"))
    network = Network(neurons, edges, {"a": 2.0, "b": 3.0})
    found = only_pass(lesson_on(network, ((1.0,),), ((1.0, 5.0),)))
    assert found.deltas == {"0": {"y1": 4.0, "y2": 1.0}}
    assert found.gradients == {"a": 4.0, "b": 2.0}


class TestOrderOfUpdates:
    """x = 1, a = 2, b = 3, target 4: ŷ = 6, δ = 2, η = ½; b⁺ = 3 − ½·2·2 = 1."""

    @staticmethod
    def after(order, weights=("a", "b"), parameters=None):
        neurons, edges = chain(weights)
        network = Network(neurons, edges, parameters or {"a": 2.0, "b": 3.0})
        lesson = lesson_on(network, ((1.0,),), ((4.0,),))
        update = Update(learning_rate=0.5, order=order)
        return only_pass(replace(lesson, update=update))

    def test_simultaneous_goes_back_over_the_old_weight(self):
        found = self.after("simultaneous")
        assert found.deltas["0"]["h"] == 2 * 3.0
        assert found.parameters_after == {"a": 2 - 0.5 * 6, "b": 1.0}

    def test_in_place_goes_back_over_the_new_one(self):
        found = self.after("in_place")
        assert found.deltas["0"]["h"] == 2 * 1.0
        assert found.parameters_after == {"a": 2 - 0.5 * 2, "b": 1.0}
        kinds = [step.kind for step in found.steps if step.phase in ("backward", "update")]
        assert kinds == ["delta", "gradient_weight", "update"] * 2

    def test_in_place_a_frozen_weight_stays(self):
        found = self.after("in_place", parameters={"a": 2.0, "b": Parameter(3.0, trainable=False)})
        assert found.deltas["0"]["h"] == 6.0
        assert found.parameters_after == {"a": -1.0, "b": 3.0}
        assert found.gradients["b"] == 4.0

    def test_in_place_a_weight_used_at_two_depths_waits_for_its_last_contribution(self):
        """w = 2 in both places, ŷ = 4, target 4.5: the way back still sees the old w."""
        neurons, edges = chain(["w", "w"])
        lesson = lesson_on(Network(neurons, edges, {"w": 2.0}), ((1.0,),), ((4.5,),))
        found = only_pass(replace(lesson, update=Update(learning_rate=0.5, order="in_place")))
        assert found.deltas["0"]["h"] == -0.5 * 2.0
        assert found.gradients == {"w": -0.5 * 2 - 1.0 * 1}
        assert [step.kind for step in found.steps].count("update") == 1


class TestRounding:
    """As on paper: what is written down is rounded, and only what is written down is used."""

    @staticmethod
    def lecture(**rounding):
        arithmetic = Arithmetic("rounded", **rounding)
        return trace(replace(example("lecture-2-2-1"), arithmetic=arithmetic), 2)

    def test_to_two_decimals(self):
        """ŷ = 0.19, E = 0.33, Δ = −0.81; h₁: −0.81·0.14 = −0.1134 → −0.11; w₁: −0.22 → 0.12."""
        first, second = (run.summary for run in self.lecture(decimals=2))
        assert first.values["0"]["o1"] == 0.19
        assert first.loss == 0.33
        assert first.deltas["0"] == {"o1": -0.81, "h1": -0.11, "h2": -0.12}
        assert first.gradients == {
            "w1": -0.22, "w2": -0.33, "w3": -0.24, "w4": -0.36, "w5": -0.69, "w6": -0.39,
        }  # fmt: skip
        assert first.parameters_after == {
            "w1": 0.12, "w2": 0.23, "w3": 0.13, "w4": 0.1, "w5": 0.17, "w6": 0.17,
        }  # fmt: skip
        assert second.values["0"] == {
            "i1": 2.0, "i2": 3.0, "h1.z": 0.93, "h1": 0.93, "h2.z": 0.56, "h2": 0.56,
            "o1.z": 0.25, "o1": 0.25,
        }  # fmt: skip

    def test_to_two_significant_digits(self):
        first = self.lecture(significant=2)[0].summary
        assert first.values["0"]["o1"] == 0.19
        assert first.loss == 0.33
        assert first.deltas["0"] == {"o1": -0.81, "h1": -0.11, "h2": -0.12}

    @pytest.mark.parametrize(("ties", "wanted"), [("half_up", 0.13), ("half_even", 0.12)])
    def test_ties(self, ties, wanted):
        neurons = (Neuron("x", "input"), Neuron("y", "output"))
        network = Network(neurons, (Edge("x", "y", "w"),), {"w": 0.25})
        lesson = lesson_on(network, ((0.5,),), ((0.0,),))
        arithmetic = Arithmetic("rounded", decimals=2, ties=ties)
        assert only_pass(replace(lesson, arithmetic=arithmetic)).values["0"]["y"] == wanted

    def test_a_decimal_tie_is_a_tie_even_where_no_double_is(self):
        """1.005 is a little less as a double; written down it is a tie, and goes up."""
        neurons = (Neuron("x", "input"), Neuron("y", "output"))
        network = Network(neurons, (Edge("x", "y", "w"),), {"w": 1.005})
        lesson = lesson_on(network, ((1.0,),), ((0.0,),))
        arithmetic = Arithmetic("rounded", decimals=2)
        assert only_pass(replace(lesson, arithmetic=arithmetic)).values["0"]["y"] == 1.01

    def test_no_minus_zero(self):
        lesson = replace(one_neuron("tanh", -0.001), arithmetic=Arithmetic("rounded", decimals=2))
        assert str(only_pass(lesson).values["0"]["y"]) == "0.0"


class TestBatches:
    LESSON = lesson_on(
        Network((Neuron("x", "input"), Neuron("y", "output")), (Edge("x", "y", "w"),), {"w": 1.0}),
        ((1.0,), (2.0,), (3.0,)),
        ((0.0,), (0.0,), (0.0,)),
    )

    def with_batch(self, size, reduction="mean"):
        update = Update(batch_size=size, learning_rate=0.1)
        return replace(self.LESSON, update=update, loss=Loss(reduction=reduction))

    def test_the_last_batch_may_be_smaller_and_is_averaged_over_its_own_size(self):
        first, second, third = (run.summary for run in trace(self.with_batch(2), 3))
        assert (first.samples, second.samples, third.samples) == ((0, 1), (2,), (0, 1))
        assert (first.epoch, second.epoch, third.epoch) == (1, 1, 2)
        assert first.gradients == {"w": (1 + 4) / 2}
        assert first.parameters_after == {"w": 0.75}
        assert second.gradients == {"w": 9 * 0.75}

    def test_a_sum_is_not_averaged(self):
        assert only_pass(self.with_batch("all", "sum")).gradients == {"w": 14.0}
        assert only_pass(self.with_batch("all", "sum")).loss == 7.0

    def test_deltas_and_input_gradients_are_those_of_the_sample(self):
        found = only_pass(self.with_batch("all"))
        assert found.deltas == {"0": {"y": 1.0}, "1": {"y": 2.0}, "2": {"y": 3.0}}
        assert found.input_gradients == {"0": {"x": 1.0}, "1": {"x": 2.0}, "2": {"x": 3.0}}

    def test_a_batch_larger_than_the_data_is_all_of_it(self):
        assert batch_of(self.with_batch(7), 4) == (0, 1, 2)


def test_numbers_that_grow_too_large_are_refused_naming_the_place():
    with pytest.raises(Refused, match=r"y\.z.*sample 1.*smaller"):
        trace(replace(one_neuron("identity", 1e308), data=lesson_on_large_input()))


def lesson_on_large_input():
    return lesson_on(one_neuron("identity", 1.0).network, ((1e308,),), ((0.0,),)).data


def test_a_saturated_sigmoid_still_has_its_slope():
    """σ′(−50) = 1.9·10⁻²²: naive 1 − a loses it on the other side, where it is as small."""
    low = only_pass(one_neuron("sigmoid", -50.0, 1.0)).gradients["w"]
    high = only_pass(one_neuron("sigmoid", 50.0, 0.0)).gradients["w"]
    assert high == pytest.approx(1.928749847963918e-22, rel=1e-12)
    assert low == pytest.approx(-1.928749847963918e-22, rel=1e-12)


def test_an_activation_with_no_slope_stops_the_gradient():
    found = only_pass(
        replace(one_neuron("relu", -2.0), update=Update(Choice("sgd"), learning_rate=0.5))
    )
    assert found.gradients == {"w": 0.0}
    assert found.parameters_after == {"w": -2.0}
