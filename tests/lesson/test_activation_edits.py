import pytest
from msgspec.structs import replace

from explainer.lesson.activation_edits import set_activation, set_activation_parameters
from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.lesson.lesson import State
from explainer.lesson.training_edits import set_rule
from explainer.messages import Refused
from explainer.trace.run import trace

LECTURE = example("lecture-2-2-1")


def kinds(lesson):
    return {neuron.id: neuron.activation.name for neuron in lesson.network.neurons}


def test_only_the_neurons_named_get_the_activation():
    lesson = set_activation(LECTURE, ("h1",), Choice("tanh"))
    assert kinds(lesson) == kinds(LECTURE) | {"h1": "tanh"}
    assert lesson.network.edges == LECTURE.network.edges


def test_a_neuron_learns_the_slope_of_its_prelu_and_it_goes_with_it():
    lesson = set_activation(LECTURE, ("h1", "h2"), Choice("prelu"))
    new = set(lesson.network.parameters) - set(LECTURE.network.parameters)
    assert new == {"alpha_h1", "alpha_h2"}
    gradients = trace(lesson, 1)[0].summary.gradients
    assert new <= set(gradients)
    assert set_activation(lesson, ("h1", "h2"), Choice("identity")) == LECTURE


def test_what_the_rule_remembers_of_a_slope_goes_with_it():
    lesson = set_rule(set_activation(LECTURE, ("h1",), Choice("prelu")), Choice("momentum"))
    trained = replace(lesson, state=State(3, {"alpha_h1": {"v": 0.5}, "w1": {"v": 0.25}}))
    assert set_activation(trained, ("h1",), Choice("relu")).state == State(3, {"w1": {"v": 0.25}})


def test_a_slope_that_others_still_learn_stays():
    shared = Choice("prelu", {"alpha": "slope"})
    network = replace(LECTURE.network, parameters={**LECTURE.network.parameters, "slope": 0.3})
    lesson = set_activation(replace(LECTURE, network=network), ("h1", "h2"), shared)
    assert "slope" in set_activation(lesson, ("h1",), Choice("relu")).network.parameters
    gone = set_activation(lesson, ("h1", "h2"), Choice("relu"))
    assert "slope" not in gone.network.parameters


def test_numbers_of_an_activation_and_the_start_of_what_is_learnt():
    leaky = set_activation(LECTURE, ("h1",), Choice("leaky_relu"))
    lesson = set_activation_parameters(leaky, ("h1",), {"alpha": 0.2})
    assert lesson.network.neuron("h1").activation == Choice("leaky_relu", {"alpha": 0.2})
    learnt = set_activation(LECTURE, ("h1",), Choice("prelu"))
    assert set_activation_parameters(learnt, ("h1",), {"alpha": 0.1}).network.value(
        "alpha_h1"
    ) == pytest.approx(0.1)


@pytest.mark.parametrize(
    "edit",
    [
        lambda: set_activation(LECTURE, ("h1",), Choice("sigmoidal")),
        lambda: set_activation(LECTURE, ("h1",), Choice.typed("__import__('os')")),
        lambda: set_activation(LECTURE, ("i1",), Choice("tanh")),
        lambda: set_activation_parameters(LECTURE, ("h1",), {"alpha": 1.0}),
    ],
)
def test_what_the_format_refuses_is_refused(edit):
    with pytest.raises(Refused, match=r"^network\.neurons\["):
        edit()
