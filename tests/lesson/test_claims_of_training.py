"""What the lessons on losses, training and gradients claim."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.messages import Refused
from explainer.trace.run import trace
from tests.lesson.claims import one_pass, passes, said, with_parameters, with_update

CHAIN = ("h1", "h2", "h3", "h4", "h5", "o1")


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


def deltas(run, sample="0"):
    return run.summary.deltas[sample]


def test_logistic_regression_in_one_dimension_by_hand():
    """z = 0, ŷ = 1/2, E = ln 2; ∂E/∂z = ŷ − y = −1/2, times x = 2 for w."""
    run = one_pass("logistic-regression-1d")
    assert run.summary.values["0"]["o1"] == 0.5
    assert run.loss == pytest.approx(math.log(2), rel=1e-15)
    assert deltas(run)["o1"] == pytest.approx(-0.5, rel=1e-15)
    assert run.gradients == pytest.approx({"w": -1, "b": -0.5}, rel=1e-15)


def test_cross_entropy_leaves_the_plain_difference():
    lesson = example("logistic-cross-entropy")
    run = one_pass("logistic-cross-entropy")
    differences = []
    for sample, ((x1, x2), (y,)) in enumerate(
        zip(lesson.data.inputs, lesson.data.targets, strict=True)
    ):
        z = x1 - x2 + 0.5
        # The lecture's log-odds: z is ln(P/(1 − P)).
        assert math.log(sigmoid(z) / (1 - sigmoid(z))) == pytest.approx(z, rel=1e-12)
        differences.append((sigmoid(z) - y, x1, x2))
        assert deltas(run, str(sample))["o1"] == pytest.approx(sigmoid(z) - y, rel=1e-12)
    means = {
        "w1": sum(d * x1 for d, x1, _ in differences) / 3,
        "w2": sum(d * x2 for d, _, x2 in differences) / 3,
        "b": sum(d for d, _, _ in differences) / 3,
    }
    assert run.gradients == pytest.approx(means, rel=1e-12)


def test_softmax_and_cross_entropy_leave_the_plain_difference():
    first, second = passes("softmax-classifier", 2)
    exponentials = [math.exp(z) for z in (2, 1, 0)]
    shares = [e / sum(exponentials) for e in exponentials]
    found = [first.summary.values["0"][name] for name in ("o1", "o2", "o3")]
    assert found == pytest.approx(shares, rel=1e-12)
    wanted = {"o1": shares[0], "o2": shares[1] - 1, "o3": shares[2]}
    assert deltas(first) == pytest.approx(wanted, rel=1e-12)
    assert sum(deltas(first).values()) == pytest.approx(0, abs=1e-15)
    change = [second.summary.values["0"][f"o{k}"] - shares[k - 1] for k in (1, 2, 3)]
    assert change[1] > 0
    assert sum(change) == pytest.approx(0, abs=1e-15)


def test_adding_to_all_biases_changes_nothing():
    lesson = with_parameters(example("softmax-classifier"), b1=5, b2=5.1, b3=5)
    assert trace(lesson, 1)[0].loss == pytest.approx(one_pass("softmax-classifier").loss, rel=1e-12)


def test_a_saturated_sigmoid_learns_slowly_from_squares_and_fast_from_cross_entropy():
    squares, entropy = one_pass("saturated-squared-error"), one_pass("saturated-cross-entropy")
    answer = sigmoid(4)
    slope = answer * (1 - answer)
    assert squares.gradients["w"] == pytest.approx(answer * slope, rel=1e-12)
    assert entropy.gradients["w"] == pytest.approx(answer, rel=1e-12)
    assert squares.gradients["w"] < 0.018
    assert entropy.gradients["w"] / squares.gradients["w"] > 50
    said("saturated-squared-error", "0.018", "0.98", "0.15")
    assert round(slope, 3) == 0.018
    assert round(answer, 2) == 0.98


def test_one_mistake_costs_four_times_the_other():
    first, second = passes("asymmetric-regression", 2)
    assert first.summary.loss_per_sample == (1, 4)
    assert (deltas(first, "0")["o1"], deltas(first, "1")["o1"]) == (2, -8)
    assert second.summary.values["0"]["o1"] == pytest.approx(2.6, rel=1e-12)
    assert second.gradients == pytest.approx({"w": 0, "b": 0}, abs=1e-12)


@pytest.mark.parametrize(("rate", "factor"), [(0.6, -1.4), (0.1, 0.6), (0.25, 0.0), (0.5, -1.0)])
def test_a_step_multiplies_the_distance(rate, factor):
    lesson = with_update(example("descent-learning-rate"), learning_rate=rate)
    for n, run in enumerate(trace(lesson, 6)):
        assert run.end.parameters["w"] - 1 == pytest.approx(factor ** (n + 1), abs=1e-12)
    said("descent-learning-rate", "0.6", "1.4", "−0.4", "2.96", "0.1", "0.25", "0.5")


def test_equal_weights_stay_equal():
    for run in passes("symmetric-weights", 20):
        for one, other in (("w1", "w3"), ("w2", "w4"), ("w5", "w6")):
            assert run.end.parameters[one] == run.end.parameters[other]
        assert run.end.parameters != run.start.parameters


def test_one_changed_weight_ends_the_symmetry():
    for run in trace(with_parameters(example("symmetric-weights"), w1=0.51), 20):
        for one, other in (("w1", "w3"), ("w2", "w4"), ("w5", "w6")):
            assert run.gradients[one] != run.gradients[other]


def test_adam_takes_first_steps_of_one_length():
    run = one_pass("adam")
    assert run.gradients == pytest.approx({"w1": 0.2, "w2": 20}, rel=1e-12)
    steps = [run.start.parameters[name] - run.end.parameters[name] for name in ("w1", "w2")]
    assert steps == pytest.approx([0.1, 0.1], rel=1e-6)
    # m = 0.1·g and v = 0.001·g² before they are corrected.
    assert run.end.state["w2"]["m"] == pytest.approx(2, rel=1e-12)
    assert run.end.state["w2"]["v"] == pytest.approx(0.4, rel=1e-12)


def test_weight_decay_shrinks_weights_where_nothing_is_wrong():
    run = one_pass("weight-decay")
    assert run.error_of(0) == 0
    assert run.loss == pytest.approx(0.5 * 0.5 * (16 + 1), rel=1e-15)
    assert run.end.parameters == pytest.approx({"w1": 4 * 0.95, "w2": -0.95, "b": 1}, rel=1e-15)
    lengths = [math.hypot(r.end.parameters["w1"], r.end.parameters["w2"]) for r in passes("weight-decay", 20)]  # fmt: skip
    assert all(later < earlier for earlier, later in pairwise(lengths))


def test_the_entropy_penalty_rewards_confidence_with_the_lecture_s_sign():
    lesson = example("entropy-penalty")

    def entropy(rate):
        asked = replace(lesson, penalty=Choice("entropy", {"rate": rate}) if rate else None)
        outputs = trace(asked, 60)[-1].summary.values["0"]
        return -sum(outputs[name] * math.log(outputs[name]) for name in ("o1", "o2", "o3"))

    assert entropy(0.5) < entropy(0) < entropy(-0.5)


def test_the_gradient_vanishes():
    run = one_pass("vanishing-gradient")
    sizes = [abs(deltas(run)[name]) for name in CHAIN]
    assert all(later >= 4 * earlier for earlier, later in pairwise(sizes))
    assert sizes[-1] > 1000 * sizes[0]
    # By hand: ∂E/∂z of a layer is that of the next times w = 1 and the slope a(1 − a) ≤ 1/4.
    outputs = run.summary.values["0"]
    for earlier, later in pairwise(CHAIN):
        slope = outputs[earlier] * (1 - outputs[earlier])
        assert slope <= 0.25
        assert deltas(run)[earlier] == pytest.approx(deltas(run)[later] * slope, rel=1e-12)


def test_the_gradient_explodes():
    runs = passes("exploding-gradient", 4)
    assert deltas(runs[0]) == {"o1": 31, "h4": 62, "h3": 124, "h2": 248, "h1": 496}
    assert set(runs[0].end.parameters.values()) == {2 - 0.01 * 496}
    assert runs[0].loss == 480.5
    assert runs[1].loss > 26_000
    assert all(abs(value) > 1e18 for value in runs[2].end.parameters.values())
    with pytest.raises(Refused, match="grew too large"):
        passes("exploding-gradient", 5)
    said("exploding-gradient", "−2.96", "10¹⁸", "31, 62, 124, 248, 496")


def test_clipping_by_norm_shortens_and_keeps_the_direction():
    runs = passes("clipping-by-norm", 60)
    assert runs[0].gradients == passes("exploding-gradient", 1)[0].gradients
    assert runs[0].clip_norm == pytest.approx(496 * math.sqrt(5), rel=1e-15)
    for run in runs:
        assert math.hypot(*run.clipped.values()) <= 10 * (1 + 1e-12)
        ratios = [run.clipped[name] / run.gradients[name] for name in run.gradients]
        assert ratios == pytest.approx([ratios[0]] * 5, rel=1e-12)
    assert all(later.loss < earlier.loss for earlier, later in pairwise(runs))
    move = runs[0].start.parameters["w1"] - runs[0].end.parameters["w1"]
    assert round(move, 3) == 0.045


def test_clipping_by_value_cuts_the_large_components_only():
    run = one_pass("clipping-by-value")
    others = {f"w{k}": 0.48 for k in (2, 3, 4, 5)}
    assert run.gradients == pytest.approx({"w1": 9.6, **others}, rel=1e-12)
    assert run.clipped == pytest.approx({"w1": 1, **others}, rel=1e-12)


def test_a_dead_relu_learns_nothing():
    runs = passes("dead-relu", 100)
    for run in runs:
        assert (run.gradients["w1"], run.gradients["b1"], run.gradients["w2"]) == (0, 0, 0)
        assert deltas(run, "0")["h1"] == deltas(run, "1")["h1"] == 0
        assert run.gradients["b2"] != 0
    assert runs[-1].end.parameters["b2"] == pytest.approx(1.5, abs=1e-3)


def test_a_leaky_relu_comes_back_to_life():
    runs = passes("leaky-relu", 12)
    first = runs[0]
    assert 0 not in (first.gradients["w1"], first.gradients["b1"], first.gradients["w2"])
    positive = [run.summary.values["1"]["h1.z"] > 0 for run in runs]
    assert positive.index(True) == 5
    assert all(positive[5:])
    assert runs[-1].loss < passes("dead-relu", 12)[-1].loss / 10
