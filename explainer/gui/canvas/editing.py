"""Choosing numbers of the graph with mouse and keyboard, and opening the field over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from explainer.gui.canvas.camera import Camera
from explainer.gui.canvas.numbers import Number
from explainer.gui.canvas.typed_number import editable_text
from explainer.messages import message, translate
from explainer.render.palette import LIGHT, Palette

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

    from explainer.gui.canvas.editor import NumberField
    from explainer.gui.canvas.nudging import WheelNotches

# What a number may begin with: typing one of these opens the field.
_BEGINNINGS = "0123456789+-−.,"


class NumberEditing(QObject):
    """Holds which number is chosen and the field it is typed in; the canvas shows both."""

    # A parameter was chosen by a click; a number was typed, or nudged; it was refused, with this sentence.
    jumped = Signal(str)
    edited = Signal(object, float)
    nudged = Signal(object, float)
    refused = Signal(str)
    # Another number is chosen, or none.
    chosen_changed = Signal()

    def __init__(self, viewport: QWidget, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._viewport = viewport
        self._canvas = canvas
        self.numbers: dict[str, Number] = {}
        self.chosen: str | None = None
        self.field: NumberField | None = None
        self._wheel: WheelNotches | None = None
        self._camera = Camera()
        self._palette: Palette = LIGHT
        self._language = "en"

    @property
    def is_open(self) -> bool:
        """Whether a number is being typed."""
        return self.field is not None and self.field.number is not None

    @property
    def chosen_number(self) -> Number | None:
        """The number that has the keyboard."""
        return self.numbers.get(self.chosen) if self.chosen is not None else None

    def set_numbers(self, numbers: dict[str, Number]) -> None:
        """Take the numbers of another drawing; what is being typed follows its number, or is given up with it."""
        self.numbers = numbers
        if self.chosen is not None and self.chosen not in numbers:
            self.choose(None)
        self._follow()

    def look(self, camera: Camera, palette: Palette, language: str) -> None:
        """Take what the field needs to stand over its number and look like it."""
        if self.field is not None:
            if language != self._language:
                self.field.drop()
            if palette is not self._palette:
                self.field.recolour(palette)
        self._camera, self._palette, self._language = camera, palette, language
        self._follow()

    def _follow(self) -> None:
        if self.field is None or self.field.number is None:
            return
        number = self.numbers.get(self.field.number.key)
        if number is None:
            self.field.drop()
        else:
            self.field.follow(number, self._camera)

    def choose(self, key: str | None) -> None:
        """Give a number the keyboard, and tell a screen reader what it is."""
        if key == self.chosen:
            return
        self.chosen = key
        self.chosen_changed.emit()
        if key is not None:
            self._announce(self.describe(self.numbers[key]))

    def describe(self, number: Number) -> str:
        """Return a number as a screen reader says it."""
        name = translate(number.editable.name, self._language)
        value = editable_text(number.editable.value, self._language)
        sentence = message("{name}, {value}. Enter types another value.", name=name, value=value)
        return translate(sentence, self._language)

    def click(self, key: str) -> None:
        """Jump where the number is a parameter, then open the field over it."""
        reference = self.numbers[key].editable.reference
        self.choose(key)
        if reference.kind == "parameter":
            self.jumped.emit(reference.first)
        # The jump may have brought another drawing.
        if key in self.numbers:
            self.open(key)

    def open(self, key: str, typed: str = "") -> None:
        """Open the field over a number, its text selected or replaced by what was typed."""
        self.choose(key)
        if self.field is None:
            # Imported when the first number is typed: the first frame does without.
            from explainer.gui.canvas.editor import NumberField

            self.field = NumberField(self._viewport)
            self.field.entered.connect(self._entered)
            self.field.nudged.connect(self._nudged)
            self.field.refused.connect(self._refused)
        self.field.begin(self.numbers[key], self._camera, self._palette, self._language)
        if typed:
            self.field.insert(typed)
            self.field.touch()

    def close(self) -> bool:
        """Accept what is being typed; False where it was refused and the field stays open."""
        return self.field is None or self.field.accept()

    def walk(self, direction: int) -> bool:
        """Choose the next or previous number; False at the end, where the keyboard leaves the graph."""
        key = self._neighbour(direction)
        if key is None:
            return False
        self.choose(key)
        return True

    def press(self, event: QKeyEvent) -> bool:
        """Open the field, or let go of the number; False where the key is not for it."""
        if self.chosen is None:
            return False
        if event.key() in (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter, QtCore.Qt.Key.Key_F2):
            self.open(self.chosen)
        elif event.key() == QtCore.Qt.Key.Key_Escape:
            self.choose(None)
        elif event.key() in (QtCore.Qt.Key.Key_Up, QtCore.Qt.Key.Key_Down):
            self.nudge(1 if event.key() == QtCore.Qt.Key.Key_Up else -1, event.modifiers())
        elif event.text() and event.text() in _BEGINNINGS:
            self.open(self.chosen, event.text())
        else:
            return False
        return True

    def nudge(self, steps: int, modifiers: QtCore.Qt.KeyboardModifier) -> None:
        """Move the chosen number by some steps."""
        # Imported when the first number is nudged: the first frame does without.
        from explainer.gui.canvas.nudging import nudged

        number = self.chosen_number
        if number is not None:
            self._nudged(number, nudged(number.editable.value, steps, modifiers))

    def turn(self, event: QWheelEvent) -> None:
        """Move the chosen number by the notches of the wheel."""
        from explainer.gui.canvas.nudging import WheelNotches

        if self._wheel is None:
            self._wheel = WheelNotches()
        notches = self._wheel.turned(event.angleDelta().y())
        if notches:
            self.nudge(notches, event.modifiers())
        event.accept()

    def _nudged(self, number: Number, value: float) -> None:
        if value != number.editable.value:
            self.nudged.emit(number.editable.reference, value)

    def _neighbour(self, direction: int) -> str | None:
        keys = list(self.numbers)
        if self.chosen is None:
            place = 0 if direction > 0 else len(keys) - 1
        else:
            place = keys.index(self.chosen) + direction
        return keys[place] if 0 <= place < len(keys) else None

    def _entered(self, number: Number, value: float, direction: int) -> None:
        if value != number.editable.value:
            self.edited.emit(number.editable.reference, value)
        following = self._neighbour(direction) if direction else None
        if following is not None:
            self.open(following)

    def _refused(self, sentence: str) -> None:
        self._announce(sentence)
        self.refused.emit(sentence)

    def _announce(self, sentence: str) -> None:
        """Say a sentence to a screen reader: items of a graphics view are invisible to it."""
        # Imported where it is needed: its hundreds of constants take their time.
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        self._canvas.setAccessibleDescription(sentence)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._canvas, sentence))
