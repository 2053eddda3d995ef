"""Small lessons whose neurons look across units or samples: softmax, maxout, dropout, batch normalisation."""

import json

from explainer.lesson.files import lesson_from_json
from explainer.lesson.lesson import Lesson

HEAD = {"format": "explainer-lesson", "version": 1}
XY = [{"id": "x1", "role": "input"}, {"id": "x2", "role": "input"}]


def lesson(title: str, **fields: object) -> Lesson:
    return lesson_from_json(json.dumps({**HEAD, "title": title, **fields}).encode())


def dense(sources, targets):
    return [
        {"from": source, "to": target, "weight": f"w_{source}_{target}"}
        for target in targets
        for source in sources
    ]


NUMBERS = (0.3, -0.4, 0.7, 0.2, -0.6, 0.5, 0.1, -0.2, 0.8, -0.1, 0.4, 0.9)


def parameters(edges, *names, **values):
    weights = [*dict.fromkeys(edge["weight"] for edge in edges), *names]
    return {name: NUMBERS[place % len(NUMBERS)] for place, name in enumerate(weights)} | values


def softmax_classes(loss="cross_entropy", targets=((1, 0, 0), (0, 0.25, 0.75)), **fields) -> Lesson:
    """Two inputs, one softmax of three outputs."""
    outputs = [
        {"id": f"p{k}", "role": "output", "activation": "softmax", "bias": f"b{k}"}
        for k in (1, 2, 3)
    ]
    edges = dense(("x1", "x2"), ("p1", "p2", "p3"))
    return lesson(
        "Three classes",
        network={
            "neurons": [*XY, *outputs],
            "edges": edges,
            "parameters": parameters(edges, "b1", "b2", "b3"),
        },
        data={"inputs": [[1, 2], [-0.5, 0.5]], "targets": [list(row) for row in targets]},
        loss=loss,
        update={"rule": "sgd", "learning_rate": 0.5, "batch_size": 2} | fields.pop("update", {}),
        **fields,
    )


def maxout(**fields) -> Lesson:
    """Two inputs, a maxout neuron of three pieces (the last a constant), one output; parallel edges, a skip edge."""
    edges = [
        {"from": "x1", "to": "h", "weight": "w1"},
        {"from": "x2", "to": "h", "weight": "w2"},
        {"from": "x1", "to": "h", "weight": "w3", "piece": 1},
        {"from": "x2", "to": "h", "weight": "w4", "piece": 1},
        {"from": "h", "to": "o", "weight": "w5"},
        {"from": "x1", "to": "o", "weight": "w6"},
    ]
    hidden = {"id": "h", "role": "hidden", "activation": "maxout", "bias": ["b1", "b2", "b3"]}
    return lesson(
        "The largest of three",
        network={
            "neurons": [*XY, hidden | fields.pop("hidden", {}), {"id": "o", "role": "output"}],
            "edges": edges,
            "parameters": parameters(edges, "b1", "b2", b3=0.6),
        },
        data={"inputs": [[1, 2], [0.5, -1], [-2, 0.5]], "targets": [[1], [0], [0.5]]},
        update={"rule": "sgd", "learning_rate": 0.1, "batch_size": "all"},
        **fields,
    )


def dropped(scaling="inverted", mode="train", **fields) -> Lesson:
    """Two inputs, one of them dropped, two tanh neurons with dropout, a sigmoid output."""
    dropout = {"rate": 0.4, "scaling": scaling}
    edges = dense(("x1", "x2"), ("h1", "h2")) + dense(("h1", "h2"), ("o",))
    return lesson(
        "Dropout",
        network={
            "neurons": [
                XY[0],
                XY[1] | {"dropout": {"rate": 0.25, "scaling": scaling}},
                {
                    "id": "h1",
                    "role": "hidden",
                    "activation": "tanh",
                    "bias": "b1",
                    "dropout": dropout,
                },
                {"id": "h2", "role": "hidden", "dropout": dropout},
                {"id": "o", "role": "output", "activation": "sigmoid", "bias": "b2"},
            ],
            "edges": edges,
            "parameters": parameters(edges, "b1", "b2"),
        },
        data={"inputs": [[1, 2], [0.5, -1]], "targets": [[1], [0]]},
        loss="binary_cross_entropy",
        mode=mode,
        seed=fields.pop("seed", 3),
        update={"rule": "momentum", "learning_rate": 0.1, "batch_size": fields.pop("batch", 2)},
        **fields,
    )


def normalised(mode="train", **fields) -> Lesson:
    """Two inputs, two normalised neurons (tanh and identity) that share γ, an output fed by them and by an input."""
    settings = {"gamma": "g", "beta": "c1", "epsilon": 0.001, "momentum": 0.2}
    edges = [
        *dense(("x1", "x2"), ("h1", "h2")),
        *dense(("h1", "h2"), ("o",)),
        {"from": "x1", "to": "o", "weight": "skip"},
    ]
    return lesson(
        "Batch normalisation",
        network={
            "neurons": [
                *XY,
                {
                    "id": "h1",
                    "role": "hidden",
                    "activation": "tanh",
                    "bias": "b1",
                    "normalise": settings,
                },
                {"id": "h2", "role": "hidden", "normalise": settings | {"beta": "c2"}},
                {"id": "o", "role": "output", "bias": "b2"},
            ],
            "edges": edges,
            "parameters": parameters(edges, "b1", "b2", g=1.2, c1=0.1, c2=-0.3),
        },
        data={
            "inputs": [[1, 2], [0.5, -1], [-2, 0.5], [0.3, 0.3], [1.5, -0.5]],
            "targets": [[1], [0], [0.5], [-1], [0.2]],
        },
        mode=mode,
        update={"rule": "momentum", "learning_rate": 0.05, "batch_size": fields.pop("batch", 3)},
        **fields,
    )


def normalised_classes(**fields) -> Lesson:
    """Everything at once: normalised softmax outputs behind a maxout neuron with dropout and a PReLU."""

    def settings(k):
        return {"gamma": f"g{k}", "beta": f"c{k}"}

    edges = [
        {"from": "x1", "to": "m", "weight": "w1"},
        {"from": "x2", "to": "m", "weight": "w2", "piece": 1},
        {"from": "x1", "to": "r", "weight": "w3"},
        *dense(("m", "r"), ("p1", "p2")),
    ]
    return lesson(
        "Everything at once",
        network={
            "neurons": [
                *XY,
                {"id": "m", "role": "hidden", "activation": "maxout", "dropout": {"rate": 0.3}},
                {
                    "id": "r", "role": "hidden", "activation": {"name": "prelu", "alpha": "s"},
                    "dropout": {"rate": 0.3, "scaling": "inverted"},
                },
                *(
                    {
                        "id": f"p{k}", "role": "output", "activation": "softmax",
                        "normalise": settings(k), "group": "classes",
                    }
                    for k in (1, 2)
                ),
            ],
            "edges": edges,
            "parameters": parameters(edges, s=0.1, g1=1.1, g2=0.9, c1=0.2, c2=-0.1),
        },
        data={
            "inputs": [[1, 2], [0.5, -1], [-2, 0.5], [-1, -0.7]],
            "targets": [[1, 0], [0, 1], [0, 1], [1, 0]],
        },
        loss="cross_entropy",
        seed=5,
        update={"rule": "sgd", "learning_rate": 0.2, "batch_size": "all"},
        **fields,
    )  # fmt: skip


ALL = {
    "softmax": softmax_classes(),
    "softmax, squared error": softmax_classes("half_squared_error"),
    "maxout": maxout(),
    "maxout with dropout": maxout(hidden={"dropout": {"rate": 0.3}}, seed=1),
    "inverted dropout": dropped(),
    "dropout scaled when applied": dropped("at_application"),
    "inverted dropout, applied": dropped(mode="apply"),
    "dropout scaled when applied, applied": dropped("at_application", "apply"),
    "batch normalisation": normalised(),
    "batch normalisation, applied": normalised(
        "apply",
        state={"neurons": {"h1": {"running_mean": 0.3, "running_variance": 0.7}}},
    ),
    "everything": normalised_classes(),
    "everything, applied": normalised_classes(mode="apply"),
}  # fmt: skip
