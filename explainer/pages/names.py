"""How every quantity of a run is written: its symbol, its number, derivatives between quantities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from explainer.lesson.letters import target_letter
from explainer.lesson.symbols import Symbol, neuron_symbol, symbol_of
from explainer.maths.numbers import canvas_digits, is_rounded, shown
from explainer.maths.printed import PRODUCT, Printed, number
from explainer.maths.update_rows import Stage
from explainer.maths.updates import LEARNING_RULES
from explainer.messages import Message, translate
from explainer.pages.page import Inline, Maths, Piece, Sentence
from explainer.trace.record import Run

# Private-use characters mark where a symbol stands while a sentence is translated as text.
_OPEN, _CLOSE = "\ue000", "\ue001"


class Names:
    """The symbols of one run in one language, numbers at one precision; large matrices shorter where the page is `narrow`."""

    def __init__(self, run: Run, language: str, digits: int, *, narrow: bool = False) -> None:
        self.run = run
        self.language = language
        self.digits = digits
        self.narrow = narrow
        self.notation = run.lesson.notation
        self._target = target_letter(run.lesson)
        self._neurons = {neuron.id: neuron for neuron in run.lesson.network.neurons}
        self._outputs = [neuron.id for neuron in run.lesson.network.of_role("output")]
        network = run.lesson.network
        self._uses = Counter(edge.weight for edge in network.edges)
        for neuron in network.neurons:
            self._uses.update(neuron.own_parameters)
        self._several_samples = len(run.graph.samples) > 1
        rule = LEARNING_RULES.get(run.lesson.update.choice.name)
        self.compares_sums = rule is not None and rule.follows_gradient

    def neuron(self, neuron_id: str) -> Printed:
        """Return the symbol of what a neuron puts out."""
        return _printed(neuron_symbol(self._neurons[neuron_id]))

    def is_identity(self, neuron_id: str) -> bool:
        """Tell whether a neuron passes its weighted sum on unchanged."""
        return self._neurons[neuron_id].activation.name == "identity"

    def z(self, neuron_id: str) -> Printed:
        """Return the symbol of a neuron's weighted sum; an identity neuron has only one symbol."""
        return self.neuron(neuron_id) if self.is_merged(neuron_id) else self.z_of(neuron_id)

    def is_maxout(self, neuron_id: str) -> bool:
        """Tell whether a neuron is the largest of several weighted sums."""
        return self._neurons[neuron_id].activation.name == "maxout"

    def is_merged(self, neuron_id: str) -> bool:
        """Tell whether a neuron's weighted sum is what it puts out."""
        return self.is_identity(neuron_id) and self._neurons[neuron_id].is_plain

    def activated(self, neuron_id: str) -> Printed:
        """Return the symbol of what a neuron's activation is applied to: its weighted sum, normalised where it is."""
        if self._neurons[neuron_id].normalise is None:
            return self.z(neuron_id)
        return with_subscript("\\tilde{z}", self.neuron(neuron_id))

    def z_of(self, neuron_id: str) -> Printed:
        """Return the symbol of a weighted sum that is not what the neuron puts out."""
        return with_subscript(self.notation.pre_activation, self.neuron(neuron_id))

    def piece(self, neuron_id: str, piece: int) -> Printed:
        """Return the symbol of one weighted sum of a maxout neuron; pieces count from 0 in the file, from 1 on the page."""
        own = _numbered(self.neuron(neuron_id), piece)
        return with_subscript(self.notation.pre_activation, own)

    def prediction(self, neuron_id: str) -> Printed:
        """Return the symbol of what the error compares with the target: an output, or its weighted sum by the delta rule."""
        return self.z(neuron_id) if self.compares_sums else self.neuron(neuron_id)

    def delta(self, neuron_id: str, piece: int | None = None) -> Printed:
        """Return δ of a neuron: the derivative of the error by its weighted sum, or by one piece of a maxout neuron."""
        own = self.neuron(neuron_id)
        if piece is not None and self.is_maxout(neuron_id):
            own = _numbered(own, piece)
        return with_subscript(self.notation.delta, own)

    def parameter(self, name: str) -> Printed:
        """Return the symbol of a weight or bias."""
        return _printed(symbol_of(name))

    def use(self, name: str, neuron_id: str, source: str | None = None) -> Printed:
        """Return the symbol of one use of a weight or bias: in a tied one each use is told apart by where it is."""
        symbol = self.parameter(name)
        if not self.is_tied(name):
            return symbol
        target = self.neuron(neuron_id)
        if source is None:
            return Printed(f"{symbol.latex}^{{{target.latex}}}", f"{symbol.text}[{target.text}]")
        start = self.neuron(source)
        latex = f"{symbol.latex}^{{{start.latex} \\to {target.latex}}}"
        return Printed(latex, f"{symbol.text}[{start.text}→{target.text}]")

    def average(self, neuron_id: str, which: str, *, running: bool) -> Printed:
        """Return the symbol of the mean or the variance of a normalised neuron: of a batch, or the running one."""
        letter = {"mean": "\\mu", "variance": "\\sigma"}[which]
        symbol = with_subscript(f"\\bar{{{letter}}}" if running else letter, self.neuron(neuron_id))
        if which == "mean":
            return symbol
        return Printed(f"{symbol.latex}^{{2}}", f"{symbol.text}²")

    def new_average(self, neuron_id: str, which: str) -> Printed:
        """Return the symbol of a running average after this batch."""
        letter = {"mean": "\\mu", "variance": "\\sigma"}[which]
        symbol = with_subscript(f"\\bar{{{letter}}}", self.neuron(neuron_id))
        mark = "+" if which == "mean" else "2+"
        text = "⁺" if which == "mean" else "²⁺"
        return Printed(f"{symbol.latex}^{{{mark}}}", f"{symbol.text}{text}")

    def is_tied(self, name: str) -> bool:
        """Tell whether a parameter is used in several places."""
        return self._uses[name] > 1

    def new_parameter(self, name: str) -> Printed:
        """Return the symbol of a weight or bias after the update."""
        return _marked(self.parameter(name), "+")

    def cell(self, cell: str, parameter: str) -> Printed:
        """Return the symbol of what an update rule remembers of a weight: m or v with the weight below it."""
        return with_subscript(cell, self.parameter(parameter))

    def stage(self, stage: Stage, parameter: str) -> Printed:
        """Return the symbol of what a stage of an update gives."""
        symbol = self.parameter(parameter)
        return _marked(with_subscript(stage.letter, symbol) if stage.letter else symbol, stage.mark)

    def change(self, parameter: str) -> Printed:
        """Return the symbol of what a learning rule makes of a whole batch for one weight."""
        symbol = self.parameter(parameter)
        return Printed(f"\\Delta {symbol.latex}", f"Δ{symbol.text}")

    def clipped_gradient(self, parameter: str) -> Printed:
        """Return the symbol of one component of the gradient after clipping."""
        return with_subscript("\\tilde{g}", self.parameter(parameter))

    def target(self, neuron_id: str) -> Printed:
        """Return the symbol of an output's target; numbered only where there are several."""
        symbol = _printed(symbol_of(self._target))
        if len(self._outputs) == 1:
            return symbol
        place = str(self._outputs.index(neuron_id) + 1)
        return with_subscript(self._target, Printed(place, place))

    def error(self, sample: int | None = None) -> Printed:
        """Return the symbol of the error, or of one sample's where the batch has several."""
        return self._of_sample_below(self.notation.error, sample)

    def penalty(self, sample: int | None = None) -> Printed:
        """Return the symbol of the penalty, or of one sample's where the batch has several."""
        return self._of_sample_below(self.notation.penalty, sample)

    def objective(self) -> Printed:
        """Return the symbol of what training makes small: the error of the batch with every penalty."""
        penalised = self.run.lesson.penalty is not None
        return _printed(symbol_of(self.notation.objective if penalised else self.notation.error))

    def differentiated(self, sample: int | None, place: int | None = None) -> Printed:
        """Return the symbol of what a sample's derivatives are of: its error with the penalty on its predictions.

        `place` is the quantity by which is differentiated. Where the errors of other samples feel it too, as before a batch
        normalisation, or it belongs to the whole batch, it is the sum of them all.
        """
        if place is not None and (place in self.run.graph.shared or sample is None):
            return self.total()
        penalised = bool(self.run.graph.penalty_of)
        return self._of_sample_below(
            self.notation.objective if penalised else self.notation.error, sample
        )

    def total(self) -> Printed:
        """Return the symbol of the sum of the errors of a batch, before any mean is taken."""
        if self.run.lesson.loss.reduction == "sum" or not self._several_samples:
            return self.differentiated(None)
        penalised = bool(self.run.graph.penalty_of)
        letter = self.notation.objective if penalised else self.notation.error
        return with_subscript(letter, Printed("\\Sigma", "Σ"))

    def _of_sample_below(self, letter: str, sample: int | None) -> Printed:
        if sample is None or not self._several_samples:
            return _printed(symbol_of(letter))
        place = str(sample + 1)
        return with_subscript(letter, Printed(place, place))

    def learning_rate(self) -> Printed:
        """Return the symbol of the learning rate."""
        return _printed(symbol_of(self.notation.learning_rate))

    def first_learning_rate(self) -> Printed:
        """Return the symbol of the learning rate before any schedule changed it."""
        return with_subscript(self.notation.learning_rate, Printed("0", "0"))

    def of_sample(self, symbol: Printed, sample: int | None) -> Printed:
        """Mark a symbol with its sample's number, ⁽²⁾, where the batch has several."""
        if sample is None or not self._several_samples:
            return symbol
        base = f"{{{symbol.latex}}}" if "^" in symbol.latex else symbol.latex
        return Printed(f"{base}^{{({sample + 1})}}", f"{symbol.text}⁽{_superscript(sample + 1)}⁾")

    def in_sample(self, symbol: Printed, place: int) -> Printed:
        """Mark the use of a parameter at a node with its sample, where the errors of all samples feel it there."""
        shared = place in self.run.graph.shared
        return self.of_sample(symbol, self.run.graph.nodes[place].sample) if shared else symbol

    def number(self, value: float) -> Printed:
        """Return a number as it is shown."""
        return number(value, self.digits, self.language)

    def on_graph(self, value: float) -> str:
        """Return a number as the graph shows it, where there is less room."""
        return shown(value, canvas_digits(self.digits), self.language)

    def hides(self, values: Sequence[float]) -> bool:
        """Tell whether showing these numbers rounds any of them."""
        return any(is_rounded(value, self.digits) for value in values)

    def say(self, text: Message) -> Sentence:
        """Return a message as a sentence; its `Printed` arguments become symbols in the running text."""
        symbols = [value for _, value in text.arguments if isinstance(value, Printed)]
        arguments = tuple(
            (
                name,
                f"{_OPEN}{symbols.index(value)}{_CLOSE}" if isinstance(value, Printed) else value,
            )
            for name, value in text.arguments
        )
        parts: list[Inline] = []
        for chunk in translate(text._replace(arguments=arguments), self.language).split(_OPEN):
            place, close, rest = chunk.partition(_CLOSE)
            if close:
                symbol = symbols[int(place)]
                parts.append(Maths(symbol.latex, symbol.text))
            else:
                rest = place
            if rest:
                parts.append(rest)
        return tuple(parts)


def derivative(top: Printed, bottom: Printed) -> Printed:
    """Return ∂top/∂bottom."""
    latex = f"\\frac{{\\partial {top.latex}}}{{\\partial {bottom.latex}}}"
    return Printed(latex, f"∂{top.text}/∂{bottom.text}", PRODUCT)


def piece(printed: Printed, **more: object) -> Piece:
    """Return a printed expression as a piece of a formula."""
    return Piece(printed.latex, printed.text, **more)  # type: ignore[arg-type]  # the fields of Piece by name


# The number of the pass, the length of the gradient, and what clipping multiplies it by.
TIME = Printed("t", "t")
NORM = Printed("\\lVert g \\rVert", "‖g‖")
CLIPPING_FACTOR = Printed("c", "c")


def _numbered(symbol: Printed, piece: int) -> Printed:
    return Printed(f"{symbol.latex},{piece + 1}", f"{symbol.text},{piece + 1}")


def _marked(symbol: Printed, mark: str) -> Printed:
    if not mark:
        return symbol
    latex, text = {"+": ("+", "⁺"), "′": ("\\prime", "′")}[mark]
    return Printed(f"{symbol.latex}^{{{latex}}}", f"{symbol.text}{text}")


def _printed(symbol: Symbol) -> Printed:
    return Printed(symbol.latex, symbol.text)


def with_subscript(base: str, subscript: Printed) -> Printed:
    """Return a letter with a symbol below it."""
    symbol = symbol_of(base)
    below = subscript.latex if len(subscript.latex) == 1 else f"{{{subscript.latex}}}"
    text = (
        subscript.text.translate(_SUBSCRIPTS) if subscript.text.isdigit() else f"({subscript.text})"
    )
    return Printed(f"{symbol.latex}_{below}", f"{symbol.text}{text}")


_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _superscript(value: int) -> str:
    return str(value).translate(_SUPERSCRIPTS)
