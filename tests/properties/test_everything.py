"""Lessons over all rows of all tables: every gradient agrees three ways; and the drawn lessons hold all there is."""

import math
import re

from hypothesis import Phase, assume, event, given, seed, settings
from hypothesis import strategies as st

from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.functions import FUNCTIONS
from explainer.maths.initialisers import INITIALISERS
from explainer.maths.losses import LOSSES
from explainer.maths.penalties import PENALTIES
from explainer.maths.schedules import SCHEDULES
from explainer.maths.updates import LEARNING_RULES, UPDATES
from explainer.messages import Refused
from explainer.trace.check import check
from explainer.trace.learning import follows_gradient
from tests.counts import count
from tests.maths.formulas import statements
from tests.properties.everything import any_lessons, one_layer_lessons

TOLERANCE = 1e-12
all_lessons = st.one_of(any_lessons(), any_lessons(), one_layer_lessons(), statements())


@settings(max_examples=count(25, 2000))
@given(all_lessons)
def test_every_gradient_of_any_lesson_agrees_three_ways(lesson):
    try:
        report = check(lesson)
    except Refused as refusal:
        event(f"refused: {refusal}"[:40])
        assume(False)
    assert [row for row in report.rows if row.status == "differs"] == []
    assert report.worst <= TOLERANCE
    for row in report.rows:
        event(row.status)
        # What is not compared says why.
        assert (row.reason is None) == (row.status == "ok")
    if lesson.expression is None:
        assert bool(report.rows) == follows_gradient(lesson.update.choice.name)
        assert bool(report.reason) != bool(report.rows)


@given(any_lessons(st.floats(-1e12, 1e12)))
def test_whatever_its_numbers_a_lesson_is_checked_or_refused(lesson):
    """Agreement is not asked for: where the digits of a sum are lost on the way forward, doubles are wrong."""
    try:
        report = check(lesson)
    except Refused:
        return
    names = {row.name for row in report.rows if row.sample is None}
    assert names == set(lesson.network.parameters)
    assert not any(math.isnan(row.error) for row in report.rows)


@given(all_lessons)
def test_a_file_can_hold_it(lesson):
    assert lesson_from_json(lesson_to_json(lesson)) == lesson


# Every round draws other lessons; one seldom leaves out more than one of the hundred things.
_ROUNDS = 6


def wanted():
    """Return the names of all there is."""
    tables = (ACTIVATIONS, LOSSES, PENALTIES, UPDATES, LEARNING_RULES, SCHEDULES, INITIALISERS)
    names = {name for table in tables for name in table}
    names |= {f"{name}()" for name in FUNCTIONS}
    names |= {"softmax", "maxout", "expression", "normalise", "inverted", "at_application"}
    names |= {"train", "apply", "simultaneous", "in_place", "mean", "sum", "norm", "value"}
    return names | {
        "frozen",
        "tied",
        "parallel",
        "skip",
        "shuffle",
        "only_on_error",
        "dropped input",
    }


def drawn_in(number):
    """Return the names of everything that a few hundred of each kind of lesson hold."""
    found = set()
    for strategy, examples in (
        (any_lessons(), 300),
        (one_layer_lessons(), 60),
        (statements(), 400),
    ):

        @seed(number)
        @settings(max_examples=examples, database=None, phases=[Phase.generate])
        @given(strategy)
        def gather(lesson):
            found.update(kinds_of(lesson))

        gather()
    return found


def test_the_lessons_hold_all_there_is():
    missing = wanted()
    for number in range(_ROUNDS):
        missing -= drawn_in(number)
        if not missing:
            break
    assert missing == set()


def kinds_of(lesson):
    """Yield the names of everything that a lesson holds."""
    if lesson.expression is not None:
        yield from (f"{name}()" for name in re.findall(r"(\w+)\(", lesson.expression.formula))
        return
    network, update = lesson.network, lesson.update
    yield from (lesson.loss.choice.name, lesson.loss.reduction, lesson.mode, update.order)
    yield from (update.choice.name, update.schedule.name)
    yield from (choice.name for choice in (lesson.penalty, lesson.initialise) if choice)
    if update.clip is not None:
        yield update.clip.by
    yield from (name for name in ("shuffle", "only_on_error") if getattr(update, name))
    for neuron in network.neurons:
        yield neuron.activation.name
        if neuron.normalise is not None:
            yield "normalise"
        if neuron.dropout is not None:
            yield neuron.dropout.scaling
            yield "dropped input" if neuron.role == "input" else "dropped"
    if not all(map(network.is_trainable, network.parameters)):
        yield "frozen"
    if len({edge.weight for edge in network.edges}) < len(network.edges):
        yield "tied"
    routes = [(edge.source, edge.target) for edge in network.edges]
    if len(set(routes)) < len(routes):
        yield "parallel"
    if any((a, c) in routes for a, b in routes for other, c in routes if other == b):
        yield "skip"
