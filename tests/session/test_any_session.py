"""Any order of intents and arriving passes leaves a session that agrees with a fresh trace."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from explainer.lesson.examples import example, example_names
from explainer.lesson.files import lesson_to_json
from explainer.messages import Refused
from explainer.session import Session
from explainer.session.options import fault_of, sections
from explainer.trace.run import trace

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

    @rule(data=st.data())
    def choose(self, data):
        """Choose anything that can be chosen now; what cannot changes nothing."""
        lesson = self.session.lesson
        menus = [menu for section in sections(lesson) for menu in section.menus]
        menu = data.draw(st.sampled_from([one for one in menus if one.id != "target"]))
        option = data.draw(st.sampled_from(menu.options))
        if option.change is None or option.name in ("cross_entropy", "binary_cross_entropy"):
            return
        if option.name == "entropy":
            return
        fault = fault_of(option, lesson)
        try:
            self.session.choose(option.change)
        except Refused:
            assert fault is not None
            assert self.session.lesson is lesson

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
