"""Softmax, maxout, dropout and batch normalisation in a file: written back byte for byte, refused by their place."""

import copy
import json

import pytest

from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.lesson.lesson import Dropout, Normalise, State
from explainer.messages import Refused
from tests.trace.special_lessons import ALL, maxout, normalised, softmax_classes


@pytest.mark.parametrize("lesson", ALL.values(), ids=ALL)
def test_reading_back_gives_the_same_lesson_and_the_same_bytes(lesson):
    written = lesson_to_json(lesson)
    read = lesson_from_json(written)
    assert read == lesson
    assert lesson_to_json(read) == written


def test_every_field_is_written():
    tree = json.loads(lesson_to_json(ALL["everything, applied"]))
    found = {neuron["id"]: neuron for neuron in tree["network"]["neurons"]}
    assert found["m"]["dropout"] == {"rate": 0.3}
    assert found["r"]["dropout"] == {"rate": 0.3, "scaling": "inverted"}
    assert found["p1"]["normalise"] == {"gamma": "g1", "beta": "c1"}
    assert found["p1"]["group"] == "classes"
    assert tree["network"]["edges"][1]["piece"] == 1
    assert tree["mode"] == "apply"
    averages = {"h1": {"running_mean": 0.3, "running_variance": 0.7}}
    applied = json.loads(lesson_to_json(ALL["batch normalisation, applied"]))
    assert applied["state"] == {"neurons": averages}
    assert ALL["batch normalisation, applied"].state == State(neurons=averages)


def test_the_defaults_of_the_format():
    assert Dropout(0.5).scaling == "at_application"
    assert (Normalise("g", "b").epsilon, Normalise("g", "b").momentum) == (1e-5, 0.1)


def changed(lesson, path, value):
    tree = copy.deepcopy(json.loads(lesson_to_json(lesson)))
    *way, last = path
    place = tree
    for step in way:
        place = place.setdefault(step, {}) if isinstance(step, str) else place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return json.dumps(tree).encode()


N, E = ("network", "neurons"), ("network", "edges")
NORMAL = {"gamma": "g", "beta": "c1"}
MAXOUT, SOFTMAX, NORMALISED = maxout(), softmax_classes(), normalised()

REFUSED = [
    (MAXOUT, (*N, 2, "bias"), "b1", "network.neurons[2].bias: a maxout neuron has a list of biases, one for each of its pieces"),
    (MAXOUT, (*N, 2, "bias"), ["b1"], "network.neurons[2].bias: the list has length 1, the neuron needs 2"),
    (MAXOUT, (*N, 2, "bias"), [], "network.neurons[2].bias: the list has length 0, the neuron needs 2"),
    (MAXOUT, (*N, 2, "bias"), ["b1"] * 17, "network.neurons[2].bias: the list has length 17, the neuron needs 2"),
    (MAXOUT, (*N, 2, "bias"), ["b1", "b9"], 'network.neurons[2].bias[1]: no parameter "b9"'),
    (MAXOUT, (*N, 2, "bias"), ["b1", 7], "network.neurons[2].bias[1]: this must be the name of a parameter, whose number stands in network.parameters"),
    (MAXOUT, (*N, 3, "bias"), ["b1"], "network.neurons[3].bias: only a maxout neuron has a list of biases"),
    (MAXOUT, (*E, 4, "piece"), 1, 'network.edges[4].piece: "o" is no maxout neuron and has no pieces'),
    (MAXOUT, (*E, 3, "piece"), 16, "network.edges[3].piece: it must be a whole number from 0 to 15"),
    (MAXOUT, (*E, 3, "piece"), -1, "network.edges[3].piece: it must be a whole number from 0 to 15"),
    (MAXOUT, (*E, 3, "piece"), 1.5, "network.edges[3].piece: this must be a whole number, not a number"),
    (MAXOUT, (*E, 3, "piece"), ..., "network.edges[3]: there is already an edge x2 → h"),
    (MAXOUT, (*N, 2, "activation"), "relu", "network.neurons[2].bias: only a maxout neuron has a list of biases"),
    (MAXOUT, (*N, 2, "normalise"), {"gamma": "w1", "beta": "w2"}, "network.neurons[2].normalise: a maxout neuron has several weighted sums"),
    (MAXOUT, (*N, 2, "activation"), {"name": "maxout", "pieces": 2}, "network.neurons[2].activation.pieces: there is no such field"),
    (MAXOUT, (*N, 2, "group"), "a", "network.neurons[2].group: only softmax neurons have a group"),
    (MAXOUT, (*N, 2, "dropout"), {"rate": 1}, "network.neurons[2].dropout.rate: it must be at least 0 and below 1"),
    (MAXOUT, (*N, 2, "dropout"), {"rate": -0.1}, "network.neurons[2].dropout.rate: it must be at least 0 and below 1"),
    (MAXOUT, (*N, 2, "dropout"), {}, 'network.neurons[2].dropout: the field "rate" is missing'),
    (MAXOUT, (*N, 2, "dropout"), {"rate": 0.5, "scaling": "sometimes"}, 'network.neurons[2].dropout.scaling: "sometimes" is not one of'),
    (SOFTMAX, (*N, 2, "group"), "1", 'network.neurons[2].group: "1" is not a name'),
    (NORMALISED, (*N, 0, "normalise"), NORMAL, "network.neurons[0].normalise: an input neuron has no weighted sum to normalise"),
    (NORMALISED, (*N, 2, "normalise", "gamma"), "no", 'network.neurons[2].normalise.gamma: no parameter "no"'),
    (NORMALISED, (*N, 2, "normalise", "beta"), "no", 'network.neurons[2].normalise.beta: no parameter "no"'),
    (NORMALISED, (*N, 2, "normalise", "beta"), ..., 'network.neurons[2].normalise: the field "beta" is missing'),
    (NORMALISED, (*N, 2, "normalise", "epsilon"), -1e-9, "network.neurons[2].normalise.epsilon: it must not be negative"),
    (NORMALISED, (*N, 2, "normalise", "momentum"), 0, "network.neurons[2].normalise.momentum: it must be greater than 0 and at most 1"),
    (NORMALISED, (*N, 2, "normalise", "momentum"), 1.1, "network.neurons[2].normalise.momentum: it must be greater than 0 and at most 1"),
    (NORMALISED, ("update", "batch_size"), 1, "update.batch_size: batch normalisation compares the samples of a batch, so in training it needs at least 2"),
    (NORMALISED, ("update", "batch_size"), 2, "update.batch_size: 5 samples in batches of 2 leave one for the last batch"),
    (NORMALISED, ("update", "order"), "in_place", "update.order: batch normalisation ties the samples together"),
    (NORMALISED, ("state",), {"neurons": {"o": {"running_mean": 0}}}, 'state.neurons.o: no neuron "o" with batch normalisation'),
    (NORMALISED, ("state",), {"neurons": {"h1": {"m": 0}}}, 'state.neurons.h1.m: batch normalisation remembers no "m"'),
    (NORMALISED, ("state",), {"neurons": {"h1": {"running_variance": -1}}}, "state.neurons.h1.running_variance: it must not be negative"),
    (NORMALISED, ("mode",), "applied", 'mode: "applied" is not one of train, apply'),
]  # fmt: skip


@pytest.mark.parametrize(("lesson", "path", "value", "sentence"), REFUSED)
def test_what_makes_no_sense_is_refused_by_its_place(lesson, path, value, sentence):
    with pytest.raises(Refused) as caught:
        lesson_from_json(changed(lesson, path, value))
    assert str(caught.value).startswith(sentence)


def test_a_piece_without_edge_and_bias_is_refused():
    tree = json.loads(lesson_to_json(MAXOUT))
    del tree["network"]["neurons"][2]["bias"]
    assert lesson_from_json(json.dumps(tree).encode())
    tree["network"]["edges"][3]["piece"] = 3
    with pytest.raises(Refused) as caught:
        lesson_from_json(json.dumps(tree).encode())
    assert str(caught.value) == (
        'network.neurons[2]: piece 2 of "h" has neither an edge nor a bias'
    )


def test_a_softmax_group_lies_at_one_depth():
    tree = json.loads(lesson_to_json(SOFTMAX))
    neurons, edges = tree["network"]["neurons"], tree["network"]["edges"]
    neurons[2]["group"] = neurons[3]["group"] = "a"
    assert lesson_from_json(json.dumps(tree).encode())
    edges.append({"from": "p1", "to": "p2", "weight": "b1"})
    with pytest.raises(Refused) as caught:
        lesson_from_json(json.dumps(tree).encode())
    assert str(caught.value) == (
        'network.neurons[3].group: "p2" and "p1" are not at the same depth, so they cannot share a softmax'
    )


def test_one_sample_is_enough_where_the_network_is_applied():
    for size in (1, 2):
        applied = json.loads(changed(NORMALISED, ("update", "batch_size"), size))
        applied["mode"] = "apply"
        assert lesson_from_json(json.dumps(applied).encode()).mode == "apply"


@pytest.mark.parametrize("rule", ["perceptron", "hebb", "delta"])
@pytest.mark.parametrize("extra", [{"dropout": {"rate": 0.1}}, {"activation": "softmax"}])
def test_a_learning_rule_needs_plain_neurons(rule, extra):
    tree = {
        "format": "explainer-lesson", "version": 1, "title": "One layer",
        "network": {
            "neurons": [{"id": "i", "role": "input"}, {"id": "o", "role": "output"} | extra],
            "edges": [{"from": "i", "to": "o", "weight": "w"}], "parameters": {"w": 0.5},
        },
        "data": {"inputs": [[1]], "targets": [[1]]}, "update": {"rule": rule, "learning_rate": 0.1},
    }  # fmt: skip
    with pytest.raises(Refused) as caught:
        lesson_from_json(json.dumps(tree).encode())
    assert str(caught.value) == (
        f'update.rule: the rule "{rule}" is for one layer, but "o" is more than a plain neuron'
    )
