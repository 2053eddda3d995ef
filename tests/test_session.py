"""The session: moving, editing, history, passes as they arrive; and everything at random."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from explainer.lesson.examples import example, example_names
from explainer.lesson.files import lesson_to_json
from explainer.messages import Refused
from explainer.session import START, Cursor, Session
from explainer.trace.run import trace

LECTURE = example("lecture-2-2-1")


def deliver(session, passes=None):
    """Give the session the passes it wants, or as many as are asked for."""
    while (index := session.wanted()) is not None and (passes is None or index < passes):
        assert session.receive(session.lesson, index, trace(session.lesson, index + 1)[-1].summary)


def ready(name="lecture-2-2-1", passes=1):
    session = Session(example(name))
    deliver(session, passes)
    return session


def go_to_pass(session, index):
    while session.cursor.pass_index < index:
        session.last()
        session.next()
        deliver(session, index + 1)


# --- moving ---------------------------------------------------------------------------------


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


# --- passes as they arrive --------------------------------------------------------------------


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


# --- editing ----------------------------------------------------------------------------------


def test_an_edit_changes_every_later_number_and_keeps_the_step():
    session = ready()
    session.go_to(0, 6)
    assert session.set_parameter("w1", 0.2)
    assert session.cursor == (0, 6)
    deliver(session, 1)
    assert session.cursor == (0, 6)
    assert session.moment().values["h1"] == pytest.approx(1.03)
    assert session.dirty


def test_each_edit_has_a_name():
    session = ready()
    names = []
    for edit in (
        lambda: session.set_parameter("w1", 5),
        lambda: session.set_input(0, 1, 5),
        lambda: session.set_target(0, 0, 5),
        lambda: session.set_learning_rate(5),
    ):
        assert edit()
        names.append(str(session.undo_name))
    assert names == [
        "change of w₁",
        "change of the input i₂",
        "change of the target for ŷ",
        "change of the learning rate",
    ]
    session.undo()
    assert str(session.redo_name) == "change of the learning rate"


def test_an_edit_that_changes_nothing_is_none():
    session = ready()
    assert not session.set_parameter("w1", 0.11)
    assert not session.can_undo
    assert not session.dirty
    assert len(session.passes) == 1


def test_nonsense_is_refused_and_changes_nothing():
    session = ready()
    with pytest.raises(Refused):
        session.set_parameter("w1", float("nan"))
    with pytest.raises(Refused):
        session.set_learning_rate(-1)
    assert session.lesson == LECTURE
    assert not session.can_undo


def test_a_continued_edit_is_one_undo_step():
    session = ready()
    for value in (0.12, 0.13, 0.14):
        session.set_parameter("w1", value, continuing=True)
    session.set_parameter("w2", 1, continuing=True)
    session.undo()
    assert session.lesson.network.value("w1") == 0.14
    session.undo()
    assert session.lesson == LECTURE
    assert not session.can_undo


def test_a_continued_edit_that_returns_leaves_no_trace():
    session = ready()
    session.set_parameter("w1", 0.12, continuing=True)
    session.set_parameter("w1", 0.11, continuing=True)
    assert not session.can_undo
    assert not session.dirty


def test_separate_edits_of_one_thing_are_separate_steps():
    session = ready()
    session.set_parameter("w1", 0.12)
    session.set_parameter("w1", 0.13)
    session.undo()
    assert session.lesson.network.value("w1") == 0.12


def test_after_an_undo_a_continued_edit_begins_a_new_step():
    session = ready()
    session.set_parameter("w1", 0.12, continuing=True)
    session.set_parameter("w1", 0.5)
    session.undo()
    session.set_parameter("w1", 0.13, continuing=True)
    session.undo()
    assert session.lesson.network.value("w1") == 0.12
    assert not Session(LECTURE).can_redo


def test_an_edit_in_a_later_pass_makes_its_weights_the_start():
    session = ready()
    go_to_pass(session, 2)
    session.go_to(2, 5)
    weights = session.current_pass.parameters_before
    session.set_parameter("w1", 0.5)
    assert session.cursor == (0, 5)
    assert session.lesson.network.value("w5") == weights["w5"]
    assert session.lesson.network.value("w1") == 0.5
    session.undo()
    assert session.lesson == LECTURE
    deliver(session, 3)
    assert session.cursor == (2, 5)
    session.redo()
    assert session.lesson.network.value("w1") == 0.5
    assert session.cursor == (0, 5)


def test_an_edit_of_the_data_in_a_later_pass_keeps_its_weights():
    session = ready()
    go_to_pass(session, 1)
    weights = session.current_pass.parameters_before
    session.set_target(0, 0, 2)
    assert {name: session.lesson.network.value(name) for name in weights} == weights


def test_keeping_these_weights():
    session = ready()
    assert not session.keep_these_weights()
    session.last()
    after = session.current_pass.parameters_after
    assert session.keep_these_weights()
    assert {name: session.lesson.network.value(name) for name in after} == after
    assert session.cursor == START
    assert str(session.undo_name) == "keeping of these weights"
    session.undo()
    assert session.lesson == LECTURE


def test_frozen_parameters_stay_frozen_when_weights_are_kept():
    session = ready("mazur-2-2-2")
    session.last()
    session.keep_these_weights()
    assert not session.lesson.network.is_trainable("b1")


# --- files --------------------------------------------------------------------------------------


def test_saving_makes_clean_and_undo_makes_dirty_again(tmp_path):
    session = ready()
    session.set_parameter("w1", 1)
    session.saved(tmp_path / "a.json")
    assert not session.dirty
    assert session.path == tmp_path / "a.json"
    session.undo()
    assert session.dirty
    session.redo()
    assert not session.dirty


def test_opening_another_lesson_forgets_this_one():
    session = ready()
    session.set_parameter("w1", 1)
    session.last()
    session.open(example("mazur-2-2-2"))
    assert (session.cursor, session.passes, session.dirty) == (START, [], False)
    assert not session.can_undo


def test_undo_and_redo_of_nothing_do_nothing():
    session = ready()
    session.undo()
    session.redo()
    assert (session.undo_name, session.redo_name) == (None, None)
    assert len(session.passes) == 1


# --- everything at random -------------------------------------------------------------------------

values = st.floats(-2, 2).map(lambda value: round(value, 2))


class AnySession(RuleBasedStateMachine):
    """Any order of intents and arriving passes leaves a session that agrees with a fresh trace."""

    @initialize(name=st.sampled_from(example_names()[:3]))
    def begin(self, name):
        self.session = Session(example(name))
        self.start = lesson_to_json(self.session.lesson)
        self.saved = self.start
        self.passes = {}

    def computed(self, lesson, index):
        key = lesson_to_json(lesson)
        if len(self.passes.get(key, ())) <= index:
            self.passes[key] = [run.summary for run in trace(lesson, index + 1)]
        return self.passes[key][index]

    @rule()
    def compute(self):
        index = self.session.wanted()
        if index is not None and index < 4:
            lesson = self.session.lesson
            assert self.session.receive(lesson, index, self.computed(lesson, index))

    @rule(move=st.sampled_from(["next", "back", "first", "last"]), times=st.integers(1, 12))
    def move(self, move, times):
        for _ in range(times):
            getattr(self.session, move)()

    @rule(pass_index=st.integers(0, 2), step_index=st.integers(-1, 40))
    def jump(self, pass_index, step_index):
        self.session.go_to(pass_index, step_index)

    @rule(data=st.data())
    def jump_to_parameter(self, data):
        name = data.draw(st.sampled_from(sorted(self.session.lesson.network.parameters)))
        if self.session.go_to_parameter(name):
            assert self.session.current_step.subject == name

    @rule(data=st.data(), value=values, continuing=st.booleans())
    def edit_parameter(self, data, value, continuing):
        name = data.draw(st.sampled_from(sorted(self.session.lesson.network.parameters)))
        self.session.set_parameter(name, value, continuing=continuing)
        assert self.session.lesson.network.value(name) == value

    @rule(column=st.integers(0, 1), value=values)
    def edit_input(self, column, value):
        self.session.set_input(0, column, value)

    @rule(value=values)
    def edit_target(self, value):
        self.session.set_target(0, 0, value)

    @rule(value=st.floats(0.01, 1))
    def edit_learning_rate(self, value):
        self.session.set_learning_rate(value)

    @rule()
    def keep(self):
        self.session.keep_these_weights()

    @rule()
    def undo(self):
        self.session.undo()

    @rule()
    def redo(self):
        self.session.redo()

    @precondition(lambda self: self.session.dirty)
    @rule()
    def save(self):
        self.session.saved("somewhere.json")
        self.saved = lesson_to_json(self.session.lesson)

    @rule()
    def an_old_pass_arrives(self):
        lesson = example("xor-2-2-1")
        assert not self.session.receive(lesson, 0, self.computed(lesson, 0))

    @invariant()
    def the_board_agrees_with_a_fresh_trace(self):
        if not hasattr(self, "session"):
            return
        session = self.session
        assert session.dirty == (lesson_to_json(session.lesson) != self.saved)
        index, step = session.cursor
        one_pass = session.current_pass
        if one_pass is None:
            assert (index, session.passes) == (0, [])
            return
        assert one_pass == self.computed(session.lesson, index)
        assert (-1 if index == 0 else 0) <= step < len(one_pass.steps)
        moment = session.moment()
        fresh = one_pass.values[str(moment.sample)]
        assert all(fresh[address] == value for address, value in moment.values.items())
        for name, value in moment.parameters.items():
            side = (
                one_pass.parameters_after if name in moment.updated else one_pass.parameters_before
            )
            assert value == side[name]

    def teardown(self):
        if not hasattr(self, "session"):
            return
        end = lesson_to_json(self.session.lesson)
        undone = 0
        while self.session.can_undo:
            self.session.undo()
            undone += 1
        assert lesson_to_json(self.session.lesson) == self.start
        while self.session.can_redo and undone:
            self.session.redo()
            undone -= 1
        assert lesson_to_json(self.session.lesson) == end


TestAnySession = AnySession.TestCase


def test_the_cursor_is_a_pair():
    assert Cursor(1, 2) == (1, 2)
