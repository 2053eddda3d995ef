"""What screen readers are told a widget is, where Qt cannot know: a drawing, a plot, a page of text."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

Role = Literal["Graphic", "Chart", "Document"]
_PROPERTY = "accessible_role"


def set_role(widget: QWidget, role: Role) -> None:
    """Say what a widget is."""
    widget.setProperty(_PROPERTY, role)


def _interface(_kind: str, thing: QObject) -> QAccessibleInterface | None:
    role = thing.property(_PROPERTY) if isinstance(thing, QWidget) else None
    if role is None or not isinstance(thing, QWidget):
        return None
    return QAccessibleWidget(thing, QAccessible.Role[str(role)])


def install_roles() -> None:
    """Let Qt ask here; a second call does nothing more."""
    QAccessible.installFactory(_interface)
