"""The lesson as a text: put on the clipboard, and opened wherever such a text is pasted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from explainer.gui.dialogs.asking import run
from explainer.gui.documents import Documents
from explainer.gui.stage import Stage
from explainer.gui.window import Window
from explainer.lesson.shared_text import is_shared_text
from explainer.messages import Message, message

if TYPE_CHECKING:
    from explainer.session.training.edits import Trained

_PASTE = QKeySequence.StandardKey.Paste
_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)


class Sharing(QObject):
    """Copies the lesson as it stands, and opens what others copied.

    A pasted lesson is taken wherever the keyboard is in the window: fields would show it as letters.
    """

    def __init__(
        self, stage: Stage, documents: Documents, window: Window, settle: Callable[[], bool]
    ) -> None:
        super().__init__(window)
        self._stage = stage
        self._documents = documents
        self._window = window
        self._settle = settle
        # Hands over where a training stands that is looked at; tells whether there is one.
        self.hand_over: Callable[[Callable[[Trained], None]], bool] = lambda take: False
        # For when nothing in the window has the keyboard.
        window.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            # Besides, only what has the keyboard is watched, so that nothing else is slowed down.
            application.focusChanged.connect(self._watch)
            self._watch()

    def copy(self) -> None:
        """Put the lesson on the clipboard as text, with the weights and the memory of what is shown.

        That is what the pass of the steps starts from, or where the training stands that is looked at.
        """
        if self._settle() and not self.hand_over(self._copy_trained):
            self._stage.do(self._copy)

    def _copy_trained(self, trained: Trained) -> None:
        self._stage.do(lambda: self._copy(trained))

    def _copy(self, trained: Trained | None = None) -> None:
        QGuiApplication.clipboard().setText(self._stage.session.as_text(trained))
        self._stage.inform(
            message("The lesson is on the clipboard as text; Ctrl+V opens it in another window.")
        )

    def open_from_text(self) -> None:
        """Ask for a text and open the lesson in it."""
        from explainer.gui.dialogs.shared_text import SharedTextDialog

        if not self._settle():
            return
        copied = QGuiApplication.clipboard().text()
        dialog = SharedTextDialog(
            self._stage, copied if is_shared_text(copied) else "", self._window
        )
        if run(dialog) and dialog.lesson is not None:
            self._documents.open_shared(dialog.lesson)

    def open_text(self, text: str) -> None:
        """Open the lesson in a text; one sentence where there is none."""
        from explainer.gui.dialogs.shared_text import read_shared

        if self._settle():
            language = self._stage.session.language
            read_shared(text, language, self._window, self._documents.open_shared, self._refused)

    def _refused(self, fault: Message) -> None:
        from explainer.gui.dialogs.asking import tell

        title = message("The lesson was not opened")
        tell(self._window, title, fault, self._stage.session.language)

    # Pasting

    @Slot()
    def _watch(self) -> None:
        # Who had the keyboard before is not asked: it may be about to be destroyed. Watching it on costs nothing.
        focused = QApplication.focusWidget()
        if focused is not None and focused.window() is self._window:
            focused.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the key that pastes where a lesson is on the clipboard."""
        pastes = event.type() in _KEYS and isinstance(event, QKeyEvent) and event.matches(_PASTE)
        if not pastes or not is_shared_text(text := QGuiApplication.clipboard().text()):
            return super().eventFilter(watched, event)
        # The first of the two events keeps the key from being a shortcut of something else.
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self.open_text(text)
        return True
