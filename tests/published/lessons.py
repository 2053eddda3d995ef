"""Writing a published network or formula down as the lesson file a teacher would write."""

import json

from explainer.lesson.files import lesson_from_json


def network(
    layers, weights, biases=(), hidden="sigmoid", output=None, data=(), normalise=(), **fields
):
    """Read a layered network: its neurons by name, `{weight: (from, to, value)}`, `{bias: (neuron, value)}`, its samples.

    `{neuron: (γ, β)}` are normalised over the batch, γ = 1 and β = 0.
    """
    roles = ["input", *["hidden"] * (len(layers) - 2), "output"]
    activations = {"hidden": hidden, "output": output or hidden}
    bias_of = {neuron: name for name, (neuron, _) in dict(biases).items()}
    neurons = [
        {"id": neuron, "role": role}
        | ({"activation": activations[role]} if role != "input" else {})
        | ({"bias": bias_of[neuron]} if neuron in bias_of else {})
        | ({"normalise": _gamma_and_beta(normalise[neuron])} if neuron in normalise else {})
        for layer, role in zip(layers, roles, strict=True)
        for neuron in layer.split()
    ]
    edges = [
        {"from": start, "to": end, "weight": name} for name, (start, end, _) in weights.items()
    ]
    values = {name: value for name, (*_, value) in (weights | dict(biases)).items()}
    for gamma, beta in dict(normalise).values():
        values |= {gamma: 1, beta: 0}
    inputs, targets = zip(*data, strict=True)
    return _read(
        network={"neurons": neurons, "edges": edges, "parameters": values},
        data={"inputs": inputs, "targets": targets},
        **fields,
    )


def formula(text, **values):
    """Read a formula at given values."""
    return _read(expression={"formula": text, "values": values})


def sgd(rate, **fields):
    """Return gradient descent with a learning rate."""
    return {"rule": "sgd", "learning_rate": rate, **fields}


def _gamma_and_beta(names):
    return dict(zip(("gamma", "beta"), names, strict=True))


def _read(**fields):
    lesson = {"format": "explainer-lesson", "version": 1, "title": "A published example"}
    return lesson_from_json(json.dumps(lesson | fields).encode())
