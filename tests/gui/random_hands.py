"""The hands of a user who does anything: events of mouse and keys, answers to whatever opens."""

from __future__ import annotations

import random

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QWidget,
)

from explainer.messages import Refused, translate
from explainer.trace.run import trace

Key, Button = Qt.Key, Qt.MouseButton
NO, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TYPED = ["0.5", "-1.25", "2", "0,3", "nonsense", "1e400", "", "--", "0", "q1", "<b>"]
# A network that keeps growing says no more than a small one, and takes long.
MOST_NEURONS = 16
# How long a dialog is left open, ms.
SOON = 15


class RandomHands:
    """Moves at random, the same for the same seed, in the window of a desk."""

    def __init__(self, desk, seed: int) -> None:
        self.desk = desk
        self.window = desk.window
        self.graph = desk.window.graph
        self.chance = random.Random(seed)
        self.done: list[str] = []
        self._watch = QTimer(self.window)
        self._watch.timeout.connect(self._answer_dialogs)
        self._watch.start(SOON)

    def rest(self) -> None:
        """End what is half done, as before looking at the result."""
        self.close_popups()
        self.come_to_front()
        self.desk.program.furniture.player.pause()
        for _ in range(2):
            self.desk.press(Key.Key_Escape)
        self.desk.wait(self._is_answered)
        while self.desk.frame.one_pass is None:
            # A number was typed with which nothing can be computed.
            assert self.desk.frame.trouble.sentence == self._fault()
            self.graph.setFocus()
            self.desk.press(Key.Key_Z, CONTROL)
            self.desk.wait(self._is_answered)
        self.desk.settle()

    def _is_answered(self) -> bool:
        frame = self.desk.frame
        return (frame.one_pass or frame.trouble) is not None

    def _fault(self) -> str | None:
        """Return why the lesson cannot be traced, in the language of the window."""
        try:
            trace(self.desk.frame.lesson)
        except Refused as refusal:
            return translate(refusal.message, self.desk.frame.language)
        return None

    def close_popups(self) -> None:
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()

    def come_to_front(self) -> None:
        """Do what a desktop does when a menu or a dialog is gone; without a screen nobody else does."""
        QApplication.processEvents()
        if QApplication.activeWindow() is not self.window:
            self.window.activateWindow()
            QApplication.processEvents()

    def _answer_dialogs(self) -> None:
        """Press a button of the dialog in front, or Escape; choose from a menu that waits."""
        dialog = QApplication.activeModalWidget()
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu) and popup is not self.desk.program.furniture.graph_menu.shown:
            self.choose_entry(popup)
        elif isinstance(dialog, QFileDialog):
            dialog.reject()
        elif isinstance(dialog, QDialog):
            buttons = [one for one in dialog.findChildren(QAbstractButton) if one.isVisible()]
            lines = [one for one in dialog.findChildren(QLineEdit) if one.isVisible()]
            if lines and self.chance.random() < 0.5:
                QTest.keyClicks(self.chance.choice(lines), self.chance.choice(TYPED))
            elif buttons and self.chance.random() < 0.7:
                QTest.mouseClick(self.chance.choice(buttons), Button.LeftButton)
            else:
                QTest.keyClick(dialog, Key.Key_Escape)

    def choose_entry(self, menu: QMenu) -> None:
        entries = [
            entry for entry in menu.actions() if entry.isEnabled() and not entry.isSeparator()
        ]
        if not entries or self.chance.random() < 0.2:
            menu.close()
            return
        place = menu.actionGeometry(self.chance.choice(entries)).center()
        QTest.mouseClick(menu, Button.LeftButton, NO, place)

    def is_large(self) -> bool:
        return len(self.desk.frame.lesson.network.neurons) > MOST_NEURONS

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        growing = key in (Key.Key_V, Key.Key_D) and modifiers == CONTROL
        if not (growing and self.is_large()):
            self.desk.press(key, modifiers)

    def write(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(QApplication.focusWidget() or self.window, letter)

    def click_at(self, widget: QWidget, place: QPoint) -> None:
        QTest.mouseClick(widget, Button.LeftButton, NO, place)

    def move(self, place: QPoint, buttons: Qt.MouseButton, modifiers) -> None:
        viewport = self.graph.viewport()
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(place),
            QPointF(viewport.mapToGlobal(place)),
            Button.NoButton,
            buttons,
            modifiers,
        )
        QApplication.sendEvent(viewport, event)

    def send_context_menu(self, widget: QWidget, place: QPoint) -> None:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
        QApplication.sendEvent(widget, event)

    def somewhere(self) -> QPoint:
        """Return a place on the graph: mostly a neuron or an edge, else anywhere."""
        circles = [
            shape for key, shape in self.graph.shown.shapes.items() if key.startswith("circle:")
        ]
        pills = [shape for key, shape in self.graph.shown.shapes.items() if key.startswith("pill:")]
        kind = self.chance.random()
        shapes = circles if kind < 0.5 else pills if kind < 0.7 else []
        if not shapes:
            return self.anywhere(self.graph.viewport())
        shape = self.chance.choice(shapes)
        return QPointF(*self.graph.camera.to_screen(shape.x, shape.y)).toPoint()

    def anywhere(self, widget: QWidget) -> QPoint:
        return QPoint(
            self.chance.randrange(1, max(widget.width() - 1, 2)),
            self.chance.randrange(1, max(widget.height() - 1, 2)),
        )
