"""What shows which values are blank on the worksheet: a dashed box round each on the graph and in the derivation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from explainer.gui.canvas.hits import area_of
from explainer.gui.canvas.overlay import GraphOverlay, Overlay
from explainer.gui.panels.derivation import DerivationPanel
from explainer.gui.sheets.targets import ShownPass
from explainer.gui.theme import Theme, colour, font
from explainer.render.shapes import Box, Circle, Drawing, Label
from explainer.trace.addresses import delta_address, output_address
from explainer.trace.steps import Step

_AIR, _CORNER = 3.0, 5.0
_CHIP, _CHIP_SIZE = 17.0, 11
_TINT = 0.16


class Mark(NamedTuple):
    """A blank on the graph: the area of the number; where the drawing does not show it, of what it belongs to, and a sign."""

    area: QRectF
    sign: str = ""


def marks_on(drawing: Drawing, steps: Iterable[Step], shown: ShownPass) -> list[Mark]:
    """Return the marks of steps that are blank; steps of samples that the drawing does not show have none."""
    shapes = {
        shape.key: shape for shape in drawing.shapes if isinstance(shape, Circle | Box | Label)
    }
    entries = {key.partition(" ")[0][6:].rstrip("0123456789") + " " + key.partition(" ")[2]: shape
               for key, shape in shapes.items() if key.startswith("entry:")}  # fmt: skip
    found: list[Mark] = []
    for step in steps:
        exact = [shapes.get(key) for key in _numbers_of(step, shown)]
        exact += [entries.get(key) for key in _entries_of(step, shown)]
        places = [shape for shape in exact if shape is not None]
        if places and (step.sample in (None, shown.sample) or places[0].key.startswith("entry:")):
            found.append(Mark(_around(places[0])))
            continue
        if step.sample not in (None, shown.sample):
            continue
        anchors = [shapes[key] for key in _anchors_of(step, shown) if key in shapes]
        found += [Mark(_around(anchor), _sign(step)) for anchor in anchors]
    return found


def _numbers_of(step: Step, shown: ShownPass) -> Iterator[str]:
    """Yield the keys of labels that show the result of a step."""
    quantity = step.address or step.subject
    if step.phase == "forward":
        yield f"value:{quantity}"
        for neuron in shown.lesson.network.neurons:
            if neuron.id == step.subject and output_address(neuron) == quantity:
                yield f"value:{neuron.id}"
    elif step.kind == "delta":
        for neuron in shown.lesson.network.neurons:
            # Where quantities are nodes of their own, each has a label of its own.
            is_own = neuron.id == step.subject and quantity == delta_address(neuron)
            if is_own and shown.view != "computation":
                yield f"delta:{neuron.id}"
        yield f"delta:{quantity}"
    elif step.kind in ("gradient_node", "gradient_input"):
        yield f"delta:{step.subject}"
    elif step.phase == "error" and step.kind != "penalty":
        yield "error:value"


def _entries_of(step: Step, shown: ShownPass) -> Iterator[str]:
    """Yield what entries of matrices are called that show the result of a step: letter, row, column."""
    row = shown.samples.index(step.sample) if step.sample in shown.samples else 0
    neuron = step.subject.partition(".")[0]
    if step.phase == "forward":
        letters = ("S", "Z") if step.address.endswith(".z") else ("A", "X")
        if step.kind == "dropout":
            letters = ("Y", "X")
        yield from (f"{letter} {row} {neuron}" for letter in letters)
    elif step.kind == "delta" and step.address in ("", f"{neuron}.z"):
        yield from (f"{letter} {row} {neuron}" for letter in ("dS", "dZ"))
    elif step.kind == "loss":
        yield f"E {row}"
    elif step.edge is not None:
        yield f"dW {step.edge[0]} {step.edge[1]}"
    elif step.kind == "gradient_bias":
        yield f"db {step.neuron}"
    elif step.kind == "gradient_parameter":
        network = shown.lesson.network
        yield from (f"dW {e.source} {e.target}" for e in network.edges if e.weight == step.subject)
        yield from (f"db {one.id}" for one in network.neurons if step.subject in one.biases)


def _anchors_of(step: Step, shown: ShownPass) -> Iterator[str]:
    """Yield the keys of what the result of a step belongs to where no label shows it."""
    network = shown.lesson.network
    if step.phase == "error":
        yield "error"
    elif step.edge is not None:
        yield f"pill:{step.edge[0]}>{step.edge[1]}"
    elif step.kind.startswith("gradient_") or step.phase == "update":
        for edge in network.edges:
            if edge.weight == step.subject:
                yield f"pill:{edge.source}>{edge.target}"
        for neuron in network.neurons:
            if step.subject in neuron.own_parameters and step.neuron in (None, neuron.id):
                yield from (f"bias:{neuron.id}", f"bias:{neuron.id} {step.subject}")
        yield f"circle:{step.subject}"
    else:
        name = step.subject.partition(".")[0]
        places = (f"box:{step.address}", f"circle:{name}", f"box:{name}", f"box:{name}.z")
        yield places[0]
        yield from places[1:]


def _sign(step: Step) -> str:
    if step.phase == "forward":
        return "z" if step.address.endswith(".z") else "a"
    if step.phase == "error":
        return "E"
    if step.phase == "update":
        return "+"
    return "δ" if step.kind == "delta" else "∂"


def _around(shape: Circle | Box | Label) -> QRectF:
    left, top, right, bottom = area_of(shape)
    return QRectF(left, top, right - left, bottom - top)


class GraphMarks(GraphOverlay):
    """Shows what is blank, and what a click would blank."""

    def __init__(self, theme: Theme, viewport: QWidget) -> None:
        super().__init__(theme, viewport)
        self.marks: list[Mark] = []
        self.pointed: QRectF | None = None

    def show_marks(self, marks: list[Mark]) -> None:
        """Show these."""
        self.marks = marks
        self._refresh()

    def point(self, area: QRectF | None) -> None:
        """Show what a click would blank."""
        if area != self.pointed:
            self.pointed = area
            self._refresh()

    def _refresh(self) -> None:
        self._cover(has_something=bool(self.marks) or self.pointed is not None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = self._painter()
        signs: dict[tuple[float, float], int] = {}
        for mark in self.marks:
            if not mark.sign:
                paint_blank(painter, mark.area, self._theme)
                continue
            corner = mark.area.right(), mark.area.top()
            place = signs[corner] = signs.get(corner, -1) + 1
            self._paint_sign(painter, mark, place)
        if self.pointed is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(self._theme.accent), 1.6))
            painter.drawRoundedRect(
                self.pointed.adjusted(-_AIR, -_AIR, _AIR, _AIR), _CORNER, _CORNER
            )

    def _paint_sign(self, painter: QPainter, mark: Mark, place: int) -> None:
        """Paint what is blank on the upper right corner of what it belongs to; several stand beside each other."""
        chip = QRectF(0, 0, _CHIP, _CHIP)
        chip.moveCenter(mark.area.topRight())
        chip.translate(place * (_CHIP + 2) - 3, 2)
        painter.setPen(QPen(colour(self._theme.paper), 1.5))
        painter.setBrush(colour(self._theme.accent))
        painter.drawRoundedRect(chip, _CORNER, _CORNER)
        painter.setPen(colour(self._theme.on_accent))
        painter.setFont(font(_CHIP_SIZE, 600))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, mark.sign)


class ResultMark(Overlay):
    """Lies over the derivation and marks the result where it is blank."""

    def __init__(self, theme: Theme, derivation: DerivationPanel) -> None:
        self._sheet = derivation.sheet
        super().__init__(theme, self._sheet)
        self._derivation = derivation
        self._sheet.installEventFilter(self)
        self.setGeometry(self._sheet.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._sheet.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        for place in self._derivation.result_places():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_blank(painter, place, self._theme)
            painter.end()


def paint_blank(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """Paint the box of a blank round a number that is still read."""
    tint = QColor(colour(theme.accent))
    tint.setAlphaF(_TINT)
    pen = QPen(colour(theme.accent), 1.8)
    # Not by colour alone: nothing else of the window is dashed so.
    pen.setDashPattern([2.6, 1.8])
    painter.setPen(pen)
    painter.setBrush(tint)
    painter.drawRoundedRect(area.adjusted(-_AIR, -_AIR, _AIR, _AIR), _CORNER, _CORNER)
