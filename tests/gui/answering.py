"""Answers dialogs as a user does: waits for one to appear, presses a button or a key in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from explainer.gui.dialogs.asking import PlainDialog


def press(dialog: QWidget, text: str) -> None:
    """Click the button with this text."""
    (button,) = [one for one in dialog.findChildren(QPushButton) if one.text() == text]
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def answered(*presses: str | Qt.Key) -> list[str]:
    """Press these in the dialogs that appear, one in each; return what each dialog said, as it comes."""
    said: list[str] = []
    left = list(presses)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, PlainDialog) or not _offers(dialog, left[0]):
            QTimer.singleShot(10, look)
            return
        said.append(" ".join(label.text() for label in dialog.findChildren(QLabel)))
        press_next = left.pop(0)
        if left:
            QTimer.singleShot(10, look)
        if isinstance(press_next, str):
            press(dialog, press_next)
        else:
            QTest.keyClick(dialog, press_next)

    QTimer.singleShot(10, look)
    return said


def _offers(dialog: PlainDialog, wanted: str | Qt.Key) -> bool:
    """Tell whether this is the dialog that is waited for, not one that lies under it."""
    texts = [button.text() for button in dialog.findChildren(QPushButton) if button.isVisible()]
    return dialog.isVisible() and (not isinstance(wanted, str) or wanted in texts)
