"""A lesson computes and tells the same whatever its neurons and parameters are called."""

import pytest

from explainer.lesson.structure.renaming import rename_neuron, rename_parameter
from explainer.pages.trace_file import trace_to_builtins
from explainer.trace.run import trace
from tests.render.programs import ran
from tests.trace.special_lessons import normalised, softmax_classes
from tests.trace.training_lessons import lesson, update

# What a trace calls the error, a penalty, the gradient, the targets and the quantities of a neuron.
NAMES = ("E", "R", "target", "z", "a", "g", "mean", "scaled")
PENALTY = {"name": "entropy", "rate": 0.1}


@pytest.mark.parametrize(
    "plain",
    [normalised(), softmax_classes(), lesson(penalty=PENALTY), lesson(mode="apply")],
    ids=["normalised", "softmax", "penalty", "applied"],
)
@pytest.mark.parametrize("shift", [0, 1])
def test_names_of_neurons_change_no_number(plain, shift):
    called = dict(zip([neuron.id for neuron in plain.network.neurons], NAMES[shift:], strict=False))
    renamed = plain
    for old, new in called.items():
        renamed = rename_neuron(renamed, old, new)
    run, other = trace(plain)[0], trace(renamed)[0]
    one, two = run.summary, other.summary
    assert [step.value for step in one.steps] == [step.value for step in two.steps]
    assert one.gradients == two.gradients
    for sample, found in one.input_gradients.items():
        expected = {called[name]: value for name, value in found.items()}
        assert two.input_gradients[sample] == expected
    assert "every number agrees" in ran(other)


@pytest.mark.parametrize("by", ["value", "norm"])
def test_the_name_of_a_parameter_changes_no_word_about_clipping(by):
    plain = lesson(update=update(clip={"by": by, "threshold": 0.001}))
    told = [
        trace_to_builtins(trace(rename_parameter(plain, "w1", name)), "en", 5)
        for name in ("g", "k")
    ]
    lines = [
        [
            [line["latex"].replace("g", "k") for line in step["lines"]]
            for step in each["passes"][0]["steps"]
        ]
        for each in told
    ]
    assert lines[0] == lines[1]
