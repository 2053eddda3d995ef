"""A number moved by a little: with the arrows up and down, or with the wheel."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt

from explainer.gui.canvas.typed_number import LARGEST

# At least one decimal is moved, at most the third: 2 by 0.1, 0.15 by 0.01, 0.123456 by 0.001.
_FEWEST_DECIMALS, _MOST_DECIMALS = 1, 3
# One notch of a wheel.
_NOTCH = 120
_DIRECTIONS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


def direction_of(key: int) -> int:
    """Return 1 for the arrow up, −1 for the arrow down, 0 for every other key."""
    return next((way for known, way in _DIRECTIONS.items() if known == key), 0)


class WheelNotches:
    """Counts whole notches of a wheel, of which a touchpad sends small parts."""

    def __init__(self) -> None:
        self._rest = 0

    def turned(self, delta: int) -> int:
        """Return the whole notches that are complete with this turn, up is positive."""
        if self._rest * delta < 0:
            self._rest = 0
        notches = int((self._rest + delta) / _NOTCH)
        self._rest += delta - notches * _NOTCH
        return notches


def nudged(value: float, steps: int, modifiers: Qt.KeyboardModifier) -> float:
    """Return a number moved by some steps of its last decimal; Shift makes a step ten times as large, Ctrl a tenth.

    Counted in decimals, so that 0.1 and a step of 0.1 and one more make 0.3.
    """
    number = Decimal(repr(value))
    exponent = number.normalize().as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    step = Decimal(1).scaleb(-min(max(decimals, _FEWEST_DECIMALS), _MOST_DECIMALS))
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        step *= 10
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        step /= 10
    moved = float(number + steps * step)
    return min(max(moved, -LARGEST), LARGEST) + 0.0
