"""What stands in the matrices of a layer: the lesson's own symbols, derivatives, and the numbers put into their formulas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from explainer.lesson.choice import Choice
from explainer.maths import operations, update_operations
from explainer.maths.chosen import activation_operation, activation_row
from explainer.maths.operation import Operation
from explainer.maths.printed import Printed, printed_sum
from explainer.maths.rows import ActivationRow
from explainer.maths.softmax import softmax
from explainer.maths.vector_activations import VECTOR_ACTIVATIONS, VectorActivationRow
from explainer.messages import translate
from explainer.pages.matrix_text import flat, numbers, written
from explainer.pages.names import Names, derivative, with_subscript
from explainer.pages.page import Sentence
from explainer.trace.matrices import LayerMatrices, Matrix
from explainer.trace.penalty import of_predictions


class Worked(NamedTuple):
    """A matrix of formulas in symbols, the same with numbers, and whether those hide no digits."""

    symbols: Printed
    numbers: Printed
    exact: bool


class LayerEntries:
    """The matrices of one layer of one run, entry by entry in symbols; rows are samples, columns neurons."""

    def __init__(self, names: Names, form: LayerMatrices) -> None:
        self.names = names
        self.form = form
        self.layer = form.layer
        self._samples = names.run.graph.samples
        self._network = names.run.lesson.network
        self._neurons = [self._network.neuron(name) for name in form.layer.neurons]
        self._by_hand = names.run.lesson.arithmetic.mode == "rounded"

    @property
    def is_identity(self) -> bool:
        """Tell whether every neuron of the layer passes its weighted sum on unchanged."""
        return all(neuron.activation.name == "identity" for neuron in self._neurons)

    @property
    def function(self) -> Printed:
        """Return the sign of the layer's function, f where its neurons do not share one."""
        choices = {neuron.activation for neuron in self._neurons}
        sign = self._sign(0)
        return sign if sign is not None and len(choices) == 1 else Printed("f", "f")

    def functions(self) -> Sentence:
        """Name the activation functions of the layer."""
        labels = {_row(neuron.activation).label: None for neuron in self._neurons}
        return (", ".join(translate(label, self.names.language) for label in labels),)

    def inputs(self, *, turned: bool = False) -> Printed:
        """Return X in symbols, or its transpose."""
        sources, samples = self.layer.sources, self._samples
        if turned:
            return written(
                len(sources), len(samples), lambda j, i: self._marked(self._source(j), i)
            )
        return written(len(samples), len(sources), lambda i, j: self._marked(self._source(j), i))

    def sums(self) -> Printed:
        """Return S in symbols."""
        return self._matrix(lambda i, j: self._sum(i, j))

    def activated(self) -> Printed:
        """Return f(S) in symbols, before dropout."""
        return self._matrix(lambda i, j: self._activation(i, j))

    def outputs(self) -> Printed:
        """Return Y in symbols."""
        return self._matrix(lambda i, j: self._marked(self._own(j), i))

    def deltas(self) -> Printed:
        """Return dS in symbols."""
        return self._matrix(lambda i, j: self._marked(self.names.delta(self.layer.neurons[j]), i))

    def weights(self) -> Printed:
        """Return W in symbols."""
        names = self.layer.weights
        return written(len(names), len(names[0]), lambda i, j: self.names.parameter(names[i][j]))

    def weights_turned(self) -> Printed:
        """Return Wᵀ in symbols as the way back sees it, with ⁺ on weights that have been updated in place."""
        names = self.layer.weights
        return written(len(names[0]), len(names), lambda j, i: self._seen_backwards(names[i][j]))

    def biases(self) -> Printed:
        """Return b in symbols; a neuron without a bias has a 0."""
        zero = self.names.number(0.0)
        return written(
            1,
            len(self.layer.biases),
            lambda _, j: (
                zero
                if self.layer.biases[j] is None
                else self.names.parameter(str(self.layer.biases[j]))
            ),
        )

    def is_renewed(self, name: str) -> bool:
        """Tell whether a weight has been updated before the way back goes through it."""
        in_place = self.names.run.lesson.update.order == "in_place"
        return in_place and name in self.layer.own and self._network.is_trainable(name)

    def derivatives_by_outputs(self) -> Printed:
        """Return dY: derivatives of each sample's error."""
        return self._matrix(lambda i, j: self._derivative(self._own(j), i))

    def derivatives_by_inputs(self) -> Printed:
        """Return dX: derivatives of each sample's error."""
        return written(
            len(self._samples),
            len(self.layer.sources),
            lambda i, j: self._derivative(self._source(j), i),
        )

    def activations(self) -> Worked:
        """Return f(S) worked out."""
        S = self.form.S
        return Worked(
            self._matrix(lambda i, j: self._function_of(j, self._sums(i))),
            self._matrix(lambda i, j: self._function_of(j, self._put_in(S[i]), S[i])),
            not self.names.hides(flat(S)),
        )

    def slopes(self) -> Printed:
        """Return f′(S) in symbols."""
        return self._matrix(lambda i, j: self._slope(j, self._sum(i, j), self._activation(i, j)))

    def errors(self) -> Worked:
        """Return the derivatives of each sample's error by its predictions, worked out."""
        Y, T = self._predictions(), self.targets()
        symbols = self._matrix(lambda i, j: self._loss_slope(i, j, self._compared(i)))
        if self._by_hand:
            dY = self.form.dY
            return Worked(symbols, numbers(self.names, dY), not self.names.hides(flat(dY)))
        figures = self._matrix(
            lambda i, j: self._loss_slope(i, j, self._put_in([*Y[i], *T[i]]), [*Y[i], *T[i]])
        )
        return Worked(symbols, figures, not self.names.hides(flat(Y, T)))

    def losses(self) -> Worked:
        """Return the column of the samples' errors worked out; of a single sample its error alone."""
        Y, T = self._predictions(), self.targets()
        operation, language, count = self._loss(), self.names.language, len(self._samples)

        def symbols(i: int, _: int) -> Printed:
            return operation.formula(self._compared(i), language)

        def figures(i: int, _: int) -> Printed:
            values = [*Y[i], *T[i]]
            return operation.formula(self._put_in(values), language, values)

        exact = not self.names.hides(flat(Y, T))
        if count == 1:
            return Worked(symbols(0, 0), figures(0, 0), exact)
        return Worked(written(count, 1, symbols), written(count, 1, figures), exact)

    def targets(self) -> tuple[tuple[float, ...], ...]:
        """Return the targets of the batch."""
        return tuple(self.names.run.lesson.data.targets[sample] for sample in self._samples)

    def _predictions(self) -> Matrix:
        return self.form.S if self.names.compares_sums else self.form.Y

    def error_symbols(self) -> Printed:
        """Return the column of the samples' errors in symbols."""
        samples = self._samples
        return written(len(samples), 1, lambda i, _: self.names.error(samples[i]))

    def _matrix(self, entry: Callable[[int, int], Printed]) -> Printed:
        return written(len(self._samples), len(self._neurons), entry)

    def _marked(self, symbol: Printed, i: int) -> Printed:
        return self.names.of_sample(symbol, self._samples[i])

    def _source(self, j: int) -> Printed:
        return self.names.neuron(self.layer.sources[j])

    def _own(self, j: int) -> Printed:
        return self.names.neuron(self.layer.neurons[j])

    def _sum(self, i: int, j: int) -> Printed:
        return self._marked(self.names.z(self.layer.neurons[j]), i)

    def _sums(self, i: int) -> list[Printed]:
        return [self._sum(i, j) for j in range(len(self._neurons))]

    def _activation(self, i: int, j: int) -> Printed:
        own = self._own(j)
        return self._marked(
            own if self._neurons[j].dropout is None else with_subscript("a", own), i
        )

    def _put_in(self, values: Sequence[float]) -> list[Printed]:
        return [self.names.number(value) for value in values]

    def _derivative(self, symbol: Printed, i: int) -> Printed:
        return derivative(self.names.differentiated(self._samples[i]), self._marked(symbol, i))

    def _seen_backwards(self, name: str) -> Printed:
        new = self.is_renewed(name)
        return self.names.new_parameter(name) if new else self.names.parameter(name)

    def _sign(self, j: int) -> Printed | None:
        """Return how the function of a neuron is written, None where its name adds nothing."""
        choice = self._neurons[j].activation
        if choice.name == "softmax":
            return Printed("\\operatorname{softmax}", "softmax")
        row = activation_row(choice)
        # A typed activation has no name: its formula is written out.
        named = choice.expression is None and row.name_latex
        return Printed(row.name_latex, row.name_text) if named else None

    def _function_of(
        self, j: int, arguments: Sequence[Printed], values: Sequence[float] | None = None
    ) -> Printed:
        """Return one entry of f(S): a softmax written out, another function by its sign where it has one."""
        language, choice = self.names.language, self._neurons[j].activation
        if choice.name == "softmax":
            return softmax(j, len(arguments)).formula(arguments, language, values)
        own, sign = arguments[j], self._sign(j)
        if sign is not None:
            return Printed(f"{sign.latex}\\left({own.latex}\\right)", f"{sign.text}({own.text})")
        learnt = self._learnt(choice, put_in=values is not None)
        found = None if values is None else [values[j], *self._values(choice)]
        return activation_operation(choice).formula([own, *learnt], language, found)

    def _slope(self, j: int, z: Printed, a: Printed) -> Printed:
        choice = self._neurons[j].activation
        arguments = [z, *self._learnt(choice, put_in=False)]
        return activation_operation(choice).partial_formula(0, arguments, a, self.names.language)

    def _learnt(self, choice: Choice, *, put_in: bool) -> list[Printed]:
        """Return the parameters that an activation learns, in symbols or as numbers."""
        if put_in:
            return self._put_in(self._values(choice))
        return [self.names.parameter(name) for _, name in choice.named]

    def _values(self, choice: Choice) -> list[float]:
        return [self.names.run.start.parameters[name] for _, name in choice.named]

    def _loss(self) -> Operation:
        choice = self.names.run.lesson.loss.choice
        return operations.loss(choice.name, len(self._neurons), choice.parameters)

    def _compared(self, i: int) -> list[Printed]:
        """Return the arguments of a sample's error: predictions, then targets."""
        predictions = [self._marked(self.names.prediction(name), i) for name in self.layer.neurons]
        targets = [self._marked(self.names.target(name), i) for name in self.layer.neurons]
        return [*predictions, *targets]

    def _loss_slope(
        self, i: int, j: int, arguments: Sequence[Printed], values: Sequence[float] | None = None
    ) -> Printed:
        error, language = self.names.error(self._samples[i]), self.names.language
        slope = self._loss().partial_formula(j, arguments, error, language, values)
        penalty = of_predictions(self.names.run.lesson)
        if penalty is None:
            return slope
        own = update_operations.penalty_slope(penalty.name, penalty.parameters)
        found = None if values is None else [values[j]]
        return printed_sum([slope, own.formula([arguments[j]], language, found)])


def _row(choice: Choice) -> ActivationRow | VectorActivationRow:
    return VECTOR_ACTIVATIONS.get(choice.name) or activation_row(choice)
