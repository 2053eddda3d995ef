"""Building through the session: names of edits, the way back and forth, the step that is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_to_json
from explainer.lesson.lesson import Localised
from explainer.lesson.structure import Use
from explainer.lesson.templates import new_lesson
from explainer.messages import Refused
from explainer.session import START, Session
from explainer.trace.run import trace
from tests.lesson.structure import any_edits
from tests.session.helpers import LECTURE, deliver, go_to_pass, ready


def intents(session):
    return {
        "new neuron h₃": lambda: session.add_neuron(1),
        "new layer": lambda: session.add_layer(0),
        "new edge i₁ → ŷ": lambda: session.add_edge("i1", "o1"),
        "removal of h₂": lambda: session.delete(["h2"], []),
        "removal of i₁ → h₁": lambda: session.delete([], [("i1", "h1", 0)]),
        "removal of 2 edges": lambda: session.delete([], [("i1", "h1", 0), ("i1", "h2", 0)]),
        "renaming of h₁": lambda: session.rename_neuron("h1", "q"),
        "renaming of w₁": lambda: session.rename_parameter("w1", "q"),
        "symbol of h₁": lambda: session.set_label("h1", "q"),
        "change of the title": lambda: session.set_text("title", "Mine"),
        "change of the notes": lambda: session.set_text("notes", "Mine"),
        "moving of h₁": lambda: session.move_neuron("h1", 1),
        "pasting of h₃": lambda: session.paste(session.copy(["h1"])),
        "duplication of h₁": lambda: session.duplicate(["h1"]),
        "bias of h₁, h₂": lambda: session.set_bias(["h1", "h2"], True),
        "tying of w₁, w₂": lambda: session.tie(["w1", "w2"]),
        "freezing of w₁": lambda: session.set_trainable(["w1"], False),
        "dropout of h₁": lambda: session.set_dropout(["h1"], 0.5),
        "maxout of h₁": lambda: session.set_pieces(["h1"], 2),
    }


@pytest.mark.parametrize("name", intents(None))
def test_each_intent_is_one_step_back_with_a_name(name):
    session = ready()
    session.go_to(0, 6)
    intents(session)[name]()
    after = lesson_to_json(session.lesson)
    assert str(session.undo_name) == name
    deliver(session, 1)
    assert session.current_step is not None
    session.undo()
    assert not session.can_undo
    assert lesson_to_json(session.lesson) == lesson_to_json(LECTURE)
    deliver(session, 1)
    # Where the step itself was gone, the one beside it is shown.
    assert session.cursor in ((0, 5), (0, 6))
    session.redo()
    assert lesson_to_json(session.lesson) == after


def test_the_step_is_followed_where_neurons_are_added_and_renamed():
    session = ready()
    assert session.go_to_parameter("w5")
    session.add_neuron(1)
    deliver(session, 1)
    assert session.current_step.subject == "w5"
    session.rename_neuron("h1", "q")
    session.rename_parameter("w5", "v")
    deliver(session, 1)
    assert session.current_step.subject == "v"
    session.delete(["h2"], [])
    deliver(session, 1)
    assert session.current_step.subject == "v"


def test_in_a_later_pass_the_weights_of_that_pass_become_the_start():
    session = ready(passes=2)
    go_to_pass(session, 1)
    weights = session.current_pass.parameters_before
    session.add_neuron(1)
    assert session.lesson.network.value("w1") == weights["w1"] != LECTURE.network.value("w1")
    session.undo()
    deliver(session, 2)
    assert session.cursor.pass_index == 1


@pytest.mark.parametrize(
    "edit",
    [
        lambda session: session.set_text("title", "Mine"),
        lambda session: session.rename_neuron("h1", "q"),
        lambda session: session.set_label("h1", "q"),
        lambda session: session.move_neuron("h1", 1),
    ],
)
def test_what_changes_no_number_leaves_start_and_pass(edit):
    session = ready(passes=2)
    go_to_pass(session, 1)
    session.go_to(1, 4)
    subject = session.current_step.kind
    assert edit(session)
    assert session.lesson.network.parameters == LECTURE.network.parameters
    deliver(session, 2)
    assert session.cursor.pass_index == 1
    assert session.current_step.kind == subject
    session.undo()
    session.redo()
    deliver(session, 2)
    assert session.cursor.pass_index == 1


def test_nothing_done_is_no_step_back_in_any_pass():
    session = ready(passes=2)
    go_to_pass(session, 1)
    assert not session.connect_all()
    assert not session.delete([], [])
    assert not session.set_trainable(["w1"], True)
    assert not session.set_bias(["h1"], False)
    assert not session.rename_neuron("h1", "h1")
    assert not session.can_undo


def test_refusals_change_nothing():
    session = ready()
    for edit in (
        lambda: session.add_edge("o1", "h1"),
        lambda: session.delete(["o1"], []),
        lambda: session.paste("words"),
        lambda: session.rename_neuron("h1", "1"),
        lambda: session.set_normalise(["h1"], True),
        lambda: session.set_group(["h1"], "g"),
        lambda: session.untie(Use("weight", "h1", "i1")),
    ):
        with pytest.raises(Refused):
            edit()
    assert session.lesson is LECTURE
    assert not session.can_undo
    assert session.edge_refusal("i1", "o1") is None
    assert "cycle" in str(session.edge_refusal("o1", "h1"))


def test_a_structure_that_cannot_be_traced_is_given_up():
    session = ready("logistic-cross-entropy")
    session.add_layer(0)
    assert session.give_up_choice()
    assert session.lesson == example("logistic-cross-entropy")


def test_a_drag_and_typing_are_one_step_back():
    session = ready()
    session.move_neuron("h1", 1, continuing=True)
    session.move_neuron("h1", 0, continuing=True)
    assert not session.can_undo
    for text in ("M", "Mi", "Mine"):
        session.set_text("title", text, continuing=True)
    assert session.lesson.title == Localised("Mine", "Пример из лекции")
    session.undo()
    assert not session.can_undo


def test_a_new_lesson_is_opened():
    session = ready()
    session.set_parameter("w1", 1)
    session.start_lesson(new_lesson((2, 3, 1), Choice("tanh"), Choice("zeros")))
    assert (session.can_undo, session.dirty, session.path, session.cursor) == (
        False,
        False,
        None,
        START,
    )
    assert len(session.lesson.network.neurons) == 6


class Recorded:
    """Takes what `any_edits` does to a lesson through the history of a session."""

    def __init__(self, name):
        self.session = Session(example(name))

    def edit(self, draw, number):
        lesson, _ = any_edits.edited(draw, self.session.lesson)
        # A key of its own for each edit; every third joins the one before it.
        self.session._edit(("any", number // 3), "any", lesson, continuing=number % 3 == 2)


@given(data=st.data(), name=st.sampled_from(any_edits.START))
def test_undo_all_gives_the_start_and_redo_all_the_end_byte_for_byte(data, name):
    recorded = Recorded(name)
    session = recorded.session
    seen = [lesson_to_json(session.lesson)]
    for number in range(data.draw(st.integers(1, 12), label="edits")):
        if session.can_undo and data.draw(st.integers(0, 5), label="undo") == 0:
            session.undo()
        recorded.edit(data.draw, number)
    end = lesson_to_json(session.lesson)
    forth = []
    while session.can_undo:
        forth.append(lesson_to_json(session.lesson))
        session.undo()
    assert lesson_to_json(session.lesson) == seen[0]
    while forth:
        session.redo()
        assert lesson_to_json(session.lesson) == forth.pop()
    assert lesson_to_json(session.lesson) == end


def test_a_trace_of_what_was_built_agrees_with_a_fresh_one():
    session = ready("xor-2-2-1")
    session.add_layer(1, 2)
    session.add_neuron(1, 0)
    session.connect_all()
    deliver(session, 1)
    assert session.passes[0] == trace(session.lesson, 1)[0].summary
