"""An error that asks for the logarithm of 0 says which output has run into it."""

import math

import pytest
from msgspec.structs import replace

from explainer.lesson.edits import with_parameters
from explainer.lesson.examples import example
from explainer.messages import Refused, translate
from explainer.trace.check import check
from explainer.trace.run import trace
from tests.render.programs import ran


def saturated(bias):
    lesson = example("logistic-cross-entropy")
    return with_parameters(lesson, {"w1": 0.0, "w2": 0.0, "b": bias})


@pytest.mark.parametrize(("bias", "answer", "target"), [(40.0, "1", 0.0), (-800.0, "0", 1.0)])
def test_a_saturated_neuron_that_is_wrong_is_named(bias, answer, target):
    lesson = saturated(bias)
    lesson = replace(lesson, data=replace(lesson.data, targets=((target,),) * 3))
    with pytest.raises(Refused) as refusal:
        trace(lesson)
    said = translate(refusal.value.message, "en")
    assert said.startswith(
        f"o1 puts out {answer} to the last digit for sample 1, and the logarithm"
    )


def test_a_saturated_neuron_that_is_right_goes_on():
    lesson = saturated(40.0)
    lesson = replace(lesson, data=replace(lesson.data, targets=((1.0,),) * 3))
    assert trace(lesson)[0].loss == 0


@pytest.mark.parametrize("bias", [-40.0, -20.0, 0.5, 12.0, 20.0, 30.0, 36.0])
@pytest.mark.parametrize("target", [0.0, 0.3, 1.0])
def test_cross_entropy_and_sigmoid_cancel_to_prediction_minus_target(bias, target):
    lesson = saturated(bias)
    lesson = replace(lesson, data=replace(lesson.data, targets=((target,),) * 3))
    found = trace(lesson)[0].summary
    prediction = found.values["0"]["o1"]
    # 1 − ŷ = σ(−z) keeps its digits where ŷ is almost 1.
    wanted = (1 - target) * prediction - target / (1 + math.exp(bias))
    assert found.deltas["0"]["o1"] == pytest.approx(wanted, rel=1e-14)
    assert check(lesson).agrees
    assert "every number agrees" in ran(trace(lesson)[0])
