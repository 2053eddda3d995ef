"""The computation graph of a formula at one moment, as shapes: variables at the left, the result at the right.

Keys as in `diagram`: ID is the name of a node, `constant N` where a number has none. An operation is `box:ID`, with
its sign `symbol:ID`, `name:ID` above, `value:ID` inside and `delta:ID` below; a variable is `circle:ID`. The uses of
one node in another are `edge:S>T`, `edge:S>T 2` …; an edge over several columns goes on in `edge:S>T:1` and so on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from explainer.lesson.lesson import Edge, Expression, Lesson, text_in
from explainer.maths.formula_nodes import FormulaNode, formula_nodes
from explainer.maths.numbers import canvas_digits
from explainer.maths.trees import Apply, Number
from explainer.messages import message, translate
from explainer.pages.page import Badge, Reference
from explainer.render.drawing.badges import Anchor, BadgeGround, badge_at
from explainer.render.drawing.formula_layout import FormulaLayout, formula_layout
from explainer.render.drawing.formula_nodes import BOX_HEIGHT, BOX_WIDTH, outline
from explainer.render.drawing.formula_shapes import (
    Blackboard,
    number_shapes,
    operation_shapes,
    variable_shapes,
)
from explainer.render.drawing.highlight import Highlight
from explainer.render.drawing.space import Space, around
from explainer.render.shapes import Curve, Drawing, Label, Points, Run, Shape, point_at
from explainer.trace.moment import Moment

_MARGIN = 40.0
_HEADER = 44.0
_HEADER_SIZE = 12.5
_HEADER_TRACKING = 0.55
_WIDTH, _ACTIVE_WIDTH = 2.0, 3.6
# From the middle of a line to its baseline.
_NOTE_DROP = 4.5
# The room that the derivative under a node takes.
_NOTE_WIDTH = 118.0


def draw_formula(
    lesson: Lesson,
    expression: Expression,
    moment: Moment,
    *,
    digits: int,
    language: str,
    badges: tuple[Badge, ...] = (),
) -> Drawing:
    """Return the graph at one moment; `digits` are those of the derivation, the graph shows fewer."""
    scene = _Scene(expression, moment, digits, language, badges)
    return Drawing(
        scene.width, scene.height, tuple(scene.shapes()), text_in(lesson.title, language)
    )


class _Scene:
    """One drawing in the making."""

    def __init__(
        self,
        expression: Expression,
        moment: Moment,
        digits: int,
        language: str,
        badges: tuple[Badge, ...],
    ) -> None:
        self._language, self._badges = language, badges
        found = formula_nodes(expression.formula, tuple(expression.values))
        self._nodes, self._result = found.nodes, found.result
        self._layout: FormulaLayout = formula_layout(outline(found.nodes, language))
        area = self._layout.area
        self._right, self._down = _MARGIN - area.left, _MARGIN + _HEADER - area.top
        self.width = area.right - area.left + 2 * _MARGIN
        self.height = area.bottom - area.top + 2 * _MARGIN + _HEADER
        self._highlight = Highlight(moment, badges)
        result = found.nodes[found.result].name
        self._board = Blackboard(moment, self._highlight, canvas_digits(digits), language, result)

    def shapes(self) -> Iterator[Shape]:
        yield from self._headers()
        curves = list(self._curves())
        yield from (curve for curve in curves if not curve.active)
        yield from (curve for curve in curves if curve.active)
        for place, node in enumerate(self._nodes):
            yield from self._node(place, node)
        yield from self._badge_shapes()

    def _address(self, place: int) -> str:
        return self._nodes[place].name or f"constant {place}"

    def _at(self, place: int) -> tuple[float, float]:
        x, y = self._layout.places[place]
        return x + self._right, y + self._down

    def _moved(self, points: Points) -> Points:
        x0, y0, x1, y1, x2, y2, x3, y3 = points
        right, down = self._right, self._down
        return (
            x0 + right, y0 + down, x1 + right, y1 + down,
            x2 + right, y2 + down, x3 + right, y3 + down,
        )  # fmt: skip

    def _headers(self) -> Iterator[Label]:
        words = {"input": message("Input"), "result": message("Result")}
        places = {"result": self._at(self._result)[0]}
        variables = [place for place, node in enumerate(self._nodes) if node.tree is None]
        if variables:
            places["input"] = self._at(variables[0])[0]
        for name, x in places.items():
            run = Run(translate(words[name], self._language).upper())
            yield Label(
                f"header:{name}",
                x,
                _MARGIN + _NOTE_DROP,
                (run,),
                _HEADER_SIZE,
                "quiet",
                True,
                tracking=_HEADER_TRACKING,
            )

    def _curves(self) -> Iterator[Curve]:
        uses: Counter[tuple[int, int]] = Counter()
        for target, node in enumerate(self._nodes):
            for source, way in zip(node.inputs, self._layout.ways[target], strict=True):
                uses[source, target] += 1
                yield from self._edge(source, target, uses[source, target], way)

    def _edge(self, source: int, target: int, use: int, way: tuple[Points, ...]) -> Iterator[Curve]:
        ends = self._address(source), self._address(target)
        look = self._highlight.edge(Edge(*ends, ""))
        key = f"edge:{ends[0]}>{ends[1]}" + (f" {use}" if use > 1 else "")
        width = _ACTIVE_WIDTH if look.active else _WIDTH
        for part, points in enumerate(way):
            yield Curve(
                f"{key}:{part}" if part else key,
                self._moved(points),
                width,
                look.tone,
                active=look.active,
                reference=Reference("edge", *ends),
            )

    def _node(self, place: int, node: FormulaNode) -> list[Shape]:
        x, y = self._at(place)
        if isinstance(node.tree, Number):
            return number_shapes(self._board, node, self._address(place), node.tree, x, y)
        if isinstance(node.tree, Apply):
            return operation_shapes(
                self._board, node, node.tree, x, y, is_result=place == self._result
            )
        return variable_shapes(self._board, node, x, y)

    def _badge_shapes(self) -> Iterator[Shape]:
        ground = BadgeGround(self.width, self.height, self._taken(), Space())
        for number, badge in enumerate(self._badges):
            anchor = self._anchor(badge.reference)
            if anchor is not None:
                yield from badge_at(ground, number, badge, anchor)

    def _anchor(self, reference: Reference) -> Anchor | None:
        """Return what a badge stands beside; None where the reference names nothing of this graph."""
        places = {self._address(place): place for place in range(len(self._nodes))}
        target = places.get(reference.second if reference.kind == "edge" else reference.first)
        if target is None:
            return None
        if reference.kind == "neuron":
            return (*self._at(target), BOX_WIDTH / 2, BOX_HEIGHT / 2)
        sources = [self._address(source) for source in self._nodes[target].inputs]
        if reference.first not in sources:
            return None
        way = self._layout.ways[target][sources.index(reference.first)]
        return (*point_at(self._moved(way[len(way) // 2]), 0.5), 0.0, 4.0)

    def _taken(self) -> Space:
        """Return the room of nodes with their names and derivatives."""
        taken = Space()
        for place, each in enumerate(outline(self._nodes, self._language)):
            x, y = self._at(place)
            taken.add(around(x, y, each.width + 4, each.height + 4))
            taken.add(around(x, y - (each.height + each.above) / 2, each.width, each.above))
            if each.below:
                taken.add(around(x, y + (each.height + each.below) / 2, _NOTE_WIDTH, each.below))
        return taken
