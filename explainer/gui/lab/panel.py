"""The tab of the lab: curves, or the gradient by layer, in a column that scrolls."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from explainer.gui.frame import Frame
from explainer.gui.lab.curves_page import CurvesPage
from explainer.gui.lab.layers_page import LayersPage
from explainer.gui.lab.studio import Studio
from explainer.gui.lab.switch import WordSwitch
from explainer.gui.stage import Stage
from explainer.gui.tab_panel import TabPanel
from explainer.gui.theme import Theme
from explainer.messages import message

PageName = Literal["curves", "layers"]
_LEFT, _RIGHT, _ABOVE, _BELOW = 27, 26, 14, 20


class LabPanel(TabPanel):
    """Holds both pages."""

    def __init__(self, theme: Theme, stage: Stage, studio: Studio) -> None:
        super().__init__(theme, stage)
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
        self.hold(paper)
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

    def _is_same(self, shown: Frame, new: Frame) -> bool:
        return (
            shown.lesson is new.lesson
            and shown.one_pass is new.one_pass
            and shown.step_index == new.step_index
            and (shown.language, shown.digits) == (new.language, new.digits)
        )
