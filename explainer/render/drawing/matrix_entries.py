"""What stands in the matrices of a layered lesson at one moment: every entry with its number as far as it is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from explainer.lesson.lesson import Lesson, Neuron
from explainer.lesson.letters import target_letter
from explainer.messages import message, translate
from explainer.pages.page import Reference
from explainer.render.drawing.matrix_form import Entry, Line, Matrix
from explainer.render.drawing.matrix_lit import Lit
from explainer.render.drawing.matrix_values import Known
from explainer.render.drawing.wording import name_runs, neuron_runs
from explainer.render.shapes import Run
from explainer.trace.addresses import before_dropout, delta_address, output_address
from explainer.trace.layered import Layer, layers_of
from explainer.trace.moment import Moment
from explainer.trace.steps import Pass


class MatrixEntries:
    """The entries of all layers at one moment. `one_pass` is None before anything is computed."""

    def __init__(
        self, lesson: Lesson, moment: Moment, one_pass: Pass | None, language: str
    ) -> None:
        self.lesson, self.moment, self.language = lesson, moment, language
        self.layers = layers_of(lesson)
        self.neurons = {neuron.id: neuron for neuron in lesson.network.neurons}
        self.samples = (moment.sample,) if one_pass is None else one_pass.samples
        self.lit = Lit(lesson, self.layers, self.samples, moment)
        self._known = Known(lesson, moment, one_pass, self.lit.is_tied)

    # --- lines of matrices -----------------------------------------------------------------

    def forward(self, layer: Layer) -> Line:
        """Return X · W + b = S, f(S) = A, and Y where dropout thins A out."""
        matrices = [self._inputs(layer), self._weights(layer)]
        signs = ["", "·"]
        if layer.has_bias:
            matrices.append(self._biases(layer))
            signs.append("+")
        matrices.append(self._sums(layer))
        signs.append("=")
        if any(self.neurons[name].activation.name != "identity" for name in layer.neurons):
            matrices.append(self._activations(layer))
            signs.append("→")
        if any(self.neurons[name].dropout is not None for name in layer.neurons):
            matrices.append(self._outputs(layer))
            signs.append("→")
        return Line(tuple(matrices), tuple(signs))

    def backward(self, layer: Layer) -> Line:
        """Return dS, dW and db."""
        matrices = [self._sum_slopes(layer), self._weight_slopes(layer)]
        if layer.has_bias:
            matrices.append(self._bias_slopes(layer))
        return Line(tuple(matrices), ("",) * len(matrices))

    def errors(self) -> Line:
        """Return the targets and the error of each sample."""
        lesson, outputs = self.lesson, self.lesson.network.of_role("output")

        def target(i: int, j: int) -> Entry:
            sample, name = self.samples[i], outputs[j].id
            is_shown = sample == self.moment.sample
            reference = Reference("target", name) if is_shown else None
            key = f"target:{name}" if is_shown else f"entry:T {sample} {name}"
            value = lesson.data.targets[sample][j]
            return Entry(("T", sample, name), key, value, reference)

        def error(i: int, _: int) -> Entry:
            sample = self.samples[i]
            is_shown = sample == self.moment.sample
            reference = Reference("error") if is_shown else None
            value = self._known.errors.get(sample)
            return Entry(("E", sample, ""), f"entry:E {sample}", value, reference)

        names = tuple(neuron_runs(neuron) for neuron in outputs)
        word = (Run(translate(message("target"), self.language)),)
        targets = self._matrix("T", name_runs(target_letter(lesson)), word, names, target)
        of_samples = (Run(translate(message("of each sample"), self.language)),)
        symbol = name_runs(lesson.notation.error)
        errors = self._matrix("E", symbol, of_samples, ((),), error)
        return Line((targets, errors), ("", ""))

    # --- single matrices -------------------------------------------------------------------

    def _inputs(self, layer: Layer) -> Matrix:
        def entry(i: int, j: int) -> Entry:
            sample, neuron = self.samples[i], self.neurons[layer.sources[j]]
            is_editable = neuron.role == "input" and sample == self.moment.sample
            key = (
                f"value:{neuron.id}"
                if is_editable
                else f"entry:X{layer.number} {sample} {neuron.id}"
            )
            address = output_address(neuron)
            value = self._known.value(sample, neuron, address)
            cell = (f"X{layer.number}", sample, neuron.id)
            return Entry(cell, key, value, self._of_neuron(sample, neuron.id))

        previous = layer.number - 1
        rule = () if not previous else self._layer_letter(self._output_letter(previous), previous)
        return self._matrix(
            f"X{layer.number}",
            self._layer_letter("X", layer.number),
            (Run("= "), *rule) if rule else (),
            self._names(layer.sources),
            entry,
        )

    def _weights(self, layer: Layer) -> Matrix:
        parameters, before = self.moment.parameters, self.moment.before

        def entry(i: int, j: int) -> Entry:
            source, target, name = layer.sources[i], layer.neurons[j], layer.weights[i][j]
            return Entry(
                (f"W{layer.number}", source, target),
                f"weight:{source}>{target}",
                parameters[name],
                Reference("edge", source, target),
                before.get(name),
            )

        letter, names = self._layer_letter("W", layer.number), self._names(layer.neurons)
        return self._matrix(
            f"W{layer.number}", letter, (), names, entry, self._names(layer.sources)
        )

    def _biases(self, layer: Layer) -> Matrix:
        def entry(_: int, j: int) -> Entry:
            target, name = layer.neurons[j], layer.biases[j]
            cell = (f"b{layer.number}", "", target)
            if name is None:
                return Entry(cell, f"entry:b{layer.number} {target}", 0.0)
            value, before = self.moment.parameters[name], self.moment.before.get(name)
            reference = Reference("parameter", name)
            return Entry(cell, f"biastext:{target}", value, reference, before)

        letter = self._layer_letter("b", layer.number)
        return self._matrix(
            f"b{layer.number}", letter, (), self._names(layer.neurons), entry, ((),)
        )

    def _sums(self, layer: Layer) -> Matrix:
        x, w, b = (self._layer_letter(name, layer.number) for name in "XWb")
        rule = (Run("= "), *x, *w, *((Run(" + "), *b) if layer.has_bias else ()))
        return self._of_samples("S", layer, rule, lambda neuron: f"{neuron.id}.z")

    def _activations(self, layer: Layer) -> Matrix:
        s = self._layer_letter("S", layer.number)
        rule = (Run("= "), Run("f", "italic"), Run("("), *s, Run(")"))
        return self._of_samples("A", layer, rule, _activated)

    def _outputs(self, layer: Layer) -> Matrix:
        rule = (Run(translate(message("after dropout"), self.language)),)
        return self._of_samples("Y", layer, rule, output_address)

    def _of_samples(
        self,
        letter: str,
        layer: Layer,
        rule: tuple[Run, ...],
        address: Callable[[Neuron], str],
    ) -> Matrix:
        name = f"{letter}{layer.number}"

        def entry(i: int, j: int) -> Entry:
            sample, neuron = self.samples[i], self.neurons[layer.neurons[j]]
            value = self._known.value(sample, neuron, address(neuron))
            key = f"entry:{name} {sample} {neuron.id}"
            return Entry((name, sample, neuron.id), key, value, self._of_neuron(sample, neuron.id))

        own = self._layer_letter(letter, layer.number)
        return self._matrix(name, own, rule, self._names(layer.neurons), entry)

    def _sum_slopes(self, layer: Layer) -> Matrix:
        name = f"dS{layer.number}"

        def entry(i: int, j: int) -> Entry:
            sample, neuron = self.samples[i], self.neurons[layer.neurons[j]]
            value = self._known.derivatives.get((sample, delta_address(neuron)))
            key = f"entry:{name} {sample} {neuron.id}"
            return Entry((name, sample, neuron.id), key, value, self._of_neuron(sample, neuron.id))

        last = layer.number == len(self.layers)
        d, s = Run("d", "italic"), self._layer_letter("S", layer.number)
        above = self._layer_letter("S", layer.number + 1)
        weights = self._layer_letter("W", layer.number + 1)
        rule: tuple[Run, ...] = (Run("= ∂"), *name_runs(self.lesson.notation.error), Run("/∂"), *s)
        if not last:
            slope = (Run(" ○ "), Run("f", "italic"), Run("′("), *s, Run(")"))
            rule = (Run("= "), d, *above, *weights, Run("T", "sup"), *slope)
        letter = (d, *s)
        return self._matrix(name, letter, rule, self._names(layer.neurons), entry)

    def _weight_slopes(self, layer: Layer) -> Matrix:
        name = f"dW{layer.number}"

        def entry(i: int, j: int) -> Entry:
            source, target, weight = layer.sources[i], layer.neurons[j], layer.weights[i][j]
            value = self._known.gradient(weight, (source, target))
            reference = Reference("edge", source, target)
            return Entry(
                (name, source, target), f"entry:{name} {source} {target}", value, reference
            )

        x, s = (self._layer_letter(letter, layer.number) for letter in "XS")
        rule = (Run("= "), *self._mean(), *x, Run("T", "sup"), Run(" d", "italic"), *s)
        letter = (Run("d", "italic"), *self._layer_letter("W", layer.number))
        columns, rows = self._names(layer.neurons), self._names(layer.sources)
        return self._matrix(name, letter, rule, columns, entry, rows)

    def _bias_slopes(self, layer: Layer) -> Matrix:
        name = f"db{layer.number}"

        def entry(_: int, j: int) -> Entry:
            target, bias = layer.neurons[j], layer.biases[j]
            key, cell = f"entry:{name} {target}", (name, "", target)
            if bias is None:
                return Entry(cell, key, None)
            return Entry(
                cell, key, self._known.gradient(bias, target), Reference("parameter", bias)
            )

        s = self._layer_letter("S", layer.number)
        rule = (Run("= "), *self._mean(), Run("1"), Run("T", "sup"), Run(" d", "italic"), *s)
        letter = (Run("d", "italic"), *self._layer_letter("b", layer.number))
        return self._matrix(name, letter, rule, self._names(layer.neurons), entry, ((),))

    # --- inside ----------------------------------------------------------------------------

    def _matrix(
        self,
        name: str,
        letter: tuple[Run, ...],
        rule: tuple[Run, ...],
        columns: tuple[tuple[Run, ...], ...],
        entry: Callable[[int, int], Entry],
        rows: tuple[tuple[Run, ...], ...] | None = None,
    ) -> Matrix:
        """Return a matrix; without names of its rows they are the samples, numbered where there are several."""
        if rows is None:
            several = len(self.samples) > 1
            rows = tuple((Run(str(sample + 1)),) if several else () for sample in self.samples)
        entries = tuple(tuple(entry(i, j) for j in range(len(columns))) for i in range(len(rows)))
        return Matrix(name, letter, rule, rows, columns, entries)

    def _of_neuron(self, sample: int, name: str) -> Reference | None:
        return Reference("neuron", name) if sample == self.moment.sample else None

    def _names(self, neurons: Sequence[str]) -> tuple[tuple[Run, ...], ...]:
        return tuple(neuron_runs(self.neurons[name]) for name in neurons)

    def _layer_letter(self, letter: str, number: int) -> tuple[Run, ...]:
        """Return the letter of a matrix; the only layer needs no number."""
        own = Run(letter, "italic")
        return (own, Run(str(number), "sub")) if len(self.layers) > 1 else (own,)

    def _output_letter(self, number: int) -> str:
        """Return the letter of what a layer puts out."""
        members = [self.neurons[name] for name in self.layers[number - 1].neurons]
        if any(neuron.dropout is not None for neuron in members):
            return "Y"
        return "A" if any(neuron.activation.name != "identity" for neuron in members) else "S"

    def _mean(self) -> tuple[Run, ...]:
        count = len(self.samples)
        if count == 1 or self.lesson.loss.reduction == "sum":
            return ()
        return (Run(f"1/{count} "),)


def _activated(neuron: Neuron) -> str:
    return f"{neuron.id}.z" if neuron.activation.name == "identity" else before_dropout(neuron)
