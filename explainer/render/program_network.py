"""A network's forward and backward pass as lines of source: one line for every quantity, all samples of a batch at once."""

from __future__ import annotations

from collections import defaultdict

from explainer.lesson.lesson import Lesson
from explainer.maths import update_operations
from explainer.maths.cancelling_slope import CancellingSlope
from explainer.maths.chosen import activation_row
from explainer.maths.code import Library, operation_source
from explainer.maths.slope_source import slope_by_output, slope_source
from explainer.render.program_functions import Functions
from explainer.render.program_names import Names
from explainer.trace.node import Node
from explainer.trace.penalty import of_weights, penalised
from explainer.trace.record import Run
from explainer.trace.run import parameters_by_depth

_SHARED_ROLES = ("mean", "variance")


class Equations:
    """The quantities of one sample stand for those of all: each is a vector with a number for every sample.

    `lines` come in order: what is given, `forward`, `error`, and for NumPy `backward`.
    """

    def __init__(self, run: Run, library: Library) -> None:
        self.run, self.library = run, library
        self.lesson: Lesson = run.lesson
        self.names = Names()
        self.functions = Functions(self.names, library)
        self.graph = run.graph
        first = self.graph.samples[0]
        # Every quantity once, in an order of evaluation.
        self.places = [
            place
            for place, node in enumerate(self.graph.nodes)
            if node.sample in (None, first) and node.role != "parameter"
        ]
        self.zeros = f"{library}.zeros(count)"

    def node(self, place: int) -> Node:
        """Return a node of the graph."""
        return self.graph.nodes[place]

    def name(self, place: int) -> str:
        """Return what the quantity of a node is called; those of other samples are called alike."""
        node = self.node(place)
        if node.role == "parameter":
            return self.names.of(("parameter", node.owner), node.owner)
        if node.role == "target":
            return self.names.of(("target", node.owner), f"target_{node.owner}")
        return self.names.of(("quantity", node.address), node.address.replace(".", "_"))

    def slope_name(self, place: int) -> str:
        """Return what the derivative of the errors by a node is called."""
        return self.names.of(("slope", self.name(place)), f"d_{self.name(place)}")

    def given(self) -> list[str]:
        """Return the lines that name parameters, inputs, targets, masks and what is remembered."""
        lines = [
            f"{self.name(place)} = parameters[{name!r}]"
            for name, place in self.graph.parameter.items()
        ]
        lines += ["count = len(samples)", f"zeros = {self.zeros}"]
        inputs = [neuron.id for neuron in self.lesson.network.of_role("input")]
        outputs = [neuron.id for neuron in self.lesson.network.of_role("output")]
        for place in self.places:
            node = self.node(place)
            if node.role == "input":
                column = inputs.index(node.owner)
                lines.append(f"{self.name(place)} = column(INPUTS, {column}, samples)")
            elif node.role == "target":
                column = outputs.index(node.owner)
                lines.append(f"{self.name(place)} = column(TARGETS, {column}, samples)")
            elif node.role == "constant" and self._is_used(place):
                lines.append(f"{self.name(place)} = {self._constant(node)}")
        return lines

    def _constant(self, node: Node) -> str:
        quantity = node.address.rpartition(".")[2]
        if quantity == "mask":
            return f"masks[{node.owner!r}]"
        text = f"memory[{node.owner!r}][{'running_' + quantity!r}]"
        return f"tensor({text})" if self.library == "torch" else text

    def _is_used(self, place: int) -> bool:
        """Tell whether a network as it is run here looks at a given quantity: when applied, not at masks."""
        is_mask = self.node(place).address.endswith(".mask")
        return self.lesson.mode == "train" or not is_mask

    def forward(self) -> list[str]:
        """Return a line for everything the neurons compute."""
        return [
            f"{self.name(place)} = {self._value(place)}"
            for place in self.places
            if self.node(place).operation is not None
            and self.node(place).role not in ("loss", "penalty")
        ]

    def _value(self, place: int) -> str:
        node = self.node(place)
        inputs = [self.name(source) for source in node.inputs]
        if node.operation is None:
            raise ValueError(f"{node.address} is given")
        if node.role == "mean":
            return f"{inputs[0]}.mean()"
        if node.role == "variance":
            return f"(({inputs[1]} - {inputs[0]}) ** 2).mean()"
        if node.role == "activation":
            return self.functions.call(self.lesson.network.neuron(node.owner).activation, inputs)
        if node.role == "softmax":
            return f"softmax([{', '.join(inputs)}])[{self._softmax_place(place)}]"
        text = operation_source(node.operation, inputs, self.library)
        # What no input goes into is the same for all samples.
        return text if node.role != "pre_activation" or len(inputs) > 1 else f"{text} + zeros"

    def _softmax_place(self, place: int) -> int:
        return self.siblings(place).index(place)

    def siblings(self, place: int) -> list[int]:
        """Return the components of the softmax that a node is one of."""
        inputs = self.node(place).inputs
        return [
            other
            for other in self.places
            if self.node(other).role == "softmax" and self.node(other).inputs == inputs
        ]

    def error(self) -> list[str]:
        """Return the lines of the error: of every sample, of the batch, with the penalty on the weights."""
        lines: list[str] = []
        for place in self.places:
            node = self.node(place)
            if node.role in ("loss", "penalty") and node.operation is not None:
                inputs = [self.name(source) for source in node.inputs]
                text = operation_source(node.operation, inputs, self.library)
                lines.append(f"losses = {text if node.role == 'loss' else f'losses + {text}'}")
        mean = self.lesson.loss.reduction == "mean"
        lines.append(f"loss = losses.{'mean' if mean else 'sum'}()")
        choice = of_weights(self.lesson)
        if choice is not None:
            counted = penalised(self.lesson.network)
            operation = update_operations.penalty(choice.name, len(counted), choice.parameters)
            names = [self.name(self.graph.parameter[name]) for name in counted]
            lines.append(f"penalty = {operation_source(operation, names, self.library)}")
            lines.append("loss = loss + penalty")
        return lines

    def backward(self) -> list[str]:
        """Return the chain rule written out: a line for every derivative, then the gradients. For NumPy."""
        return Backward(self).lines()


class Backward:
    """Goes through the quantities from the error back, as the trace does."""

    def __init__(self, equations: Equations) -> None:
        self.of = equations
        self.terms: dict[int, list[str]] = defaultdict(list)
        self.in_place = equations.lesson.update.order == "in_place"

    def lines(self) -> list[str]:
        """Return the lines; where a lesson updates in place, with the updates between them."""
        lines: list[str] = []
        by_depth: dict[int, list[int]] = defaultdict(list)
        for place in reversed(self.of.places):
            by_depth[self.of.node(place).depth].append(place)
        finished = parameters_by_depth(self.of.graph)
        for depth, places in sorted(by_depth.items(), reverse=True):
            lines += self._column(places)
            if self.in_place:
                lines += self._gradients(finished[depth])
                if finished[depth]:
                    lines.append(f"update({finished[depth]!r})")
        done = {name for names in finished.values() for name in names} if self.in_place else set()
        left = [name for name in self.of.graph.parameter if name not in done]
        return [*lines, *self._gradients(left)]

    def _column(self, places: list[int]) -> list[str]:
        lines: list[str] = []
        for place in places:
            node = self.of.node(place)
            if node.role in ("loss", "penalty"):
                self._push_error(place)
            elif node.operation is not None or node.role == "input":
                terms = self.terms[place]
                lines.append(f"{self.of.slope_name(place)} = {_sum(terms) if terms else 'zeros'}")
                self._push(place)
        return lines

    def _push_error(self, place: int) -> None:
        node = self.of.node(place)
        if node.operation is None:
            return
        names = [self.of.name(source) for source in node.inputs]
        for index, source in enumerate(node.inputs):
            if self.of.node(source).role != "target":
                text = slope_source(node.operation, index, names)
                self.terms[source].append(f"({text} + zeros)")

    def _push(self, place: int) -> None:
        node = self.of.node(place)
        if node.operation is None:
            return
        upstream = self.of.slope_name(place)
        for index, source in enumerate(self._inputs(node)):
            target = self.of.node(source)
            if target.role in ("constant", "target"):
                continue
            term = f"{upstream} * {self._local(place, index)}".removesuffix(" * 1")
            shared = target.role == "parameter" or target.role in _SHARED_ROLES
            if shared and node.role not in _SHARED_ROLES:
                term = f"({term}).sum()"
            self.terms[source].append(term)

    def _inputs(self, node: Node) -> tuple[int, ...]:
        if node.role == "mean":
            return node.inputs[:1]
        return node.inputs[:2] if node.role == "variance" else node.inputs

    def _local(self, place: int, index: int) -> str:
        """Return the derivative of a node by one of its inputs, tight enough for a product."""
        node, of = self.of.node(place), self.of
        names = [of.name(source) for source in node.inputs]
        if node.operation is None:
            raise ValueError(f"{node.address} is given")
        if node.role == "pre_activation":
            return self._other_factor(node, index, names)
        if node.role == "mean":
            return "(1 / count)"
        if node.role == "variance":
            apart = f"({names[1]} - {names[0]})"
            return f"(2 * {apart} / count)" if index else f"(-2 * {apart}.mean())"
        if node.role == "activation":
            choice = of.lesson.network.neuron(node.owner).activation
            if index == 0 and isinstance(node.operation, CancellingSlope):
                # The error divides by the same: only so nothing is lost where they cancel.
                row, chosen = activation_row(choice), dict(choice.parameters)
                return slope_by_output(row, chosen, names[0], of.name(place))
            return of.functions.slope(choice, index, names)
        if node.role == "softmax":
            own, other = of.name(place), of.name(of.siblings(place)[index])
            return f"{own} * (1 - {own})" if own == other else f"(-{own} * {other})"
        return f"({slope_source(node.operation, index, names)})"

    def _other_factor(self, node: Node, index: int, names: list[str]) -> str:
        if len(names) % 2 and index == len(names) - 1:
            return "1"
        other = index + 1 if index % 2 == 0 else index - 1
        factor = self.of.node(node.inputs[other])
        if index % 2 and self.in_place and factor.owner in self._finished(node.depth):
            # The way back already goes through the new weights.
            return f"after[{factor.owner!r}]"
        return names[other]

    def _finished(self, depth: int) -> list[str]:
        return parameters_by_depth(self.of.graph)[depth]

    def _gradients(self, parameters: list[str]) -> list[str]:
        lesson, of = self.of.lesson, self.of
        mean = lesson.loss.reduction == "mean" and len(of.graph.samples) > 1
        choice = of_weights(lesson)
        lines = []
        for name in parameters:
            place = of.graph.parameter[name]
            terms = self.terms[place]
            text = _sum(terms) if terms else "0.0"
            if mean and terms:
                text = f"({text}) / count" if len(terms) > 1 else f"{text} / count"
            if choice is not None and name in penalised(lesson.network):
                slope = update_operations.penalty_slope(choice.name, choice.parameters)
                text = f"{text} + {operation_source(slope, [of.name(place)], 'numpy')}"
            lines.append(f"gradients[{name!r}] = {text}")
        return lines


def _sum(terms: list[str]) -> str:
    return " + ".join(terms).replace("+ -", "- ")
