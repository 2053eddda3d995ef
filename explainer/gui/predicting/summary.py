"""The summary of predictions: the score, a line for each step; saved as a table or as text."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from explainer.gui.dialogs.asking import PlainDialog, tell, words
from explainer.gui.predicting.record import Record, as_csv, as_text, score_line, table
from explainer.gui.preferences import Preferences
from explainer.gui.stage import Stage
from explainer.gui.tips import as_tip
from explainer.lesson.disk import write_bytes
from explainer.messages import ExplainerError, message

_WIDTH, _HEIGHT = 920, 420


class SummaryDialog(PlainDialog):
    """Shows what a record holds; it changes nothing of it."""

    def __init__(
        self, record: Record, stage: Stage, preferences: Preferences, parent: QWidget | None
    ) -> None:
        self._record, self._stage, self._preferences = record, stage, preferences
        say = stage.say
        score = record.score()
        none = message("Nothing has been answered yet.")
        line = score_line(score, stage.frame.language) if score.settled else none
        super().__init__(parent, say(message("Summary of predictions")), say(line))
        self.table = QTableWidget()
        rows = table(record, stage.frame.language, stage.frame.digits)
        self._fill(rows)
        self.body.addWidget(self.table, 1)
        self.table.setVisible(len(rows) > 1)
        if len(rows) > 1:
            self.prefer(_WIDTH, _HEIGHT)
            note = message("Right at once counts 1, right later or close ½.")
            self.body.addWidget(words(say(note), "note"))
            for text, suffix in (
                (message("Save as a table…"), ".csv"),
                (message("Save as text…"), ".txt"),
            ):
                button = self.add_button(say(text))
                button.setObjectName(suffix)
                button.clicked.connect(self._save)
        close = self.add_button(say(message("Close")), default=True)
        close.clicked.connect(self.accept)

    def _fill(self, rows: list[list[str]]) -> None:
        header, *rest = rows
        self.table.setColumnCount(len(header))
        self.table.setRowCount(len(rest))
        self.table.setHorizontalHeaderLabels(header)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setAccessibleName(self.windowTitle())
        for row, cells in enumerate(rest):
            for column, cell in enumerate(cells):
                item = QTableWidgetItem(cell)
                item.setToolTip(as_tip(cell))
                self.table.setItem(row, column, item)
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        # The question and the answers may be long; the tips hold them whole.
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(6, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _save(self) -> None:
        suffix = self.sender().objectName()
        say = self._stage.say
        start = Path(self._preferences.folder, say(message("predictions")) + suffix)
        title = say(message("Save the summary"))
        name, _ = QFileDialog.getSaveFileName(self, title, str(start), f"(*{suffix})")
        if name:
            path = Path(name)
            self.write_to(path if path.suffix else path.with_suffix(suffix))

    def write_to(self, path: Path) -> None:
        """Write the summary: a table where the name ends in .csv, else text."""
        frame = self._stage.frame
        write = as_csv if path.suffix.lower() == ".csv" else as_text
        # Spreadsheets take a file for UTF-8 only where it says so.
        mark = "\ufeff" if write is as_csv else ""
        content = mark + write(self._record, frame.language, frame.digits)
        self._preferences.folder = str(path.absolute().parent)
        try:
            write_bytes(path, content.encode())
        except ExplainerError as error:
            title = message("The summary was not saved")
            tell(self, title, error.message, frame.language)
