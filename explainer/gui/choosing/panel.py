"""The tab of choices: every menu of the lesson under headings, in a column that scrolls."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from explainer.gui.choosing.entry import EntryPainter
from explainer.gui.choosing.fields import CheckedField
from explainer.gui.choosing.menu_field import MenuField, Setting
from explainer.gui.choosing.writing import Writing
from explainer.gui.formulas import MenuFormulas
from explainer.gui.frame import Frame
from explainer.gui.scaling import keep, px
from explainer.gui.theme import Theme, colour
from explainer.messages import Message, message, translate
from explainer.session.choosing import Change
from explainer.session.options import FormulaKey, Section, sections, target_of

# The margins of the derivation.
_LEFT, _RIGHT, _ABOVE, _BELOW = 27, 26, 20, 28
_SPACING, _BEFORE_MENU, _BEFORE_SECTION = 10, 6, 20


_LEAST_WIDTH = 320
_WHOLE_WIDTH = Qt.AlignmentFlag(0)
_ROUNDS = 3


class ChoicesPanel(QScrollArea):
    """Shows what can be chosen; every change goes to `choose`.

    `refused` carries a sentence with no place to stand, `looked` the id of a neuron whose curve is to be shown.
    """

    refused = Signal(str)
    looked = Signal(str)

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
        self.look = QPushButton()
        self.look.setProperty("part", "small")
        self.look.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.look.clicked.connect(self._look)
        self.look.hide()
        self.setViewport(QWidget())
        self._paper = _Paper()
        self._column = QVBoxLayout(self._paper)
        self._column.setContentsMargins(_LEFT, _ABOVE, _RIGHT, _BELOW)
        self._column.setSpacing(_SPACING)
        self._column.addStretch(1)
        self.setWidget(self._paper)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        keep(self, "setMinimumWidth", _LEAST_WIDTH)
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

    def choose_for(self, target: str) -> None:
        """Show the choices of this layer, neuron or edge, by its key."""
        self._target = target
        self._renew()

    def open_activations(self, neuron_id: str, place: QPoint) -> None:
        """Open the menu of activations of this neuron at a place on the screen."""
        self.choose_for(neuron_id)
        if "activation" in self.fields:
            self.ensureWidgetVisible(self.fields["activation"])
            self.fields["activation"].open(place=place)

    def close_editor(self) -> bool:
        """Accept what is being typed, if anything; False where it was refused and stays."""
        for line in self._lines():
            if line.isModified():
                line.entered.emit()
        return not any(line.isModified() for line in self._lines())

    def drop_typing(self) -> None:
        """Show what counts in every field."""
        for field in self.fields.values():
            field.typing.end()
        for line in self._lines():
            line.restore()
            line.dropped.emit()

    def _lines(self) -> list[CheckedField]:
        return [line for field in self.fields.values() for line in (*field.numbers, field.formula)]

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
        self._settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self.viewport()).fillRect(event.rect(), colour(self._theme.paper))

    def _renew(self) -> None:
        # Made once before it is shown, so that everything in it is shown together.
        self._is_stale = bool(self.fields) and not self.isVisible()
        if self._is_stale or self._frame is None:
            return
        found = sections(self._frame.lesson, self._target, self._frame.language)
        layout = tuple(tuple(menu.id for menu in section.menus) for section in found)
        is_other = layout != self._layout_of
        if is_other:
            self._lay_out(found)
            self._layout_of = layout
        language = self._frame.language
        setting = Setting(self._frame.lesson, Writing(language, self._formulas.get))
        self.look.setText(translate(message("Look at its curve"), language))
        for heading, section in zip(self._headings, found, strict=True):
            heading.setText(translate(section.title, language).upper())
            for menu in section.menus:
                self.fields[menu.id].show_menu(menu, setting)
        if is_other and self.isVisible():
            self._settle()
        self._formulas.ask(_wanted(found), language)

    def _settle(self) -> None:
        """Give everything its place: fields learn their heights from their widths, and the paper its own from theirs."""
        for _ in range(_ROUNDS):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def _lay_out(self, found: tuple[Section, ...]) -> None:
        """Put the fields of these menus in order; those that stay keep what they show and the keyboard."""
        # Not by takeAt: while Python holds the old item, Qt does not hear of the heights that a new one needs.
        for widget in (*self._headings, *self.fields.values(), self.look):
            self._column.removeWidget(widget)
        for heading in self._headings:
            heading.hide()
            heading.deleteLater()
        self._headings = []
        gone, self.fields = self.fields, {}
        for number, section in enumerate(found):
            heading = QLabel()
            heading.setTextFormat(Qt.TextFormat.PlainText)
            heading.setProperty("part", "heading")
            heading.setContentsMargins(0, _BEFORE_SECTION if number else 0, 0, 0)
            self._headings.append(heading)
            self._add(heading)
            for place, menu in enumerate(section.menus):
                field = gone.pop(menu.id) if menu.id in gone else self._new_field(menu.id)
                field.set_space_above(_BEFORE_MENU if place else 0)
                self.fields[menu.id] = field
                self._add(field)
                if menu.id == "activation":
                    self._add(self.look, Qt.AlignmentFlag.AlignLeft)
        self.look.setVisible("activation" in self.fields)
        for field in gone.values():
            self._last = None if self._last is field else self._last
            field.hide()
            field.deleteLater()

    def _add(self, widget: QWidget, side: Qt.AlignmentFlag = _WHOLE_WIDTH) -> None:
        """Put a widget at the end, before what is left of the height."""
        self._column.insertWidget(self._column.count() - 1, widget, 0, side)
        if self.isVisible():
            widget.show()

    def _new_field(self, menu_id: str) -> MenuField:
        field = MenuField(self._theme, self._painter, self._carry_out)
        field.setObjectName(menu_id)
        field.picked.connect(self.choose_for)
        return field

    def _look(self) -> None:
        target = None if self._frame is None else target_of(self._frame.lesson, self._target)
        if target is not None and target.neurons:
            self.looked.emit(target.neurons[0])

    def _carry_out(self, field: MenuField, change: Change) -> Message | None:
        self._last = field
        return self._choose(change)


class _Paper(QWidget):
    """What scrolls: as high as it must be in its width, not as in the least width."""

    def minimumSizeHint(self) -> QSize:
        return QSize(px(_LEAST_WIDTH), 0)


def _wanted(found: tuple[Section, ...]) -> Iterator[FormulaKey]:
    """Yield the formulas in force first, then those of every option."""
    menus = [menu for section in found for menu in section.menus]
    chosen = [menu.option for menu in menus if menu.option is not None]
    for option in (*chosen, *(option for menu in menus for option in menu.options)):
        if option.formula is not None:
            yield option.formula
