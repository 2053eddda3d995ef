"""Copies: as text between lessons, and beside the original."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.lesson import structure
from explainer.lesson.examples import example
from explainer.messages import Refused

LECTURE, MAZUR, XOR = (example(name) for name in ("lecture-2-2-1", "mazur-2-2-2", "xor-2-2-1"))
TEXT = structure.copied(XOR, ["h1", "h2", "o1"])


def test_a_fragment_is_json_with_the_edges_among_the_neurons():
    tree = json.loads(TEXT)
    assert tree["format"] == "explainer-fragment"
    assert [(edge["from"], edge["to"]) for edge in tree["network"]["edges"]] == [
        ("h1", "o1"),
        ("h2", "o1"),
    ]
    assert set(tree["network"]["parameters"]) == {"b1", "b2", "b3", "w5", "w6"}


def test_what_is_pasted_computes_the_same_under_names_of_its_own():
    lesson, names = structure.paste(XOR, TEXT)
    assert len(names) == 3
    assert not set(names) & {"h1", "h2", "o1"}
    copy = lesson.network.neuron(names[2])
    assert copy.role == "hidden"
    assert copy.activation == XOR.network.neuron("o1").activation
    weights = [lesson.network.value(edge.weight) for edge in lesson.network.incoming(names[2])]
    assert weights == [XOR.network.value("w5"), XOR.network.value("w6")]
    assert lesson.data == XOR.data
    assert lesson.network.neurons[:5] == XOR.network.neurons


def test_free_names_are_kept():
    lesson, names = structure.paste(example("logistic-neuron"), structure.copied(XOR, ["h1"]))
    assert names == ("h1",)
    assert "b1" in lesson.network.parameters


def test_a_pasted_neuron_that_nothing_feeds_has_a_bias():
    lesson, (first, second) = structure.paste(LECTURE, structure.copied(LECTURE, ["i1", "h1"]))
    assert lesson.network.value(lesson.network.neuron(first).biases[0]) == 0
    assert lesson.network.neuron(second).bias is None


def test_a_pasted_softmax_is_one_of_its_own():
    softmax = example("softmax-classifier")
    lesson, names = structure.paste(softmax, structure.copied(softmax, ["o1", "o2"]))
    groups = {lesson.network.neuron(name).group for name in names}
    assert len(groups) == 1
    assert None not in groups


@pytest.mark.parametrize("name", ["maxout", "prelu", "batch-norm", "dropout", "convolution"])
def test_every_neuron_can_be_copied_alone_and_with_all(name):
    lesson = example(name)
    neurons = [neuron.id for neuron in lesson.network.neurons]
    for chosen in (neurons, *([one] for one in neurons)):
        _, names = structure.paste(lesson, structure.copied(lesson, chosen))
        assert len(names) == len(chosen)


def test_a_duplicate_has_the_same_edges_and_values():
    lesson, (name,) = structure.duplicate(LECTURE, ["h1"])
    assert [neuron.id for neuron in lesson.network.neurons] == ["i1", "i2", "h1", name, "h2", "o1"]
    network = lesson.network
    assert [edge.source for edge in network.incoming(name)] == ["i1", "i2"]
    assert [network.value(edge.weight) for edge in network.incoming(name)] == [0.11, 0.21]
    assert [network.value(edge.weight) for edge in network.outgoing(name)] == [0.14]


def test_duplicates_of_ends_have_the_same_data_and_ties_stay_ties():
    assert structure.duplicate(LECTURE, ["i2"])[0].data.inputs == ((2, 3, 3),)
    assert structure.duplicate(MAZUR, ["o1"])[0].data.targets == ((0.01, 0.01, 0.99),)
    lesson, names = structure.duplicate(MAZUR, ["h1", "h2"])
    assert len({lesson.network.neuron(name).bias for name in names} - {"b1"}) == 1


def spoilt(**changes):
    return json.dumps({**json.loads(TEXT), **changes})


BILLION = '{"format": "explainer-fragment", "version": 1, "network": ' + "[" * 100_000


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no copied neurons"),
        ("some words", "no copied neurons"),
        ('"explainer-fragment"', "no copied neurons"),
        (TEXT[:-30], "not JSON"),
        (BILLION, "nested deeper"),
        ("\ud800 explainer-fragment", "UTF-8"),
        (spoilt(version=float("nan")), "not a number"),
        (spoilt(version=999), "version 999"),
        (spoilt(version=None), "version"),
        (spoilt(extra=1), "no copied neurons"),
        (spoilt(network={"neurons": [], "edges": [], "parameters": {}}), "no copied neurons"),
        (spoilt(network={"neurons": [{"id": "1", "role": "hidden"}], "edges": [], "parameters": {}}), "not a name"),
        (spoilt(network={"neurons": [{"id": "a", "role": "king"}], "edges": [], "parameters": {}}), "role"),
        (spoilt(network={"neurons": [{"id": "a", "role": "hidden", "activation": "no"}], "edges": [], "parameters": {}}), "not one of"),
        (spoilt(network={"neurons": [{"id": "a", "role": "hidden"}], "edges": [{"from": "a", "to": "b", "weight": "w"}], "parameters": {"w": 1}}), 'no neuron "b"'),
        (spoilt(network={"neurons": [{"id": "a", "role": "hidden"}], "edges": [{"from": "a", "to": "a", "weight": "w"}], "parameters": {"w": 1}}), "cycle"),
        (spoilt(network={"neurons": [{"id": f"n{k}", "role": "hidden"} for k in range(301)], "edges": [], "parameters": {}}), "at most 300"),
    ],
)  # fmt: skip
def test_other_text_is_refused_with_one_sentence(text, words):
    with pytest.raises(Refused, match=words) as refusal:
        structure.paste(LECTURE, text)
    assert "\n" not in str(refusal.value)


@given(st.text() | st.text().map(lambda text: f"explainer-fragment{text}"))
def test_no_text_breaks_the_reader(text):
    with pytest.raises(Refused):
        structure.paste(LECTURE, text)


def test_nothing_is_no_copy():
    for edit in (structure.copied, structure.duplicate):
        with pytest.raises(Refused, match="No neuron is selected"):
            edit(LECTURE, [])
