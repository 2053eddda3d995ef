"""Moving through the trace, and the passes as they arrive."""

import pytest

from explainer.session import START, Session
from explainer.trace.run import trace
from tests.session.helpers import LECTURE, deliver, go_to_pass, ready


def test_it_begins_before_the_first_step():
    session = Session(LECTURE)
    assert session.cursor == START
    assert session.moment().values == {"i1": 2.0, "i2": 3.0}
    assert session.moment().loss is None
    assert (session.current_pass, session.current_step) == (None, None)
    assert session.wanted() == 0


def test_steps_forward_and_back():
    session = ready()
    session.next()
    assert session.cursor == (0, 0)
    assert session.moment().values == {"i1": 2.0, "i2": 3.0, "h1": 0.85, "h1.z": 0.85}
    session.next()
    session.back()
    session.back()
    session.back()
    assert session.cursor == START


def test_the_last_step_leads_into_the_next_pass_with_the_new_weights():
    session = ready()
    session.last()
    assert session.cursor == (0, 18)
    assert session.wanted() == 1
    session.next()
    assert session.cursor == (0, 18)
    deliver(session, 2)
    assert session.cursor == (1, 0)
    assert session.moment().parameters["w1"] == pytest.approx(0.121326)
    session.back()
    assert session.cursor == (0, 18)
    session.back()
    assert session.moment().parameters["w6"] == 0.15


def test_no_key_pressed_while_waiting_is_lost():
    session = Session(LECTURE)
    for _ in range(3):
        session.next()
    assert session.cursor == START
    deliver(session, 1)
    assert session.cursor == (0, 2)
    session.last()
    for _ in range(3):
        session.next()
    session.back()
    deliver(session, 2)
    assert session.cursor == (1, 1)


def test_back_while_waiting_for_the_next_pass_stays_in_this_one():
    session = ready()
    session.last()
    session.next()
    session.back()
    assert session.cursor == (0, 18)
    assert session.receive(LECTURE, 1, trace(LECTURE, 2)[1].summary)
    assert session.cursor == (0, 18)


def test_first_and_last():
    session = ready(passes=2)
    go_to_pass(session, 1)
    session.last()
    assert session.cursor == (1, 18)
    session.first()
    assert session.cursor == (1, 0)
    session.first()
    assert session.cursor == START


def test_going_to_a_step_stays_within_the_pass():
    session = ready()
    session.go_to(0, 99)
    assert session.cursor == (0, 18)
    session.go_to(-3, -7)
    assert session.cursor == START


def test_the_next_pass_is_wanted_in_the_last_quarter():
    session = ready()
    session.go_to(0, 12)
    assert session.wanted() is None
    session.go_to(0, 14)
    assert session.wanted() == 1


def test_going_to_a_parameter_goes_to_its_gradient():
    session = ready()
    assert session.go_to_parameter("w1")
    step = session.current_step
    assert (step.kind, step.subject, step.value) == (
        "gradient_weight",
        "w1",
        pytest.approx(-0.22652),
    )
    assert not session.go_to_parameter("w99")
    assert not Session(LECTURE).go_to_parameter("w1")


def test_going_to_a_parameter_keeps_the_sample():
    session = ready("xor-2-2-1")
    steps = session.current_pass.steps
    third = next(step.index for step in steps if step.phase == "backward" and step.sample == 2)
    session.go_to(0, third)
    session.go_to_parameter("w3", ("x1", "h2"))
    assert (session.current_step.sample, session.current_step.edge) == (2, ("x1", "h2"))


def test_a_pass_of_an_older_lesson_is_ignored():
    session = Session(LECTURE)
    old = trace(LECTURE, 1)[0].summary
    session.set_parameter("w1", 9)
    assert not session.receive(LECTURE, 0, old)
    assert session.current_pass is None
    assert session.wanted() == 0


def test_a_pass_out_of_turn_is_ignored():
    session = Session(LECTURE)
    first, second = (run.summary for run in trace(LECTURE, 2))
    assert not session.receive(LECTURE, 1, second)
    assert session.receive(LECTURE, 0, first)
    assert not session.receive(LECTURE, 0, first)
    assert len(session.passes) == 1
