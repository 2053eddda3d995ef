"""The canvas: a drawing that can be looked around in, pointed at and edited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QPointF, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QGestureEvent,
    QPinchGesture,
    QWidget,
)

from explainer.gui.canvas.camera_view import CameraView
from explainer.gui.canvas.editing import NumberEditing
from explainer.gui.canvas.gestures import Drag, Hover, Pinch, Wheel
from explainer.gui.canvas.items import Paints
from explainer.gui.canvas.numbers import Editable, numbers_on
from explainer.gui.canvas.pointing import Pointing
from explainer.gui.canvas.scene import SceneItems
from explainer.messages import message, translate
from explainer.pages.page import Reference
from explainer.render.palette import LIGHT, Palette
from explainer.render.shapes import Drawing

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent

    from explainer.gui.canvas.tools import Tool


class GraphCanvas(CameraView):
    """Shows a drawing; reports what is pointed at, clicked and typed. It changes no lesson.

    A click on a weight or bias asks for its gradient step and opens the field over its number, so that both typing
    and stepping can follow: arrows, Home, End and Space still step until something is typed. A click on an input or a
    target opens its field; a click on an edge jumps only. With the keyboard, Tab walks through the numbers, Enter, F2
    or a digit opens the field; Tab in the field accepts and opens the next.

    The wheel scrolls what does not fit, Ctrl and the wheel or a pinch zooms around the pointer, dragging pans, a
    double click on the ground fits. The drawing stays fitted to the canvas until the user moves it.

    A `tool` is asked first, whatever happens.
    """

    # A Reference, or None where nothing is pointed at any more.
    hovered = Signal(object)
    parameter_clicked = Signal(str)
    # A Reference (kinds parameter, neuron for an input, target) and the new value.
    value_edited = Signal(object, float)
    # The same while the value is on its way.
    value_nudged = Signal(object, float)
    # The sentence that is shown below the field.
    edit_refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = "en"
        self._paints = Paints(LIGHT)
        self._editable: dict[Reference, Editable] = {}
        self.shown = SceneItems(self.scene(), self._paints)
        self.pointing = Pointing()
        self.tool: Tool | None = None
        self.is_furnished = False
        self._drag, self._hover, self._wheel, self._pinch = Drag(), Hover(), Wheel(), Pinch()
        self.editing = NumberEditing(self.viewport(), self)
        self.editing.jumped.connect(self.parameter_clicked)
        self.editing.edited.connect(self.value_edited)
        self.editing.nudged.connect(self.value_nudged)
        self.editing.refused.connect(self.edit_refused)
        self.editing.chosen_changed.connect(self._show_chosen)
        self.looked.connect(self._tell_editing)
        self.viewport().setMouseTracking(True)
        self.setBackgroundBrush(self._paints.brush(self._paints.palette.ground))
        self.set_language(self._language)

    def furnish(self) -> None:
        """Add what the first frame did without: pinches, and the pictures that Qt keeps of the items."""
        self.is_furnished = True
        self.viewport().grabGesture(QtCore.Qt.GestureType.PinchGesture)
        self.shown.keep_pixels()

    # What is shown

    def show_drawing(
        self, drawing: Drawing, editable: Mapping[Reference, Editable] | None = None
    ) -> None:
        """Show a drawing, as a step of the one before where keys are the same.

        `editable` are its numbers that may be edited, as for `set_editable_values`; the same as before unless said.
        """
        changed = self.shown.show(drawing)
        self.take(drawing, changed, self.shown.touched)
        if editable is not None and editable != self._editable:
            self._editable, changed = dict(editable), True
        if changed:
            self.pointing.show(drawing, self._editable)
            self._light()
        self.editing.set_numbers(numbers_on(drawing, self._editable))
        self._show_ring()

    def show_sketch(self, sketch: Drawing) -> None:
        """Show what an edit made of the drawing, until the next one is shown; numbers cannot be edited before that."""
        changed = self.shown.show(sketch, sketched=True)
        self.take(sketch, changed, self.shown.touched, sketched=True)
        self.pointing.show(sketch, self._editable)

    def paint_new(self, painter: QPainter) -> None:
        self.shown.paint_new(painter)

    def paint_drawing(self, painter: QPainter) -> None:
        self.shown.paint(painter)

    def set_palette(self, palette: Palette) -> None:
        """Show everything in other colours."""
        self._paints = Paints(palette)
        self.setBackgroundBrush(self._paints.brush(palette.ground))
        self.shown.recolour(self._paints)
        self.repaint_pictures()
        self._light()
        self._show_ring()
        self._tell_editing()

    def set_language(self, language: str) -> None:
        """Take the language of sentences and of the decimal point; the drawing brings its own text."""
        self._language = language
        self.setAccessibleName(translate(message("Graph of the network"), language))
        self._tell_editing()

    def set_editable_values(self, values: Mapping[Reference, Editable]) -> None:
        """Take the numbers that may be edited (`numbers.editable_numbers`); none makes the graph read-only."""
        if values == self._editable:
            return
        self._editable = dict(values)
        self.pointing.show(self._drawing, self._editable)
        self.editing.set_numbers(numbers_on(self._drawing, self._editable))
        self._light()

    def highlight(self, reference: Reference | None) -> None:
        """Light what a reference stands for, as if it were pointed at; None ends it."""
        if reference != self.pointing.called:
            self.pointing.called = reference
            self._light()

    def close_editor(self) -> bool:
        """Accept what is being typed, if anything; False where it was refused and the field stays open."""
        return self.editing.close()

    def _light(self) -> None:
        self.emphasis.glow(self.pointing.lit(), self._paints)
        self.update_overlay()

    def _show_ring(self) -> None:
        has_keyboard = self.hasFocus() and not self.editing.is_open
        self.emphasis.ring(self.editing.chosen_number if has_keyboard else None, self._paints)
        self.update_overlay()

    def _show_chosen(self) -> None:
        number = self.editing.chosen_number
        if number is not None and self.hasFocus():
            self.look(self.bounds_now().revealing(self.camera, *number.frame))
        self._show_ring()

    def _tell_editing(self) -> None:
        self.editing.look(self.camera, self._paints.palette, self._language)

    # What the gestures ask for

    def point_at(self, place: QPointF | None) -> None:
        """Light what is under the pointer and report it."""
        spot = None if place is None else self.camera.to_drawing(place.x(), place.y())
        before = self.pointing.pointed
        self.pointing.point(spot, self.camera.scale)
        self.viewport().setCursor(self.pointing.cursor())
        if self.pointing.pointed != before:
            self._light()
            self.hovered.emit(self.pointing.pointed)

    def click_at(self, place: QPointF) -> None:
        """Open the field of a number, jump to the step of a weight, or let go of what was chosen."""
        self.point_at(place)
        number = self.pointing.number_under(self.editing.numbers)
        parameter = self.pointing.parameter_under()
        if number is not None:
            self.editing.click(number.key)
        elif parameter is not None:
            self.parameter_clicked.emit(parameter)
        else:
            self.editing.choose(None)
        if self.tool is not None:
            self.tool.clicked(place)

    def show_hand(self, closed: bool) -> None:
        """Show the closed hand of dragging, or the pointer's own shape again."""
        shape = QtCore.Qt.CursorShape.ClosedHandCursor if closed else self.pointing.cursor()
        self.viewport().setCursor(shape)

    # What Qt calls

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a drag or click, unless what is being typed is refused and wants the keyboard back."""
        if self.editing.is_open and not self.editing.close() and self.editing.field is not None:
            self.editing.field.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)
            return
        if self.tool is not None and self.tool.press(event):
            event.accept()
            return
        event.setAccepted(self._drag.press(self, event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan or hover."""
        if self.tool is not None and self.tool.move(event):
            event.accept()
            return
        if not self._drag.move(self, event):
            self._hover.move(self, event)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag or click."""
        if self.tool is None or not self.tool.release(event):
            self._drag.release(self, event)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit on a double click on the ground; elsewhere it is one more press."""
        if self.tool is not None and self.tool.double_click(event):
            event.accept()
        elif event.button() == QtCore.Qt.MouseButton.LeftButton and self.pointing.is_ground():
            self.fit()
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nudge the chosen number under the pointer, else scroll or zoom."""
        chosen = self.editing.chosen_number
        if chosen is not None and chosen is self.pointing.number_under(self.editing.numbers):
            self.editing.turn(event)
        else:
            event.setAccepted(self._wheel.turn(self, event))

    def viewportEvent(self, event: QEvent) -> bool:
        """Hand pinches and the leaving pointer to their gestures."""
        if isinstance(event, QNativeGestureEvent):
            return self._pinch.touchpad(self, event)
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(QtCore.Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                centre = self.viewport().mapFromGlobal(pinch.centerPoint())
                return self._pinch.screen(self, pinch, centre)
        if event.type() == QEvent.Type.Leave:
            self._hover.leave(self)
            if self.tool is not None:
                self.tool.left()
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the chosen number, or with the tool; every other key belongs to the window."""
        taken = self.editing.press(event) or (self.tool is not None and self.tool.key(event))
        event.setAccepted(taken)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Leave the menu to the tool."""
        event.setAccepted(self.tool is not None and self.tool.menu(event))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Walk through the numbers before leaving the graph."""
        return self.editing.walk(1 if forward else -1) or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show what has the keyboard; arriving by Tab chooses the first number, by Shift+Tab the last."""
        super().focusInEvent(event)
        # In the first frame there are none, and the reason is a value of `Qt`.
        if self.editing.numbers:
            self._arrive(event.reason())
        self._show_ring()

    def _arrive(self, reason: QtCore.Qt.FocusReason) -> None:
        reasons = QtCore.Qt.FocusReason
        step = {reasons.TabFocusReason: 1, reasons.BacktabFocusReason: -1}.get(reason)
        if step is not None:
            self.editing.choose(None)
            self.editing.walk(step)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        super().focusOutEvent(event)
        self._show_ring()
