"""A session, and beside it the file it should write at each place of its history; what holds after anything at all."""

from collections import Counter

from hypothesis.stateful import RuleBasedStateMachine, invariant

from explainer.lesson.checks import check_lesson
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.messages import Refused, translate
from explainer.render.diagram import draw
from explainer.session import Session
from explainer.trace.moment import moment_at, starting_moment
from explainer.trace.run import trace


class WatchedSession(RuleBasedStateMachine):
    """Keeps book of a session; whoever inherits it says what is done."""

    def begin_with(self, lesson):
        self.session = Session(lesson)
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

    def give_up(self):
        depth, room, now = self.depth, self.room, self.written
        if not self.session.give_up_choice():
            assert (self.depth, self.room, self.written) == (depth, room, now)
            return
        assert room == 0
        assert self.depth == depth - 1
        assert self.room == len(self.replaced)
        self.states[depth:] = self.replaced
        self.replaced = []
        assert self.written == self.states[self.depth]

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
