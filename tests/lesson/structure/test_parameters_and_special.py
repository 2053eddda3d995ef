"""Biases, ties, frozen parameters, dropout, batch normalisation, softmax groups, maxout pieces."""

import pytest
from msgspec.structs import replace

from explainer.lesson import structure
from explainer.lesson.examples import example
from explainer.lesson.lesson import Dropout
from explainer.lesson.structure import Use
from explainer.messages import Refused

LECTURE, MAZUR, XOR = (example(name) for name in ("lecture-2-2-1", "mazur-2-2-2", "xor-2-2-1"))
ALL = replace(XOR, update=replace(XOR.update, batch_size="all"))


def test_biases_come_and_go():
    lesson = structure.set_bias(LECTURE, ["i1", "h1", "o1"], on=True)
    assert [neuron.bias for neuron in lesson.network.neurons] == [None, None, "b1", None, "b2"]
    assert structure.set_bias(lesson, ["h1", "o1"], on=False) == LECTURE
    assert structure.set_bias(MAZUR, ["h1"], on=True) == MAZUR
    assert structure.set_bias(example("maxout"), ["o1"], on=False).network.neuron("o1").bias is None
    with pytest.raises(Refused, match="input has no bias"):
        structure.set_bias(LECTURE, ["i1"], on=True)
    alone = structure.remove(XOR, [], [("x1", "h1", 0), ("x2", "h1", 0)])
    with pytest.raises(Refused, match="h₁ has no incoming edge"):
        structure.set_bias(alone, ["h1"], on=False)


def test_tied_parameters_are_one_and_can_be_untied():
    tied = structure.tie(LECTURE, ["w3", "w1"])
    assert [use.neuron for use in structure.uses_of(tied.network, "w3")] == ["h1", "h2"]
    assert tied.network.value("w3") == 0.12
    assert "w1" not in tied.network.parameters
    untied = structure.untie(tied, Use("weight", "h1", "i1"))
    assert untied.network.incoming("h1")[0].weight == "w7"
    assert untied.network.value("w7") == 0.12
    with pytest.raises(Refused, match="tied to nothing"):
        structure.untie(untied, Use("weight", "h1", "i1"))
    with pytest.raises(Refused, match="Only several"):
        structure.tie(LECTURE, ["w1", "w1"])
    with pytest.raises(KeyError):
        structure.untie(LECTURE, Use("weight", "i1", "h1"))


@pytest.mark.parametrize("name", ["batch-norm", "prelu", "maxout"])
def test_every_use_of_anything_can_be_untied(name):
    start = example(name)
    first = next(iter(start.network.parameters))
    for other in list(start.network.parameters)[1:]:
        tied = structure.tie(start, [first, other])
        for use in structure.uses_of(tied.network, first):
            untied = structure.untie(tied, use)
            fresh = structure.parameter_at(untied.network, use)
            assert structure.uses_of(untied.network, fresh) == (use,)
            assert untied.network.value(fresh) == tied.network.value(first)


def test_frozen_and_free():
    lesson = structure.set_trainable(LECTURE, ["w1", "w2"], on=False)
    assert [lesson.network.is_trainable(name) for name in ("w1", "w2", "w3")] == [
        False,
        False,
        True,
    ]
    assert structure.set_trainable(lesson, ["w1", "w2"], on=True) == LECTURE
    with pytest.raises(KeyError):
        structure.set_trainable(LECTURE, ["w9"], on=False)


def test_dropout():
    lesson = structure.set_dropout(LECTURE, ["h1"], 0.5)
    assert lesson.network.neuron("h1").dropout == Dropout(0.5)
    inverted = replace(lesson.network.neuron("h1"), dropout=Dropout(0.5, "inverted"))
    neurons = tuple(inverted if one.id == "h1" else one for one in lesson.network.neurons)
    lesson = replace(lesson, network=replace(lesson.network, neurons=neurons))
    lesson = structure.set_dropout(lesson, ["h1", "h2"], 0.25)
    assert lesson.network.neuron("h2").dropout == Dropout(0.25, "inverted")
    assert structure.set_dropout(lesson, ["h1", "h2"], None) == LECTURE
    for rate in (1.0, -0.1, float("nan")):
        with pytest.raises(Refused, match="below 1"):
            structure.set_dropout(LECTURE, ["h1"], rate)


def test_batch_normalisation():
    lesson = structure.set_normalise(ALL, ["x1", "h1", "h2"], on=True)
    settings = lesson.network.neuron("h1").normalise
    assert (settings.gamma, settings.beta) == ("gamma_h1", "beta_h1")
    assert (lesson.network.value("gamma_h1"), lesson.network.value("beta_h1")) == (1, 0)
    assert structure.set_normalise(lesson, ["h1", "h2"], on=False) == ALL
    applied = structure.set_normalise(example("batch-norm-applied"), ["h1"], on=False)
    assert not applied.state.neurons
    for edit, words in (
        (lambda: structure.set_normalise(LECTURE, ["h1"], on=True), "at least 2"),
        (lambda: structure.set_normalise(ALL, ["x1"], on=True), "no weighted sum"),
        (lambda: structure.set_normalise(example("maxout"), ["o1"], on=True), "ŷ: a maxout neuron"),
    ):
        with pytest.raises(Refused, match=words):
            edit()


def test_maxout_pieces():
    lesson = structure.set_pieces(XOR, ["h1", "x1"], 3)
    assert [edge.piece for edge in lesson.network.incoming("h1")] == [0, 0, 1, 1, 2, 2]
    assert len(lesson.network.neuron("h1").biases) == 3
    less = structure.set_pieces(lesson, ["h1"], 1)
    assert [edge.piece for edge in less.network.incoming("h1")] == [0, 0]
    assert less.network.neuron("h1").bias == ("b1",)
    assert less.network.parameters == XOR.network.parameters
    for count in (0, 17):
        with pytest.raises(Refused, match="from 1 to 16"):
            structure.set_pieces(XOR, ["h1"], count)
    with pytest.raises(Refused, match="no weighted sum"):
        structure.set_pieces(XOR, ["x1"], 2)


def test_softmax_groups():
    softmax = example("softmax-classifier")
    lesson = structure.set_group(softmax, ["o1", "o2"], "first")
    assert [neuron.group for neuron in lesson.network.of_role("output")] == ["first", "first", None]
    assert structure.set_group(lesson, ["o1", "o2"], None) == softmax
    with pytest.raises(Refused, match="Only softmax"):
        structure.set_group(LECTURE, ["h1"], "g")
    with pytest.raises(Refused, match="cannot be a name"):
        structure.set_group(softmax, ["o1"], "1")
