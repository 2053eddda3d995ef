"""What the tabs of the right panel share: paper that scrolls, and a frame that waits until the tab is seen."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from explainer.gui.abstract import AbstractType
from explainer.gui.frame import Frame
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme, colour

# What is wider than the most is set otherwise where there is little room.
_LEAST_WIDTH, _MOST_WIDTH, _SCROLL_BAR = 320, 430, 12


class TabPanel(QScrollArea, metaclass=AbstractType):
    """A column that scrolls. `refused` carries a sentence with no place to stand.

    A subclass lays out its paper and hands it to `hold`; `_renew` shows `_frame`, `_fit` follows the room there is.
    """

    refused = Signal(str)

    def __init__(self, theme: Theme, stage: Stage) -> None:
        super().__init__()
        self._theme = theme
        self._stage = stage
        self._frame = stage.frame
        self._is_stale = True
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def hold(self, paper: QWidget) -> None:
        """Let this scroll."""
        self.setWidget(paper)
        self.setWidgetResizable(True)

    def minimumSizeHint(self) -> QSize:
        """Be as wide as what cannot be scrolled to."""
        paper = self.widget()
        needed = paper.minimumSizeHint().width() + _SCROLL_BAR if paper is not None else 0
        return QSize(min(max(needed, _LEAST_WIDTH), _MOST_WIDTH), 60)

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Show a frame; hidden it waits until it is seen."""
        shown, self._frame = self._frame, new
        if old is not None and not self._is_stale and self._is_same(shown, new):
            return
        self._is_stale = True
        if self.isVisible():
            self._renew()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self._renew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self.viewport()).fillRect(event.rect(), colour(self._theme.paper))

    @abstractmethod
    def _renew(self) -> None:
        """Show `_frame`; called whenever the tab comes to the front, `_is_stale` tells whether it is another one."""

    def _fit(self) -> None:
        """Give what is on the paper its size; a layout does most of it."""

    def _is_same(self, shown: Frame, new: Frame) -> bool:
        """Tell whether a frame shows nothing here that another did not."""
        return False
