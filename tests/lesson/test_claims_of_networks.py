"""What the lessons on special neurons, tied weights and the derivative by the input claim."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.trace.run import trace
from tests.lesson.claims import answers, one_pass, passes, said, with_data, with_parameters

HIDDEN = ("h1", "h2", "h3", "h4")
# The weights into and out of each hidden neuron of the lesson on dropout.
OF_NEURON = {f"h{k}": {f"w{2 * k - 1}", f"w{2 * k}", f"v{k}"} for k in (1, 2, 3, 4)}


def masks(run):
    """Return which hidden neurons were on in a pass."""
    return {name for name in HIDDEN if run.values[run.graph.place[0, f"{name}.mask"]]}


def test_dropout_trains_another_network_in_every_pass():
    runs = passes("dropout", 3)
    assert [masks(run) for run in runs] == [{"h1", "h3"}, {"h2", "h4"}, {"h2", "h3"}]
    for run in runs:
        for name in HIDDEN:
            off = name not in masks(run)
            value = run.summary.values["0"][name]
            assert (value == 0) is off
            moved = {n for n in OF_NEURON[name] if run.end.parameters[n] != run.start.parameters[n]}
            assert moved == (set() if off else OF_NEURON[name])


def test_half_of_the_neurons_are_off_on_average():
    runs = trace(example("dropout"), 200)
    assert 340 < sum(len(masks(run)) for run in runs) < 460


def test_another_seed_draws_other_masks_and_the_same_seed_the_same():
    lesson = example("dropout")
    drawn = [[masks(run) for run in trace(replace(lesson, seed=seed), 8)] for seed in (4, 4, 5)]
    assert drawn[0] == drawn[1] != drawn[2]


def test_the_applied_network_answers_what_the_masks_give_on_average():
    """The output is linear in the masks: over all 16 of them it is the sum of vₖ·hₖ times 1/2."""
    run = one_pass("dropout-applied")
    hidden = {"h1": 0.5 + 0.5, "h2": 1 - 0.5, "h3": -0.5 + 2, "h4": 0.5 + 1}
    full = 0.5 * hidden["h1"] + 1 * hidden["h2"] + 0.5 * hidden["h3"] + 1 * hidden["h4"]
    assert run.summary.values["0"]["o1"] == pytest.approx(full / 2, rel=1e-15)
    assert all(run.summary.values["0"][name] == value / 2 for name, value in hidden.items())
    assert run.end.parameters == run.start.parameters


def test_batch_normalisation_gives_mean_0_and_variance_1():
    run = one_pass("batch-norm")
    values = [run.summary.values[str(sample)]["h1.normalised"] for sample in range(4)]
    assert values == pytest.approx([-1.4, -0.2, 0.2, 1.4], rel=1e-6)
    mean = sum(values) / 4
    assert mean == pytest.approx(0, abs=1e-15)
    # ε = 10⁻⁵ beside the variance 25 leaves a little less than 1.
    assert sum((value - mean) ** 2 for value in values) / 4 == pytest.approx(25 / (25 + 1e-5), rel=1e-12)  # fmt: skip
    sums = [run.summary.values[str(sample)]["h1.z"] for sample in range(4)]
    assert sums == [0, 6, 8, 14]


def test_batch_normalisation_takes_the_length_of_the_weight_away():
    run = one_pass("batch-norm")
    assert abs(run.gradients["w1"]) < 1e-6
    assert abs(run.gradients["gamma"]) > 0.05


def test_the_applied_network_normalises_by_running_averages():
    lesson = example("batch-norm-applied")
    assert lesson.state.neurons["h1"] == {"running_mean": 7, "running_variance": 100 / 3}
    first = one_pass("batch-norm-applied")
    assert round(first.summary.values["0"]["h1.normalised"], 2) == -1.21
    # One object's answer does not depend on the others.
    alone = answers(with_data(lesson, ((3,),), ((0,),)))
    assert alone == answers(lesson)[1:2]
    said("batch-norm-applied", "33.3", "−1.4", "−1.21")


def test_the_running_averages_of_training_lead_there():
    state = passes("batch-norm", 400)[-1].end.state["h1"]
    wanted = example("batch-norm-applied").state.neurons["h1"]
    # γ, β and w₂ learn meanwhile, w₁ hardly: its sums stay 0, 6, 8, 14.
    assert state == pytest.approx(wanted, rel=1e-3)


def test_prelu_learns_its_slope_from_negative_sums():
    run = one_pass("prelu")
    # Mean over both samples; only the first has z = −2 < 0: δ·w₂·z = 1·2·(−2).
    assert run.gradients["alpha"] == pytest.approx(1 * 2 * -2 / 2, rel=1e-15)
    assert run.end.parameters["alpha"] == pytest.approx(0.45, rel=1e-15)
    assert answers(example("prelu"), {"alpha": 0.5}) == [-2, 2]


def test_maxout_takes_the_larger_piece_and_learns_on_its_side():
    run = one_pass("maxout")
    for sample, (x,) in enumerate(example("maxout").data.inputs):
        assert run.summary.values[str(sample)]["o1"] == max(0.8 * x, -0.6 * x)
    # Piece 1 sees x = 1, 2 alone: the mean over four samples of (0.8x − x)·x; piece 2 x = −1, −2.
    assert run.gradients["w1"] == pytest.approx(-0.2 * (1 + 4) / 4, rel=1e-12)
    assert run.gradients["w2"] == pytest.approx(0.4 * (1 + 4) / 4, rel=1e-12)


def test_the_pieces_of_maxout_approach_the_absolute_value():
    lesson = example("maxout")
    gaps = [
        max(abs(a - y) for a, y in zip(answers(lesson, run.end.parameters), (2, 1, 1, 2), strict=True))
        for run in trace(lesson, 60)[::20]
    ]  # fmt: skip
    assert all(later < earlier for earlier, later in pairwise(gaps))


def recurrent_gradients(w, u, v):
    """Back-propagation through time written out: hₜ = tanh(w·xₜ + u·hₜ₋₁), E = ½(v·h₃ − y)²."""
    x, y = (1, 0, -1), 0.5
    h = [0.0]
    for value in x:
        h.append(math.tanh(w * value + u * h[-1]))
    error = v * h[3] - y
    by_w, by_u, down = [], [], error * v
    for t in (3, 2, 1):
        by_z = down * (1 - h[t] ** 2)
        by_w.append(by_z * x[t - 1])
        by_u.append(by_z * h[t - 1])
        down = by_z * u
    return {"w": sum(by_w), "u": sum(by_u), "v": error * h[3]}, by_w


@pytest.mark.parametrize("u", [0.5, 0.1, 3.0])
def test_the_recurrent_gradient_is_the_sum_over_time(u):
    lesson = with_parameters(example("recurrent"), u=u)
    (run,) = trace(lesson, 1)
    wanted, _ = recurrent_gradients(1, u, 1)
    assert run.gradients == pytest.approx(wanted, rel=1e-12)


def test_the_kernel_s_gradient_is_the_sum_over_the_places():
    lesson = example("convolution")
    x, targets = (0, 0, 1, 1), (0, 1, 0)
    k1, k2, b = -0.5, 0.5, 0.1
    errors = [k1 * x[n] + k2 * x[n + 1] + b - targets[n] for n in range(3)]
    run = one_pass("convolution")
    wanted = {
        "k1": sum(errors[n] * x[n] for n in range(3)),
        "k2": sum(errors[n] * x[n + 1] for n in range(3)),
        "b": sum(errors),
    }
    assert run.gradients == pytest.approx(wanted, rel=1e-12)
    for name in ("k1", "k2", "b"):
        assert len(run.terms[run.graph.parameter[name]]) == 3
    (perfect,) = trace(with_parameters(lesson, k1=-1, k2=1, b=0), 1)
    assert perfect.loss == 0


def test_bumps_approximate_the_curve_within_the_bound():
    lesson = example("bumps")
    points = [3 * (k + 0.5) / 150 for k in range(150)]
    curve = [x * (3 - x) / 2 for x in points]
    drawn = answers(with_data(lesson, tuple((x,) for x in points), tuple((y,) for y in curve)))
    # As the lecture has it: f in the middle of the interval that holds x.
    steps = [(math.floor(x) + 0.5) * (3 - math.floor(x) - 0.5) / 2 for x in points]
    assert drawn == pytest.approx(steps, abs=1e-15)
    gap = max(abs(a - b) for a, b in zip(drawn, curve, strict=True))
    assert 0.5 < gap <= 0.75
    said("bumps", "0.625, 1.125, 0.625", "0.75")


def test_outside_the_bumps_there_is_nothing():
    assert answers(with_data(example("bumps"), ((-0.5,), (3.5,)), ((0,), (0,)))) == [0, 0]


def test_the_bumps_learn_their_heights_alone():
    runs = passes("bumps", 30)
    assert all(later.loss < earlier.loss for earlier, later in pairwise(runs))
    for name in ("s", "t0", "t1", "t2", "t3"):
        assert runs[0].gradients[name] == 0
        assert runs[-1].end.parameters[name] == example("bumps").network.value(name)


def test_an_adversarial_step_turns_the_answer():
    lesson = example("adversarial-step")
    run = one_pass("adversarial-step")
    before, after = lesson.data.inputs
    gradient = [run.summary.input_gradients["0"][name] for name in ("x1", "x2", "x3")]
    moved = [x + math.copysign(0.2, g) for x, g in zip(before, gradient, strict=True)]
    assert moved == pytest.approx(after, abs=1e-15)
    first, second = run.summary.loss_per_sample
    assert second > first
    assert run.summary.values["0"]["o1"] > 0.5 > run.summary.values["1"]["o1"]
    assert run.summary.values["0"]["o1.z"] - run.summary.values["1"]["o1.z"] == pytest.approx(1.2)
    assert round(run.summary.values["0"]["o1"], 2) == 0.71
    assert run.end.parameters == run.start.parameters


def test_the_next_adversarial_step_raises_the_error_again():
    lesson = example("adversarial-step")
    gradient = one_pass("adversarial-step").summary.input_gradients["1"]
    x = lesson.data.inputs[1]
    further = tuple(v + math.copysign(0.2, g) for v, g in zip(x, gradient.values(), strict=True))
    (run,) = trace(with_data(lesson, (x, further), ((1,), (1,))), 1)
    assert run.summary.loss_per_sample[1] > run.summary.loss_per_sample[0]


def test_relu_does_not_let_the_gradient_vanish():
    """What the lesson on vanishing gradients proposes to try."""
    lesson = example("vanishing-gradient")
    neurons = tuple(
        neuron if neuron.role == "input" else replace(neuron, activation=Choice("relu"))
        for neuron in lesson.network.neurons
    )
    (run,) = trace(replace(lesson, network=replace(lesson.network, neurons=neurons)), 1)
    assert len(set(run.summary.deltas["0"].values())) == 1
