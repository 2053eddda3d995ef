"""An exception nobody caught: told in a dialog with a text to copy. The lesson stays as it is."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from explainer import __version__
from explainer.gui.dialogs.asking import PlainDialog
from explainer.gui.scaling import keep
from explainer.messages import message, translate


class ErrorReport(PlainDialog):
    """Shows a report and copies it. It does not block the window."""

    def __init__(self, report: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            translate(message("Something went wrong"), language),
            translate(
                message(
                    "This is a fault in Explainer. Your lesson is still here: save it if it matters. The text "
                    "below helps to find the fault."
                ),
                language,
            ),
        )
        self.prefer(620, 420)
        self._report = QPlainTextEdit(f"{_versions()}\n\n{report}", self)
        self._report.setReadOnly(True)
        self._report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._report.setAccessibleName(translate(message("Report"), language))
        keep(self._report, "setMinimumHeight", 120)
        self.body.addWidget(self._report, 1)
        copy = self.add_button(translate(message("Copy the report"), language))
        close = self.add_button(translate(message("Close"), language), default=True)
        copy.clicked.connect(self._copy)
        close.clicked.connect(self.accept)

    def add(self, report: str) -> None:
        """Add what went wrong after the first report."""
        self._report.appendPlainText("\n" + report)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.toPlainText())


def _versions() -> str:
    return (
        f"Explainer {__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.system()} {platform.release()}"
    )
