"""What a lesson may not say about its training, refused by its place."""

import copy
import json

import pytest

from explainer.lesson.files import lesson_from_json
from explainer.messages import Refused

ONE_LAYER = {
    "format": "explainer-lesson",
    "version": 1,
    "title": "One layer",
    "network": {
        "neurons": [
            {"id": "i1", "role": "input"},
            {"id": "o1", "role": "output", "activation": "heaviside", "bias": "b"},
        ],
        "edges": [{"from": "i1", "to": "o1", "weight": "w"}],
        "parameters": {"w": 0.5, "b": 0},
    },
    "data": {"inputs": [[1], [0]], "targets": [[1], [0]]},
    "update": {"rule": "sgd", "learning_rate": 0.1},
}
HIDDEN = {
    "neurons": [
        {"id": "i1", "role": "input"},
        {"id": "h1", "role": "hidden"},
        {"id": "o1", "role": "output"},
    ],
    "edges": [
        {"from": "i1", "to": "h1", "weight": "w"},
        {"from": "h1", "to": "o1", "weight": "w"},
    ],
    "parameters": {"w": 0.5},
}
CHAIN = {
    "neurons": [
        {"id": "i1", "role": "input"},
        {"id": "o1", "role": "output"},
        {"id": "o2", "role": "output"},
    ],
    "edges": [
        {"from": "i1", "to": "o1", "weight": "w"},
        {"from": "o1", "to": "o2", "weight": "w"},
    ],
    "parameters": {"w": 0.5},
}


def with_fields(**fields):
    tree = copy.deepcopy(ONE_LAYER)
    for path, value in fields.items():
        *before, last = path.split("__")
        place = tree
        for key in before:
            place = place.setdefault(key, {})
        place[last] = value
    return json.dumps(tree).encode()


def refusal(**fields):
    with pytest.raises(Refused) as caught:
        lesson_from_json(with_fields(**fields))
    return str(caught.value)


CASES = [
    ({"penalty": "l3"}, 'penalty: "l3" is not one of l2, l1, entropy'),
    ({"penalty": {"name": "l2", "lambda": 1}}, "penalty.lambda: there is no such field"),
    ({"penalty": {"rate": 1}}, 'penalty: the field "name" is missing'),
    ({"penalty": None}, "penalty: this must be text or an object, not nothing"),
    ({"initialise": "random"}, 'initialise: "random" is not one of zeros, constant, uniform'),
    ({"initialise": {"name": "normal", "std": -1}}, "initialise.std: it must not be negative"),
    ({"seed": 0.5}, "seed: this must be a whole number, not a number"),
    ({"seed": "a"}, "seed: this must be a whole number, not text"),
    ({"loss": {"name": "huber", "delta": 0}}, "loss.delta: it must be greater than 0"),
    ({"update__clip": {}}, 'update.clip: the field "by" is missing'),
    ({"update__clip": {"by": "norm"}}, 'update.clip: the field "threshold" is missing'),
    ({"update__clip": {"by": "length", "threshold": 1}}, 'update.clip.by: "length" is not one of norm, value'),
    ({"update__clip": {"by": "norm", "threshold": 0}}, "update.clip.threshold: it must be greater than 0"),
    ({"update__clip": {"by": "norm", "threshold": 1, "kind": 2}}, "update.clip.kind: there is no such field"),
    ({"update__clip": {"by": "norm", "threshold": 1}, "update__order": "in_place"}, "update.clip.by: clipping by norm needs the whole gradient"),
    ({"update__schedule": "cosine"}, 'update.schedule: "cosine" is not one of constant, step, exponential'),
    ({"update__schedule": 3}, "update.schedule: this must be text or an object, not a whole number"),
    ({"update__schedule": {"name": "step", "step_size": 0}}, "update.schedule.step_size: it must be a whole number from 1"),
    ({"update__schedule": {"name": "step", "step_size": 2.5}}, "update.schedule.step_size: it must be a whole number from 1"),
    ({"update__schedule": {"name": "step", "gamma": -1}}, "update.schedule.gamma: it must be greater than 0"),
    ({"update__schedule": {"name": "constant", "gamma": 1}}, "update.schedule.gamma: there is no such field"),
    ({"update__shuffle": 1}, "update.shuffle: this must be true or false, not a whole number"),
    ({"update__rule": "adam", "update__beta1": 1}, "update.beta1: it must be at least 0 and below 1"),
    ({"update__rule": "adam", "update__beta3": 1}, "update.beta3: there is no such field"),
    ({"update__rule": "rmsprop", "update__decay": -0.1}, "update.decay: it must be at least 0 and below 1"),
    ({"update__rule": "adagrad", "update__epsilon": -1}, "update.epsilon: it must not be negative"),
    ({"update__only_on_error": True}, 'update.only_on_error: the rule "sgd" has no such field'),
    ({"update__rule": "delta", "update__only_on_error": True}, 'update.only_on_error: the rule "delta" has no such field'),
    ({"update__rule": "hebb", "update__only_on_error": 1}, "update.only_on_error: this must be true or false"),
    ({"update__rule": "perceptron", "network": HIDDEN}, 'update.rule: the rule "perceptron" is for one layer, but "h1" is a hidden neuron'),
    ({"update__rule": "hebb", "network": CHAIN, "data__targets": [[1, 1], [0, 0]]}, 'update.rule: the rule "hebb" is for one layer, but "o1" feeds another neuron'),
    ({"update__rule": "perceptron", "penalty": "l2"}, 'penalty: the rule "perceptron" does not go together with it'),
    ({"update__rule": "delta", "update__clip": {"by": "value", "threshold": 1}}, 'update.clip: the rule "delta" does not go together with it'),
    ({"update__rule": "delta", "loss": "squared_error"}, 'loss: the rule "delta" is gradient descent on half_squared_error and no other loss'),
    ({"state__pass": -1}, "state.pass: it must be a whole number from 0 to 1000000000"),
    ({"state__pass": 10**10}, "state.pass: it must be a whole number from 0 to 1000000000"),
    ({"state__pass": 1.5}, "state.pass: this must be a whole number, not a number"),
    ({"state__passes": 1}, "state.passes: there is no such field"),
    ({"state__parameters": {"v": {}}}, 'state.parameters.v: no parameter "v"'),
    ({"state__parameters": {"w": {"m": 1}}}, 'state.parameters.w.m: the rule "sgd" remembers no "m"'),
    ({"state__parameters": {"b": {}, "w": {"m": "1"}}}, "state.parameters.w.m: this must be a number, not text"),
    ({"state__parameters": {"w": 3}}, "state.parameters.w: this must be an object, not a whole number"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "sentence"), CASES)
def test_it_is_refused_by_its_place(fields, sentence):
    assert refusal(**fields).startswith(sentence)


@pytest.mark.parametrize(
    "fields",
    [
        {"penalty": {"name": "entropy", "rate": -0.5}},
        {"initialise": "he_normal", "seed": 12},
        {"update__rule": "hebb", "update__only_on_error": True},
        {"update__rule": "perceptron", "update__batch_size": "all", "update__shuffle": True},
        {"update__rule": "delta"},
        {"update__rule": "adamw", "update__weight_decay": 0, "state": {"pass": 3, "parameters": {"w": {"m": 0.1, "v": 0.2}}}},
        {"update__clip": {"by": "value", "threshold": 0.5}, "update__order": "in_place"},
        {"update__schedule": {"name": "exponential", "gamma": 0.5}},
    ],
)  # fmt: skip
def test_it_is_accepted_and_written_as_it_was_read(fields):
    from explainer.lesson.files import lesson_to_json

    lesson = lesson_from_json(with_fields(**fields))
    written = json.loads(lesson_to_json(lesson))
    for path, value in fields.items():
        place = written
        for key in path.split("__"):
            place = place[key]
        assert place == value
