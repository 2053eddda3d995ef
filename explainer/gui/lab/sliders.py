"""The parameters of a function on sliders, each with its symbol and a field for its number."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSlider, QWidget

from explainer.gui.choosing.fields import NumberEdit
from explainer.gui.lab.own_keys import OwnKeys
from explainer.gui.theme import Theme
from explainer.messages import Refused, translate
from explainer.session.looking.comparison import Compared, ends_of
from explainer.session.options.words import parameter_label

_STEPS = 200
_DIGITS = 3


class Sliders(QWidget):
    """Shows the numbers of a function.

    `moved` carries a name and a number while one is moved, `rested` comes at the end; `faulted` why a typed one cannot be.
    """

    moved = Signal(str, float)
    rested = Signal()
    faulted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Compared | None = None
        self._language = "en"
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._keys = OwnKeys(self)
        self.sliders: list[QSlider] = []
        self.fields: list[NumberEdit] = []

    def show_numbers(self, one: Compared, language: str) -> None:
        """Show the numbers of a function."""
        self._shown, self._language = one, language
        while len(self.sliders) < len(one.parameters):
            self._add()
        for place, slider in enumerate(self.sliders):
            is_used = place < len(one.parameters)
            slider.setVisible(is_used)
            self.fields[place].setVisible(is_used)
            if is_used:
                name, value = one.parameters[place]
                label = translate(parameter_label(name), language)
                slider.setAccessibleName(label)
                self.fields[place].set_prefix(label)
                self.fields[place].setAccessibleName(label)
                self.fields[place].show_number(value, language)
                if not slider.isSliderDown():
                    self._put(slider, one, name, value)
        self.setVisible(bool(one.parameters))

    def close_editor(self) -> bool:
        """Accept what is being typed; False where it was refused and stays."""
        for field in self.fields:
            if field.isModified():
                field.entered.emit()
        return not any(field.isModified() for field in self.fields)

    def drop_typing(self) -> None:
        """Give up what is being typed."""
        for field in self.fields:
            field.restore()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        for field in self.fields:
            field.set_theme(theme)

    @staticmethod
    def _put(slider: QSlider, one: Compared, name: str, value: float) -> None:
        low, high = ends_of(one, name)
        slider.blockSignals(True)
        slider.setValue(round((value - low) / (high - low) * _STEPS))
        slider.blockSignals(False)

    def _add(self) -> None:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, _STEPS)
        slider.setPageStep(_STEPS // 20)
        self._keys.keep(slider)
        slider.valueChanged.connect(self._slid)
        slider.sliderReleased.connect(self.rested)
        field = NumberEdit(self._theme)
        field.entered.connect(self._entered)
        row = len(self.sliders)
        self._grid.addWidget(slider, row, 0)
        self._grid.addWidget(field, row, 1)
        self.sliders.append(slider)
        self.fields.append(field)

    def _slid(self, step: int) -> None:
        one = self._shown
        place = next(at for at, slider in enumerate(self.sliders) if slider is self.sender())
        if one is None or place >= len(one.parameters):
            return
        name = one.parameters[place][0]
        low, high = ends_of(one, name)
        # A number that can be said: 0.35, not 0.3499999.
        value = float(f"{low + (high - low) * step / _STEPS:.{_DIGITS}g}")
        self.moved.emit(name, min(max(value, low), high))

    def _entered(self) -> None:
        one = self._shown
        place = next(at for at, field in enumerate(self.fields) if field is self.sender())
        if one is None or place >= len(one.parameters):
            return
        field = self.fields[place]
        try:
            value = field.number(whole=False)
        except Refused as refusal:
            self.faulted.emit(refusal.message)
            return
        field.setModified(False)
        self.moved.emit(one.parameters[place][0], value)
        self.rested.emit()
