"""Which columns the network sees: the given ones, ticked or not, and those computed from them."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from explainer.gui.choosing.flow import Flow
from explainer.gui.data.chance_dialogs import ChanceDialog
from explainer.gui.dialogs.asking import words
from explainer.gui.scrolling import scrolled
from explainer.gui.stage import Stage
from explainer.lesson.inputs import column_names, seen_columns
from explainer.lesson.lesson import Feature
from explainer.lesson.symbols import symbol_of
from explainer.messages import Message, message

# More columns than that are not offered squared and so on: they can be typed.
_OFFERED_COLUMNS = 2


class _Line(NamedTuple):
    """One computed column: its name, its expression, the button that takes it away."""

    name: QLineEdit
    expression: QLineEdit
    remove: QPushButton


class ColumnsDialog(ChanceDialog):
    """Ticks for given columns, lines for computed ones, and buttons that add those of the lecture."""

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        explained = message(
            "What the input neurons receive: the columns ticked here, then the computed ones. A column that is added gets an input neuron with weights 0, so the network answers as before."
        )
        super().__init__(stage, parent, message("Columns"), explained)
        data = stage.session.lesson.data
        self._names = column_names(data)
        seen = set(seen_columns(data))
        self.given: list[QCheckBox] = []
        self.lines: list[_Line] = []
        self.body.insertWidget(2, words(stage.say(message("Given columns")), "text"))
        given = Flow()
        for place, name in enumerate(self._names):
            box = QCheckBox(symbol_of(name).text)
            box.setChecked(place in seen)
            self.given.append(box)
            given.addWidget(box)
        self.body.insertLayout(3, given)
        self.body.insertWidget(4, words(stage.say(message("Computed columns")), "text"))
        self._paper = QWidget()
        self._rows = QGridLayout(self._paper)
        self._rows.setContentsMargins(0, 0, 6, 0)
        self._rows.setColumnStretch(1, 1)
        scroll = scrolled(self._paper)
        scroll.setMinimumHeight(150)
        self._rows.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.insertLayout(5, self._offers())
        self.body.insertWidget(6, scroll, 1)
        for feature in data.features:
            self.add_line(feature.name, feature.expression)
        self.resize(560, 520)
        self.finish(message("Use these columns"))

    def _offers(self) -> Flow:
        row = Flow()
        for expression, label in _lecture(self._names[:_OFFERED_COLUMNS]):
            button = QPushButton(f"+ {label}")
            button.setObjectName(expression)
            button.clicked.connect(self._add_offered)
            row.addWidget(button)
        own = QPushButton(self._stage.say(message("+ own expression")))
        own.clicked.connect(self._add_own)
        row.addWidget(own)
        for place in range(row.count()):
            item = row.itemAt(place)
            widget = item.widget() if item is not None else None
            if isinstance(widget, QPushButton):
                widget.setProperty("part", "small")
                widget.setAutoDefault(False)
        return row

    def add_line(self, name: str, expression: str) -> _Line:
        """Add a line for one more computed column."""
        say = self._stage.say
        line = _Line(QLineEdit(name), QLineEdit(expression), QPushButton("×"))
        line.name.setMaximumWidth(110)
        line.name.setMaxLength(32)
        line.name.setAccessibleName(say(message("Name")))
        line.name.setPlaceholderText(say(message("Name")))
        line.expression.setMaxLength(500)
        line.expression.setAccessibleName(say(message("Expression")))
        line.expression.setPlaceholderText(f"{self._names[0]}^2" if self._names else "")
        line.remove.setAccessibleName(say(message("Remove")))
        line.remove.setToolTip(say(message("Remove")))
        line.remove.setProperty("part", "small")
        line.remove.setAutoDefault(False)
        line.remove.clicked.connect(self._remove_sender)
        row = self._rows.rowCount()
        for column, widget in enumerate(line):
            self._rows.addWidget(widget, row, column)
        self.lines.append(line)
        return line

    def _add_offered(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.add_line(self._free_name(), sender.objectName())

    def _add_own(self) -> None:
        self.add_line(self._free_name(), "").expression.setFocus()

    def _free_name(self) -> str:
        taken = {line.name.text() for line in self.lines} | set(self._names)
        return next(name for number in range(1, 10**6) if (name := f"f{number}") not in taken)

    def _remove_sender(self) -> None:
        sender = self.sender()
        for line in self.lines:
            if line.remove is sender:
                self.lines.remove(line)
                for widget in line:
                    self._rows.removeWidget(widget)
                    widget.hide()
                    widget.deleteLater()
                return

    def attempt(self) -> Message | None:
        """Let the network see these columns."""
        features = [
            Feature(line.name.text().strip(), line.expression.text().strip()) for line in self.lines
        ]
        seen = {place for place, box in enumerate(self.given) if box.isChecked()}
        return self._stage.attempt(self._stage.session.set_features, features, seen)


def _lecture(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return what lecture 2 computes from two columns: squares, their product, sines; each as typed and as written."""
    symbols = [symbol_of(name).text for name in names]
    offers = [(f"{name}^2", f"{symbol}²") for name, symbol in zip(names, symbols, strict=True)]
    if len(names) == _OFFERED_COLUMNS:
        offers.append((f"{names[0]}*{names[1]}", f"{symbols[0]}·{symbols[1]}"))
    offers += [
        (f"sin({name})", f"sin {symbol}") for name, symbol in zip(names, symbols, strict=True)
    ]
    return offers
