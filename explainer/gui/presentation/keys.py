"""The keys of the presentation, for hands and for clickers, in one table; help and tests read it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from explainer.messages import Message, message

_Key = Qt.Key
_PLAIN = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
# What these keys do in a field where something is typed is more than what they would do here.
_OF_FIELDS = (_Key.Key_Space, _Key.Key_Backspace, _Key.Key_Left, _Key.Key_Right, _Key.Key_Home)
_ALSO_OF_FIELDS = (_Key.Key_End, _Key.Key_Return, _Key.Key_Enter, _Key.Key_Delete)


class KeyRow(NamedTuple):
    """Keys and the method of the presentation that they call; `words` is how the keys are written."""

    intent: str
    text: Message
    words: str
    keys: tuple[Qt.Key, ...]
    modifiers: Qt.KeyboardModifier = _PLAIN


KEYS: tuple[KeyRow, ...] = (
    KeyRow(
        "advance",
        message("Next line, then next step"),
        "Space, →, ↓, PageDown, Enter",
        (
            _Key.Key_Space,
            _Key.Key_Right,
            _Key.Key_Down,
            _Key.Key_PageDown,
            _Key.Key_Return,
            _Key.Key_Enter,
        ),
    ),
    KeyRow(
        "go_back",
        message("Line back, then step back"),
        "Backspace, ←, ↑, PageUp",
        (_Key.Key_Backspace, _Key.Key_Left, _Key.Key_Up, _Key.Key_PageUp),
    ),
    KeyRow(
        "next_step",
        message("Next step at once"),
        "Shift+→, Shift+PageDown",
        (_Key.Key_Right, _Key.Key_PageDown),
        _SHIFT,
    ),
    KeyRow(
        "step_back",
        message("Step back at once"),
        "Shift+←, Shift+PageUp",
        (_Key.Key_Left, _Key.Key_PageUp),
        _SHIFT,
    ),
    KeyRow("first", message("First step"), "Home", (_Key.Key_Home,)),
    KeyRow("last", message("Last step"), "End", (_Key.Key_End,)),
    KeyRow("start_over", message("From the very beginning"), "Shift+F5", (_Key.Key_F5,), _SHIFT),
    KeyRow("blank", message("Blank screen"), "., B", (_Key.Key_Period, _Key.Key_B)),
    KeyRow("spotlight", message("Spotlight; held, as long as it is held"), "S", (_Key.Key_S,)),
    KeyRow("pen", message("Pen"), "P", (_Key.Key_P,)),
    KeyRow(
        "erase", message("Wipe the pen’s strokes away"), "E, Delete", (_Key.Key_E, _Key.Key_Delete)
    ),
    KeyRow("notes", message("Presenter window"), "N", (_Key.Key_N,)),
    KeyRow("choose_display", message("Another display"), "D", (_Key.Key_D,)),
    KeyRow("zoom_in", message("Larger text"), "Ctrl++", (_Key.Key_Plus, _Key.Key_Equal), _CONTROL),
    KeyRow("zoom_out", message("Smaller text"), "Ctrl+−", (_Key.Key_Minus,), _CONTROL),
    KeyRow("zoom_to_normal", message("Text of the usual size"), "Ctrl+0", (_Key.Key_0,), _CONTROL),
    KeyRow("list_keys", message("List of these keys"), "F1", (_Key.Key_F1,)),
    KeyRow("leave", message("End the presentation"), "Esc, F5", (_Key.Key_Escape, _Key.Key_F5)),
)

_ROWS = {(key, row.modifiers): row for row in KEYS for key in row.keys}
# A Russian keyboard gives other letters on the same keys.
_LATIN = {"И": "B", "Ы": "S", "З": "P", "У": "E", "Т": "N", "В": "D", "Ю": "."}


def row_of(event: QKeyEvent) -> KeyRow | None:
    """Return what a key stands for; None for any other."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    found = _ROWS.get((Qt.Key(event.key()), modifiers))
    if found is None and modifiers & _SHIFT and modifiers & _CONTROL:
        # Plus is on the shifted level of many keyboards.
        found = _ROWS.get((Qt.Key(event.key()), _CONTROL))
    if found is None and modifiers == _PLAIN:
        letter = _LATIN.get(event.text().upper())
        found = None if letter is None else _ROWS.get((Qt.Key(ord(letter)), _PLAIN))
    return found


class KeyCatcher(QObject):
    """Hands the keys of the presentation to it, whichever window of the program has the keyboard.

    Left alone are dialogs and menus, and what types or edits in a field that somebody has gone into.
    """

    def __init__(self, show: QObject) -> None:
        super().__init__(show)
        self._show = show
        self._held: str | None = None

    def start(self) -> None:
        """Begin to catch keys."""
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def stop(self) -> None:
        """Let the keys go where they went before."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the table away from every widget."""
        kinds = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)
        if event.type() not in kinds or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or _is_spoken_for():
            return False
        row = row_of(event)
        if row is None or _edits(watched, event) or _edits(QApplication.focusWidget(), event):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            # Taken: no shortcut of an action sees the key, it comes as a press.
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            if not (event.isAutoRepeat() and row.intent not in ("advance", "go_back")):
                getattr(self._show, row.intent)()
        elif not event.isAutoRepeat():
            released = getattr(self._show, f"{row.intent}_released", None)
            if released is not None:
                released()
        return True


def _is_spoken_for() -> bool:
    return (
        QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None
    )


def _edits(widget: QObject | None, event: QKeyEvent) -> bool:
    """Tell whether a key types or edits in the field that has the keyboard."""
    if not isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) or not widget.isVisible():
        return False
    if event.key() == Qt.Key.Key_Escape:
        return True
    return event.key() in (*_OF_FIELDS, *_ALSO_OF_FIELDS) or (
        event.text().isprintable() and event.text() != ""
    )
