"""A layout that sets widgets side by side and begins a new line where there is no more room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_GAP = 8


class Flow(QLayout):
    """Sets its widgets like words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), moves=False)

    def setGeometry(self, rectangle: QRect) -> None:
        super().setGeometry(rectangle)
        self._arrange(rectangle, moves=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.sizeHint())
        return size

    def _arrange(self, room: QRect, *, moves: bool) -> int:
        y = room.y() - _GAP
        for line in self._lines(room.width()):
            y += _GAP
            height = max(item.sizeHint().height() for item in line)
            x = room.x()
            for item in line:
                size = item.sizeHint()
                if moves:
                    # On one middle, whatever their heights.
                    down = (height - size.height()) // 2
                    item.setGeometry(QRect(x, y + down, size.width(), size.height()))
                x += size.width() + _GAP
            y += height
        return max(y - room.y(), 0)

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """Return what stands in each line."""
        lines: list[list[QLayoutItem]] = []
        x = 0
        for item in self._items:
            if item.isEmpty():
                continue
            if not lines or (x and x + item.sizeHint().width() > width):
                lines.append([])
                x = 0
            lines[-1].append(item)
            x += item.sizeHint().width() + _GAP
        return lines
