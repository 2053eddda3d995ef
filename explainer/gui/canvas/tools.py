"""A tool takes the mouse and the keys before the canvas does: what it takes is its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent


class Tool(Protocol):
    """Answers True where an event was its own."""

    def press(self, event: QMouseEvent) -> bool:
        """Take a button that went down."""

    def move(self, event: QMouseEvent) -> bool:
        """Take a move of the mouse."""

    def release(self, event: QMouseEvent) -> bool:
        """Take a button that went up."""

    def double_click(self, event: QMouseEvent) -> bool:
        """Take a double click."""

    def menu(self, event: QContextMenuEvent) -> bool:
        """Take the right button."""

    def key(self, event: QKeyEvent) -> bool:
        """Take a key."""

    def clicked(self, place: QPointF) -> None:
        """Learn of a click that the canvas took."""

    def left(self) -> None:
        """Learn that the pointer has left."""
