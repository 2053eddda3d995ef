"""The view of the board: the table over the graph, as large as the graph, and a line on what the keys do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from explainer.gui.board.table import BoardTable
from explainer.gui.frame import Frame
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme, colour
from explainer.messages import Message, message

_SIDE, _ABOVE, _BELOW = 24, 14, 14


class BoardPanel(QWidget):
    """Lies over its ground. `pointed` carries what of the graph the chosen line stands for."""

    pointed = Signal(object)

    def __init__(self, theme: Theme, stage: Stage, ground: QWidget) -> None:
        super().__init__(ground)
        self._theme, self._stage, self._ground = theme, stage, ground
        self._frame = stage.frame
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.table = BoardTable(theme)
        self.fault, self.hint = _line("fault"), _line("note")
        self.fault.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, _ABOVE, _SIDE, _BELOW)
        column.setSpacing(8)
        for widget, stretch in ((self.table, 1), (self.fault, 0), (self.hint, 0)):
            column.addWidget(widget, stretch)
        self.setFocusProxy(self.table)
        self.table.chosen.connect(self._choose)
        self.table.wanted.connect(stage.go_to_step)
        self.table.typed.connect(self._take)
        self.table.refused.connect(self._show_fault)
        ground.installEventFilter(self)
        self.setGeometry(ground.rect())

    def show_frame(self, _old: Frame | None, new: Frame) -> None:
        """Show a frame; hidden it waits until it is seen."""
        self._frame = new
        if self.isVisible():
            self._renew()

    def appear(self) -> None:
        """Cover the graph and take its keys."""
        self._renew()
        self.table.choose_step()
        self.show()
        self.raise_()
        self._ground.setFocusProxy(self.table)
        self.table.setFocus()

    def disappear(self) -> None:
        """Show the graph again."""
        had_focus = self.isAncestorOf(self.table) and self.table.hasFocus()
        self._ground.setFocusProxy(None)  # type: ignore[arg-type]  # none, which Qt's stub forgets
        self.hide()
        self.pointed.emit(None)
        if had_focus:
            self._ground.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.table.set_theme(theme)
        self.update()

    def close_editor(self) -> bool:
        """Accept what is being typed; False where it was refused and stays."""
        return self.table.finish_typing()

    def drop_typing(self) -> None:
        """Give up what is being typed."""
        self.table.drop_typing()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the ground."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._ground.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), colour(self._theme.paper))

    def _renew(self) -> None:
        say = self._stage.say
        self.table.setAccessibleName(say(message("The lesson as a table")))
        self.hint.setText(
            say(message("↑ ↓ choose a line, Enter goes to its step, a digit or F2 changes its number."))
        )  # fmt: skip
        self.table.show_frame(self._frame)

    def _choose(self, line: int) -> None:
        row = self.table.lines.row(line)
        self.pointed.emit(None if row is None else row.place)

    def _take(self, line: int, _column: int, value: float) -> None:
        row = self.table.lines.row(line)
        if row is not None and row.edits is not None:
            self._stage.edit_value(row.edits, value)

    def _show_fault(self, fault: Message | None) -> None:
        self.fault.setText("" if fault is None else self._stage.say(fault))
        self.fault.setVisible(fault is not None)


def _line(part: str) -> QLabel:
    label = QLabel()
    label.setProperty("part", part)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
