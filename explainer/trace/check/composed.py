"""SymPy's derivative of the loss, composed by its own recursion over the lesson from the outputs to the inputs."""

from __future__ import annotations

from explainer.lesson.lesson import Neuron
from explainer.maths import composition
from explainer.maths.active_tree import Part
from explainer.maths.chosen_definitions import activated
from explainer.maths.composition import Precise
from explainer.maths.penalty_definitions import composed_penalty
from explainer.maths.rows import Expression
from explainer.messages import Message, message
from explainer.trace.check.values import Subject, Walk

# Written out, a composed loss has a summand per path and sample. Deeper, SymPy's own recursion ends; it takes a dozen calls a neuron.
MOST_PATHS = 2000
MOST_DEPTH = 12
# Of the first weighted sum in the composed loss: a function that mentions its argument twice doubles them at every neuron.
MOST_COPIES = 64


def paths(walk: Walk) -> int:
    """Return in how many ways one gets from the error of a sample to a weight or bias; exact however large."""
    ways = dict.fromkeys(walk.outputs, 0) | dict.fromkeys(walk.output_ids, 1)
    ends = 0
    for neuron in reversed(walk.order):
        edges = walk.incoming[neuron.id]
        ends += ways[neuron.id] * (len(edges) + len(neuron.biases))
        for edge in edges:
            ways[edge.source] += ways[neuron.id]
    return ends


def depth(walk: Walk) -> int:
    """Return the number of neurons on the longest way, the input not counted."""
    levels: dict[str, int] = {}
    for neuron in walk.order:
        before = (levels[edge.source] for edge in walk.incoming[neuron.id])
        levels[neuron.id] = 0 if neuron.role == "input" else 1 + max(before, default=0)
    return max(levels.values())


def copies(walk: Walk) -> int:
    """Return how often the composed error of one sample repeats a first weighted sum along the worst way."""
    levels: dict[str, int] = {}
    for neuron in walk.order:
        before = (levels[edge.source] for edge in walk.incoming[neuron.id])
        here = 1 if neuron.role == "input" else _mentions(walk, neuron)
        levels[neuron.id] = here * max(before, default=1)
    return max(levels.values())


def _mentions(walk: Walk, neuron: Neuron) -> int:
    """Return how often a neuron's activation, written out, mentions its weighted sum."""
    parts = [
        Part(composition.symbol(f"argument {place}"), value)
        for place, value in enumerate(walk.arguments(neuron))
    ]
    return composition.mentions(activated(neuron.activation, parts, {}), parts[0].expression)


def reason_to_skip(walk: Walk, samples: int, most_paths: int) -> Message | None:
    """Return why the loss of a batch is not composed, None where it is; `walk` is that of any of its samples."""
    count = paths(walk) * samples
    if count > most_paths:
        return message(
            "SymPy is left out: the composed error would have {count} paths, more than {limit}",
            count=count,
            limit=most_paths,
        )
    levels = depth(walk)
    if levels > MOST_DEPTH:
        return message(
            "SymPy is left out: the composed error would be {count} neurons deep, more than {limit}",
            count=levels,
            limit=MOST_DEPTH,
        )
    repeated = copies(walk)
    if repeated > MOST_COPIES:
        return message(
            "SymPy is left out: the composed error would contain a weighted sum {count} times, more than {limit}",
            count=repeated,
            limit=MOST_COPIES,
        )
    return None


class Composed:
    """The error of one sample as a function of one parameter or input, all else being numbers with names.

    A neuron that the parameter cannot reach keeps its name in the expression and its value in the evaluation:
    its own formula would be differentiated to zero.
    """

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._neurons = {neuron.id: neuron for neuron in walk.order}
        self._values = {
            **{_parameter(name): value for name, value in walk.parameters.items()},
            **{_neuron(name): value for name, value in walk.outputs.items()},
            **{composition.symbol(f"sum {name}"): value for name, value in walk.sums.items()},
            **{_target(index): value for index, value in enumerate(walk.targets)},
        }

    def derivative(self, subject: Subject) -> Precise:
        """Return ∂E/∂(subject) in the precision in force."""
        reached = self._walk.reached(subject)
        variable = _neuron(subject.name) if subject.is_input else _parameter(subject.name)
        written = {subject.name: variable} if subject.is_input else {}
        walk, choice = self._walk, self._walk.lesson.loss.choice
        predictions = [self._prediction(output, reached, written) for output in walk.output_ids]
        error = composition.composed_loss(
            choice.name,
            choice.parameters,
            [_target(index) for index in range(len(walk.targets))],
            predictions,
            walk.targets,
            walk.predictions,
        )
        if walk.penalty is not None:
            values = list(zip(predictions, walk.predictions, strict=True))
            error += composed_penalty(walk.penalty.name, walk.penalty.parameters, values)
        return composition.evaluated(error.diff(variable), dict(self._values))

    def _prediction(
        self, name: str, reached: set[str], written: dict[str, Expression]
    ) -> Expression:
        if not self._walk.compares_sums:
            return self._written(name, reached, written)
        if name not in reached:
            return composition.symbol(f"sum {name}")
        return self._sum(self._neurons[name], reached, written)

    def _written(self, name: str, reached: set[str], written: dict[str, Expression]) -> Expression:
        """Return a neuron's activation as an expression; `written` keeps those already composed."""
        if name not in reached:
            return _neuron(name)
        if name not in written:
            neuron = self._neurons[name]
            z = Part(self._sum(neuron, reached, written), self._walk.sums[name])
            learnt = [
                Part(_parameter(own), self._walk.parameters[own])
                for _, own in neuron.activation.named
            ]
            written[name] = activated(neuron.activation, [z, *learnt], self._values)
        return written[name]

    def _sum(self, neuron: Neuron, reached: set[str], written: dict[str, Expression]) -> Expression:
        terms = [
            (_parameter(edge.weight), self._written(edge.source, reached, written))
            for edge in self._walk.incoming[neuron.id]
        ]
        bias = _parameter(neuron.biases[0]) if neuron.biases else None
        return composition.weighted_sum(terms, bias)


def _parameter(name: str) -> Expression:
    return composition.symbol(f"parameter {name}")


def _neuron(name: str) -> Expression:
    return composition.symbol(f"neuron {name}")


def _target(index: int) -> Expression:
    return composition.symbol(f"target of output {index}")
