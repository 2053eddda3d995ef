"""The widgets of the page of curves, and how they stand under each other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explainer.gui.choosing.entry import EntryPainter
from explainer.gui.choosing.fields import FormulaEdit
from explainer.gui.choosing.menu_button import MenuButton
from explainer.gui.lab.chips import Chips
from explainer.gui.lab.facts import Facts
from explainer.gui.lab.formula_lines import FormulaLines
from explainer.gui.lab.own_keys import OwnKeys
from explainer.gui.lab.plot_view import PlotView
from explainer.gui.lab.saving import SaveButton
from explainer.gui.lab.sliders import Sliders
from explainer.gui.scaling import px
from explainer.gui.theme import Theme
from explainer.render.curves.activation import is_beside

_BESIDE_SHARE, _STACKED_SHARE, _LOWEST, _AROUND = 0.55, 1.06, 260, 100


class CurvesParts(QWidget):
    """Chips, the plot, what can be changed, what is known."""

    def __init__(self, theme: Theme, save: SaveButton) -> None:
        super().__init__()
        self.painter = EntryPainter()
        self.chips = Chips(theme)
        self.more, self.give = _small_button(), _small_button()
        self.chips.add_button(self.more)
        self.readout = _label("text")
        self.view = PlotView(theme)
        self.button = MenuButton(theme, self.painter)
        self.formula = FormulaEdit(theme)
        self.formula.set_prefix("f(z) =")
        self.fault = _label("fault")
        self.formulas = FormulaLines(theme)
        self.sliders = Sliders(theme)
        self.facts = Facts()
        self.save = save
        self._keys = OwnKeys(self)
        self._keys.keep(self.more, self.give, self.save)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        last = QHBoxLayout()
        last.addWidget(self.give)
        last.addStretch(1)
        last.addWidget(self.save)
        parts = (self.chips, self.readout, self.view, self.sliders, self.fault, self.button, self.formula, self.formulas, self.facts)  # fmt: skip
        for part in parts:
            column.addWidget(part)
        column.addLayout(last)
        column.addStretch(1)
        self.fault.hide()

    def set_room(self, width: int, height: int) -> None:
        """Give the plot a height that suits the room of the page: it is seen without scrolling."""
        size = self.view.wanted_size()._replace(width=width)
        share = _BESIDE_SHARE if is_beside(size, self.view.look("en")) else _STACKED_SHARE
        lowest = px(_LOWEST)
        most = max(height - self.chips.heightForWidth(width) - px(_AROUND), lowest)
        self.view.setFixedHeight(min(max(round(width * share), lowest), most))

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        parts = (
            self.chips,
            self.view,
            self.button,
            self.formula,
            self.formulas,
            self.sliders,
        )
        for part in parts:
            part.set_theme(theme)


def _label(part: str) -> QLabel:
    label = QLabel()
    label.setProperty("part", part)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _small_button() -> QPushButton:
    button = QPushButton()
    button.setProperty("part", "small")
    button.setAutoDefault(False)
    return button
