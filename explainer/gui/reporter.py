"""Exceptions nobody caught: written to standard error and shown, never lost."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from explainer.gui.dialogs.error_report import ErrorReport
    from explainer.gui.stage import Stage


class Reporter(QObject):
    """Takes the place of sys.excepthook: what would vanish in a slot is written to standard error and shown.

    `happened` comes before anything is shown, so that what is unsaved can be kept first.
    """

    happened = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._dialog: ErrorReport | None = None

    def install(self) -> None:
        """Report every exception from now on."""
        sys.excepthook = self.report

    def report(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Write an exception down and show it; a second one joins the dialog that is open."""
        sys.__excepthook__(kind, error, trace)
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.happened.emit()
        if QThread.currentThread() is not self.thread():
            return
        import traceback

        self.show_report("".join(traceback.format_exception(kind, error, trace)))

    def show_report(self, text: str) -> None:
        """Show a text that describes a fault."""
        if self._dialog is not None:
            self._dialog.add(text)
            return
        # Imported where it is needed: hardly ever.
        from explainer.gui.dialogs.error_report import ErrorReport

        self._dialog = ErrorReport(text, self._stage.frame.language, QApplication.activeWindow())
        self._dialog.finished.connect(self._closed)
        self._dialog.open()

    def _closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
