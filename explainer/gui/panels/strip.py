"""A strip over the upper edge of the graph: a sentence and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from explainer.gui.choosing.flow import Flow
from explainer.gui.scaling import px

if TYPE_CHECKING:
    from explainer.gui.canvas.camera_view import CameraView

_WIDEST = 760
# With less room the buttons stand below the words.
_ROOM_FOR_A_LINE = 480
_GAP = 8


class Strip(QFrame):
    """Stays in the middle of its ground, so far from its edges, hidden until it appears; what is fitted makes room for it."""

    def __init__(self, ground: CameraView, buttons: Sequence[QPushButton], margin: int) -> None:
        super().__init__(ground)
        self._ground, self._margin = ground, margin
        self.setProperty("part", "strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setProperty("part", "text")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(margin, margin - 6, margin - 4, margin - 6)
        row.setSpacing(_GAP)
        row.addWidget(self.words, 1)
        self._buttons = tuple(buttons)
        self._beside = QWidget(self)
        flow = Flow(self._beside)
        row.addWidget(self._beside, 0, Qt.AlignmentFlag.AlignVCenter)
        for button in buttons:
            button.setAutoDefault(False)
            flow.addWidget(button)
        ground.installEventFilter(self)
        self.hide()

    def appear(self) -> None:
        """Come to the front."""
        self.place()
        self.show()
        self.raise_()
        # Only what is shown knows how high it is.
        self.place()

    def place(self) -> None:
        """Take the room there is; to be called when what it says has changed."""
        width = min(px(_WIDEST), self._ground.width() - 2 * self._margin)
        directions = QBoxLayout.Direction
        is_narrow = width < px(_ROOM_FOR_A_LINE)
        self._row.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        # Below the words they begin another line where they must; beside them they stand in one.
        shown = [one.sizeHint().width() + _GAP for one in self._buttons if not one.isHidden()]
        self._beside.setMinimumWidth(0 if is_narrow else sum(shown) - _GAP)
        self.resize(width, max(self.heightForWidth(width), self.minimumSizeHint().height()))
        self.move((self._ground.width() - width) // 2, self._margin)
        if self.isVisible():
            self._ground.keep_free(self.geometry().bottom())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ground.keep_free(self.geometry().bottom())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._ground.keep_free(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)
