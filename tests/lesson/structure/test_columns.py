"""Columns follow their neurons: through any edit of the structure every input receives what it received before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson import structure
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.lesson.inputs import inputs_of, received
from explainer.messages import Refused
from explainer.trace.run import trace

XOR, CIRCLE = example("xor-feature"), example("circle-features")
NAMED = replace(XOR, data=replace(XOR.data, names=("left", "right")))


def by_neuron(lesson):
    """Return what each input neuron receives, in all samples, test samples too."""
    ids = [neuron.id for neuron in lesson.network.of_role("input")]
    rows = [inputs_of(lesson, sample) for sample in range(len(lesson.data.inputs))]
    if lesson.data.test is not None:
        rows += [received(lesson, row) for row in lesson.data.test.inputs]
    return dict(zip(ids, zip(*rows, strict=True), strict=True))


EDITS = st.one_of(
    st.builds(
        lambda row: lambda lesson: structure.add_neuron(lesson, 0, row)[0], st.integers(0, 3)
    ),
    st.builds(
        lambda at: lambda lesson: structure.remove(lesson, {_input(lesson, at)}), st.integers(0, 4)
    ),
    st.builds(
        lambda at: lambda lesson: structure.duplicate(lesson, {_input(lesson, at)})[0],
        st.integers(0, 4),
    ),
    st.builds(
        lambda at, to: lambda lesson: structure.move_neuron(lesson, _input(lesson, at), to),
        st.integers(0, 4),
        st.integers(0, 4),
    ),
    st.just(lambda lesson: structure.add_neuron(lesson, 1)[0]),
)


def _input(lesson, at):
    inputs = lesson.network.of_role("input")
    return inputs[at % len(inputs)].id


@given(st.sampled_from([XOR, CIRCLE, NAMED]), st.lists(EDITS, max_size=6))
def test_what_an_input_receives_stays(lesson, edits):
    for edit in edits:
        before = by_neuron(lesson)
        try:
            lesson = edit(lesson)
        except (Refused, IndexError):
            continue
        after = by_neuron(lesson)
        assert all(after[name] == before[name] for name in after.keys() & before.keys())
        new = [values for name, values in after.items() if name not in before]
        assert all(values in before.values() or not any(values) for values in new)
        assert lesson_from_json(lesson_to_json(lesson)) == lesson


def test_an_output_has_its_column_in_the_test_samples_too():
    lesson, _ = structure.add_neuron(CIRCLE, 1)
    assert lesson.data.targets[0] == (1, 0)
    assert lesson.data.test.targets == ((1, 0), (0, 0))
    assert lesson.data.features == CIRCLE.data.features


@pytest.mark.parametrize("name", ["x1", "p"])
def test_a_neuron_is_renamed_and_keeps_its_column(name):
    lesson = structure.rename_neuron(XOR, name, "other")
    assert list(by_neuron(lesson).values()) == list(by_neuron(XOR).values())
    assert lesson.data == XOR.data


def test_a_column_that_others_are_computed_from_is_only_hidden():
    lesson = structure.remove(XOR, {"x1"})
    assert lesson.data.columns == ("x2",)
    assert lesson.data.inputs == XOR.data.inputs
    assert [inputs_of(lesson, sample)[-1] for sample in range(4)] == [0, 0, 0, 1]
    assert trace(lesson)


def test_a_computed_column_goes_with_its_neuron():
    lesson = structure.remove(XOR, {"p"})
    assert lesson.data.features == ()
    assert lesson.data.columns is None
