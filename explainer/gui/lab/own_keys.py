"""Controls that keep their own keys: the window's shortcuts have the same arrows and the same space bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSlider, QWidget

_KEYS: dict[type[QWidget], tuple[Qt.Key, ...]] = {
    QSlider: (
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    ),
    QComboBox: (Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End),
    QAbstractButton: (Qt.Key.Key_Space,),
}


class OwnKeys(QObject):
    """An event filter under which sliders, boxes and buttons get the keys that are theirs."""

    def keep(self, *widgets: QWidget) -> None:
        """Watch over these."""
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            keys = next((keys for kind, keys in _KEYS.items() if isinstance(watched, kind)), ())
            if plain == Qt.KeyboardModifier.NoModifier and event.key() in keys:
                event.accept()
                return True
        return False
