"""What is added is connected, named and weighted like what stands there already."""

import pytest
from msgspec.structs import replace

from explainer.lesson import structure
from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.lesson.initialise import drawn_parameters
from explainer.lesson.layers import columns
from explainer.lesson.lesson import Parameter
from explainer.lesson.limits import MAX_NEURONS
from explainer.lesson.templates import new_lesson
from explainer.messages import Refused

LECTURE, MAZUR, XOR = (example(name) for name in ("lecture-2-2-1", "mazur-2-2-2", "xor-2-2-1"))


def routes(lesson):
    return {(edge.source, edge.target): edge.weight for edge in lesson.network.edges}


def test_a_hidden_neuron_has_edges_to_both_sides_and_the_next_names():
    lesson, name = structure.add_neuron(LECTURE, 1)
    assert name == "h3"
    assert lesson.network.neuron("h3").label == "h_3"
    assert columns(lesson.network) == (("i1", "i2"), ("h1", "h2", "h3"), ("o1",))
    new = {ends: weight for ends, weight in routes(lesson).items() if "h3" in ends}
    assert new == {("i1", "h3"): "w7", ("i2", "h3"): "w8", ("h3", "o1"): "w9"}
    assert lesson.network.neuron("h3").bias is None
    assert lesson.data == LECTURE.data


def test_a_neuron_takes_its_row_and_the_activation_and_bias_of_its_column():
    lesson, name = structure.add_neuron(XOR, 1, 0)
    assert columns(lesson.network)[1] == (name, "h1", "h2")
    neuron = lesson.network.neuron(name)
    assert neuron.activation == XOR.network.neuron("h1").activation
    assert neuron.bias == "b4"
    assert lesson.network.value("b4") == 0


def test_where_a_column_shares_one_bias_the_new_neuron_does_too():
    lesson, name = structure.add_neuron(MAZUR, 1)
    assert lesson.network.neuron(name).bias == "b1"


@pytest.mark.parametrize(
    ("column", "row", "inputs"), [(0, None, (2, 3, 0)), (0, 0, (0, 2, 3)), (0, 1, (2, 0, 3))]
)
def test_a_new_input_has_a_column_of_zeros(column, row, inputs):
    lesson, name = structure.add_neuron(LECTURE, column, row)
    assert lesson.network.neuron(name).role == "input"
    assert lesson.data.inputs == (inputs,)
    assert lesson.data.targets == LECTURE.data.targets


def test_a_new_output_has_a_target():
    lesson, name = structure.add_neuron(LECTURE, 2)
    assert lesson.network.neuron(name).role == "output"
    assert lesson.network.neuron(name).label == r"\hat{y}_2"
    assert lesson.data.targets == ((1, 0),)
    assert not lesson.network.outgoing(name)


def test_weights_are_those_that_the_initialiser_of_the_lesson_draws():
    start = replace(XOR, initialise=Choice("he_normal"), seed=5)
    lesson, name = structure.add_neuron(start, 1)
    drawn = drawn_parameters(lesson.network, Choice("he_normal"), 5)
    for edge in (*lesson.network.incoming(name), *lesson.network.outgoing(name)):
        assert lesson.network.value(edge.weight) == drawn[edge.weight]


def test_a_layer_takes_the_place_of_the_edges_between_its_neighbours():
    lesson, names = structure.add_layer(LECTURE, 0)
    assert names == ("h3", "h4")
    assert columns(lesson.network) == (("i1", "i2"), ("h3", "h4"), ("h1", "h2"), ("o1",))
    assert set(routes(lesson)) == {
        *((a, b) for a in ("i1", "i2") for b in names),
        *((a, b) for a in names for b in ("h1", "h2")),
        ("h1", "o1"), ("h2", "o1"),
    }  # fmt: skip
    assert not {"w1", "w2", "w3", "w4"} & set(lesson.network.parameters)


def test_edges_that_skip_a_new_layer_stay():
    skipping = structure.add_edge(LECTURE, "i1", "o1")
    lesson, names = structure.add_layer(skipping, 1, 3)
    assert len(names) == 3
    assert routes(lesson)["i1", "o1"] == "w7"
    assert ("h1", "o1") not in routes(lesson)


def test_a_layer_between_pinned_columns_makes_room():
    lesson, names = structure.add_layer(example("recurrent"), 0, 1)
    assert lesson.network.neuron(names[0]).at == (1, 0)
    assert lesson.network.neuron("x2").at == (2, 1)


def test_weights_named_by_their_ends_are_answered_in_kind():
    start = LECTURE
    for edge in LECTURE.network.edges:
        name = f"w_{edge.source}_{edge.target}"
        start = structure.rename_parameter(start, edge.weight, name)
    lesson, _ = structure.add_neuron(start, 1)
    assert routes(lesson)["h3", "o1"] == "w_h3_o1"
    lesson = structure.set_bias(start, ["h1"], on=True)
    assert lesson.network.neuron("h1").bias == "b_h1"


def test_layers_numbered_in_their_ids_are_answered_in_kind():
    start = new_lesson((2, 3, 2, 1), Choice("tanh"), Choice("zeros"))
    assert structure.add_neuron(start, 1)[1] == "h1_4"
    assert structure.add_layer(start, 1, 2)[1] == ("h3_1", "h3_2")


def test_what_a_neuron_learns_it_learns_by_itself():
    lesson, name = structure.add_neuron(example("prelu"), 1)
    ((field, own),) = lesson.network.neuron(name).activation.named
    assert field == "alpha"
    assert own != "alpha"
    assert lesson.network.value(own) == example("prelu").network.value("alpha")


def test_edges_of_a_maxout_neuron_have_pieces():
    maxout = example("maxout")
    lesson = structure.add_edge(maxout, "x", "o1", 2)
    assert lesson.network.neuron("o1").bias == ("b1", "b2", "b3")
    assert structure.edge_refusal(maxout, "x", "o1", 3) is not None
    lesson, name = structure.add_neuron(maxout, 0)
    assert [edge.piece for edge in lesson.network.outgoing(name)] == [0, 1]


def test_all_that_is_missing_is_connected():
    less = structure.remove(XOR, [], [("x1", "h1", 0), ("h2", "o1", 0)])
    lesson = structure.connect_all(less)
    assert routes(lesson).keys() == routes(XOR).keys()
    assert structure.connect_all(XOR) == XOR
    part = structure.connect_all(less, ["x1", "x2", "h1", "h2"])
    assert ("h2", "o1") not in routes(part)


@pytest.mark.parametrize(
    ("lesson", "ends", "words"),
    [
        (LECTURE, ("h1", "h1"), "itself"),
        (LECTURE, ("h1", "i1"), "is an input"),
        (LECTURE, ("o1", "h1"), "close a cycle"),
        (LECTURE, ("i1", "h1"), "already an edge"),
        (LECTURE, ("i1", "o1", 1), "no pieces"),
        (example("perceptron-rule"), ("o1", "o1"), "itself"),
        (structure.duplicate(example("perceptron-rule"), ["o1"])[0], ("o1", "o2"), "one layer"),
        (example("graph-sin"), ("a", "b"), "formula"),
    ],
)  # fmt: skip
def test_an_edge_is_refused_with_the_reason(lesson, ends, words):
    assert words in str(structure.edge_refusal(lesson, *ends))
    with pytest.raises(Refused, match=words):
        structure.add_edge(lesson, *ends)


def test_what_there_cannot_be_is_refused():
    for edit, words in (
        (lambda: structure.add_neuron(LECTURE, 3), "no column 4"),
        (lambda: structure.add_neuron(LECTURE, -1), "no column"),
        (lambda: structure.add_layer(LECTURE, 2), "between two columns"),
        (lambda: structure.add_layer(LECTURE, 0, 0), "from 1 to"),
        (lambda: structure.add_layer(LECTURE, 0, 10**9), "from 1 to"),
        (lambda: structure.add_layer(LECTURE, 0, MAX_NEURONS), "at most 300 neurons"),
        (lambda: structure.add_neuron(example("graph-sin"), 0), "formula"),
        (lambda: structure.add_layer(example("perceptron-rule"), 0), "one layer"),
    ):
        with pytest.raises(Refused, match=words):
            edit()


def test_a_network_has_room_for_so_many_and_no_more():
    full = new_lesson((150, 1, 149), Choice("tanh"), Choice("zeros"))
    with pytest.raises(Refused, match="at most 300 neurons"):
        structure.add_neuron(full, 1)
    wide = new_lesson((77, 76, 1), Choice("tanh"), Choice("zeros"))
    with pytest.raises(Refused, match="at most 6000 edges"):
        structure.add_neuron(wide, 1)


def test_frozen_parameters_stay_frozen():
    frozen = structure.set_trainable(LECTURE, ["w1"], on=False)
    lesson, _ = structure.add_neuron(frozen, 1)
    assert lesson.network.parameters["w1"] == Parameter(0.11, trainable=False)
