"""Parts of a dialog that scroll."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from explainer.gui.scaling import px

# The lowest part that is worth scrolling in, and the room of the bar beside it, px.
_LOWEST, _BAR = 96, 14


def scrolled(content: QWidget) -> QScrollArea:
    """Return content so that it scrolls up and down where there is little room."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # The keyboard goes to what is in it.
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


class Scrolled(QScrollArea):
    """Content that scrolls where there is little room, and asks for as much as it needs to be seen whole.

    While it scrolls it takes the keyboard by Tab, under its name: the arrows then move it.
    """

    def __init__(self, content: QWidget, name: str) -> None:
        super().__init__()
        self._content = content
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("part", "scroll")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(self._take_keyboard)

    def height_for(self, width: int) -> int:
        """Return the height in which all of the content is seen in this width."""
        content, frame = self._content, 2 * self.frameWidth()
        layout = content.layout()
        inner = width - frame
        if layout is not None and layout.hasHeightForWidth():
            return (
                max(layout.totalHeightForWidth(inner), layout.totalMinimumSize().height()) + frame
            )
        return content.sizeHint().height() + frame

    def sizeHint(self) -> QSize:
        frame = 2 * self.frameWidth()
        return self._content.sizeHint() + QSize(frame, frame)

    def minimumSizeHint(self) -> QSize:
        needed = self._content.minimumSizeHint()
        frame = 2 * self.frameWidth()
        width = needed.width() + px(_BAR) + frame
        return QSize(width, min(needed.height() + frame, px(_LOWEST)))

    def _take_keyboard(self, _least: int, most: int) -> None:
        policies = Qt.FocusPolicy
        self.setFocusPolicy(policies.TabFocus if most > 0 else policies.NoFocus)


class Beside(QWidget):
    """Two parts beside each other where there is room, else one below the other."""

    def __init__(self, left: QWidget, right: QWidget, gap: int) -> None:
        super().__init__()
        self._parts, self._gap = (left, right), gap
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(gap)
        self._row.addWidget(left)
        self._row.addWidget(right, 1)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        left, right = self._parts
        if self._has_room(width):
            beside = width - _wanted(left).width() - self._gap
            return max(_height(left, _wanted(left).width()), _height(right, beside))
        return sum(_height(part, width) for part in self._parts) + self._gap

    def sizeHint(self) -> QSize:
        width = sum(_wanted(part).width() for part in self._parts) + self._gap
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        width = max(_least(part).width() for part in self._parts)
        return QSize(width, max(_least(part).height() for part in self._parts))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        has_room = self._has_room(event.size().width())
        self._row.setDirection(directions.LeftToRight if has_room else directions.TopToBottom)

    def _has_room(self, width: int) -> bool:
        left, right = self._parts
        return width >= _wanted(left).width() + self._gap + _least(right).width()


def _wanted(part: QWidget) -> QSize:
    return part.sizeHint().expandedTo(_least(part))


def _least(part: QWidget) -> QSize:
    return part.minimumSizeHint().expandedTo(part.minimumSize())


def _height(part: QWidget, width: int) -> int:
    wanted = part.heightForWidth(width) if part.hasHeightForWidth() else _wanted(part).height()
    return max(wanted, _least(part).height())
