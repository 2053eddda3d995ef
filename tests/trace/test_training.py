"""Training step by step: which steps there are, in which order, what is carried from pass to pass."""

import json
from itertools import groupby

import pytest
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.continuing import continued
from explainer.lesson.files import lesson_from_json
from explainer.lesson.lesson import Clip, State
from explainer.messages import Refused
from explainer.trace.batches import batch_of
from explainer.trace.check import check
from explainer.trace.moment import starting_moment
from explainer.trace.run import trace
from tests.trace.training_lessons import NETWORK, kinds, lesson, update


def test_the_penalty_comes_after_the_errors_and_clipping_before_the_updates():
    clip = {"by": "norm", "threshold": 0.1}
    (run,) = trace(lesson(penalty="l2", update=update(clip=clip, batch_size="all")))
    steps = [kind for kind in kinds(run) if not kind.startswith(("gradient", "delta"))]
    assert steps[-5:] == ["loss", "penalty", "batch_loss", "clip", "update"]
    assert [step.subject for step in run.summary.steps if step.kind == "clip"] == ["g"]
    phases = [phase for phase, _ in groupby(step.phase for step in run.summary.steps)]
    assert phases == ["forward", "error", "backward", "update"]


def test_the_entropy_of_every_sample_is_a_step():
    (run,) = trace(lesson(penalty="entropy", update=update(batch_size=3)))
    found = [(step.kind, step.sample) for step in run.summary.steps if step.phase == "error"]
    assert found == [
        *(("loss", sample) for sample in range(3)),
        *(("penalty", sample) for sample in range(3)),
        ("batch_loss", None),
    ]
    with_entropy = run.summary.loss_per_sample
    (plain,) = trace(lesson(update=update(batch_size=3)))
    added = [step.value for step in run.summary.steps if step.kind == "penalty"]
    for whole, error, entropy in zip(
        with_entropy, plain.summary.loss_per_sample, added, strict=True
    ):
        assert whole == error + entropy
    assert run.summary.loss == pytest.approx(sum(with_entropy) / 3, rel=1e-15)


def test_a_penalty_on_weights_is_in_loss_and_gradients_but_not_in_deltas():
    fields = {"update": update(batch_size="all")}
    (plain,), (penalised,) = (
        trace(lesson(**fields)),
        trace(lesson(**fields, penalty={"name": "l2", "rate": 0.1})),
    )
    before, after = plain.summary, penalised.summary
    assert after.deltas == before.deltas
    assert after.loss_per_sample == before.loss_per_sample
    assert after.loss == pytest.approx(before.loss + 0.05 * (0.16 + 0.09 + 0.81), rel=1e-15)
    for name, weight in (("w1", 0.4), ("w2", -0.3), ("w3", 0.9), ("b1", 0.0), ("b2", 0.0)):
        assert after.gradients[name] == pytest.approx(before.gradients[name] + 0.1 * weight)


def test_a_weight_that_is_also_a_bias_is_penalised_once():
    tied = json.loads(json.dumps(NETWORK))
    tied["neurons"][3]["bias"] = "w1"
    (run,) = trace(lesson(tied, penalty={"name": "l1", "rate": 1.0}))
    assert run.penalty == pytest.approx(0.4 + 0.3 + 0.9)


def test_clipping_by_norm_keeps_the_direction_and_leaves_frozen_parameters_out():
    clip = {"by": "norm", "threshold": 0.01}
    (run,) = trace(lesson(update=update(clip=clip)))
    found, before = run.summary.gradients_clipped, run.summary.gradients
    assert set(found) == {"w1", "w2", "w3", "b1"}
    assert sum(g * g for g in found.values()) ** 0.5 == pytest.approx(0.01, rel=1e-14)
    ratios = {round(found[name] / before[name], 12) for name in found}
    assert len(ratios) == 1
    for name, gradient in found.items():
        start = run.summary.parameters_before[name]
        assert run.summary.parameters_after[name] == pytest.approx(start - 0.5 * gradient)
    assert run.summary.parameters_after["b2"] == 0.1


def test_a_short_gradient_is_not_clipped():
    (run,) = trace(lesson(update=update(clip={"by": "norm", "threshold": 100})))
    trained = {name: value for name, value in run.summary.gradients.items() if name != "b2"}
    assert run.summary.gradients_clipped == trained
    (step,) = (step for step in run.summary.steps if step.kind == "clip")
    assert step.value == pytest.approx(sum(g * g for g in trained.values()) ** 0.5)


def test_clipping_by_value_alternates_with_in_place_updates():
    clip = {"by": "value", "threshold": 0.01}
    (run,) = trace(lesson(update=update(clip=clip, order="in_place")))
    found = [kind for kind in kinds(run) if kind in ("delta", "clip", "update")]
    assert found == ["delta", "clip", "update", "delta", "clip", "update"]
    assert all(abs(gradient) <= 0.01 for gradient in run.summary.gradients_clipped.values())


def test_nothing_is_said_of_clipping_where_there_is_none():
    (run,) = trace(lesson())
    assert run.summary.gradients_clipped is None
    assert "clip" not in kinds(run)


@pytest.mark.parametrize("rule", ["sgd", "momentum", "adagrad", "adam", "adamw"])
def test_training_that_goes_on_is_training_that_never_stopped(rule):
    fields = {"seed": 4, "penalty": "l1"}
    whole = lesson(
        **fields,
        update=update(rule, shuffle=True, schedule={"name": "exponential", "gamma": 0.7}),
    )
    runs = trace(whole, 11)
    for stop in (1, 4, 7):
        last = runs[stop - 1].summary
        rest = continued(whole, stop, last.parameters_after, last.state_after)
        again = lesson_from_json(_written(rest))
        for one, other in zip(trace(again, 11 - stop), runs[stop:], strict=True):
            assert one.summary == other.summary


def _written(one):
    from explainer.lesson.files import lesson_to_json

    return lesson_to_json(one)


def test_only_trained_parameters_are_remembered():
    runs = trace(lesson(update=update("adam")), 3)
    assert runs[0].summary.state_before == {}
    assert set(runs[0].summary.state_after) == {"w1", "w2", "w3", "b1"}
    assert runs[1].summary.state_before == runs[0].summary.state_after
    assert all(set(cells) == {"m", "v"} for cells in runs[2].summary.state_after.values())


def test_the_stages_of_a_rule_are_recorded_in_order():
    (run,) = trace(lesson(update=update("adamw")))
    assert list(run.stages["w1"]) == ["w_decayed", "m", "v", "m_hat", "v_hat", "parameter"]
    assert run.stages["w1"]["parameter"] == run.summary.parameters_after["w1"]


def test_the_learning_rate_follows_the_epochs():
    schedule = {"name": "step", "step_size": 2, "gamma": 0.5}
    runs = trace(lesson(update=update(batch_size=2, schedule=schedule)), 9)
    rates = [run.summary.learning_rate for run in runs]
    assert rates == [0.5] * 4 + [0.25] * 4 + [0.125]
    assert [run.summary.epoch for run in runs] == [1, 1, 2, 2, 3, 3, 4, 4, 5]


def test_shuffling_draws_an_order_for_every_epoch_from_the_seed():
    shuffled = lesson(update=update(batch_size=2, shuffle=True), seed=1)
    orders = [
        tuple(row for index in (2 * epoch, 2 * epoch + 1) for row in batch_of(shuffled, index))
        for epoch in range(20)
    ]
    assert all(sorted(order) == [0, 1, 2, 3] for order in orders)
    assert len(set(orders)) > 5
    assert [batch_of(shuffled, index) for index in range(40)] == [
        batch_of(shuffled, index) for index in range(40)
    ]
    other = replace(shuffled, seed=2)
    assert [batch_of(other, index) for index in range(40)] != [
        batch_of(shuffled, index) for index in range(40)
    ]
    assert starting_moment(shuffled).sample == batch_of(shuffled, 0)[0]


def test_training_that_goes_on_takes_the_samples_where_it_stopped():
    later = replace(lesson(), state=State(6))
    assert [batch_of(later, index) for index in range(3)] == [(2,), (3,), (0,)]
    assert trace(later, 1)[0].summary.epoch == 2


def test_a_prediction_that_a_logarithm_cannot_take_is_refused_by_its_name():
    linear = json.loads(json.dumps(NETWORK))
    linear["neurons"][3]["activation"] = "identity"
    linear["parameters"]["b2"] = 5.0
    with pytest.raises(Refused) as caught:
        trace(lesson(linear, loss="binary_cross_entropy"))
    assert str(caught.value).startswith(
        "The error (binary cross-entropy) needs predictions between 0 and 1, but o1 puts out 5.2622 for sample 1."
    )


def test_the_check_sees_penalties_and_kinks():
    at_kink = lesson(
        json.loads(json.dumps(NETWORK)) | {"parameters": {**NETWORK["parameters"], "w2": 0.0}},
        penalty="l1",
    )
    report = check(at_kink)
    assert report.agrees
    assert {row.name: row.status for row in report.rows if row.sample is None} == {
        "w1": "ok", "w2": "kink", "w3": "ok", "b1": "ok", "b2": "ok",
    }  # fmt: skip
    assert "penalty (L1)" in str(report.row("w2").reason)
    target = trace(lesson())[0].summary.values["0"]["o1"]
    on_target = lesson(loss="mean_absolute_error", data={"inputs": [[1, 1]], "targets": [[target]]})
    assert {row.status for row in check(on_target).rows} == {"kink"}


def test_clipping_and_rules_do_not_change_what_is_checked():
    plain = check(lesson())
    clipped = replace(
        lesson(),
        update=replace(lesson().update, choice=Choice("adam"), clip=Clip("norm", 0.1)),
    )
    assert check(clipped) == plain
