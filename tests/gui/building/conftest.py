"""A hand that builds on the graph with real events of the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


class Hand:
    """Works on the graph of a desk."""

    def __init__(self, desk) -> None:
        self.desk = desk
        self.graph = desk.window.graph
        self.shop = desk.program.furniture.workshop
        self.builder = desk.program.furniture.builder
        self.building = desk.program.furniture.commands.building

    @property
    def ids(self) -> list[str]:
        return [neuron.id for neuron in self.desk.frame.lesson.network.neurons]

    @property
    def edges(self) -> set[tuple[str, str]]:
        return {(edge.source, edge.target) for edge in self.desk.frame.lesson.network.edges}

    def at(self, neuron: str) -> QPoint:
        circle = self.graph.shown.shapes[f"circle:{neuron}"]
        return QPointF(*self.graph.camera.to_screen(circle.x, circle.y)).toPoint()

    def move(self, place: QPoint, buttons=NONE, modifiers=PLAIN) -> None:
        viewport = self.graph.viewport()
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(place),
            QPointF(viewport.mapToGlobal(place)),
            NONE,
            buttons,
            modifiers,
        )
        QApplication.sendEvent(viewport, event)

    def drag(self, start: QPoint, end: QPoint, *, modifiers=PLAIN, release=True) -> None:
        QTest.mousePress(self.graph.viewport(), LEFT, modifiers, start)
        for part in range(1, 7):
            self.move(start + (end - start) * part / 6, LEFT, modifiers)
        if release:
            self.release(end, modifiers)

    def release(self, place: QPoint, modifiers=PLAIN) -> None:
        QTest.mouseRelease(self.graph.viewport(), LEFT, modifiers, place)
        self.desk.settle()

    def click(self, place: QPoint, modifiers=PLAIN) -> None:
        QTest.mouseClick(self.graph.viewport(), LEFT, modifiers, place)
        self.desk.settle()

    def double_click(self, place: QPoint) -> None:
        QTest.mouseDClick(self.graph.viewport(), LEFT, PLAIN, place)
        self.desk.settle()

    def key(self, key: Qt.Key, modifiers=PLAIN) -> None:
        self.graph.setFocus()
        QTest.keyClick(self.graph, key, modifiers)
        self.desk.settle()

    def menu_at(self, place: QPoint) -> dict:
        """Open the menu of the right button there; return its entries by their texts."""
        event = QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, place, self.graph.viewport().mapToGlobal(place)
        )
        QApplication.sendEvent(self.graph.viewport(), event)
        shown = self.desk.program.furniture.graph_menu.shown
        entries = {entry.text().replace("&", ""): entry for entry in shown.actions()}
        shown.close()
        return entries


@pytest.fixture
def hand(desk):
    return Hand(desk)


@pytest.fixture
def mazur(open_desk):
    desk = open_desk("mazur-2-2-2")
    desk.settle()
    return Hand(desk)
