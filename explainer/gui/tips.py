"""Tips for controls that have none of their own: what they are called, and the key that does the same."""

from __future__ import annotations

from html import escape
from textwrap import fill

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QWidget,
)

_CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractSlider)
# Whether a tip was given here, and may be given anew: in another language, say.
_GIVEN = "given_tip"
_WIDEST = 64


def give_tips(root: QWidget) -> None:
    """Give every control under a widget a tip, unless it has one of its own."""
    for control in root.findChildren(QWidget):
        is_control = isinstance(control, _CONTROLS) and not isinstance(control, QScrollBar)
        if is_control and (not control.toolTip() or control.property(_GIVEN)):
            give_tip(control)


def give_tip(control: QWidget, key: str = "") -> None:
    """Give a control the tip that its name makes, with the key that does the same."""
    text = _plain(control)
    if not text:
        return
    keys = key or _key_of(control)
    control.setToolTip(as_tip(fill(f"{text} ({keys})" if keys else text, _WIDEST)))
    control.setProperty(_GIVEN, True)


def as_tip(text: str) -> str:
    """Return what shows a text as it is in a tip, where what looks like markup would be read as such."""
    return f"<qt>{escape(text)}</qt>" if "<" in text or "&lt;" in text else text


def _plain(control: QWidget) -> str:
    name = control.accessibleName() or getattr(control, "text", str)()
    if isinstance(control, QLineEdit | QPlainTextEdit):
        # What is typed is no name.
        name = control.accessibleName() or control.placeholderText()
    return name.replace("&", "").removesuffix("…").strip()


def _key_of(control: QWidget) -> str:
    if isinstance(control, QPushButton) and control.isDefault():
        return "Enter"
    if isinstance(control, QAbstractButton) and not control.shortcut().isEmpty():
        return control.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return ""
