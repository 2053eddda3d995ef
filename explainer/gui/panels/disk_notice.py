"""A strip over the graph: the file of the lesson is not what it was. It stays until it is answered."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from explainer.gui.scaling import px
from explainer.messages import Message, message, translate

_MARGIN = 16
_WIDEST = 760


class DiskNotice(QFrame):
    """Says a sentence and offers what can be done; `reload`, `keep` and `save` tell which was chosen."""

    reload = Signal()
    keep = Signal()
    save = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.setProperty("part", "strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setProperty("part", "text")
        self._reload = QPushButton(self)
        self._save = QPushButton(self)
        self._keep = QPushButton(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        for button in (self._reload, self._save, self._keep):
            button.setAutoDefault(False)
            row.addWidget(button)
        self._reload.clicked.connect(self.reload)
        self._save.clicked.connect(self.save)
        self._keep.clicked.connect(self.keep)
        parent.installEventFilter(self)
        self.hide()

    def show_changed(self, name: str, language: str) -> None:
        """Say that somebody else has written the file."""
        sentence = message("Another program has changed {name}.", name=name)
        self._show(sentence, message("Keep mine"), language, may_reload=True)

    def show_gone(self, name: str, language: str) -> None:
        """Say that the file is not there any more."""
        sentence = message("{name} has been deleted or moved. The lesson is still here.", name=name)
        self._show(sentence, message("Close"), language, may_reload=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _show(self, sentence: Message, keep: Message, language: str, *, may_reload: bool) -> None:
        text = translate(sentence, language)
        self._words.setText(text)
        self._reload.setText(translate(message("Reload"), language))
        self._save.setText(translate(message("Save"), language))
        self._keep.setText(translate(keep, language))
        self._reload.setVisible(may_reload)
        self._save.setVisible(not may_reload)
        self._place()
        self.show()
        self.raise_()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _place(self) -> None:
        width = min(px(_WIDEST), self._ground.width() - 2 * _MARGIN)
        self.resize(width, max(self.heightForWidth(width), self.minimumSizeHint().height()))
        self.move((self._ground.width() - width) // 2, _MARGIN)
