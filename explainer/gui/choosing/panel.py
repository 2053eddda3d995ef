"""The tab of choices: every menu of the lesson under headings, in a column that scrolls."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from explainer.gui.choosing.entry import EntryPainter
from explainer.gui.choosing.menu_field import MenuField, Setting
from explainer.gui.choosing.writing import Writing
from explainer.gui.formulas import MenuFormulas
from explainer.gui.frame import Frame
from explainer.gui.theme import Theme, colour
from explainer.messages import Message, translate
from explainer.session.choosing import Change
from explainer.session.options import FormulaKey, Section, sections

# The margins of the derivation.
_LEFT, _RIGHT, _ABOVE, _BELOW = 27, 26, 20, 28
_BETWEEN_MENUS, _BETWEEN_SECTIONS = 16, 30


class ChoicesPanel(QScrollArea):
    """Shows what can be chosen; every change goes to `choose`. `refused` carries a sentence with no place to stand."""

    refused = Signal(str)

    def __init__(
        self,
        theme: Theme,
        formulas: MenuFormulas,
        choose: Callable[[Change], Message | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._formulas = formulas
        self._choose = choose
        self._painter = EntryPainter()
        self._frame: Frame | None = None
        self._target = ""
        self._last: MenuField | None = None
        self._is_stale = False
        self.fields: dict[str, MenuField] = {}
        self._layout_of: tuple[tuple[str, ...], ...] = ()
        self._headings: list[QLabel] = []
        self.setViewport(QWidget())
        self._paper = QWidget()
        self._paper.setObjectName("paper")
        self._column = QVBoxLayout(self._paper)
        self._column.setContentsMargins(_LEFT, _ABOVE, _RIGHT, _BELOW)
        self._column.setSpacing(0)
        self.setWidget(self._paper)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(380)
        formulas.came.connect(self._renew)

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Show the choices of a frame's lesson; hidden it waits until it is seen."""
        shown, self._frame = self._frame, new
        if shown is None or (shown.lesson, shown.language) != (new.lesson, new.language):
            self._renew()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        for field in self.fields.values():
            field.set_theme(theme)
        self.viewport().update()

    def choose_for(self, neuron_id: str) -> None:
        """Show the activation of this neuron."""
        self._target = neuron_id
        self._renew()

    def open_activations(self, neuron_id: str, place: QPoint) -> None:
        """Open the menu of activations of this neuron at a place on the screen."""
        self.choose_for(neuron_id)
        if "activation" in self.fields:
            self.ensureWidgetVisible(self.fields["activation"])
            self.fields["activation"].open(place=place)

    def show_refusal(self, sentence: str) -> None:
        """Say where the last choice was made why it was undone."""
        if self._last is None or not self.isVisible():
            self.refused.emit(sentence)
        else:
            self._last.show_fault(sentence)
            self.ensureWidgetVisible(self._last.fault)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._renew()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self.viewport()).fillRect(event.rect(), colour(self._theme.paper))

    def _renew(self) -> None:
        self._is_stale = not self.isVisible()
        if self._is_stale or self._frame is None:
            return
        found = sections(self._frame.lesson, self._target)
        layout = tuple(tuple(menu.id for menu in section.menus) for section in found)
        if layout != self._layout_of:
            self._lay_out(found)
            self._layout_of = layout
        language = self._frame.language
        setting = Setting(self._frame.lesson, Writing(language, self._formulas.get))
        for heading, section in zip(self._headings, found, strict=True):
            heading.setText(translate(section.title, language).upper())
            for menu in section.menus:
                self.fields[menu.id].show_menu(menu, setting)
        self._formulas.ask(_wanted(found), language)

    def _lay_out(self, found: tuple[Section, ...]) -> None:
        """Put the fields of these menus in order; those that stay keep what they show and the keyboard."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if isinstance(widget, QLabel):
                widget.deleteLater()
        self._headings = []
        kept: dict[str, MenuField] = {}
        for number, section in enumerate(found):
            heading = QLabel()
            heading.setProperty("part", "heading")
            self._headings.append(heading)
            self._column.addSpacing(_BETWEEN_SECTIONS if number else 0)
            self._column.addWidget(heading)
            for place, menu in enumerate(section.menus):
                self._column.addSpacing(_BETWEEN_MENUS if place else 10)
                known = menu.id in self.fields
                field = self.fields.pop(menu.id) if known else self._new_field(menu.id)
                kept[menu.id] = field
                self._column.addWidget(field)
        self._column.addStretch(1)
        for field in self.fields.values():
            self._last = None if self._last is field else self._last
            field.hide()
            field.deleteLater()
        self.fields = kept

    def _new_field(self, menu_id: str) -> MenuField:
        field = MenuField(self._theme, self._painter, self._carry_out)
        field.setObjectName(menu_id)
        field.picked.connect(self.choose_for)
        return field

    def _carry_out(self, field: MenuField, change: Change) -> Message | None:
        self._last = field
        return self._choose(change)


def _wanted(found: tuple[Section, ...]) -> Iterator[FormulaKey]:
    """Yield the formulas in force first, then those of every option."""
    menus = [menu for section in found for menu in section.menus]
    chosen = [menu.option for menu in menus if menu.option is not None]
    for option in (*chosen, *(option for menu in menus for option in menu.options)):
        if option.formula is not None:
            yield option.formula
