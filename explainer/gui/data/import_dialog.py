"""How a file is read as a table: its marks, its first rows, the role of each column; everything is shown before it counts."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from explainer.gui.canvas.typed_number import editable_text
from explainer.gui.data.chance_dialogs import ChanceDialog
from explainer.gui.dialogs.asking import hidden_line, words
from explainer.gui.dialogs.fields import Choices
from explainer.gui.scaling import keep, keep_font, px
from explainer.gui.stage import Stage
from explainer.gui.theme import font
from explainer.lesson.csv_columns import CsvTable
from explainer.lesson.csv_samples import Chosen, lacking_rows, legend, samples_of
from explainer.lesson.csv_table import ENCODINGS, Manner, decoded, manner_of
from explainer.lesson.faults import quoted
from explainer.lesson.lesson import Data, Lesson
from explainer.messages import Message, Refused, message, plural
from explainer.session.training.fitting import with_table

Role = Literal["input", "target", "unused"]
_PREVIEWED = 50
_LONGEST_LINE = 200
# What a list of roles has beside its word: margins and the arrow.
_AROUND_ROLE = 62
# A role can be chosen for so many columns; the others are inputs.
_CHOOSABLE = 60
_DELIMITERS = {
    ",": message("Comma ,"),
    ";": message("Semicolon ;"),
    "\t": message("Tab"),
    " ": message("Space"),
}
_ROLES: dict[Role, Message] = {
    "input": message("Input"),
    "target": message("Target"),
    "unused": message("Not used"),
}


class ImportDialog(ChanceDialog):
    """Shows the first rows as they are read; Refused where the file is no text at all."""

    def __init__(self, stage: Stage, parent: QWidget, name: str, content: bytes) -> None:
        text, encoding = decoded(content)
        super().__init__(stage, parent, message("Import a table"), name)
        self._content = content
        self._text = text
        self.table: CsvTable | None = None
        # Which columns hold words.
        self._kinds: list[bool] = []
        self.roles: list[QComboBox] = []
        manner = manner_of(text)
        say = stage.say
        self.delimiter = Choices(
            {mark: say(label) for mark, label in _DELIMITERS.items()},
            manner.delimiter,
            say(message("Columns are parted by")),
        )
        points = {"point": say(message("Point: 1.5")), "comma": say(message("Comma: 1,5"))}
        self.decimal = Choices(
            points, "comma" if manner.decimal_comma else "point", say(message("Decimal mark"))
        )
        self.encoding = Choices(
            {each: each.upper() for each in ENCODINGS}, encoding, say(message("Encoding"))
        )
        self.header = QCheckBox(say(message("The first line names the columns")))
        self.header.setChecked(manner.has_header)
        self.preview = QTableWidget()
        self.fit, self.skip = QCheckBox(), QCheckBox()
        # Which number stands for which word.
        self.classes = hidden_line("note")
        self._lay_out()
        self._import = self.finish(message("Import"))
        for field in (self.delimiter, self.decimal):
            field.currentIndexChanged.connect(self._read)
        self.encoding.currentIndexChanged.connect(self._decode)
        self.header.toggled.connect(self._read)
        for box in (self.fit, self.skip):
            box.toggled.connect(self._judge)
        self._read()
        self.prefer(680, 620)

    def _lay_out(self) -> None:
        fields = QGridLayout()
        fields.setHorizontalSpacing(16)
        fields.setVerticalSpacing(6)
        labels = (
            message("Columns are parted by"),
            message("Decimal mark"),
            message("Encoding"),
        )
        for column, (label, field) in enumerate(
            zip(labels, (self.delimiter, self.decimal, self.encoding), strict=True)
        ):
            fields.addWidget(words(self._stage.say(label), "note"), 0, column)
            keep(field, "setMinimumWidth", 120)
            fields.addWidget(field, 1, column)
        self.body.insertLayout(2, fields)
        self.body.insertWidget(3, self.header)
        preview = self.preview
        preview.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        preview.setFrameShape(QTableWidget.Shape.NoFrame)
        preview.setShowGrid(True)
        keep_font(preview, 13, tabular=True)
        keep(preview, "setMinimumHeight", 170)
        preview.setAccessibleName(self._stage.say(message("The first rows")))
        preview.verticalHeader().hide()
        preview.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.body.insertWidget(4, preview, 1)
        for place, part in enumerate((self.skip, self.classes, self.fit), start=5):
            self.body.insertWidget(place, part)
        self.skip.hide()
        self.fit.setChecked(True)

    # --- reading ---------------------------------------------------------------------------

    def _decode(self) -> None:
        try:
            self._text, _ = decoded(self._content, self.encoding.value)
        except Refused as error:
            self._refuse(error.message)
            return
        self._read()

    def _read(self) -> None:
        """Read the whole file as the fields say, and show the first rows."""
        manner = Manner(
            self.delimiter.value, self.decimal.value == "comma", self.header.isChecked()
        )
        try:
            table = CsvTable(self._text, manner)
        except Refused as error:
            self._refuse(error.message)
            return
        before, self.table = self.table, table
        kinds = self._kinds
        self._kinds = [table.is_of_words(column) for column in range(table.width)]
        self._show(table, renew=before is None or kinds != self._kinds)
        self._judge()

    def _refuse(self, fault: Message) -> None:
        self.table = None
        self.roles = []
        self._show_lines()
        for part in (self.fit, self.skip, self.classes):
            part.hide()
        self._say(fault)

    def _say(self, fault: Message | None) -> None:
        text = "" if fault is None else self._stage.say(fault)
        self.fault.setText(text[:1].upper() + text[1:])
        self.fault.setVisible(bool(text))
        self._import.setEnabled(fault is None)

    def _show(self, table: CsvTable, *, renew: bool) -> None:
        preview = self.preview
        count = min(table.height, _PREVIEWED)
        preview.setRowCount(count + 1)
        preview.setColumnCount(table.width)
        names = [name or str(place) for place, name in enumerate(table.header, start=1)]
        preview.setHorizontalHeaderLabels(names)
        if renew:
            self._offer_roles(table)
        preview.setRowHeight(0, 42)
        for row in range(count):
            preview.setRowHeight(row + 1, 26)
        for column in range(table.width):
            numbers, cells = table.numbers(column), table.words(column)
            for row, (number, word) in enumerate(
                zip(numbers[:count], cells, strict=False), start=1
            ):
                preview.setItem(row, column, self._cell(number, word))

    def _cell(self, number: float | None, word: str) -> QTableWidgetItem:
        """Return a number at the right of its cell, and what is none as it stands in the file at the left."""
        if number is None:
            return QTableWidgetItem(quoted(word))
        item = QTableWidgetItem(editable_text(number, self._stage.frame.language))
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item

    def _show_lines(self) -> None:
        """Show the first lines as they stand in the file: what is wrong may be seen there."""
        preview, lines = self.preview, self._text.splitlines()[:_PREVIEWED]
        preview.clear()
        preview.setRowCount(len(lines))
        preview.setColumnCount(1)
        preview.setHorizontalHeaderLabels([self._stage.say(message("Text of the file"))])
        preview.setColumnWidth(0, 600)
        for row, line in enumerate(lines):
            preview.setRowHeight(row, 26)
            preview.setItem(row, 0, QTableWidgetItem(f"{row + 1}:  {quoted(line, _LONGEST_LINE)}"))

    def _offer_roles(self, table: CsvTable) -> None:
        """Put a list of roles above each column: the last as many as the network has outputs are targets.

        Words at the end are classes, elsewhere they name or describe the sample and are not used.
        """
        width, network = table.width, self._stage.session.lesson.network
        targets = min(len(network.of_role("output")), width - 1)
        if table.is_of_words(width - 1):
            targets = 1
        self.roles = []
        longest = max((self._stage.say(text) for text in _ROLES.values()), key=len)
        wide = QFontMetrics(font(px(14))).horizontalAdvance(longest) + px(_AROUND_ROLE)
        for column in range(width):
            role: Role = "target" if column >= width - max(targets, 1) else "input"
            if role == "input" and table.is_of_words(column):
                role = "unused"
            values: dict[str, str] = {name: self._stage.say(text) for name, text in _ROLES.items()}
            roles = Choices(values, role, self._stage.say(message("Role")))
            roles.currentIndexChanged.connect(self._judge)
            self.roles.append(roles)
            self.preview.setColumnWidth(column, wide)
            if column < _CHOOSABLE:
                self.preview.setCellWidget(0, column, roles)

    # --- what comes of it ------------------------------------------------------------------

    def chosen(self) -> Chosen:
        """Return the samples as the columns' roles say; Refused where there is no input or no target."""
        if self.table is None:
            raise Refused(message("The table is empty."))
        inputs, targets = self._columns("input"), self._columns("target")
        lacking = lacking_rows(self.table, (*inputs, *targets))
        self.skip.setVisible(0 < lacking < self.table.height)
        offer = plural("Leave out {count} row with empty cells", "Leave out {count} rows with empty cells", lacking)  # fmt: skip
        self.skip.setText(self._stage.say(offer))
        skips = not self.skip.isHidden() and self.skip.isChecked()
        loss = self._stage.session.lesson.loss.choice.name
        return samples_of(self.table, inputs, targets, loss, skips=skips)

    def _columns(self, role: Role) -> list[int]:
        return [place for place, box in enumerate(self.roles) if box.currentData() == role]

    def _judge(self) -> None:
        """Say whether the lesson can take the table, and what becomes of the network."""
        try:
            chosen = self.chosen()
        except Refused as error:
            self.classes.hide()
            self.fit.hide()
            self._say(error.message)
            return
        data = chosen.data
        self.classes.setVisible(bool(chosen.classes))
        if chosen.classes:
            self.classes.setText(self._stage.say(legend(chosen, self._stage.frame.language)))
        found = self._tried(data)
        self.fit.setVisible(not isinstance(found, Lesson))
        if not isinstance(found, Lesson):
            fitted = self._tried(data, adapt=True)
            self._offer_fit(data, fitted)
            found = fitted if self.fit.isChecked() else found
        self._say(None if isinstance(found, Lesson) else found)

    def _tried(self, data: Data, *, adapt: bool = False) -> Lesson | Message:
        """Return the lesson with the table, or why it cannot take it."""
        try:
            return with_table(self._stage.session.lesson, data, adapt=adapt)
        except Refused as error:
            return error.message

    def _offer_fit(self, data: Data, fitted: Lesson | Message) -> None:
        inputs = plural("{count} input", "{count} inputs", len(data.inputs[0]))
        outputs = plural("{count} output", "{count} outputs", len(data.targets[0]))
        offer = message("Fit the network to the table: {inputs}, {outputs}", inputs=inputs, outputs=outputs)  # fmt: skip
        if isinstance(fitted, Lesson) and fitted.loss != self._stage.session.lesson.loss:
            offer = message("Fit the network to the table: {inputs}, {outputs}, squared error", inputs=inputs, outputs=outputs)  # fmt: skip
        self.fit.setText(self._stage.say(offer))

    def attempt(self) -> Message | None:
        """Take the table into the lesson."""
        chosen, session = self.chosen(), self._stage.session
        adapt = self.fit.isChecked()
        refusal = self._stage.attempt(lambda: session.replace_data(chosen.data, adapt=adapt))
        if refusal is None and chosen.classes:
            self._stage.inform(legend(chosen, self._stage.frame.language))
        return refusal
