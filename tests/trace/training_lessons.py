"""Lessons about training, for the tests of its steps."""

import json
from itertools import groupby

from explainer.lesson.files import lesson_from_json

NETWORK = {
    "neurons": [
        {"id": "i1", "role": "input"},
        {"id": "i2", "role": "input"},
        {"id": "h1", "role": "hidden", "activation": "tanh", "bias": "b1"},
        {"id": "o1", "role": "output", "activation": "sigmoid", "bias": "b2"},
    ],
    "edges": [
        {"from": "i1", "to": "h1", "weight": "w1"},
        {"from": "i2", "to": "h1", "weight": "w2"},
        {"from": "h1", "to": "o1", "weight": "w3"},
    ],
    "parameters": {
        "w1": 0.4, "w2": -0.3, "w3": 0.9, "b1": 0.2, "b2": {"value": 0.1, "trainable": False},
    },
}  # fmt: skip
ONE_LAYER = {
    "neurons": [
        {"id": "i1", "role": "input"},
        {"id": "i2", "role": "input"},
        {"id": "o1", "role": "output", "activation": "sign", "bias": "b"},
    ],
    "edges": [
        {"from": "i1", "to": "o1", "weight": "w1"},
        {"from": "i2", "to": "o1", "weight": "w2"},
    ],
    "parameters": {"w1": 0.0, "w2": 0.0, "b": 0.0},
}
DATA = {"inputs": [[1, 1], [1, -1], [-1, 1], [-1, -1]], "targets": [[1], [0], [0], [0]]}


def lesson(network=NETWORK, **fields):
    head = {"format": "explainer-lesson", "version": 1, "title": "Training", "data": DATA}
    return lesson_from_json(json.dumps(head | {"network": network} | fields).encode())


def kinds(run):
    """Return the kinds of steps in order, repetitions left out."""
    return [kind for kind, _ in groupby(step.kind for step in run.summary.steps)]


def update(rule="sgd", **fields):
    return {"rule": rule, "learning_rate": 0.5, **fields}
