"""Whatever is edited in whatever order, a lesson comes out that a file may hold, and that can be traced and checked."""

from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.lesson.checks import check_lesson
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.lesson.structure.ground import used_parameters
from explainer.messages import Refused
from explainer.trace.check import check
from explainer.trace.run import trace
from tests.counts import count
from tests.lesson.structure.any_edits import START, edited


@given(data=st.data(), name=st.sampled_from(START))
def test_every_result_may_be_saved(data, name):
    lesson = example(name)
    for _ in range(data.draw(st.integers(1, 12), label="edits")):
        before, bytes_before = lesson, lesson_to_json(lesson)
        unused = lesson.network.parameters.keys() - used_parameters(lesson.network)
        lesson, refusal = edited(data.draw, lesson)
        check_lesson(lesson)
        written = lesson_to_json(lesson)
        assert lesson_from_json(written) == lesson
        assert lesson_to_json(lesson_from_json(written)) == written
        assert lesson_to_json(before) == bytes_before
        network = lesson.network
        assert len(network.parameters.keys() - used_parameters(network)) <= len(unused)
        assert set(lesson.state.parameters) <= set(network.parameters)
        if refusal is not None:
            assert "\n" not in str(refusal)
            assert "{" not in str(refusal).replace("\\hat{", "")


@given(data=st.data(), name=st.sampled_from(START))
@settings(max_examples=count(12, 200))
def test_every_result_is_traced_and_its_gradients_are_right(data, name):
    lesson = example(name)
    for _ in range(data.draw(st.integers(1, 6), label="edits")):
        lesson, _ = edited(data.draw, lesson)
    try:
        trace(lesson, 2)
    except Refused:
        return  # an error that the data or the outputs do not suit
    assert check(lesson).agrees
