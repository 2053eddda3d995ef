"""Differences give either lesson back exactly; the history is bounded by memory."""

import tracemalloc
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson import edits
from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_to_json
from explainer.lesson.templates import new_lesson
from explainer.messages import message
from explainer.session import Session
from explainer.session.difference import applied, difference, size_of
from explainer.session.history import MEMORY, Edit, History
from tests.lesson.strategies import lessons

LECTURE = example("lecture-2-2-1")


@given(lessons(), lessons())
def test_a_difference_leads_from_any_lesson_to_any_other_and_back(old, new):
    change = difference(old, new)
    assert lesson_to_json(applied(change, old)) == lesson_to_json(new)
    assert lesson_to_json(applied(change, new, back=True)) == lesson_to_json(old)


@given(lessons())
def test_equal_lessons_do_not_differ(lesson):
    assert difference(lesson, lesson) is None
    assert difference(lesson, replace(lesson)) is None


pairs = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from([0.0, -0.0, 1.0, 1, "x"])), max_size=6
)


@given(pairs, pairs)
def test_dictionaries_keep_their_order_and_the_sign_of_zero(old, new):
    one, other = dict(old), dict(new)
    change = difference(one, other)
    assert repr(applied(change, one)) == repr(other)
    assert repr(applied(change, other, back=True)) == repr(one)


def test_a_nudge_takes_little_memory_however_large_the_network():
    large = new_lesson((70, 80, 1), Choice("tanh"), Choice("zeros"))
    nudged = edits.set_parameter(large, "w7", 0.5)
    assert size_of(difference(large, nudged)) < 2_000
    session = Session(LECTURE)
    for number in range(3_000):
        session.set_parameter("w1", 1.0 + number)
    taken = 0
    while session.can_undo:
        session.undo()
        taken += 1
    assert taken == 3_000
    assert session.lesson == LECTURE


def test_what_is_kept_is_about_what_is_counted():
    large = new_lesson((70, 80, 1), Choice("tanh"), Choice("zeros"))
    session = Session(large)
    session.set_parameter("w1", 0.25)
    tracemalloc.start()
    try:
        for number in range(100):
            session.set_parameter("w7", 1.0 + number)
        grown = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert grown < 1_000_000


def test_the_oldest_are_forgotten_where_memory_ends_but_never_the_last():
    first = Edit(("a",), "a", LECTURE, edits.set_parameter(LECTURE, "w1", 5), 0)
    second = Edit(("b",), "b", first.after, edits.set_parameter(first.after, "w2", 5), 0)
    small, usual = History(memory=1), History()
    for history in (small, usual):
        history.record(first, continuing=False)
        history.record(second, continuing=False)
    assert small.undo(second.after) == second
    assert small.undo(first.after) is None
    assert usual.undo(second.after) == second
    assert usual.undo(first.after) == first
    assert usual.redo(LECTURE) == first
    assert 10_000 * size_of(difference(first.before, first.after)) < MEMORY


def history_of(*lessons):
    """Return a history of edits that led from each lesson to the next."""
    history = History()
    for before, after in pairwise(lessons):
        history.record(Edit((after.title,), message("edit"), before, after, 0, 0), continuing=False)
    return history


def test_a_dropped_edit_leaves_what_could_be_made_again_before_it():
    a, b, c, failed = (replace(LECTURE, title=title) for title in "abcd")
    history = history_of(a, b, c)
    history.undo(c)
    history.record(Edit(("f",), message("edit"), b, failed, 0, 0), continuing=False)
    assert history.last_undone is None
    assert history.drop(failed).before == b
    assert history.redo(b).after == c
    assert history.last_undone is None


def test_edits_made_on_top_of_a_dropped_one_are_never_made_on_another_lesson():
    a, failed, later = (replace(LECTURE, title=title) for title in "abc")
    history = history_of(a, failed, later)
    history.undo(later)
    assert history.drop(failed).before == a
    assert history.last_undone is None
    assert history._size == 0
