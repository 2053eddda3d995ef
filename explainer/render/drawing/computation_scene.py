"""The layout of a computation graph of a network: each quantity stands where a neuron of its own would stand.

Columns and rows are found by the same layout as those of the neurons, so that both views keep the same order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import ceil

from explainer.lesson.layers import drawn_columns
from explainer.lesson.lesson import Edge, Lesson, Network, Neuron, Role
from explainer.messages import Message, message, translate
from explainer.pages.page import Badge
from explainer.render.drawing.headers import activation_name, header_width
from explainer.render.drawing.highlight import Highlight
from explainer.render.drawing.layout import layout
from explainer.render.drawing.places import Outline
from explainer.render.drawing.quantities import Kind, Quantity, quantities
from explainer.render.drawing.scene import MOST_PILLS, NOTE_SIZE, PENALTY_WIDTH, PILL_SIZE, Scene
from explainer.render.drawing.slots import (
    CHIP_HEIGHT,
    CHIP_SIZE,
    PARAMETER_HEIGHT,
    Rows,
    Slot,
    dropout_texts,
    own_parameters,
    piece_at,
)
from explainer.render.drawing.space import Space
from explainer.render.drawing.wording import neuron_runs, target_texts, usual_width
from explainer.render.metrics import label_width
from explainer.render.shapes import Run
from explainer.trace.moment import Moment

# Room over a node for "∂E/∂z = …".
DERIVATIVE_WIDTH = 134.0
SLOPE_SIGN = (Run("∂", "italic"),)
_COLUMN_DISTANCE, _PILL_AIR = 172.0, 42.0
_PILL_PADDING, _CHIP_PADDING, _STEP = 9.0, 8.0, 6.0
_MOST_NAMES = 2

WORDS: dict[Kind, Message] = {
    "sum": message("Weighted sum"),
    "maxout": message("Maximum"),
    "mean": message("Mean of the batch"),
    "variance": message("Variance of the batch"),
    "normalised": message("Normalised"),
    "scaled": message("Scaled"),
    "activation": message("Activation"),
    "softmax": message("Softmax"),
    "dropout": message("Dropout"),
}


class ComputationScene(Scene):
    """One drawing in the making; its `network` has a neuron for every quantity, named by its address.

    `outputs` stay the neurons of the lesson, for they name targets and the ways into the error.
    """

    def __init__(
        self,
        lesson: Lesson,
        moment: Moment,
        digits: int,
        language: str,
        badges: tuple[Badge, ...],
        ends: Mapping[str, float] | None = None,
    ) -> None:
        self.lesson, self.moment, self.language = lesson, moment, language
        self.ends = ends or {}
        self.take_digits(digits)
        self.badges = badges
        self.quantities = quantities(lesson.network, training=lesson.mode == "train")
        self.by_address = {each.address: each for each in self.quantities}
        self.links = [(source, each) for each in self.quantities for source in each.sources]
        self.network = _network(self.quantities, compares_sums=compares_sums(lesson))
        self.highlight = Highlight(moment, badges)
        self.outputs = [neuron.id for neuron in lesson.network.of_role("output")]
        uses = Counter(edge.weight for edge in lesson.network.edges)
        uses.update(name for neuron in lesson.network.neurons for _, name in own_parameters(neuron))
        self.tied = {name for name, count in uses.items() if count > 1}
        self.headers = self._headers()
        self.targets = target_texts(lesson, len(self.outputs), moment.sample, self.digits, language)
        self.found = layout(self._outline())
        self.occupied = Space()
        self.pills = {}

    def slope_width(self) -> float:
        """Return the width of the pill with a local derivative."""
        width = usual_width(SLOPE_SIGN, self.digits, PILL_SIZE) + 2 * _PILL_PADDING
        return ceil(width / _STEP) * _STEP

    def operation(self, quantity: Quantity) -> str:
        """Return the sign or name of what makes a quantity, in few letters; an input is given."""
        match quantity.kind:
            case "input":
                return ""
            case "sum":
                return "Σ"
            case "activation" | "softmax":
                return activation_name(quantity.neuron.activation, self.language)
            case "dropout" if quantity.neuron.dropout is not None:
                texts = dropout_texts(
                    self.lesson, quantity.neuron.dropout, self.digits, self.language
                )
                return texts[quantity.neuron.id in self.highlight.dropped]
            case _:
                return translate(WORDS[quantity.kind], self.language).lower()

    def _rows(self, quantity: Quantity) -> Rows:
        """Return what hangs under a node: what makes it, then the parameters it uses besides weights."""
        rows: list[tuple[Slot, ...]] = []
        text = self.operation(quantity)
        if text:
            if quantity.neuron.dropout is not None and quantity.kind == "dropout":
                texts = dropout_texts(
                    self.lesson, quantity.neuron.dropout, self.digits, self.language
                )
                text = max(texts, key=len)
            width = label_width((Run(text),), CHIP_SIZE, bold=True) + 2 * _CHIP_PADDING
            rows.append((Slot("operation", width, CHIP_HEIGHT),))
        own = [
            Slot(key, self.pill_width(name), PARAMETER_HEIGHT, name)
            for key, name in own_parameters(quantity.neuron)
            if _belongs(key, quantity)
        ]
        if own:
            rows.append(tuple(own))
        return tuple(rows)

    def _headers(self) -> tuple[str, ...]:
        columns = drawn_columns(self.network)
        kinds: dict[int, dict[str, None]] = {}
        for each in self.quantities:
            if each.kind == "input":
                word = message("Input")
            elif each.neuron.role == "output" and each.is_last:
                word = message("Output")
            else:
                word = WORDS[each.kind]
            text = translate(word, self.language).upper()
            kinds.setdefault(columns[each.address], {})[text] = None
        texts = []
        for column in range(max(kinds) + 1):
            names = list(kinds.get(column, {}))
            texts.append(
                " · ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
            )
        return tuple(texts)

    def _outline(self) -> Outline:
        neurons, edges = self.network.neurons, self.network.edges
        if len(edges) > MOST_PILLS:
            pills = (0.0,) * len(edges)
        else:
            slope = self.slope_width()
            pills = tuple(self.pill_width(edge.weight) if edge.weight else slope for edge in edges)
        has_input_slopes = self.lesson.mode == "apply"
        return Outline(
            neurons,
            edges,
            pills,
            tuple(self._rows(each) for each in self.quantities),
            tuple(
                0.0 if each.kind == "input" and not has_input_slopes else DERIVATIVE_WIDTH
                for each in self.quantities
            ),
            tuple(header_width(text) for text in self.headers),
            tuple(ceil(label_width(runs, NOTE_SIZE) / _STEP) * _STEP for runs in self.targets),
            PENALTY_WIDTH if self.lesson.penalty is not None else 0.0,
            _COLUMN_DISTANCE,
            _PILL_AIR,
        )

    def symbol(self, quantity: Quantity) -> tuple[Run, ...]:
        """Return the symbol of a quantity: z with its neuron as subscript, the neuron's own for what it puts out."""
        # Imported here: `quantity_runs` stands for one neuron; the subscript is this view's own.
        from explainer.render.drawing.wording import quantity_runs

        if quantity.is_last or quantity.kind == "input":
            return neuron_runs(quantity.neuron)
        name = "z" if quantity.kind == "sum" else quantity.name or "a"
        runs = quantity_runs(self.lesson, quantity.neuron, name)
        owner = "".join(run.text for run in neuron_runs(quantity.neuron))
        if quantity.kind == "sum" and quantity.name != "z":
            owner += f",{quantity.piece + 1}"
        return (*runs, Run(owner, "sub"))


def _belongs(slot: str, quantity: Quantity) -> bool:
    """Tell whether a parameter of a neuron is used by this quantity of it."""
    piece = piece_at(slot)
    if piece is not None:
        return quantity.kind == "sum" and quantity.piece == piece
    if slot in ("gamma", "beta"):
        return quantity.kind == "scaled"
    return quantity.kind == "activation"


def compares_sums(lesson: Lesson) -> bool:
    """Tell whether the error compares the weighted sums with the targets, as the delta rule does."""
    # Imported here: the first frame does without the tables of rules.
    from explainer.maths.updates import LEARNING_RULES

    rule = LEARNING_RULES.get(lesson.update.choice.name)
    return rule is not None and rule.follows_gradient


def _network(found: tuple[Quantity, ...], *, compares_sums: bool) -> Network:
    """Return a network with a neuron for each quantity; edges between the quantities of one neuron have no weight."""
    neurons, edges = [], []
    for each in found:
        role: Role = "hidden"
        if each.kind == "input":
            role = "input"
        elif each.neuron.role == "output":
            is_compared = each.kind == "sum" if compares_sums else each.is_last
            role = "output" if is_compared else "hidden"
        neurons.append(Neuron(each.address, role))
        for place, source in enumerate(each.sources):
            weight = each.edges[place].weight if each.edges else ""
            edges.append(Edge(source, each.address, weight))
    return Network(tuple(neurons), tuple(edges), {})
