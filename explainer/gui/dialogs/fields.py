"""The fields of the dialogs: a list of choices, a slider for digits."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSlider, QWidget

from explainer.gui.preferences import LEAST_DIGITS, MOST_DIGITS
from explainer.gui.scaling import keep, px

# Each language is called as its speakers call it.
LANGUAGE_NAMES = {"en": "English", "ru": "Русский"}

# Padding and arrow of a list of choices, px.
_AROUND_CHOICE = 58


class DigitsSlider(QWidget):
    """A slider for the number of significant digits, the number beside it."""

    chosen = Signal(int)

    def __init__(self, digits: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(LEAST_DIGITS, MOST_DIGITS)
        self._slider.setPageStep(1)
        self._slider.setValue(digits)
        self._slider.setAccessibleName(name)
        self._number = QLabel(str(digits))
        keep(self._number, "setMinimumWidth", 24)
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._slider, 1)
        row.addWidget(self._number)
        self._slider.valueChanged.connect(self._changed)

    @property
    def digits(self) -> int:
        """The number chosen."""
        return self._slider.value()

    def _changed(self, digits: int) -> None:
        self._number.setText(str(digits))
        self.chosen.emit(digits)


class Choices(QComboBox):
    """A list of values and their names, as wide as the longest."""

    def __init__(self, values: dict[str, str], chosen: str, name: str) -> None:
        super().__init__()
        for value, text in values.items():
            self.addItem(text, value)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        # Qt leaves the padding of the style sheet out.
        widths = [
            self.fontMetrics().horizontalAdvance(self.itemText(i)) for i in range(self.count())
        ]
        widest = max(widths, default=0) + px(_AROUND_CHOICE)
        return super().sizeHint().expandedTo(QSize(max(px(240), widest), px(34)))

    def minimumSizeHint(self) -> QSize:
        # A choice that is cut off cannot be told from another one.
        return self.sizeHint()

    @property
    def value(self) -> str:
        """The value chosen."""
        return str(self.currentData())
