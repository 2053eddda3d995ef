"""What the pointer is over, what a formula points at, and which shapes light up for it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6 import QtCore

from explainer.gui.canvas.hits import HitMap
from explainer.gui.canvas.numbers import Editable, Number
from explainer.pages.page import Reference
from explainer.render.shapes import Curve, Drawing, Shape, Underline

# How near to an edge the pointer must be, in px on the screen.
_REACH = 7.0


class Pointing:
    """Remembers both pointers, the mouse's and the one from outside; the latter goes first."""

    def __init__(self) -> None:
        self.called: Reference | None = None
        self._shape: Shape | None = None
        self._hits: HitMap | None = None
        self._drawing = Drawing(1.0, 1.0, ())
        self._editable: Mapping[Reference, Editable] = {}

    def show(self, drawing: Drawing, editable: Mapping[Reference, Editable]) -> None:
        """Take another drawing; the pointer stays on what it was on, where that is still there."""
        self._drawing, self._editable = drawing, editable
        self._hits = None

    @property
    def pointed(self) -> Reference | None:
        """What the mouse points at."""
        return _reference(self._shape)

    def point(self, spot: tuple[float, float] | None, scale: float) -> None:
        """Take a point of the drawing under the mouse; None when it has left."""
        if spot is None:
            self._shape = None
            return
        if self._hits is None:
            self._hits = HitMap(self._drawing.shapes)
        self._shape = self._hits.at(*spot, _REACH / scale)

    def is_ground(self) -> bool:
        """Tell whether the mouse is over nothing."""
        return self._shape is None

    def lit(self) -> list[Shape]:
        """Return the shapes to light."""
        reference = self.called or self.pointed
        if reference is None:
            return []
        found = [shape for shape in self._drawing.shapes if self._stands_for(shape, reference)]
        if self.called is None and reference.kind == "neuron":
            found += [shape for shape in self._drawing.shapes if _touches(shape, reference.first)]
        return found

    def number_under(self, numbers: Mapping[str, Number]) -> Number | None:
        """Return the number that a click at the mouse would edit."""
        if self._shape is None:
            return None
        key = self._shape.key
        return next((number for number in numbers.values() if key in number.parts), None)

    def parameter_under(self) -> str | None:
        """Return the parameter whose step a click at the mouse would jump to."""
        pointed = self.pointed
        if pointed is None:
            return None
        meant = self._editable[pointed].reference if pointed in self._editable else pointed
        return meant.first if meant.kind == "parameter" else None

    def cursor(self) -> QtCore.Qt.CursorShape:
        """Return the shape of the mouse pointer: a hand over what can be clicked."""
        pointed = self.pointed
        clickable = pointed is not None and (
            pointed in self._editable or pointed.kind == "parameter"
        )
        return (
            QtCore.Qt.CursorShape.PointingHandCursor
            if clickable
            else QtCore.Qt.CursorShape.ArrowCursor
        )

    def _stands_for(self, shape: Shape, reference: Reference) -> bool:
        """Tell whether a shape is meant by a reference: itself, or the edge of that weight."""
        own = _reference(shape)
        if own is None:
            return False
        if own == reference:
            return True
        return own in self._editable and self._editable[own].reference == reference


def _touches(shape: Shape, neuron: str) -> bool:
    """Tell whether a shape is an edge from or to a neuron."""
    if not isinstance(shape, Curve) or shape.reference is None:
        return False
    reference = shape.reference
    ends = (reference.first, reference.second)
    return (
        neuron in ends if reference.kind == "edge" else reference == Reference("error_link", neuron)
    )


def _reference(shape: Shape | None) -> Reference | None:
    return None if shape is None or isinstance(shape, Underline) else shape.reference
