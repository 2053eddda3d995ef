"""The strip over the graph while blanks are chosen: what a click does, how many there are, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from explainer.gui.scaling import px
from explainer.gui.tips import give_tip, give_tips
from explainer.messages import Message, message, plural, translate

_MARGIN, _WIDEST = 14, 760
_ROOM_FOR_A_LINE = 480


class BlankStrip(QFrame):
    """`cleared`, `went_on` (to the worksheets) and `ended` tell which button was pressed."""

    cleared = Signal()
    went_on = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.setProperty("part", "strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setProperty("part", "text")
        self.clear, self.go_on, self.end = QPushButton(), QPushButton(), QPushButton()
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        row.addLayout(buttons)
        for button in (self.clear, self.go_on, self.end):
            button.setAutoDefault(False)
            button.setProperty("part", "small")
            buttons.addWidget(button)
        self.clear.clicked.connect(self.cleared)
        self.go_on.clicked.connect(self.went_on)
        self.end.clicked.connect(self.ended)
        parent.installEventFilter(self)
        self.hide()

    def show_count(self, count: int, language: str) -> None:
        """Say how many values are blank."""

        def say(text: Message) -> str:
            return translate(text, language)

        told = plural("{count} value is blank.", "{count} values are blank.", count)
        if not count:
            told = message("Nothing is blank yet.")
        what = message("Click the values to blank on the worksheet.")
        self.words.setText(f"{say(what)} {say(told)}")
        self.clear.setText(say(message("Clear")))
        self.clear.setEnabled(count > 0)
        self.go_on.setText(say(message("Worksheets…")))
        self.end.setText(say(message("Done")))
        give_tips(self)
        give_tip(self.end, "Esc")
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def appear(self) -> None:
        """Come to the front."""
        self._place()
        self.show()
        self.raise_()
        self._place()

    def _place(self) -> None:
        width = min(px(_WIDEST), self._ground.width() - 2 * _MARGIN)
        directions = QBoxLayout.Direction
        is_narrow = width < px(_ROOM_FOR_A_LINE)
        self._row.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        self.resize(width, max(self.heightForWidth(width), self.minimumSizeHint().height()))
        self.move((self._ground.width() - width) // 2, _MARGIN)
