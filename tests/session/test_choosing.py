"""Choices: one undo step each, named, at the corresponding step, in every pass; what cannot be is refused."""

import pytest
from msgspec.structs import replace

from explainer.lesson.checks import check_lesson
from explainer.lesson.examples import example, example_names
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.lesson.lesson import Expression
from explainer.messages import Refused
from explainer.session import Session
from explainer.session.options import fault_of, sections, targets
from explainer.trace.run import trace
from tests.session.helpers import deliver, go_to_pass, ready


def menus(lesson, target=""):
    return {menu.id: menu for section in sections(lesson, target) for menu in section.menus}


def option(lesson, menu, name, target=""):
    return next(one for one in menus(lesson, target)[menu].options if one.name == name)


def choose(session, menu, name, target=""):
    return session.choose(option(session.lesson, menu, name, target).change)


def told(session):
    step = session.current_step
    return (step.phase, step.kind, step.subject, step.sample, step.edge)


def at(session, kind, subject):
    steps = session.current_pass.steps
    found = next(step for step in steps if (step.kind, step.subject) == (kind, subject))
    session.go_to(session.cursor.pass_index, found.index)


def test_a_choice_keeps_the_learner_at_the_corresponding_step():
    session = ready()
    at(session, "gradient_weight", "w1")
    before = told(session)
    assert choose(session, "activation", "sigmoid")
    assert not session.is_place_known
    deliver(session, 1)
    assert told(session) == before
    assert session.is_place_known
    assert str(session.undo_name) == "activation of hidden layer 1"


def test_how_tangents_are_written_is_asked_where_there_are_some():
    assert "functions" not in menus(example("lecture-2-2-1"))
    assert "functions" not in menus(example("graph-sin"))
    session = ready()
    choose(session, "activation", "arctan")
    deliver(session, 1)
    assert menus(session.lesson)["functions"].chosen == "international"
    assert choose(session, "functions", "russian")
    assert session.lesson.notation.functions == "russian"
    assert str(session.undo_name) == "change of the names of functions"
    deliver(session, 1)
    choose(session, "activation", "sigmoid")
    # It can be taken back, even where nothing shows it any more.
    assert option(session.lesson, "functions", "international").change is not None
    typed = replace(example("graph-sin"), expression=Expression("2*atan(x)", {"x": 1.0}))
    assert "functions" in menus(typed)


def test_undo_and_redo_lead_to_the_corresponding_step_too():
    session = ready()
    choose(session, "activation", "sigmoid")
    deliver(session, 1)
    at(session, "gradient_weight", "w1")
    before = told(session)
    session.undo()
    deliver(session, 1)
    assert told(session) == before
    session.redo()
    deliver(session, 1)
    assert told(session) == before


def test_several_choices_before_anything_is_computed_keep_the_step():
    session = ready()
    at(session, "gradient_weight", "w1")
    before = told(session)
    choose(session, "activation", "sigmoid")
    choose(session, "penalty", "l2")
    session.set_parameter("w2", 0.5)
    choose(session, "clip", "norm")
    deliver(session, 1)
    assert told(session) == before


def test_steps_taken_while_waiting_count_from_the_corresponding_step():
    session = ready()
    at(session, "weighted_sum", "h2")
    choose(session, "activation", "sigmoid")
    session.next()
    session.next()
    session.back()
    deliver(session, 1)
    assert told(session)[1:3] == ("activation", "h2")


def test_a_jump_while_waiting_is_a_jump():
    session = ready()
    at(session, "gradient_weight", "w1")
    choose(session, "activation", "sigmoid")
    session.last()
    deliver(session, 1)
    assert session.cursor.step_index == len(session.current_pass.steps) - 1


def test_a_choice_in_a_later_pass_starts_from_its_weights_and_undo_returns_there():
    session = ready()
    go_to_pass(session, 2)
    at(session, "gradient_weight", "w3")
    before, weights = told(session), session.current_pass.parameters_before
    choose(session, "activation", "tanh")
    assert session.cursor.pass_index == 0
    assert {name: session.lesson.network.value(name) for name in weights} == weights
    deliver(session, 1)
    assert told(session) == before
    session.undo()
    deliver(session, 3)
    assert session.cursor.pass_index == 2
    assert told(session) == before


def test_a_choice_that_changes_nothing_is_no_step():
    session = ready()
    assert not choose(session, "activation", "identity")
    assert not session.can_undo


def test_what_is_refused_changes_nothing():
    session = ready()
    with pytest.raises(Refused, match="one layer"):
        choose(session, "rule", "perceptron")
    assert not session.can_undo
    assert session.current_pass is not None


def test_a_choice_can_be_given_up_for_good():
    session = ready()
    at(session, "loss", "E")
    before, lesson = told(session), session.lesson
    choose(session, "loss", "cross_entropy")
    assert session.give_up_choice()
    assert session.lesson == lesson
    assert (session.can_undo, session.can_redo) == (False, False)
    deliver(session, 1)
    assert told(session) == before


def test_other_edits_are_not_given_up():
    session = ready()
    assert not session.give_up_choice()
    choose(session, "loss", "huber")
    session.set_parameter("w1", 0.3)
    assert not session.give_up_choice()
    session.undo()
    session.undo()
    assert not session.give_up_choice()


@pytest.mark.parametrize("name", example_names())
def test_every_option_is_taken_or_refused_with_a_sentence(name):
    session = Session(example(name))
    start = session.lesson
    for key in ["", *(target.key for target in targets(start))]:
        for menu in menus(start, key).values():
            for one in menu.options:
                try_option(session, start, one)


def try_option(session, start, one):
    fault = fault_of(one, start)
    if one.change is None or one.fault is not None:
        return
    try:
        changed = session.choose(one.change)
    except Refused:
        assert fault is not None
        assert session.lesson == start
        return
    assert fault is None
    check_lesson(session.lesson)
    assert lesson_from_json(lesson_to_json(session.lesson)) == session.lesson
    if changed:
        assert str(session.undo_name)
        session.undo()
    assert session.lesson == start


@pytest.mark.parametrize("name", ["lecture-2-2-1", "xor-2-2-1", "logistic-neuron"])
def test_every_number_that_is_typed_is_kept(name):
    session = Session(example(name))
    for menu, choice in (("rule", "adam"), ("schedule", "step"), ("clip", "norm")):
        choose(session, menu, choice)
    choose(session, "activation", "prelu")
    choose(session, "loss", "huber")
    choose(session, "penalty", "l1")
    choose(session, "initialiser", "uniform")
    choose(session, "arithmetic", "decimals")
    for menu in menus(session.lesson).values():
        for quantity in menu.quantities:
            wanted = quantity.value + 1 if quantity.whole else quantity.value * 0.9 or -0.25
            assert session.choose(quantity.change(wanted)), (menu.id, quantity.name)
            again = menus(session.lesson)[menu.id].quantities
            value = next(one.value for one in again if one.name == quantity.name)
            assert value == pytest.approx(wanted)
            session.undo()


def test_the_batch_is_at_most_all_samples():
    session = ready("xor-2-2-1")
    choose(session, "batch", "one")
    choose(session, "batch", "several")
    size = menus(session.lesson)["batch"].quantities[0]
    assert size.value == 2
    with pytest.raises(Refused, match="There are 4 samples"):
        session.choose(size.change(5))
    session.choose(size.change(3))
    assert session.lesson.update.batch_size == 3


def test_weights_are_drawn_anew_by_the_seed():
    session = ready("xor-2-2-1")
    choose(session, "initialiser", "xavier_uniform")
    first = dict(session.lesson.network.parameters)
    menu = menus(session.lesson)["initialiser"]
    assert str(menu.remarks[0]) == "Fan-in 2, fan-out 2: uniform from −1.225 to 1.225."
    session.choose(menu.action.change)
    assert session.lesson.network.parameters != first
    session.choose(menus(session.lesson)["initialiser"].quantities[-1].change(0))
    assert dict(session.lesson.network.parameters) == first


def test_a_formula_is_chosen_in_one_line():
    session = ready("graph-sin")
    typed = menus(session.lesson)["formula"].typed
    assert "\n" not in typed.text
    assert session.choose(typed.change("a = x*y; a + a"))
    assert session.lesson.expression.formula == "a = x*y; a + a"
    assert trace(session.lesson, 1)[0].summary.loss == 4.0
    with pytest.raises(Refused):
        session.choose(typed.change("x +"))


def test_what_was_made_on_top_of_a_choice_is_kept_though_the_choice_cannot_be_traced():
    session = Session(example("circle-features"))
    choose(session, "activation", "tanh")
    session.set_parameter("w1", 0.5)
    end = lesson_to_json(session.lesson)
    session.undo()
    assert not session.give_up_choice()
    session.redo()
    assert lesson_to_json(session.lesson) == end


def test_a_choice_that_is_given_up_leaves_what_could_be_made_again():
    session = Session(example("circle-features"))
    session.set_parameter("w1", 0.5)
    end = lesson_to_json(session.lesson)
    session.undo()
    choose(session, "activation", "tanh")
    assert not session.can_redo
    assert session.give_up_choice()
    session.redo()
    assert lesson_to_json(session.lesson) == end
