"""What is removed takes along what only it used; what is renamed takes along what refers to it."""

import pytest
from msgspec.structs import replace

from explainer.lesson import structure
from explainer.lesson.examples import example
from explainer.lesson.lesson import Localised, State
from explainer.messages import Refused

LECTURE, MAZUR, XOR = (example(name) for name in ("lecture-2-2-1", "mazur-2-2-2", "xor-2-2-1"))


def ids(lesson):
    return [neuron.id for neuron in lesson.network.neurons]


def test_a_neuron_goes_with_its_edges_and_what_only_they_used():
    trained = replace(
        LECTURE, state=State(1, {name: {"momentum": 1.0} for name in LECTURE.network.parameters})
    )
    trained = replace(trained, update=example("adam").update)
    trained = replace(
        trained, state=State(1, {name: {"m": 1.0} for name in trained.network.parameters})
    )
    lesson = structure.remove(trained, ["h2"])
    assert ids(lesson) == ["i1", "i2", "h1", "o1"]
    assert list(lesson.network.parameters) == ["w1", "w2", "w5"] == list(lesson.state.parameters)


def test_a_shared_parameter_stays_while_it_is_used():
    assert "b1" in structure.remove(MAZUR, ["h1"]).network.parameters
    assert "w" in structure.remove(example("recurrent"), [], [("h1", "h2", 0)]).network.parameters


def test_parameters_that_nothing_had_used_before_stay():
    parameters = {**LECTURE.network.parameters, "spare": 1.0}
    spare = replace(LECTURE, network=replace(LECTURE.network, parameters=parameters))
    assert "spare" in structure.remove(spare, ["h2"]).network.parameters


def test_columns_of_the_data_go_with_their_neurons():
    assert structure.remove(LECTURE, ["i1"]).data.inputs == ((3,),)
    assert structure.remove(MAZUR, ["o1"]).data.targets == ((0.99,),)


def test_a_layer_taken_out_leaves_its_neighbours_connected():
    lesson = structure.remove(LECTURE, ["h1", "h2"])
    assert [(edge.source, edge.target) for edge in lesson.network.edges] == [
        ("i1", "o1"),
        ("i2", "o1"),
    ]
    deep, names = structure.add_layer(LECTURE, 1)
    again = structure.remove(deep, names)
    assert {(edge.source, edge.target) for edge in again.network.edges} == {
        (edge.source, edge.target) for edge in LECTURE.network.edges
    }


def test_what_cannot_be_removed_is_refused():
    one_way = structure.remove(LECTURE, ["h2"])
    for edit, words in (
        (lambda: structure.remove(LECTURE, ["i1", "i2"]), "at least one input"),
        (lambda: structure.remove(LECTURE, ["o1"]), "at least one output"),
        (lambda: structure.remove(one_way, [], [("h1", "o1", 0)]), "ŷ would have neither"),
    ):
        with pytest.raises(Refused, match=words):
            edit()
    with pytest.raises(KeyError):
        structure.remove(LECTURE, ["h9"])
    with pytest.raises(KeyError):
        structure.remove(LECTURE, [], [("i1", "o1", 0)])


def test_a_neuron_is_renamed_everywhere():
    normal = example("batch-norm-applied")
    lesson = structure.rename_neuron(normal, "h1", "q")
    assert "q" in ids(lesson)
    assert {"h1"}.isdisjoint(
        {end for edge in lesson.network.edges for end in (edge.source, edge.target)}
    )
    assert lesson.state.neurons.keys() == {
        "q" if name == "h1" else name for name in normal.state.neurons
    }
    assert structure.rename_neuron(lesson, "q", "h1") == normal


@pytest.mark.parametrize("name", ["prelu", "batch-norm", "maxout", "mazur-2-2-2"])
def test_a_parameter_is_renamed_everywhere(name):
    start = example(name)
    for old in start.network.parameters:
        lesson = structure.rename_parameter(start, old, "fresh")
        assert old not in lesson.network.parameters
        assert not structure.uses_of(lesson.network, old)
        assert structure.uses_of(lesson.network, "fresh") == structure.uses_of(start.network, old)
        assert structure.rename_parameter(lesson, "fresh", old) == start


def test_names_that_are_none_or_taken_are_refused():
    for name, words in (
        ("h2", "is taken"),
        ("", "not a name"),
        ("1", "not a name"),
        ("a" * 33, "longer than 32"),
    ):
        with pytest.raises(Refused, match=words):
            structure.rename_neuron(LECTURE, "h1", name)
    with pytest.raises(Refused, match="is taken"):
        structure.rename_parameter(LECTURE, "w1", "w2")
    with pytest.raises(Refused, match="not a name"):
        structure.rename_parameter(LECTURE, "w1", "ж")


def test_symbols():
    assert structure.set_label(LECTURE, "h1", r" \alpha ").network.neuron("h1").label == r"\alpha"
    assert structure.set_label(LECTURE, "h1", "").network.neuron("h1").label is None
    with pytest.raises(Refused, match="cannot be a symbol"):
        structure.set_label(LECTURE, "h1", r"\input{x}")


def test_texts_in_one_language_and_in_both():
    lesson = structure.set_text(LECTURE, "title", "Моё", "ru")
    assert lesson.title == Localised("The lecture example", "Моё")
    assert structure.set_text(LECTURE, "title", "Mine").title == "Mine"
    assert structure.set_text(LECTURE, "notes", Localised("a", "б")).notes == Localised("a", "б")
    for text, words in (
        ("", "empty"),
        ("a\nb", "one line"),
        ("a" * 201, "200"),
        ("a\0", "U\\+0000"),
        ("\ud800", "D800"),
    ):
        with pytest.raises(Refused, match=words):
            structure.set_text(LECTURE, "title", text)


def test_neurons_change_places_and_their_data_with_them():
    lesson = structure.move_neuron(LECTURE, "i1", 1)
    assert ids(lesson)[:2] == ["i2", "i1"]
    assert lesson.data.inputs == ((3, 2),)
    assert structure.move_neuron(MAZUR, "o2", 0).data.targets == ((0.99, 0.01),)
    assert structure.move_neuron(lesson, "i1", -5) == LECTURE
    assert structure.move_neuron(LECTURE, "h1", 99).network.neurons[3].id == "h1"


def test_pinned_neurons_change_their_pins():
    pinned = structure.pin(structure.pin(LECTURE, "h1", (1, 0)), "h2", (1, 2))
    lesson = structure.move_neuron(pinned, "h2", 0)
    assert (lesson.network.neuron("h2").at, lesson.network.neuron("h1").at) == ((1, 0), (1, 2))
    assert structure.pin(pinned, "h1", None).network.neuron("h1").at is None
    with pytest.raises(Refused, match="finite"):
        structure.pin(LECTURE, "h1", (float("nan"), 0))
