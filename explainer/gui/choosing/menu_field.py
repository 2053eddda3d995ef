"""One labelled menu with all that belongs to it: its notes, its numbers, its formula, why a choice was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRectF, QSizeF, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from explainer.gui.choosing.entry import EntryPainter
from explainer.gui.choosing.fields import FormulaEdit, NumberEdit
from explainer.gui.choosing.flow import Flow
from explainer.gui.choosing.live_typing import LiveTyping
from explainer.gui.choosing.menu_button import MenuButton
from explainer.gui.choosing.popup import Popup
from explainer.gui.choosing.writing import Writing
from explainer.gui.theme import Theme
from explainer.lesson.lesson import Lesson
from explainer.messages import Message, Refused, message
from explainer.session.choosing import Change
from explainer.session.options import Menu, Typed, without_place


class Setting(NamedTuple):
    """What a field shows besides its menu."""

    lesson: Lesson
    writing: Writing


class MenuField(QWidget):
    """Shows a menu. A change goes to `choose`, which answers with the refusal; an option without one is `picked`."""

    picked = Signal(str)

    def __init__(
        self,
        theme: Theme,
        painter: EntryPainter,
        choose: Callable[[MenuField, Change], Message | None],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._painter = painter
        self._choose = choose
        self._menu: Menu | None = None
        self._setting: Setting | None = None
        self._numbers: list[NumberEdit] = []
        self.popup: Popup | None = None
        self._caption = _label("caption")
        self.button = MenuButton(theme, painter)
        self.button.opened.connect(self.open)
        self.formula = FormulaEdit(theme)
        self.formula.entered.connect(self._enter_formula)
        self.formula.textEdited.connect(self._check_formula)
        self.formula.dropped.connect(self._give_up_formula)
        self.typing = LiveTyping()
        self.fault = _label("fault")
        self._row = QWidget()
        self._flow = Flow(self._row)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self._row.setSizePolicy(policy)
        self.action = QPushButton()
        self.action.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.action.clicked.connect(self._act)
        self._notes = _label("note")
        self._source = _label("source")
        self._body = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        for part in (
            self._caption, self.button, self.formula, self._row, self.fault,
            self._notes, self._source, self.action,
        ):  # fmt: skip
            column.addWidget(part, 0, _AT_LEFT if part is self.action else Qt.AlignmentFlag(0))
        self.fault.hide()

    @property
    def menu(self) -> Menu | None:
        """The menu that is shown."""
        return self._menu

    @property
    def numbers(self) -> tuple[NumberEdit, ...]:
        """The fields of the numbers that go with what is chosen."""
        return tuple(self._numbers[: len(self._menu.quantities)]) if self._menu else ()

    def show_menu(self, menu: Menu, setting: Setting) -> None:
        """Show a menu as it is now."""
        if self._menu is not None and self._menu.chosen != menu.chosen:
            self._calm()
        self._menu, self._setting = menu, setting
        writing = setting.writing
        name = writing.say(menu.label)
        self._caption.setText(name)
        option = menu.option
        self.button.setVisible(bool(menu.options))
        if option is not None:
            shown = writing.shown(option)
            self.button.show_entry(shown)
            spoken = shown.formula.text if shown.formula is not None else ""
            self.button.setAccessibleName(", ".join(filter(None, (name, shown.label, spoken))))
        self._show_typed(menu.typed, name)
        self._show_numbers(menu, writing)
        notes = (*(option.notes if option is not None else ()), *menu.remarks)
        _write(self._notes, "\n".join(writing.say(note) for note in notes))
        _write(self._source, writing.source(option) if option is not None else "")
        self.action.setVisible(menu.action is not None)
        if menu.action is not None:
            self.action.setText(writing.say(menu.action.label))
        if self.popup is not None:
            self.popup.renew(writing.lines(menu, setting.lesson))

    def show_fault(self, sentence: str) -> None:
        """Say below the menu why a choice was refused."""
        _write(self.fault, sentence)

    def set_space_above(self, space: int) -> None:
        """Keep a distance from what stands above."""
        self._body.setContentsMargins(0, space, 0, 0)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.button.set_theme(theme)
        for field in (self.formula, *self._numbers):
            field.set_theme(theme)

    def open(self, typed: str = "", place: QPoint | None = None) -> None:
        """Open the menu under its button, or at a place on the screen; what was `typed` begins the search."""
        if self._menu is None or self._setting is None or self.popup is not None:
            return
        writing = self._setting.writing
        self.popup = Popup(self._theme, self._painter, self.button)
        self.popup.chosen.connect(self._pick)
        self.popup.closed.connect(self._closed)
        self.popup.open(
            writing.lines(self._menu, self._setting.lesson),
            self._menu.chosen,
            writing.say(self._menu.label),
            writing.say(message("Search")),
        )
        if place is None:
            corner = self.button.mapToGlobal(QPoint(0, 0)).toPointF()
            self.popup.place(QRectF(corner, QSizeF(self.button.size())))
        else:
            self.popup.place(QRectF(place.toPointF(), QSizeF(0, 0)))
        if typed:
            self.popup.search.setText(typed)

    def _closed(self) -> None:
        self.popup = None
        self.button.activateWindow()
        self.button.setFocus(Qt.FocusReason.PopupFocusReason)

    def _pick(self, name: str) -> None:
        if self._menu is None or name == self._menu.chosen:
            return
        option = next(option for option in self._menu.options if option.name == name)
        if option.change is None:
            self.picked.emit(name)
        else:
            self._carry_out(option.change)

    def _act(self) -> None:
        if self._menu is not None and self._menu.action is not None:
            self._carry_out(self._menu.action.change)

    def _carry_out(self, change: Change) -> bool:
        """Make a change; where it is refused say why and return False."""
        self._calm()
        refusal = self._choose(self, change)
        if refusal is not None:
            self._say_fault(refusal)
        return refusal is None

    def _calm(self) -> None:
        _write(self.fault, "")

    def _say_fault(self, refusal: Message) -> None:
        if self._setting is not None:
            self.show_fault(self._setting.writing.sentence(without_place(refusal)))

    # --- numbers and formulas --------------------------------------------------------------

    def _show_numbers(self, menu: Menu, writing: Writing) -> None:
        while len(self._numbers) < len(menu.quantities):
            field = NumberEdit(self._theme)
            field.entered.connect(self._enter_number)
            field.dropped.connect(self._calm)
            self._numbers.append(field)
            self._flow.addWidget(field)
        for place, field in enumerate(self._numbers):
            is_used = place < len(menu.quantities)
            field.setVisible(is_used)
            if is_used:
                quantity = menu.quantities[place]
                label = writing.say(quantity.label)
                field.set_prefix(label)
                field.setAccessibleName(f"{writing.say(menu.label)}: {label}")
                field.show_number(quantity.value, writing.language)
        self._row.setVisible(bool(menu.quantities))
        self._flow.invalidate()
        self._row.updateGeometry()

    def _enter_number(self) -> None:
        field = self.sender()
        if self._menu is None or not isinstance(field, NumberEdit):
            return
        place = self._numbers.index(field)
        if place >= len(self._menu.quantities):
            # Another choice has taken its number away while the field had the keyboard.
            field.restore()
            return
        quantity = self._menu.quantities[place]
        try:
            value = field.number(whole=quantity.whole)
        except Refused as refusal:
            self._say_fault(refusal.message)
            return
        if value == quantity.value:
            field.restore()
            self._calm()
        elif self._carry_out(quantity.change(value)):
            field.restore()

    def _show_typed(self, typed: Typed | None, name: str) -> None:
        self.formula.setVisible(typed is not None)
        if typed is not None:
            self.formula.counts_while_typed = typed.live
            self.formula.set_prefix(typed.before)
            self.formula.setAccessibleName(name)
            self.formula.show_valid(typed.text)

    def _check_formula(self, text: str) -> None:
        """Say while it is typed what is wrong with a formula; a live one that is right counts, others do at Enter."""
        if self._menu is None or self._menu.typed is None or self._setting is None:
            return
        if self._menu.typed.live:
            self._carry_out(self.typing.change(self._menu.typed, text, self._setting.lesson))
            return
        try:
            self._menu.typed.change(text).edit(self._setting.lesson)
        except Refused as refusal:
            self._say_fault(refusal.message)
        else:
            self._calm()

    def _give_up_formula(self) -> None:
        """Bring back what counted before it was typed."""
        self._calm()
        typed = self._menu.typed if self._menu is not None else None
        change = self.typing.way_back(typed) if typed is not None else None
        if change is not None:
            self._carry_out(change)

    def _enter_formula(self) -> None:
        if self._menu is None or self._menu.typed is None or self._setting is None:
            return
        typed, text = self._menu.typed, self.formula.text()
        change = typed.change(text)
        if typed.live:
            change = self.typing.change(typed, text, self._setting.lesson)
        if text.strip() == typed.text:
            self._calm()
        elif not self._carry_out(change):
            return
        self.formula.setModified(False)
        self.formula.restore()
        self.typing.end()


_AT_LEFT = Qt.AlignmentFlag.AlignLeft


def _label(part: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("part", part)
    return label


def _write(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
