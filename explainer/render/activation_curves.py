"""The activation functions of a lesson as curves, with the points at which its neurons work.

Drawn with the same shapes as the network, so that every format shows them, LaTeX too, and a copier keeps all of it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import Neuron
from explainer.maths.chosen import activation_label, activation_operation
from explainer.maths.numbers import shown
from explainer.maths.operation import Operation
from explainer.messages import translate
from explainer.render.drawing.wording import fitted, name_runs, neuron_runs
from explainer.render.shapes import Circle, Curve, Drawing, Label, Run, Shape, Tone
from explainer.trace.record import Run as Pass

_WIDTH, _HEIGHT, _GAP = 420.0, 230.0, 28.0
# Round the axes; at the right stands a list of the points.
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 150.0, 40.0, 30.0
_PER_ROW = 2
_LINE, _MOST_LISTED = 19.0, 9
# Names of points nearer to each other than this are left to the list.
_APART = 26.0
_PARTS = 96
# The curve is shown at least this far to both sides of 0.
_LEAST_REACH = 4.0
# A step as high as this part of the picture is a jump, not a slope.
_JUMP = 0.3
_TITLE, _TEXT, _DOT = 15.0, 13.0, 4.5


class _Point(NamedTuple):
    neuron: Neuron
    z: float
    a: float


class _Panel(NamedTuple):
    choice: Choice
    learnt: tuple[float, ...]
    points: list[_Point]


def curves(run: Pass, language: str, digits: int, without: Collection[str] = ()) -> Drawing:
    """Return a panel for every activation; its points are those of the first sample of the pass.

    Neurons whose sum or output is among the addresses `without` have no point: somebody is to find them.
    """
    panels = list(_panels(run, without))
    columns = min(_PER_ROW, len(panels))
    rows = math.ceil(len(panels) / _PER_ROW)
    shapes: list[Shape] = []
    for number, panel in enumerate(panels):
        x = (number % _PER_ROW) * (_WIDTH + _GAP)
        y = (number // _PER_ROW) * (_HEIGHT + _GAP)
        shapes += _Axes(run, panel, x, y, f"{number}", language, digits).shapes()
    width = columns * (_WIDTH + _GAP) - _GAP
    return Drawing(width, rows * (_HEIGHT + _GAP) - _GAP, tuple(shapes))


def _panels(run: Pass, without: Collection[str]) -> Iterator[_Panel]:
    found: dict[tuple[Choice, tuple[float, ...]], list[_Point]] = {}
    sample = run.graph.samples[0]
    for neuron in run.lesson.network.neurons:
        for place in run.graph.chain.get((sample, neuron.id), []):
            node = run.graph.nodes[place]
            if node.role == "activation":
                values = [run.values[source] for source in node.inputs]
                point = _Point(neuron, values[0], run.values[place])
                points = found.setdefault((neuron.activation, tuple(values[1:])), [])
                hidden = {node.address, f"{neuron.id}.z", neuron.id} & set(without)
                points += [] if hidden else [point]
    for (choice, learnt), points in found.items():
        yield _Panel(choice, learnt, points)


class _Axes:
    """One panel: axes, curve, points with their names, the function's name above."""

    def __init__(
        self, run: Pass, panel: _Panel, x: float, y: float, key: str, language: str, digits: int
    ) -> None:
        self.run, self.panel, self.key = run, panel, key
        self.x, self.y = x, y
        self.language, self.digits = language, min(digits, 3)
        self.reach = max([_LEAST_REACH, *(1.15 * abs(point.z) for point in panel.points)])
        operation = activation_operation(panel.choice)
        self.samples = [
            (z, _value(operation, z, panel.learnt))
            for z in (self.reach * (2 * part / _PARTS - 1) for part in range(_PARTS + 1))
        ]
        heights = [a for _, a in self.samples if math.isfinite(a)]
        heights += [0.0, *(point.a for point in panel.points)]
        low, high = min(heights), max(heights)
        room = (high - low or 1.0) * 0.08
        self.low, self.high = low - room, high + room

    def shapes(self) -> Iterator[Shape]:
        """Yield the shapes of the panel."""
        yield self._line("axis", (-self.reach, 0.0), (self.reach, 0.0), 1.0)
        yield self._line("height", (0.0, self.low), (0.0, self.high), 1.0)
        yield from self._numbers()
        yield from self._curve()
        placed: list[tuple[float, float]] = []
        points = sorted(self.panel.points, key=lambda point: point.z)
        for point in points:
            yield from self._point(point, placed)
        yield from self._list(points)
        title = translate(activation_label(self.panel.choice), self.language)
        runs, size = fitted((Run(title),), _TITLE, _WIDTH)
        yield Label(f"title:{self.key}", self.x, self.y + 16, runs, size, "plain", True, "start")

    def _at(self, z: float, a: float) -> tuple[float, float]:
        across = (z + self.reach) / (2 * self.reach)
        up = (a - self.low) / (self.high - self.low)
        width, height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
        return self.x + _LEFT + across * width, self.y + _TOP + (1 - up) * height

    def _line(
        self, key: str, begin: tuple[float, float], end: tuple[float, float], width: float
    ) -> Curve:
        (x0, y0), (x1, y1) = self._at(*begin), self._at(*end)
        third = ((x1 - x0) / 3, (y1 - y0) / 3)
        points = (x0, y0, x0 + third[0], y0 + third[1], x1 - third[0], y1 - third[1], x1, y1)
        tone: Tone = "quiet" if width == 1.0 else "forward"
        return Curve(f"{key}:{self.key}", points, width, tone)

    def _curve(self) -> Iterator[Curve]:
        whole = self.high - self.low
        for number, (begin, end) in enumerate(zip(self.samples, self.samples[1:], strict=False)):
            known = math.isfinite(begin[1]) and math.isfinite(end[1])
            if known and abs(end[1] - begin[1]) < _JUMP * whole:
                yield self._line(f"part {number}", begin, end, 2.0)

    def _numbers(self) -> Iterator[Label]:
        for z in (-self.reach, self.reach):
            x, y = self._at(z, 0.0)
            anchor = "start" if z < 0 else "end"
            text = (Run(shown(z, 2, self.language)),)
            yield Label(f"z {z}:{self.key}", x, y + 16, text, _TEXT, "quiet", False, anchor)  # type: ignore[arg-type]  # one of the two
        near = 0.08 * (self.high - self.low)
        for a in {min(a for _, a in self._finite()), max(a for _, a in self._finite())} - {0.0}:
            if abs(a) < near:
                # It would stand on the axis.
                continue
            x, y = self._at(0.0, a)
            text = (Run(shown(a, 2, self.language)),)
            yield Label(f"a {a}:{self.key}", x - 5, y + 4, text, _TEXT, "quiet", False, "end")

    def _finite(self) -> Sequence[tuple[float, float]]:
        return [(z, a) for z, a in self.samples if math.isfinite(a)] or [(0.0, 0.0)]

    def _point(self, point: _Point, placed: list[tuple[float, float]]) -> Iterator[Shape]:
        x, y = self._at(point.z, point.a)
        name = point.neuron.id
        yield Circle(f"point:{name}:{self.key}", x, y, _DOT, "forward", None, True)
        # To the left above a rising curve is room.
        at = (x - 9, y - 8)
        if all(math.dist(at, other) > _APART for other in placed):
            placed.append(at)
            runs = neuron_runs(point.neuron)
            yield Label(f"name:{name}:{self.key}", *at, runs, _TEXT, "plain", False, "end")

    def _list(self, points: Sequence[_Point]) -> Iterator[Label]:
        x, y = self.x + _WIDTH - _RIGHT + 20, self.y + _TOP + 10
        letter = name_runs(self.run.lesson.notation.pre_activation)
        for number, point in enumerate(points[:_MOST_LISTED]):
            value = Run(f" = {shown(point.z, self.digits, self.language)}")
            runs = (*neuron_runs(point.neuron), Run(": "), *letter, value)
            if number == _MOST_LISTED - 1 < len(points) - 1:
                runs = (Run("…"),)
            runs, size = fitted(runs, _TEXT, _RIGHT - 20)
            key = f"list:{point.neuron.id}:{self.key}"
            yield Label(key, x, y + number * _LINE, runs, size, "plain", False, "start")


def _value(operation: Operation, z: float, learnt: Sequence[float]) -> float:
    try:
        return operation.value((z, *learnt))
    except (ArithmeticError, ValueError):
        return math.nan
