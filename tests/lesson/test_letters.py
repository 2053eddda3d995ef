"""The letter of the targets gives way to a neuron of that name."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from explainer.lesson.lesson import Data, Edge, Lesson, Network, Neuron, Notation, Parameter
from explainer.lesson.letters import target_letter
from explainer.pages.names import Names
from explainer.trace.run import run_pass


def _lesson(*outputs: str, first: str = "x", label: str | None = None) -> Lesson:
    neurons = (
        Neuron(first, "input"),
        *(Neuron(name, "output", label=label) for name in outputs),
    )
    edges = tuple(Edge(first, name, f"w{name}") for name in outputs)
    parameters: dict[str, float | Parameter] = {f"w{name}": 0.5 for name in outputs}
    data = Data(((0.8,),), (tuple(1.0 for _ in outputs),))
    return Lesson("explainer-lesson", 1, "Letters", Network(neurons, edges, parameters), data=data)


@pytest.mark.parametrize(
    ("outputs", "first", "label", "letter"),
    [
        (("o",), "x", None, "y"),
        (("y",), "x", None, "t"),
        (("y1", "y2"), "x", None, "t"),
        (("y3", "y4"), "x", None, "y"),
        (("o",), "y", None, "t"),
        (("y",), "t", None, "d"),
        (("y",), "x", r"\hat{y}", "y"),
        (("yes",), "x", None, "y"),
    ],
)
def test_a_neuron_called_y_leaves_another_letter_to_the_targets(
    outputs: tuple[str, ...], first: str, label: str | None, letter: str
) -> None:
    assert target_letter(_lesson(*outputs, first=first, label=label)) == letter


def test_the_letter_that_a_lesson_names_is_kept() -> None:
    lesson = _lesson("t")
    assert target_letter(replace(lesson, notation=Notation(target="t"))) == "t"


def test_the_formula_of_the_error_tells_output_and_target_apart() -> None:
    lesson = _lesson("y1", "y2")
    names = Names(run_pass(lesson, 0, None), "en", 5)
    written = {names.neuron(name).latex for name in ("y1", "y2")}
    targets = {names.target(name).latex for name in ("y1", "y2")}
    assert targets == {"t_1", "t_2"}
    assert not written & targets
