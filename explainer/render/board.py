"""The blackboard as a table: every quantity, parameter and error of a lesson in a row, with what is known of it at a moment.

It says what the drawings say, for those who read and do not see. Rows stay the same from step to step; their numbers are
looked up when they are asked for, so that a large network costs no more than the rows on the screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from explainer.lesson.inputs import given_column
from explainer.lesson.lesson import Edge, Lesson, Neuron
from explainer.lesson.letters import target_letter
from explainer.lesson.symbols import in_small_letters, neuron_symbol, numbered, symbol_of
from explainer.messages import message, translate
from explainer.pages.page import Reference
from explainer.render.drawing.computation_scene import WORDS
from explainer.render.drawing.headers import activation_name
from explainer.render.drawing.quantities import Quantity, quantities
from explainer.render.drawing.slots import own_parameters
from explainer.render.drawing.wording import quantity_runs
from explainer.render.shapes import Run
from explainer.trace.moment import Moment
from explainer.trace.steps import Pass, Step

if TYPE_CHECKING:
    from explainer.maths.formula_nodes import FormulaNode

Section = Literal["neurons", "weights", "others", "error", "formula"]
Kind = Literal["quantity", "parameter", "target", "error", "node"]
_Key = tuple[object, ...]
# A step of these kinds is about a parameter.
_USES, _WHOLE = ("gradient_weight", "gradient_bias"), ("gradient_parameter", "rule", "update")


class BoardRow(NamedTuple):
    """One row: its symbol, in words what it is, what of the graph it stands for.

    `name` is the address of a quantity, the name of a parameter or node, the id of a target's output; `use` tells which use of
    a parameter it is. `edits` is what an edit of its value is of, None where it is computed.
    """

    section: Section
    kind: Kind
    symbol: str
    what: str
    name: str
    place: Reference
    edits: Reference | None = None
    use: _Key = ()


class Visits(NamedTuple):
    """The steps that give a row's value, gradient and new value, None where no step does."""

    value: int | None
    gradient: int | None
    new: int | None


class BoardRows:
    """All rows of a lesson, and what is known of them at the moment it was told last."""

    def __init__(self, lesson: Lesson, language: str) -> None:
        self.lesson = lesson
        self.language = language
        self.rows = tuple(_rows(lesson, language))
        self._moment: Moment | None = None
        self._pass: Pass | None = None
        self._step = -1
        self._steps: dict[_Key, int] = {}
        self._found_for: tuple[int, int] | None = None

    def show(self, moment: Moment, one_pass: Pass | None, step_index: int) -> None:
        """Look at another moment of a pass, which is None while it is computed."""
        self._moment, self._pass, self._step = moment, one_pass, step_index
        place = (id(one_pass), moment.sample)
        if place != self._found_for:
            self._found_for = place
            steps = one_pass.steps if one_pass is not None else ()
            self._steps = _found(steps, moment.sample)

    def value(self, row: BoardRow) -> float | None:
        """Return the value of a row: of a parameter the one that this pass began with."""
        moment = self._moment
        if moment is None:
            return None
        if row.kind in ("quantity", "node"):
            return moment.values.get(row.name)
        if row.kind == "parameter":
            is_new = row.name in moment.updated and self._pass is not None
            known = self._pass.parameters_before if is_new and self._pass else moment.parameters
            return known.get(row.name)
        if row.kind == "target":
            outputs = [neuron.id for neuron in self.lesson.network.of_role("output")]
            return self.lesson.data.targets[moment.sample][outputs.index(row.name)]
        return moment.loss

    def gradient(self, row: BoardRow) -> float | None:
        """Return the derivative of the error by a row, as far as it is known: of the whole batch, or of this sample."""
        moment = self._moment
        if moment is None or row.kind in ("target", "error"):
            return None
        if row.kind == "quantity":
            return moment.derivatives.get(row.name)
        if row.kind == "node":
            return moment.deltas.get(row.name)
        for key in (("gradient", row.name), ("gradient", row.name, *row.use)):
            index = self._steps.get(key)
            if self._pass is not None and index is not None and index <= self._step:
                return self._pass.steps[index].value
        return None

    def new(self, row: BoardRow) -> float | None:
        """Return what the update has made of a parameter."""
        moment = self._moment
        if moment is None or row.kind != "parameter" or row.name not in moment.updated:
            return None
        return moment.parameters[row.name]

    def visits(self, row: BoardRow) -> Visits:
        """Return the steps of this pass that are about a row."""
        find = self._steps.get
        if row.kind == "error":
            return Visits(find(("error",)), None, None)
        if row.kind == "target":
            return Visits(None, None, None)
        if row.kind == "parameter":
            use = find(("gradient", row.name, *row.use))
            whole = find(("gradient", row.name))
            return Visits(None, use if use is not None else whole, find(("new", row.name)))
        return Visits(find(("value", row.name)), find(("slope", row.name)), None)

    def is_about(self, row: BoardRow) -> bool:
        """Tell whether the step of the moment is about a row."""
        step = self._moment.step if self._moment is not None else None
        if step is None:
            return False
        if row.kind == "error":
            return step.kind in ("loss", "batch_loss")
        if row.kind == "parameter":
            is_use = not row.use or _use(step) in ((), row.use)
            return step.subject == row.name and is_use and step.kind in (*_USES, *_WHOLE)
        if row.kind == "target":
            return False
        others = step.kind in (*_USES, *_WHOLE) or step.phase == "error"
        return not others and row.name == (step.address or step.subject)


def _found(steps: tuple[Step, ...], sample: int) -> dict[_Key, int]:
    """Return the number of each step by what it is about; of several samples the one that is shown counts."""
    found: dict[_Key, int] = {}
    for step in steps:
        if step.sample in (sample, None):
            key = _key(step)
            if key:
                found[key] = step.index
    return found


def _key(step: Step) -> _Key:
    name = step.address or step.subject
    if step.phase == "forward":
        return ("value", name)
    if step.kind in ("loss", "batch_loss"):
        return ("error",)
    if step.kind in ("update", "rule"):
        return ("new", step.subject)
    if step.kind in ("delta", "gradient_node", "gradient_input"):
        # A neuron may be called as a parameter is.
        return ("slope", name)
    if step.kind.startswith("gradient_"):
        return ("gradient", step.subject, *(() if step.sample is None else _use(step)))
    return ()


def _use(step: Step) -> _Key:
    if step.edge is not None:
        return (*step.edge, step.piece)
    return (step.neuron,) if step.neuron is not None else ()


def _rows(lesson: Lesson, language: str) -> Iterator[BoardRow]:
    if lesson.expression is not None:
        yield from _nodes(lesson, language)
        return
    network = lesson.network
    for quantity in quantities(network, training=lesson.mode == "train"):
        yield _quantity(lesson, quantity, language)
    names = {neuron.id: neuron_symbol(neuron).text for neuron in network.neurons}
    for edge in network.edges:
        yield _edge(edge, names)
    for neuron in network.neurons:
        for slot, own in own_parameters(neuron):
            yield _own(neuron, slot, own, language)
    yield from _targets(lesson, language)
    error = translate(message("Error"), language)
    place = Reference("error")
    yield BoardRow("error", "error", symbol_of(lesson.notation.error).text, error, "E", place)


def _quantity(lesson: Lesson, quantity: Quantity, language: str) -> BoardRow:
    neuron = quantity.neuron
    own = neuron_symbol(neuron).text
    place = Reference("neuron", neuron.id)
    if quantity.kind == "input":
        column = [each.id for each in lesson.network.of_role("input")].index(neuron.id)
        is_given = given_column(lesson.data, column) is not None
        what = translate(message("Input"), language)
        edits = place if is_given else None
        return BoardRow("neurons", "quantity", own, what, quantity.address, place, edits)
    is_named = quantity.kind in ("activation", "softmax")
    what = translate(WORDS[quantity.kind], language)
    if is_named:
        what = activation_name(neuron.activation, language)
    if quantity.is_last and neuron.role == "output":
        output = translate(message("Output"), language)
        what = f"{output} · {what.lower()}"
    symbol = own
    if not quantity.is_last:
        letter = _plain(quantity_runs(lesson, neuron, quantity.name or "a"))
        symbol = f"{letter}({own})"
    return BoardRow("neurons", "quantity", symbol, what, quantity.address, place)


def _plain(runs: tuple[Run, ...]) -> str:
    return "".join(in_small_letters(run.text, run.style) or run.text for run in runs)


def _edge(edge: Edge, names: dict[str, str]) -> BoardRow:
    place = Reference("edge", edge.source, edge.target, edge.piece)
    what = f"{names[edge.source]} → {names[edge.target]}"
    edits = Reference("parameter", edge.weight)
    use = (edge.source, edge.target, edge.piece)
    symbol = symbol_of(edge.weight).text
    return BoardRow("weights", "parameter", symbol, what, edge.weight, place, edits, use)


def _own(neuron: Neuron, slot: str, own: str, language: str) -> BoardRow:
    place = Reference("parameter", own)
    symbol = neuron_symbol(neuron).text
    word = message("Parameter of {neuron}", neuron=symbol)
    if slot.startswith("bias"):
        word = message("Bias of {neuron}", neuron=symbol)
    what = translate(word, language)
    symbol = symbol_of(own).text
    return BoardRow("others", "parameter", symbol, what, own, place, place, (neuron.id,))


def _targets(lesson: Lesson, language: str) -> Iterator[BoardRow]:
    outputs = lesson.network.of_role("output")
    letter = symbol_of(target_letter(lesson)).text
    for number, neuron in enumerate(outputs, start=1):
        place = Reference("target", neuron.id)
        symbol = numbered(letter, number) if len(outputs) > 1 else letter
        what = translate(message("Target of {neuron}", neuron=neuron_symbol(neuron).text), language)
        yield BoardRow("error", "target", symbol, what, neuron.id, place, place)


def _nodes(lesson: Lesson, language: str) -> Iterator[BoardRow]:
    """Yield the nodes of a formula; a number without a name is no row."""
    # Imported here: most lessons have no formula.
    from explainer.maths.formula_nodes import formula_nodes
    from explainer.maths.trees import Apply
    from explainer.render.drawing.formula_nodes import number_text, sign_of

    expression = lesson.expression
    if expression is None:
        return
    nodes = formula_nodes(expression.formula, tuple(expression.values)).nodes
    for node in nodes:
        if not node.name:
            continue
        place = Reference("neuron", node.name)
        if node.tree is None:
            what = translate(message("Variable"), language)
        elif isinstance(node.tree, Apply):
            sign = "".join(run.text for run in sign_of(node.tree))
            made_of = ", ".join(_shown(nodes[each], language) for each in node.inputs)
            # The sign of an absolute value shows by itself what it is of.
            what = f"|{made_of}|" if sign == "|x|" else f"{sign} ({made_of})"
        else:
            what = "".join(run.text for run in number_text(node.tree, language))
        edits = place if node.tree is None else None
        symbol = symbol_of(node.name).text
        yield BoardRow("formula", "node", symbol, what, node.name, place, edits)


def _shown(node: FormulaNode, language: str) -> str:
    from explainer.maths.trees import Number
    from explainer.render.drawing.formula_nodes import number_text

    if not node.name and isinstance(node.tree, Number):
        return "".join(run.text for run in number_text(node.tree, language))
    return symbol_of(node.name).text
