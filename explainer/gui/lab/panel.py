"""The tab of the lab: curves, or the gradient by layer, in a column that scrolls."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from explainer.gui.frame import Frame
from explainer.gui.lab.curves_page import CurvesPage
from explainer.gui.lab.layers_page import LayersPage
from explainer.gui.lab.studio import Studio
from explainer.gui.lab.switch import WordSwitch
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme, colour
from explainer.messages import message

PageName = Literal["curves", "layers"]
_LEFT, _RIGHT, _ABOVE, _BELOW = 27, 26, 14, 20


class LabPanel(QScrollArea):
    """Holds both pages. `refused` carries a sentence with no place to stand."""

    refused = Signal(str)

    def __init__(self, theme: Theme, stage: Stage, studio: Studio) -> None:
        super().__init__()
        self._theme = theme
        self._stage = stage
        self._frame = stage.frame
        self._is_stale = True
        self.curves = CurvesPage(theme, stage, studio)
        self.layers = LayersPage(theme, stage, studio)
        self.switch = WordSwitch(
            theme, {"curves": message("Curves"), "layers": message("By layer")}
        )
        self.switch.chosen.connect(self._choose)
        paper = QWidget()
        column = QVBoxLayout(paper)
        column.setContentsMargins(_LEFT, _ABOVE, _RIGHT, _BELOW)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.addWidget(self.switch)
        top.addStretch(1)
        column.addLayout(top)
        self._column = column
        for page in (self.curves, self.layers):
            column.addWidget(page)
        column.addStretch(1)
        self.setWidget(paper)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(380)
        self.show_page("curves")

    def show_page(self, name: PageName) -> None:
        """Show the curves, or the layers."""
        self.switch.show_chosen(name)
        self.curves.setVisible(name == "curves")
        self.layers.setVisible(name == "layers")
        self.verticalScrollBar().setValue(0)
        self._renew()

    def look_at(self, neuron_id: str) -> None:
        """Show the curve of a neuron's activation."""
        self.curves.look_at(neuron_id)

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Show a frame; hidden it waits until it is seen."""
        shown, self._frame = self._frame, new
        if old is not None and not self._is_stale and _is_same(shown, new):
            return
        self._is_stale = True
        if self.isVisible():
            self._renew()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.switch.set_theme(theme)
        self.curves.set_theme(theme)
        self.layers.set_theme(theme)
        self.viewport().update()

    def close_editor(self) -> bool:
        """Accept what is being typed; False where it was refused and stays."""
        return self.curves.close_editor()

    def drop_typing(self) -> None:
        """Give up what is being typed."""
        self.curves.drop_typing()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self._renew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self.viewport()).fillRect(event.rect(), colour(self._theme.paper))

    def _choose(self, name: str) -> None:
        self.show_page("layers" if name == "layers" else "curves")

    def _fit(self) -> None:
        width = self.viewport().width() - _LEFT - _RIGHT
        for page in (self.curves, self.layers):
            page.set_room(width, self.viewport().height())

    def _renew(self) -> None:
        if not self.isVisible():
            return
        self._is_stale = False
        self.switch.set_language(self._frame.language)
        page = self.curves if self.curves.isVisibleTo(self) else self.layers
        page.show_frame(self._frame)


def _is_same(one: Frame, other: Frame) -> bool:
    return (
        one.lesson is other.lesson
        and one.one_pass is other.one_pass
        and one.step_index == other.step_index
        and (one.language, one.digits) == (other.language, other.digits)
    )
