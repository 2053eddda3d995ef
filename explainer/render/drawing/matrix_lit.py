"""Which entries of the matrices a step speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from explainer.lesson.lesson import Lesson
from explainer.trace.addresses import delta_address
from explainer.trace.layered import Layer
from explainer.trace.moment import Moment
from explainer.trace.steps import Step

# The matrix (`W1`), the row (a sample, a neuron, "" where there is only one), the column (a neuron).
Cell = tuple[str, int | str, str]


class Lit:
    """The bright entries of one moment."""

    def __init__(
        self, lesson: Lesson, layers: Sequence[Layer], samples: Sequence[int], moment: Moment
    ) -> None:
        self._lesson, self._layers, self._samples = lesson, layers, samples
        self._layer_of = {name: layer for layer in layers for name in layer.neurons}
        uses = Counter(edge.weight for edge in lesson.network.edges)
        uses.update(name for neuron in lesson.network.neurons for name in neuron.own_parameters)
        self._uses = uses
        self._outputs = [neuron.id for neuron in lesson.network.of_role("output")]
        self.cells = frozenset(() if moment.step is None else self._cells(moment.step))

    def is_tied(self, parameter: str) -> bool:
        """Tell whether a parameter stands in several entries."""
        return self._uses[parameter] > 1

    def _cells(self, step: Step) -> Iterator[Cell]:
        match step.kind:
            case "weighted_sum" | "activation" | "softmax" | "dropout":
                yield from self._forward(step)
            case "loss" | "penalty" | "batch_loss":
                yield from self._error(step)
            case "delta":
                yield from self._delta(step)
            case "gradient_weight" | "gradient_bias":
                yield from self._gradient(step)
            case "gradient_parameter" | "clip":
                yield from self._uses_of(step.subject, "dW", "db")
            case "update" | "rule":
                yield from self._uses_of(step.subject, "W", "b")
                yield from self._uses_of(step.subject, "dW", "db")
            case _:
                return

    def _forward(self, step: Step) -> Iterator[Cell]:
        name, sample = step.subject, step.sample or 0
        layer = self._layer_of.get(name)
        if layer is None:
            # The dropout of an input.
            yield ("X1", sample, name)
            return
        number = layer.number
        if step.kind == "weighted_sum":
            yield from ((f"X{number}", sample, source) for source in layer.sources)
            yield from ((f"W{number}", source, name) for source in layer.sources)
            yield from ((f"b{number}", "", name), (f"S{number}", sample, name))
        elif step.kind == "dropout":
            yield from ((f"A{number}", sample, name), (f"Y{number}", sample, name))
        else:
            sums = layer.neurons if step.kind == "softmax" else (name,)
            yield from ((f"S{number}", sample, each) for each in sums)
            yield (f"A{number}", sample, name)

    def _error(self, step: Step) -> Iterator[Cell]:
        samples = self._samples if step.sample is None else (step.sample,)
        for sample in samples:
            yield ("E", sample, "")
            if step.sample is not None:
                yield from (("T", sample, name) for name in self._outputs)
                yield from self._predictions(sample, self._outputs)

    def _predictions(self, sample: int, names: Sequence[str]) -> Iterator[Cell]:
        """Yield what is compared with the targets: the last of S, A and Y that is drawn."""
        number = len(self._layers)
        for name in names:
            neuron = self._lesson.network.neuron(name)
            letter = "A" if neuron.activation.name != "identity" else "S"
            yield (f"{'Y' if neuron.dropout is not None else letter}{number}", sample, name)

    def _delta(self, step: Step) -> Iterator[Cell]:
        name, sample = step.subject, step.sample or 0
        layer = self._layer_of.get(name)
        if layer is None:
            return
        if step.address == delta_address(self._lesson.network.neuron(name)):
            yield (f"dS{layer.number}", sample, name)
        if layer.number == len(self._layers):
            yield ("T", sample, name)
            yield from self._predictions(sample, (name,))
            return
        above = self._layers[layer.number]
        yield from ((f"W{above.number}", name, target) for target in above.neurons)
        yield from ((f"dS{above.number}", sample, target) for target in above.neurons)

    def _gradient(self, step: Step) -> Iterator[Cell]:
        sample = step.sample or 0
        if step.edge is not None:
            source, target = step.edge
            number = self._layer_of[target].number
            yield from ((f"X{number}", sample, source), (f"dW{number}", source, target))
        else:
            target = step.neuron or ""
            if target not in self._layer_of:
                return
            number = self._layer_of[target].number
            yield (f"db{number}", "", target)
        yield (f"dS{number}", sample, target)

    def _uses_of(self, parameter: str, weights: str, biases: str) -> Iterator[Cell]:
        for layer in self._layers:
            for source, row in zip(layer.sources, layer.weights, strict=True):
                for target, name in zip(layer.neurons, row, strict=True):
                    if name == parameter:
                        yield (f"{weights}{layer.number}", source, target)
            for target, bias in zip(layer.neurons, layer.biases, strict=True):
                if bias == parameter:
                    yield (f"{biases}{layer.number}", "", target)
