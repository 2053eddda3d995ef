"""An exception nobody catches is shown, and the lesson stays."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QTimer

from explainer.gui.dialogs.error_report import ErrorReport
from explainer.gui.reporter import Reporter


@pytest.mark.qt_no_exception_capture
def test_an_exception_in_a_slot_is_shown_and_the_lesson_stays(desk, monkeypatch, capsys):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    reporter = Reporter(desk.stage)
    reporter.install()
    lesson = desk.frame.lesson

    def broken() -> None:
        raise ValueError("a fault of mine")

    QTimer.singleShot(0, broken)
    desk.wait(lambda: reporter._dialog is not None)
    dialog = reporter._dialog
    assert isinstance(dialog, ErrorReport)
    assert "a fault of mine" in dialog._report.toPlainText()
    assert "a fault of mine" in capsys.readouterr().err
    reporter.show_report("the next one")
    assert reporter._dialog is dialog
    assert "the next one" in dialog._report.toPlainText()
    assert desk.frame.lesson is lesson
    dialog.accept()
    assert reporter._dialog is None
