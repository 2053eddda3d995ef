"""New lessons: a dense network of any size for one of the usual tasks, with data that suit it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise, product
from typing import Final, Literal, NamedTuple, TypeVar

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import (
    FORMAT,
    VERSION,
    Data,
    Edge,
    Lesson,
    Localised,
    Loss,
    Network,
    Neuron,
    Parameter,
    Role,
    Update,
)
from explainer.lesson.limits import MAX_EDGES, MAX_NEURONS, MAX_OPERATIONS_PER_PASS
from explainer.lesson.own_parameters import with_own_parameters
from explainer.messages import Message, Refused, message, translate

TemplateName = Literal["regression", "binary", "multi-class"]
_Row = tuple[float, ...]
_Answer = TypeVar("_Answer")

# All corners of the cube are shown for so many inputs; of more only some, or the table would be long.
_MOST_CORNERS = 4
_PIECES = 2


class Template(NamedTuple):
    """What the last layer computes for a task, how its error is measured, and samples for so many inputs and outputs."""

    label: Message
    description: Message
    output: Choice
    loss: Choice
    learning_rate: float
    samples: Callable[[int, int], Data]
    least_outputs: int = 1


def _regression(inputs: int, outputs: int) -> Data:
    rows = [(-1.0,), (-0.5,), (0.0,), (0.5,), (1.0,)] if inputs == 1 else _corners(inputs)
    functions: tuple[Callable[[_Row], float], ...] = (
        lambda row: row[0] ** 2 if inputs == 1 else sum(row) / inputs,
        lambda row: abs(row[0]) if inputs == 1 else math.prod(row),
        max,
        lambda row: 1.0 - sum(row) / inputs,
    )
    return _data(
        rows, [[round(_one_of(functions, k)(row), 3) for k in range(outputs)] for row in rows]
    )


def _binary(inputs: int, outputs: int) -> Data:
    if inputs == 1:
        rows: list[_Row] = [(-2.0,), (-1.0,), (1.0,), (2.0,)]
        questions: tuple[Callable[[_Row], bool], ...] = (
            lambda row: row[0] > 0,
            lambda row: abs(row[0]) > 1.5,
            lambda row: row[0] < 0,
        )
    else:
        rows = _corners(inputs)
        questions = (
            lambda row: sum(row) == 1,
            lambda row: all(row),
            lambda row: any(row),
        )
    return _data(
        rows, [[float(_one_of(questions, k)(row)) for k in range(outputs)] for row in rows]
    )


def _multi_class(inputs: int, outputs: int) -> Data:
    """Return two samples of each class: along a line, or in one direction of a circle for each class."""
    rows: list[_Row] = []
    targets = []
    for k in range(outputs):
        for distance in (1.0, 0.5):
            if inputs == 1:
                rows.append((k - (outputs - 1) / 2 + (distance - 0.75),))
            else:
                angle = 2 * math.pi * k / outputs
                rows.append(
                    tuple(
                        round(distance * math.cos(angle - math.pi * j / inputs), 2) + 0.0
                        for j in range(inputs)
                    )
                )
            targets.append([float(k == other) for other in range(outputs)])
    return _data(rows, targets)


TEMPLATES: Final[dict[str, Template]] = {
    "regression": Template(
        message("Regression"),
        message(
            "The outputs are numbers of any size: the last layer only adds up, and the error is half the squared difference."
        ),
        Choice("identity"),
        Choice("half_squared_error"),
        0.1,
        _regression,
    ),
    "binary": Template(
        message("Two classes"),
        message(
            "The output is a probability between 0 and 1: the last layer is a sigmoid, and the error is the binary cross-entropy."
        ),
        Choice("sigmoid"),
        Choice("binary_cross_entropy"),
        0.5,
        _binary,
    ),
    "multi-class": Template(
        message("Several classes"),
        message(
            "The outputs are the probabilities of the classes and add up to 1: the last layer is a softmax, and the error is the cross-entropy."
        ),
        Choice("softmax"),
        Choice("cross_entropy"),
        0.5,
        _multi_class,
        least_outputs=2,
    ),
}


def new_lesson(
    sizes: Sequence[int],
    activation: Choice,
    initialiser: Choice,
    seed: int = 0,
    template: TemplateName = "regression",
) -> Lesson:
    """Return a lesson with a dense network of these layers, inputs first, and data for the task of the template.

    Hidden neurons have the activation, every neuron but the inputs a bias of 0, weights are drawn by the initialiser
    from the seed. Refused for sizes there cannot be, and for an activation or an initialiser that is none.
    """
    # Imported here: drawing and checking take tables that the first frame does without.
    from explainer.lesson.training_edits import initialised

    task = TEMPLATES[template]
    _must_fit(sizes, task, activation)
    title = "-".join(map(str, sizes))
    network, data = _dense(sizes, activation, task.output), task.samples(sizes[0], sizes[-1])
    # All samples at once, as long as that is no more than a pass may hold.
    most = max(1, MAX_OPERATIONS_PER_PASS // (len(network.neurons) + len(network.edges)))
    lesson = Lesson(
        FORMAT,
        VERSION,
        Localised(*(f"{translate(task.label, language)}, {title}" for language in ("en", "ru"))),
        network,
        data,
        description=Localised(
            *(translate(task.description, language) for language in ("en", "ru"))
        ),
        loss=Loss(task.loss),
        update=Update(
            learning_rate=task.learning_rate,
            batch_size="all" if len(data.inputs) <= most else most,
        ),
    )
    return initialised(lesson, initialiser, seed)


def _must_fit(sizes: Sequence[int], task: Template, activation: Choice) -> None:
    if len(sizes) < 2 or any(size < 1 for size in sizes):
        raise Refused(
            message(
                "A network has at least an input and an output layer, and a layer at least one neuron."
            )
        )
    if sizes[-1] < task.least_outputs:
        raise Refused(message("Several classes need at least 2 outputs."))
    if sum(sizes) > MAX_NEURONS:
        raise Refused(message("A network has at most {limit} neurons.", limit=MAX_NEURONS))
    edges = sum(one * other for one, other in pairwise(sizes))
    if activation.name == "maxout":
        edges += (_PIECES - 1) * sum(one * other for one, other in pairwise(sizes[:-1]))
    if edges > MAX_EDGES:
        raise Refused(message("A network has at most {limit} edges.", limit=MAX_EDGES))


def _dense(sizes: Sequence[int], activation: Choice, output: Choice) -> Network:
    neurons: list[Neuron] = []
    edges: list[Edge] = []
    parameters: dict[str, float | Parameter] = {}
    biases: dict[str, float | Parameter] = {}

    def new_bias() -> str:
        name = f"b{len(biases) + 1}"
        biases[name] = 0.0
        return name

    before: list[str] = []
    last = len(sizes) - 1
    for layer, size in enumerate(sizes):
        role: Role = "input" if layer == 0 else "output" if layer == last else "hidden"
        choice = {"input": Choice("identity"), "hidden": activation, "output": output}[role]
        pieces = _PIECES if choice.name == "maxout" else 1
        names = [_id(role, layer, index, last) for index in range(1, size + 1)]
        for index, name in enumerate(names, 1):
            several = tuple(new_bias() for _ in range(pieces)) if role != "input" else ()
            bias = None if not several else several if choice.name == "maxout" else several[0]
            label = None
            if role == "output":
                label = "\\hat{y}" if size == 1 else f"\\hat{{y}}_{{{index}}}"
            neurons.append(Neuron(name, role, choice, bias, label))
            for piece in range(pieces):
                for source in before:
                    weight = f"w{len(edges) + 1}"
                    edges.append(Edge(source, name, weight, piece))
                    parameters[weight] = 0.0
        before = names
    return with_own_parameters(Network(tuple(neurons), tuple(edges), {**parameters, **biases}))


def _id(role: Role, layer: int, index: int, last: int) -> str:
    if role == "hidden":
        return f"h{index}" if last == 2 else f"h{layer}_{index}"
    return f"x{index}" if role == "input" else f"o{index}"


def _corners(inputs: int) -> list[_Row]:
    """Return the corners of the cube, of a large one the origin, its neighbours and the corner opposite."""
    if inputs <= _MOST_CORNERS:
        return list(product((0.0, 1.0), repeat=inputs))
    ones = [tuple(float(k == j) for j in range(inputs)) for k in range(inputs)]
    return [(0.0,) * inputs, *ones, (1.0,) * inputs]


def _one_of(functions: tuple[Callable[[_Row], _Answer], ...], k: int) -> Callable[[_Row], _Answer]:
    return functions[k % len(functions)]


def _data(inputs: Sequence[_Row], targets: Sequence[Sequence[float]]) -> Data:
    return Data(tuple(inputs), tuple(tuple(row) for row in targets))
