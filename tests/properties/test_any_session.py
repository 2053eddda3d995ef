"""Any order of edits, undo, redo, save, load, steps and arriving passes: nothing is lost, and what is shown is true."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from explainer.lesson.examples import example
from explainer.lesson.files import read_lesson, write_lesson
from explainer.messages import Refused
from tests.counts import count
from tests.properties import building_deeds, deeds
from tests.properties.watched_session import WatchedSession, assert_is_sentence

# Passes after this one are not asked for: each needs all before it.
LAST_PASS = 2


class AnySession(WatchedSession):
    """Does with a session whatever can be done."""

    @initialize(name=st.sampled_from(deeds.STARTS))
    def begin(self, name):
        self.folder = tempfile.TemporaryDirectory(prefix="explainer-session-")
        self.file = Path(self.folder.name) / "lesson.json"
        self.begin_with(example(name))

    # --- passes ----------------------------------------------------------------------------

    @rule()
    def receive(self):
        """Let a pass come that is awaited; where the lesson has none, its choice is given up."""
        session = self.session
        index = session.wanted()
        if index is None or index > LAST_PASS:
            return
        one_pass = self.computed(index)
        if not isinstance(one_pass, Refused):
            assert session.receive(session.lesson, index, one_pass)
        elif not session.passes:
            self.give_up()

    @rule()
    def receive_all(self):
        for _ in range(LAST_PASS + 1):
            self.receive()

    @rule(name=st.sampled_from(deeds.STARTS))
    def an_old_pass_arrives(self, name):
        lesson = example(name)
        if lesson != self.session.lesson:
            assert not self.session.receive(lesson, len(self.session.passes), object())

    # --- moving ----------------------------------------------------------------------------

    @rule(
        move=st.sampled_from(["next", "back", "first", "last"]),
        times=st.integers(1, 12),
        awaited=st.booleans(),
    )
    def step(self, move, times, awaited):
        for _ in range(times):
            getattr(self.session, move)()
            if awaited:
                self.receive()

    @rule()
    def go_on_to_the_next_pass(self):
        for move in ("last", "next"):
            getattr(self.session, move)()
            self.receive()

    @rule(pass_index=st.integers(0, LAST_PASS), step_index=st.integers(-1, 40))
    def jump(self, pass_index, step_index):
        self.session.go_to(pass_index, step_index)

    @precondition(lambda self: self.session.lesson.network.parameters)
    @rule(data=st.data())
    def jump_to_parameter(self, data):
        name = building_deeds.some_name(data.draw, self.session)
        if self.session.go_to_parameter(name):
            assert self.session.current_step.subject == name

    @rule(sample=st.integers(0, 4), may_exchange=st.booleans())
    def step_sample(self, sample, may_exchange):
        self.edit(lambda session: session.step_sample(sample, may_exchange=may_exchange))

    # --- editing ---------------------------------------------------------------------------

    def edit_by(self, draw, known):
        usual = deeds.deeds_for(self.session.lesson)
        deed = draw(st.sampled_from([deed for deed in known if deed in usual] or usual))
        self.edit(lambda session: deed(draw, session))
        if draw(st.integers(0, 3)):
            # Mostly passes come before anything else is done.
            self.receive()

    @rule(data=st.data())
    def edit_values(self, data):
        self.edit_by(data.draw, deeds.OF_VALUES)

    @rule(data=st.data())
    def build(self, data):
        self.edit_by(data.draw, deeds.OF_STRUCTURE)

    @rule(data=st.data())
    def build_more(self, data):
        """Build as often as everything else about edits together."""
        for _ in range(3):
            self.edit_by(data.draw, deeds.OF_STRUCTURE)

    @rule(data=st.data())
    def edit_samples(self, data):
        self.edit_by(data.draw, deeds.OF_DATA)

    @rule(data=st.data())
    def choose(self, data):
        self.edit_by(data.draw, deeds.CHOICES)

    @rule()
    def undo(self):
        depth = self.depth
        assert self.session.can_undo == (depth > 0) == (self.session.undo_name is not None)
        self.session.undo()
        assert self.depth == max(depth - 1, 0)
        self.replaced = self.replaced if depth == 0 else []
        assert self.written == self.states[self.depth]

    @rule()
    def redo(self):
        depth, room = self.depth, self.room
        assert self.session.can_redo == (room > 0) == (self.session.redo_name is not None)
        self.session.redo()
        assert self.depth == depth + min(room, 1)
        self.replaced = self.replaced if room == 0 else []
        assert self.written == self.states[self.depth]

    # --- files -----------------------------------------------------------------------------

    @rule()
    def save(self):
        write_lesson(self.session.lesson, self.file)
        self.session.saved(self.file)
        self.saved = self.written
        assert not self.session.dirty

    @rule(data=st.data(), what=st.integers(0, 11))
    def do_something_rare(self, data, what):
        """Load, begin another lesson, find the file changed or gone: each starts much over, so each is rare."""
        if what == 0 and self.session.path is not None:
            self.session.open(read_lesson(self.file), self.file)
            self.start_over()
        elif what == 1:
            self.begin_another(data.draw)
        elif what == 2:
            self.edit(lambda session: deeds.reload(data.draw, session))
            self.saved = self.written
        elif what == 3:
            self.session.forget_saved()
            self.saved = None

    def begin_another(self, draw):
        try:
            lesson = deeds.fresh_lesson(draw)
        except Refused as refusal:
            assert_is_sentence(refusal)
            return
        self.session.start_lesson(lesson)
        self.start_over()

    def teardown(self):
        if not hasattr(self, "session"):
            return
        end, depth, room = self.written, self.depth, self.room
        for _ in range(depth):
            self.undo()
        assert not self.session.can_undo
        assert self.written == self.states[0]
        for _ in range(depth):
            self.redo()
        assert self.written == end
        for _ in range(room):
            self.redo()
        assert not self.session.can_redo
        self.folder.cleanup()


AnySession.TestCase.settings = settings(
    max_examples=count(40, 500), stateful_step_count=count(40, 50)
)
TestAnySession = AnySession.TestCase
