"""What the hand does on the graph, one class per gesture. Each is told of events and asks the canvas for deeds.

A gesture answers True where the event was its own. None of them holds the canvas: that would keep a closed
window alive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6 import QtCore
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QWheelEvent
    from PySide6.QtWidgets import QPinchGesture

# One notch of a wheel is 120; three notches double the scale.
_DOUBLING = 360.0
# Pixels that one notch of a wheel without pixels of its own scrolls.
_NOTCH = 60.0


class Ground(Protocol):
    """What gestures ask of a canvas."""

    def pan_by(self, right: float, down: float) -> None:
        """Move the drawing on the screen."""

    def scroll_by(self, right: float, down: float) -> None:
        """Move the drawing as a scroll bar would."""

    def zoom_at(self, factor: float, place: QPointF) -> None:
        """Scale around a place of the viewport."""

    def point_at(self, place: QPointF | None) -> None:
        """Take note of what the pointer is over; None when it has left."""

    def click_at(self, place: QPointF) -> None:
        """Do what a click there does."""

    def show_hand(self, closed: bool) -> None:
        """Show the closed hand of dragging, or the pointer's own shape again."""


class Drag:
    """Pan with the middle button, or with the left one once it has moved; without a move it is a click."""

    def __init__(self) -> None:
        self._button: QtCore.Qt.MouseButton | None = None
        self._start = QPointF()
        self._last = QPointF()
        self._panning = False

    def press(self, ground: Ground, event: QMouseEvent) -> bool:
        """Begin where a button goes down."""
        if event.button() not in (
            QtCore.Qt.MouseButton.LeftButton,
            QtCore.Qt.MouseButton.MiddleButton,
        ):
            return False
        if self._button is not None:
            return True
        self._button = event.button()
        self._start = self._last = event.position()
        self._panning = event.button() == QtCore.Qt.MouseButton.MiddleButton
        if self._panning:
            ground.show_hand(True)
        return True

    def move(self, ground: Ground, event: QMouseEvent) -> bool:
        """Pan along; a hand that trembles while it clicks does not pan."""
        if self._button is None:
            return False
        place = event.position()
        if not self._panning:
            way = place - self._start
            if abs(way.x()) + abs(way.y()) < QApplication.startDragDistance():
                return True
            self._panning = True
            ground.show_hand(True)
        ground.pan_by(place.x() - self._last.x(), place.y() - self._last.y())
        self._last = place
        return True

    def release(self, ground: Ground, event: QMouseEvent) -> bool:
        """End the pan, or click."""
        if event.button() != self._button:
            return False
        self._button = None
        if self._panning:
            self._panning = False
            ground.show_hand(False)
        else:
            ground.click_at(event.position())
        return True


class Hover:
    """Follow the pointer while no button is down."""

    def move(self, ground: Ground, event: QMouseEvent) -> bool:
        """Tell what is pointed at."""
        if event.buttons() != QtCore.Qt.MouseButton.NoButton:
            return False
        ground.point_at(event.position())
        return True

    def leave(self, ground: Ground) -> None:
        """Tell that nothing is pointed at any more."""
        ground.point_at(None)


class Wheel:
    """Scroll with the wheel or two fingers, as everywhere; with Ctrl zoom around the pointer."""

    def turn(self, ground: Ground, event: QWheelEvent) -> bool:
        """Scroll or zoom."""
        turned, pixels = event.angleDelta(), event.pixelDelta()
        if event.modifiers() & QtCore.Qt.KeyboardModifier.ControlModifier:
            ground.zoom_at(2.0 ** (turned.y() / _DOUBLING), event.position())
            return True
        if pixels.isNull():
            right, down = turned.x() / 120 * _NOTCH, turned.y() / 120 * _NOTCH
        else:
            right, down = float(pixels.x()), float(pixels.y())
        if event.modifiers() & QtCore.Qt.KeyboardModifier.ShiftModifier and not right:
            right, down = down, 0.0
        ground.scroll_by(right, down)
        return True


class Pinch:
    """Zoom with two fingers, on a touchpad or on the screen."""

    def touchpad(self, ground: Ground, event: QNativeGestureEvent) -> bool:
        """Zoom around the pointer; other gestures of the touchpad are not ours."""
        if event.gestureType() != QtCore.Qt.NativeGestureType.ZoomNativeGesture:
            return False
        ground.zoom_at(max(1.0 + event.value(), 0.1), event.position())
        return True

    def screen(self, ground: Ground, pinch: QPinchGesture, centre: QPointF) -> bool:
        """Zoom around the middle between the fingers, and follow it."""
        moved = pinch.centerPoint() - pinch.lastCenterPoint()
        ground.pan_by(moved.x(), moved.y())
        ground.zoom_at(pinch.scaleFactor(), centre)
        return True
