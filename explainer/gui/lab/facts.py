"""What is known about a function in words: a table of headings and sentences."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from explainer.messages import Message, translate

Rows = tuple[tuple[Message, tuple[Message, ...]], ...]


class Facts(QWidget):
    """Shows rows of a heading and its sentences."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self.lines: list[tuple[QLabel, QLabel]] = []

    def show_rows(self, rows: Rows, language: str) -> None:
        """Show these rows."""
        while len(self.lines) < len(rows):
            line = (_label("caption"), _label("text"))
            for column, label in enumerate(line):
                self._grid.addWidget(label, len(self.lines), column, Qt.AlignmentFlag.AlignTop)
            self.lines.append(line)
        for place, (head, text) in enumerate(self.lines):
            is_used = place < len(rows)
            head.setVisible(is_used)
            text.setVisible(is_used)
            if is_used:
                heading, sentences = rows[place]
                head.setText(translate(heading, language))
                said = [translate(sentence, language) for sentence in sentences]
                text.setText("\n".join(map(_sentence, said)))


def _sentence(text: str) -> str:
    """Begin a text like a sentence; a symbol keeps its letter: σ′, tanh′."""
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.isalpha() and len(first) > 1 else text


def _label(part: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("part", part)
    label.setWordWrap(part == "text")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
