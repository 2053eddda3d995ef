"""Any order of edits, undo, redo, save, load, steps and arriving passes: nothing is lost, and what is shown is true."""

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from explainer.lesson.checks import check_lesson
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_from_json, lesson_to_json, read_lesson, write_lesson
from explainer.messages import Refused, translate
from explainer.render.diagram import draw
from explainer.session import Session
from explainer.trace.moment import moment_at, starting_moment
from explainer.trace.run import trace
from tests.counts import count
from tests.properties import deeds

# Passes after this one are not asked for: each needs all before it.
LAST_PASS = 2


class AnySession(RuleBasedStateMachine):
    """A session, and beside it the file it should write at each place of its history."""

    @initialize(name=st.sampled_from(deeds.STARTS))
    def begin(self, name):
        self.session = Session(example(name))
        self.folder = tempfile.TemporaryDirectory(prefix="explainer-session-")
        self.file = Path(self.folder.name) / "lesson.json"
        self.traces = {}
        self.checked = set()
        self.drawn = set()
        self.start_over()

    def start_over(self):
        self.states = [self.written]
        # What could be made again before the last edit.
        self.replaced = []
        self.saved = self.written

    @property
    def written(self):
        return lesson_to_json(self.session.lesson)

    @property
    def depth(self):
        return len(self.session._history._done)

    @property
    def room(self):
        """How many edits can be made again."""
        return len(self.session._history._undone)

    # --- passes ----------------------------------------------------------------------------

    def computed(self, index):
        """Return a pass of the lesson, or the refusal to trace it."""
        key = self.written
        known = self.traces.get(key, ())
        if not isinstance(known, Refused) and len(known) <= index:
            try:
                known = [run.summary for run in trace(self.session.lesson, index + 1)]
            except Refused as refusal:
                return refusal
            self.traces[key] = known
        return known[index]

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

    def give_up(self):
        depth, now = self.depth, self.written
        if not self.session.give_up_choice():
            assert self.written == now
            return
        assert self.depth == depth - 1
        assert self.room == len(self.replaced)
        self.states[depth:] = self.replaced
        self.replaced = []
        assert self.written == self.states[self.depth]

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
        name = deeds.some_name(data.draw, self.session)
        if self.session.go_to_parameter(name):
            assert self.session.current_step.subject == name

    @rule(sample=st.integers(0, 4), may_exchange=st.booleans())
    def step_sample(self, sample, may_exchange):
        self.edit(lambda session: session.step_sample(sample, may_exchange=may_exchange))

    # --- editing ---------------------------------------------------------------------------

    def edit(self, deed):
        """Do something that may be an edit, and note what there is to take back now."""
        session, before, depth, room = self.session, self.written, self.depth, self.room
        cursor, lesson = session.cursor, session.lesson
        try:
            deed(session)
        except Refused as refusal:
            assert session.lesson is lesson
            assert session.cursor == cursor
            assert (self.depth, self.room) == (depth, room)
            assert_is_sentence(refusal)
            return
        if self.written == before:
            # An edit that changes nothing is none; a drag back to where it began is none either.
            assert self.depth <= depth
            assert self.room == room or self.depth < depth
        if self.depth > depth:
            assert self.depth == depth + 1
            self.replaced = self.states[self.depth :]
            self.states[self.depth :] = [self.written]
        elif self.depth == depth and self.written != before:
            assert self.room == 0
            self.states[depth:] = [self.written]
        elif self.depth < depth:
            assert self.written == self.states[self.depth]
            del self.states[self.depth + 1 :]
            self.replaced = []

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

    # --- what always holds -----------------------------------------------------------------

    @invariant()
    def the_mark_of_changes_is_exact(self):
        assert self.session.dirty == (self.written != self.saved)

    @invariant()
    def the_lesson_may_be_saved(self):
        written = self.written
        if written not in self.checked:
            check_lesson(self.session.lesson)
            again = lesson_from_json(written)
            assert again == self.session.lesson
            assert lesson_to_json(again) == written
            self.checked.add(written)

    @invariant()
    def the_names_of_edits_are_sentences(self):
        for name in (self.session.undo_name, self.session.redo_name):
            if name is not None:
                assert translate(name, "en")

    @invariant()
    def what_is_shown_is_a_fresh_trace(self):
        session = self.session
        index, step = session.cursor
        one_pass = session.current_pass
        if one_pass is None:
            assert (index, session.passes) == (0, [])
            moment = starting_moment(session.lesson)
        else:
            assert one_pass == self.computed(index)
            assert (-1 if index == 0 else 0) <= step < len(one_pass.steps)
            fresh = self.computed(index)
            moment = (
                starting_moment(session.lesson)
                if step < 0
                else moment_at(session.lesson, fresh, step)
            )
        assert session.moment() == moment
        assert_is_told_by_pass(moment, one_pass)

    @invariant()
    def the_drawing_is_of_the_lesson(self):
        place = (self.written, self.session.cursor, self.session.current_pass is None)
        if place in self.drawn:
            return
        self.drawn.add(place)
        lesson = self.session.lesson
        drawing = draw(lesson, self.session.moment(), digits=5, language="en")
        keys = Counter(shape.key for shape in drawing.shapes)
        assert set(keys.values()) <= {1}
        if lesson.expression is None:
            circles = {key for key in keys if key.startswith("circle:")}
            assert circles == {f"circle:{neuron.id}" for neuron in lesson.network.neurons}
            curves = {key for key in keys if key.startswith("edge:")}
            assert curves == {edge_key(edge) for edge in lesson.network.edges}
            assert len(curves) == len(lesson.network.edges)

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


def edge_key(edge) -> str:
    return f"edge:{edge.source}>{edge.target}" + (f" {edge.piece + 1}" if edge.piece else "")


def assert_is_sentence(refusal: Refused) -> None:
    told = str(refusal)
    assert told
    assert "\n" not in told
    assert "{" not in told.replace("\\hat{", "")


def assert_is_told_by_pass(moment, one_pass) -> None:
    """Compare the parameters on the board with those the pass began and ended with."""
    if one_pass is None:
        return
    for name, value in moment.parameters.items():
        is_new = name in moment.updated
        side = one_pass.parameters_after if is_new else one_pass.parameters_before
        assert value == side[name]


AnySession.TestCase.settings = settings(
    max_examples=count(30, 500), stateful_step_count=count(30, 50)
)
TestAnySession = AnySession.TestCase
