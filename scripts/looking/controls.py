"""Which controls a window has, and what those who cannot see or point miss of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from scripts.looking.faults import name_of

_KINDS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)
# Parts of other controls, and what Qt makes for itself.
_PARTS = (QScrollBar, QHeaderView)
_NO_ROLES = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window)
_TAB = Qt.FocusPolicy.TabFocus.value
_AROUND = 4


class Lack(NamedTuple):
    """What a control lacks: a name, a role, a tip, a mark that it has the keyboard."""

    what: str
    where: str


def controls_of(window: QWidget) -> list[QWidget]:
    """Return the controls that can be seen and used in a window."""
    return [
        each
        for each in window.findChildren(QWidget)
        if each.isVisibleTo(window)
        and each.window() is window
        and each.isEnabled()
        and not each.objectName().startswith("qt_")
        and not isinstance(each, _PARTS)
        and each.focusProxy() is None
        and not _is_viewport(each)
        and (isinstance(each, _KINDS) or each.focusPolicy().value & _TAB)
        and not isinstance(each.parentWidget(), QComboBox)
    ]


def _is_viewport(widget: QWidget) -> bool:
    area = widget.parentWidget()
    return isinstance(area, QAbstractScrollArea) and area.viewport() is widget


def lacks_of(window: QWidget) -> Iterator[Lack]:
    """Yield what the controls of a window do not tell."""
    for control in controls_of(window):
        # Qt's stub forgets that there may be none.
        interface: QAccessibleInterface | None = QAccessible.queryAccessibleInterface(control)
        where = f"{name_of(control)} in {name_of(window)}"
        # Qt has no role for what scrolls.
        has_role = isinstance(control, QScrollArea) or (
            interface is not None and interface.role() not in _NO_ROLES
        )
        if interface is None or not has_role:
            yield Lack("role", where)
        elif not interface.text(QAccessible.Text.Name).strip():
            yield Lack("name", where)
        if isinstance(control, QAbstractButton) and not control.toolTip():
            yield Lack("tip", where)


def unmarked_of(window: QWidget) -> Iterator[Lack]:
    """Yield the controls that Tab comes to and that look the same with the keyboard as without."""
    window.activateWindow()
    for control in controls_of(window):
        if not control.focusPolicy().value & _TAB or not _is_in_sight(control, window):
            continue
        control.clearFocus()
        QApplication.processEvents()
        before = _seen(control, window)
        control.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        # A field that opens another, or a list that gives it to one of its parts.
        holder = QApplication.focusWidget()
        is_there = holder is control or (holder is not None and control.isAncestorOf(holder))
        if is_there and before == _seen(control, window):
            yield Lack("focus", f"{name_of(control)} in {name_of(window)}")


def _is_in_sight(control: QWidget, window: QWidget) -> bool:
    """Tell whether the middle of a control is seen: not scrolled away, nor under something else."""
    top = window.childAt(control.mapTo(window, control.rect().center()))
    return top is not None and (top is control or control.isAncestorOf(top))


def _seen(control: QWidget, window: QWidget) -> QImage:
    corner = control.mapTo(window, control.rect().topLeft())
    place = QRect(corner, control.size()).adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
    return window.grab(place).toImage()
