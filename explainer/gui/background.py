"""Work that would hold the window up: done on a thread, with a dialog once it takes long."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from explainer.gui.dialogs.asking import PlainDialog
from explainer.gui.timing import once
from explainer.messages import ExplainerError, Message, message, translate

# What takes less is not worth a dialog, ms.
PATIENCE = 300


class Background(QObject):
    """Does one piece of work that touches no widget.

    `done` carries what it returned, `refused` the message of an ExplainerError; any other exception goes to the
    reporter. After `cancel` nothing comes any more, though the thread may run on to its end.
    """

    done = Signal(object)
    refused = Signal(object)
    _ended = Signal()

    def __init__(
        self, work: Callable[[], object], what: Message, language: str, window: QWidget
    ) -> None:
        super().__init__(window)
        self._work = work
        self._what = what
        self._language = language
        self._window = window
        self._dialog: PlainDialog | None = None
        self._is_over = False
        self._result: object = None
        self._error: Exception | None = None
        self._ended.connect(self._take)

    def start(self) -> None:
        """Begin; the window stays alive meanwhile."""
        once(self, PATIENCE, self._appear).start()
        # A daemon: a disk that does not answer must not keep the program from ending.
        Thread(target=self._run, daemon=True).start()

    def run_here(self) -> None:
        """Do it at once, because it is quick."""
        self._try()
        self._take()

    def cancel(self) -> None:
        """Give it up."""
        self._finish()

    def _run(self) -> None:
        self._try()
        try:
            self._ended.emit()
        except RuntimeError:
            # The window is gone, and with it whoever waited.
            return

    def _try(self) -> None:
        try:
            self._result = self._work()
        except Exception as error:  # noqa: BLE001 - raised again where it is reported
            self._error = error

    def _take(self) -> None:
        if self._is_over:
            return
        self._finish()
        match self._error:
            case None:
                self.done.emit(self._result)
            case ExplainerError(message=fault):
                self.refused.emit(fault)
            case error:
                raise error

    def _appear(self) -> None:
        if self._is_over:
            return
        dialog = PlainDialog(self._window, translate(self._what, self._language), "")
        bar = QProgressBar(dialog)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedHeight(6)
        dialog.body.addWidget(bar)
        cancel = dialog.add_button(translate(message("Cancel"), self._language))
        cancel.clicked.connect(dialog.reject)
        dialog.rejected.connect(self.cancel)
        self._dialog = dialog
        dialog.open()

    def _finish(self) -> None:
        self._is_over = True
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.close()
            dialog.deleteLater()
        self.deleteLater()
