"""Every gradient of every random lesson agrees three ways, and a fault in any of them is seen."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.lesson.own_parameters import with_own_parameters
from explainer.maths.updates import UPDATES
from explainer.messages import Refused
from explainer.trace.check import check
from explainer.trace.run import trace
from tests.counts import count
from tests.properties.across import special_lessons
from tests.properties.lessons import lessons, nice, rounded_arithmetic


def checked(lesson):
    try:
        return check(lesson)
    except Refused:
        assume(False)


@settings(max_examples=count(25, 2_000))
@given(lessons(rules=tuple(UPDATES), extras=True))
def test_every_gradient_agrees_three_ways(lesson):
    report = checked(lesson)
    differing = [row for row in report.rows if row.status == "differs"]
    assert not differing
    assert report.agrees
    assert report.worst <= 1e-12


@settings(max_examples=count(25, 2_000))
@given(special_lessons(rules=tuple(UPDATES), extras=True))
def test_every_gradient_across_units_and_samples_agrees_three_ways(lesson):
    report = checked(lesson)
    assert not [row for row in report.rows if row.status == "differs"]
    assert report.worst <= 1e-12


@given(lessons())
def test_a_random_lesson_is_one_that_a_file_can_hold(lesson):
    # What an activation learns gets its name in the network when the file is read.
    complete = replace(lesson, network=with_own_parameters(lesson.network))
    assert lesson_from_json(lesson_to_json(lesson)) == complete


@given(lessons(nice, orders=("simultaneous",)))
def test_the_check_is_about_the_gradients_that_the_trace_shows(lesson):
    report = checked(lesson)
    (run,) = trace(lesson, 1)
    for name, gradient in run.summary.gradients.items():
        assert report.row(name).backprop == gradient
    for sample, gradients in run.summary.input_gradients.items():
        for name, gradient in gradients.items():
            assert report.row(name, int(sample)).backprop == gradient


@given(lessons(nice), st.data())
def test_the_check_knows_no_order_and_no_rounding(lesson, data):
    by_hand = replace(lesson, arithmetic=data.draw(rounded_arithmetic))
    assert checked(by_hand).rows == checked(lesson).rows
