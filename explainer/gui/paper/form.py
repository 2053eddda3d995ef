"""A column of fields with their captions, under headings; it scrolls where there is little room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from explainer.gui.dialogs.asking import words
from explainer.gui.lab.switch import WordSwitch
from explainer.gui.scaling import hint, keep, px
from explainer.gui.theme import Theme
from explainer.messages import Message, translate

FORM_WIDTH = 424
_CAPTION_WIDTH = 118
_BEFORE_HEADING = 12
_SCROLL_BAR = 12
# Qt's own: as wide as there is room.
_WIDEST = 16_777_215


class Form(QScrollArea):
    """Fields below each other; made once, in the user's language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._count = 0
        self._captions: dict[QWidget, QWidget] = {}
        self._words: list[QLabel] = []
        inside = self._inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(24, 4, 20, 20)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(9)
        self._grid.setColumnMinimumWidth(0, px(_CAPTION_WIDTH))
        self._grid.setColumnStretch(1, 1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._is_alone = False
        keep(self, "setFixedWidth", FORM_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return hint(FORM_WIDTH, 400)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # In a language of long words the fields need more; there is nothing to scroll across with.
        self._set_width()

    def stand_alone(self, *, on: bool) -> None:
        """Be as wide as there is room, or as wide as the fields need beside something else."""
        self._is_alone = on
        self._set_width()

    def _set_width(self) -> None:
        needed = self._inside.minimumSizeHint().width() + px(_SCROLL_BAR)
        width = max(px(FORM_WIDTH), needed)
        self.setMinimumWidth(needed if self._is_alone else width)
        self.setMaximumWidth(_WIDEST if self._is_alone else width)

    def add_heading(self, text: Message) -> None:
        """Begin a group of fields."""
        if self._count:
            self._grid.setRowMinimumHeight(self._next(), _BEFORE_HEADING)
        self._grid.addWidget(words(translate(text, self._language).upper(), "heading"), self._next(), 0, 1, 2)  # fmt: skip

    def add_row(self, caption: Message, field: QWidget) -> None:
        """Add a field with its caption before it."""
        row = self._next()
        if isinstance(field, QComboBox):
            # Its longest entry must not make the form wider than its room.
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        label = words(translate(caption, self._language), "text")
        label.setBuddy(field)
        self._captions[field] = label
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(field, row, 1)

    def add_wide(self, field: QWidget) -> None:
        """Add something over the whole width."""
        if isinstance(field, QLabel):
            self._words.append(field)
        self._grid.addWidget(field, self._next(), 0, 1, 2)

    def make_room(self) -> None:
        """Give sentences the height that their lines need: what scrolls does not ask them."""
        margins = self._grid.contentsMargins()
        width = self.viewport().width() - margins.left() - margins.right()
        for label in self._words:
            label.setMinimumHeight(max(0, label.heightForWidth(width)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.make_room()

    def add_pair(self, left: QWidget, right: QWidget) -> QWidget:
        """Add two things beside each other; return what holds both."""
        both = _halves(left, right)
        self._grid.addWidget(both, self._next(), 0, 1, 2)
        return both

    def end(self) -> None:
        """Leave what room there is below."""
        self._grid.setRowStretch(self._next(), 1)

    def show_field(self, field: QWidget, *, on: bool) -> None:
        """Show or hide a field with its caption."""
        field.setVisible(on)
        if field in self._captions:
            self._captions[field].setVisible(on)

    def enable_field(self, field: QWidget, *, on: bool) -> None:
        """Let a field be used, or not, with its caption."""
        field.setEnabled(on)
        if field in self._captions:
            self._captions[field].setEnabled(on)

    def _next(self) -> int:
        self._count += 1
        return self._count - 1


def _halves(left: QWidget, right: QWidget) -> QWidget:
    both = QWidget()
    grid = QGridLayout(both)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    for column, part in enumerate((left, right)):
        grid.addWidget(part, 0, column)
        grid.setColumnStretch(column, 1)
    return both


class Switch(WordSwitch):
    """A choice among a few words; remembers which."""

    def __init__(
        self, theme: Theme, values: dict[str, Message], value: str, name: str, language: str
    ) -> None:
        super().__init__(theme, values)
        self.set_language(language)
        self.setAccessibleName(name)
        self._value = value
        self.show_chosen(value)
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            # The words begin where other fields do.
            row.setContentsMargins(0, 0, 0, 0)
            row.addStretch(1)
        self.chosen.connect(self._keep)

    @property
    def value(self) -> str:
        """The key of the word chosen."""
        return self._value

    def choose(self, value: str) -> None:
        """Show a choice."""
        self._value = value
        self.show_chosen(value)

    def _keep(self, value: str) -> None:
        self._value = value


def tick(text: str, *, on: bool, tip: str = "") -> QCheckBox:
    """Return a box to tick."""
    box = QCheckBox(text)
    box.setChecked(on)
    box.setToolTip(tip)
    return box
