"""A strip over the graph: the file of the lesson is not what it was. It stays until it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QPushButton

from explainer.gui.panels.strip import Strip
from explainer.messages import Message, message, translate

if TYPE_CHECKING:
    from explainer.gui.canvas.camera_view import CameraView

_MARGIN = 16


class DiskNotice(Strip):
    """Says a sentence and offers what can be done; `reload`, `keep` and `save` tell which was chosen."""

    reload = Signal()
    keep = Signal()
    save = Signal()

    def __init__(self, ground: CameraView) -> None:
        self._reload, self._save, self._keep = QPushButton(), QPushButton(), QPushButton()
        super().__init__(ground, (self._reload, self._save, self._keep), _MARGIN)
        self._reload.clicked.connect(self.reload)
        self._save.clicked.connect(self.save)
        self._keep.clicked.connect(self.keep)

    def show_changed(self, name: str, language: str) -> None:
        """Say that somebody else has written the file."""
        sentence = message("Another program has changed {name}.", name=name)
        self._show(sentence, message("Keep mine"), language, may_reload=True)

    def show_gone(self, name: str, language: str) -> None:
        """Say that the file is not there any more."""
        sentence = message("{name} has been deleted or moved. The lesson is still here.", name=name)
        self._show(sentence, message("Close"), language, may_reload=False)

    def _show(self, sentence: Message, keep: Message, language: str, *, may_reload: bool) -> None:
        text = translate(sentence, language)
        self.words.setText(text)
        self._reload.setText(translate(message("Reload"), language))
        self._save.setText(translate(message("Save"), language))
        self._keep.setText(translate(keep, language))
        self._reload.setVisible(may_reload)
        self._save.setVisible(not may_reload)
        self.appear()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
