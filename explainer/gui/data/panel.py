"""The tab of the data: what can be done with the samples, the table of them, a line that says how many there are."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from explainer.gui.choosing.flow import Flow
from explainer.gui.data.acts import TableActs
from explainer.gui.data.table import DataTable
from explainer.gui.dialogs.asking import fault_line, hidden_line
from explainer.gui.frame import Frame
from explainer.gui.stage import Stage
from explainer.gui.tab_panel import TabPanel
from explainer.gui.theme import Theme
from explainer.messages import Message, message, plural

# The margins of the derivation.
_LEFT, _RIGHT, _ABOVE, _BELOW = 27, 26, 16, 16
# The head and three rows: with less room the tab scrolls.
_LOWEST_TABLE = 150

_BUTTONS: tuple[tuple[str, Message], ...] = (
    ("step", message("Step this sample")),
    ("add", message("Add row")),
    ("import", message("Import CSV…")),
    ("features", message("Columns…")),
    ("noise", message("Noise…")),
    ("test", message("Test samples…")),
)


class DataPanel(TabPanel):
    """Shows the samples; every change is an intent of the session."""

    def __init__(self, theme: Theme, stage: Stage) -> None:
        super().__init__(theme, stage)
        self.buttons = {name: QPushButton() for name, _ in _BUTTONS}
        self.table = DataTable(theme)
        self.fault = fault_line()
        self.count = hidden_line("note")
        self.table.setMinimumHeight(_LOWEST_TABLE)
        paper = QWidget()
        column = QVBoxLayout(paper)
        column.setContentsMargins(_LEFT, _ABOVE, _RIGHT, _BELOW)
        column.setSpacing(10)
        row = Flow()
        for name, button in self.buttons.items():
            button.setProperty("part", "small")
            button.setObjectName(name)
            button.setAutoDefault(False)
            button.clicked.connect(self._pressed)
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(self.fault)
        column.addWidget(self.table, 1)
        column.addWidget(self.count)
        self.hold(paper)
        self.table.refused.connect(self._show_fault)
        self.acts = TableActs(self.table, stage, self._show_fault)

    # --- showing ---------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.table.set_theme(theme)
        self.viewport().update()

    def close_editor(self) -> bool:
        """Accept what is being typed, if anything; False where it was refused and stays."""
        return self.table.finish_typing()

    def drop_typing(self) -> None:
        """Give up what is being typed."""
        self.table.drop_typing()

    def _is_same(self, shown: Frame, new: Frame) -> bool:
        return (
            shown.lesson is new.lesson
            and shown.moment.sample == new.moment.sample
            and (shown.language, shown.digits) == (new.language, new.digits)
        )

    def _renew(self) -> None:
        if not self._is_stale:
            return
        self._is_stale = False
        frame, table = self._frame, self.table
        place, scrolled = table.currentIndex(), table.verticalScrollBar().value()
        row, column = place.row(), place.column()
        if table.cells.show_frame(frame):
            table.fit_columns()
            count, width = table.cells.rowCount(), table.cells.columnCount()
            if self.acts.awaited is not None:
                table.choose_rows(*self.acts.awaited)
            elif row >= 0:
                index = table.cells.index(min(row, count - 1), min(column, width - 1))
                table.setCurrentIndex(index)
                table.verticalScrollBar().setValue(scrolled)
        table.rows.viewport().update()
        self._speak()

    def _speak(self) -> None:
        frame = self._frame
        say = self._stage.say
        is_network = frame.lesson.expression is None
        for name, text in _BUTTONS:
            self.buttons[name].setText(say(text))
            self.buttons[name].setVisible(is_network)
        self.table.setAccessibleName(say(message("Data")))
        self.count.setText(say(_counted(frame)) if is_network else "")
        self.count.setVisible(is_network)

    def _show_fault(self, fault: Message | None) -> None:
        text = "" if fault is None else self._stage.say(fault)
        text = text[:1].upper() + text[1:]
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.acts.act(sender.objectName())


def _counted(frame: Frame) -> Message:
    data = frame.lesson.data
    training = plural("{count} sample", "{count} samples", len(data.inputs))
    if data.test is None:
        return training
    return message(
        "{training} to train with, □ {test} held out",
        training=training,
        test=len(data.test.inputs),
    )
