"""Edits of the table: whatever is done, the lesson can be saved and traced, or the edit is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson import data_edits as edits
from explainer.lesson import feature_edits as columns
from explainer.lesson.examples import example, example_names
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.lesson.inputs import inputs_of
from explainer.lesson.lesson import Data, Feature
from explainer.messages import Refused
from explainer.trace.run import trace

CIRCLE, MAZUR = example("circle-features"), example("mazur-2-2-2")
NETWORKS = [name for name in example_names() if example(name).expression is None]
TWO = Data(((0.5, 0.25),) * 3, ((0.5, 0.5),) * 3)
small = st.floats(-9, 9).map(lambda value: round(value, 2) + 0.0)
rows = st.integers(0, 8)


def added(lesson, feature):
    return columns.with_columns(lesson, (*lesson.data.features, feature))


def without_last(lesson):
    return columns.with_columns(lesson, lesson.data.features[:-1])


def seeing(lesson, places):
    return columns.with_columns(lesson, lesson.data.features, places)


EDITS = st.one_of(
    st.tuples(
        st.just(edits.set_cells),
        st.tuples(rows, st.integers(0, 3), st.lists(st.lists(st.none() | small, max_size=3), max_size=4)),
    ),
    st.tuples(st.just(edits.insert_rows), st.tuples(rows, st.integers(1, 3))),
    st.tuples(st.just(edits.delete_rows), st.tuples(st.sets(rows))),
    st.tuples(st.just(edits.move_rows), st.tuples(st.sets(rows), st.sampled_from([-1, 1]))),
    st.tuples(st.just(edits.split_test), st.tuples(st.integers(0, 9), st.integers(0, 5))),
    st.tuples(
        st.just(edits.add_noise),
        st.tuples(st.sampled_from(["inputs", "targets"]), st.sampled_from([0.1, 2, 0]), st.integers(0, 3)),
    ),
    st.tuples(
        st.just(added),
        st.tuples(st.builds(Feature, st.sampled_from("pqr"), st.sampled_from(["x1*x2", "sin(x1)", "1/x1"]))),
    ),
    st.tuples(st.just(without_last), st.just(())),
    st.tuples(st.just(seeing), st.tuples(st.sets(st.integers(0, 1)))),
)  # fmt: skip


@given(
    st.sampled_from(["circle-features", "xor-2-2-1", "mazur-2-2-2"]), st.lists(EDITS, max_size=6)
)
def test_whatever_is_done_the_lesson_can_be_saved_or_the_edit_is_refused(name, chosen):
    lesson = example(name)
    for edit, arguments in chosen:
        try:
            lesson = edit(lesson, *arguments)
        except (Refused, IndexError):
            continue
        assert lesson_from_json(lesson_to_json(lesson)) == lesson


def test_a_block_grows_the_table():
    changed = edits.set_cells(MAZUR, 0, 1, [[0.2, 1.0], [None, 3.0], [4.0, 5.0]])
    assert changed.data.inputs == ((0.05, 0.2), (0.0, 0.0), (0.0, 4.0))
    assert changed.data.targets == ((1.0, 0.99), (3.0, 0.0), (5.0, 0.0))


def test_a_block_that_is_too_wide_is_refused():
    with pytest.raises(Refused, match="The block is 3 columns wide; from here there is room for 2"):
        edits.set_cells(MAZUR, 0, 2, [[1, 2, 3]])


def test_rows_are_added_like_the_one_before_them():
    changed = edits.insert_rows(MAZUR, 1, 2)
    assert changed.data.inputs == ((0.05, 0.1),) * 3
    assert edits.delete_rows(changed, {0, 2}).data == MAZUR.data
    with pytest.raises(Refused, match="At least one sample"):
        edits.delete_rows(MAZUR, {0})


def test_rows_move_together_and_stay_in_their_part():
    first = [row[0] for row in CIRCLE.data.inputs]
    down = edits.move_rows(CIRCLE, {0, 1}, 1)
    assert [row[0] for row in down.data.inputs] == [first[2], first[0], first[1], *first[3:]]
    assert edits.move_rows(down, {1, 2}, -1) == CIRCLE
    assert edits.move_rows(CIRCLE, {5}, 1) == CIRCLE
    assert edits.move_rows(CIRCLE, {0}, -1) == CIRCLE


def test_noise_is_repeated_by_its_seed_and_as_large_as_it_says():
    many = edits.insert_rows(MAZUR, 1, 1999)
    noisy = edits.add_noise(many, "inputs", 0.5, 7)
    assert noisy == edits.add_noise(many, "inputs", 0.5, 7)
    assert noisy != edits.add_noise(many, "inputs", 0.5, 8)
    assert noisy.data.targets == many.data.targets
    added = [row[0] - 0.05 for row in noisy.data.inputs]
    assert abs(sum(added) / len(added)) < 0.05
    assert abs((sum(value**2 for value in added) / len(added)) ** 0.5 - 0.5) < 0.03
    assert all(len(repr(value)) < 9 for row in noisy.data.inputs for value in row)


@given(st.integers(0, 8), st.integers(0, 99))
def test_a_split_keeps_every_sample(count, seed):
    if count == 8:
        with pytest.raises(Refused):
            edits.split_test(CIRCLE, count, seed)
        return
    parted = edits.split_test(CIRCLE, count, seed)
    assert sum(row.is_test for row in edits.data_rows(parted.data)) == count
    assert parted == edits.split_test(CIRCLE, count, seed)
    same = [sorted(row[:2] for row in edits.data_rows(each.data)) for each in (parted, CIRCLE)]
    assert same[0] == same[1]


@pytest.mark.parametrize("name", NETWORKS)
def test_a_new_column_changes_no_answer(name):
    lesson = example(name)
    if lesson.arithmetic.mode == "rounded":
        return
    try:
        larger = added(lesson, Feature("extra", "x1^2"))
    except Refused as refusal:
        pytest.fail(str(refusal))
    (before,), (after,) = trace(lesson), trace(larger)
    assert after.loss == pytest.approx(before.loss, rel=1e-12)
    assert inputs_of(larger, 0)[-1] == lesson.data.inputs[0][0] ** 2
    smaller = without_last(larger)
    assert lesson_to_json(smaller) == lesson_to_json(lesson)


def test_columns_are_chosen_together():
    product = Feature("p", "x1*x2")
    shown = columns.with_columns(CIRCLE, [CIRCLE.data.features[0], product], {1})
    assert [neuron.id for neuron in shown.network.of_role("input")] == ["x2", "u", "p"]
    assert inputs_of(shown, 0) == (0, 0.25, 0)
    # The weight of the column that stayed is kept.
    assert {shown.network.value(edge.weight) for edge in shown.network.outgoing("u")} == {-0.5}
    back = columns.with_columns(shown, CIRCLE.data.features, set())
    assert inputs_of(back, 3) == inputs_of(CIRCLE, 3)
    with pytest.raises(Refused, match="at least one input"):
        columns.with_columns(CIRCLE, [], set())
    with pytest.raises(Refused, match="same name"):
        columns.with_columns(CIRCLE, [product, product])


def test_a_table_that_fits_is_taken_and_another_is_refused():
    data = Data(((1.0, 2.0),), ((0.5, 0.5),), names=("a", "b"))
    assert edits.replace_data(MAZUR, data).data == data
    wide = Data(((1.0, 2.0, 3.0),), ((0.5,),))
    with pytest.raises(
        Refused, match="3 input and 1 target columns; the network has 2 inputs and 2"
    ):
        edits.replace_data(MAZUR, wide)


@given(st.integers(1, 5), st.integers(1, 4))
def test_the_network_is_adapted_to_any_table(inputs, outputs):
    data = Data(((0.25,) * inputs,) * 3, ((0.5,) * outputs,) * 3)
    lesson = edits.replace_data(MAZUR, data, adapt=True)
    assert len(lesson.network.of_role("input")) == inputs
    assert len(lesson.network.of_role("output")) == outputs
    assert lesson_from_json(lesson_to_json(lesson)) == lesson
    assert trace(lesson)
    kept = [neuron.id for neuron in MAZUR.network.of_role("input")][:inputs]
    assert [neuron.id for neuron in lesson.network.of_role("input")][: len(kept)] == kept


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_of_the_program_can_be_adapted(name):
    lesson = example(name)
    data = Data(((0.5,) * 5,) * 3, ((1.0,) * 4,) * 3)
    try:
        adapted = edits.replace_data(lesson, data, adapt=True)
    except Refused:
        # Of one loss or group of softmax there can be only so many.
        return
    assert json.loads(lesson_to_json(adapted))["data"]["inputs"][0] == [0.5] * 5


def test_an_import_keeps_the_computed_columns_that_fit():
    data = Data(((1.0, 2.0),), ((1.0,),), names=("a", "b"))
    assert edits.replace_data(CIRCLE, data).data == replace(
        data, columns=(), features=CIRCLE.data.features
    )


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.booleans())
def test_every_input_keeps_the_column_it_is_called_after(widths, uses_second):
    """Whatever tables come one after the other, an input called x3 takes the third column, and one called p the computed p."""
    expression = "x1*x2" if uses_second else "x1^2"
    lesson = added(edits.replace_data(MAZUR, TWO, adapt=True), Feature("p", expression))
    for width in widths:
        data = Data(((0.5,) * width,) * 3, TWO.targets)
        lesson = edits.replace_data(lesson, data, adapt=True)
        features = {feature.name for feature in lesson.data.features}
        inputs = lesson.network.of_role("input")
        assert len(inputs) == width + len(features)
        for place, neuron in enumerate(inputs):
            if neuron.id.startswith("x"):
                assert neuron.id == f"x{place + 1}"
            assert (neuron.id in ("p", "p2")) is (place >= width)
