"""The right panel: derivation, choices and data, one in front of the other, under their tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from explainer.gui.frame import Frame
from explainer.gui.panels.derivation import DerivationPanel
from explainer.gui.panels.tabs import TabStrip
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme
from explainer.messages import message

if TYPE_CHECKING:
    from explainer.gui.choosing.panel import ChoicesPanel
    from explainer.gui.data.panel import DataPanel

TabName = Literal["derivation", "choices", "data"]


class SidePanel(QWidget):
    """Holds the derivation from the start, the others from when they are first looked at.

    `refused` carries a sentence about a choice that was undone while the tab of choices is not in front.
    """

    refused = Signal(str)

    def __init__(self, stage: Stage, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._theme = theme
        self.derivation = DerivationPanel(theme)
        self.choices: ChoicesPanel | None = None
        self.data: DataPanel | None = None
        self.tabs = TabStrip(
            theme,
            {
                "derivation": message("Derivation"),
                "choices": message("Choices"),
                "data": message("Data"),
            },
        )
        self.tabs.chosen.connect(self._show_clicked)
        self._stack = QStackedLayout()
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addLayout(self._stack, 1)
        # Not before: a stack without a parent would show it as a window of its own.
        self._stack.addWidget(self.derivation)
        self.tabs.show_chosen("derivation")
        stage.choice_refused.connect(self._show_refusal)

    def show_tab(self, name: TabName) -> None:
        """Bring a tab to the front."""
        self.tabs.show_chosen(name)
        if name == "data":
            self._stack.setCurrentWidget(self._made_data())
        else:
            self._stack.setCurrentWidget(
                self.derivation if name == "derivation" else self._made_choices()
            )

    def add_below(self, panel: QWidget) -> None:
        """Put a panel under whichever tab is in front."""
        self._column.addWidget(panel)

    def choose_for(self, target: str) -> None:
        """Let the choices be about this neuron or edge, now or when they are looked at."""
        self._made_choices().choose_for(target)

    def open_activations(self, neuron_id: str, place: QPoint) -> None:
        """Open the menu of activations of this neuron at a place on the screen, the choices in front."""
        self.show_tab("choices")
        self._made_choices().open_activations(neuron_id, place)

    def close_editor(self) -> bool:
        """Accept what is being typed, if anything; False where it was refused and stays."""
        made = (self.choices, self.data)
        return all(panel is None or panel.close_editor() for panel in made)

    def drop_typing(self) -> None:
        """Give up what is being typed."""
        for panel in (self.choices, self.data):
            if panel is not None:
                panel.drop_typing()

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Show a frame in all."""
        if old is None or old.language != new.language:
            self.tabs.set_language(new.language)
        self.derivation.show_frame(old, new)
        for panel in (self.choices, self.data):
            if panel is not None:
                panel.show_frame(old, new)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.tabs.set_theme(theme)
        self.derivation.set_theme(theme)
        for panel in (self.choices, self.data):
            if panel is not None:
                panel.set_theme(theme)

    def _made_choices(self) -> ChoicesPanel:
        if self.choices is None:
            # Imported when it is first looked at: nothing of it is needed before.
            from explainer.gui.choosing.panel import ChoicesPanel

            self.choices = ChoicesPanel(self._theme, self._stage.formulas, self._stage.choose)
            self.choices.refused.connect(self.refused)
            self._stack.addWidget(self.choices)
            self.choices.show_frame(None, self._stage.frame)
        return self.choices

    def _made_data(self) -> DataPanel:
        if self.data is None:
            # Imported when it is first looked at, as the choices are.
            from explainer.gui.data.panel import DataPanel

            self.data = DataPanel(self._theme, self._stage)
            self.data.refused.connect(self.refused)
            self._stack.addWidget(self.data)
            self.data.show_frame(None, self._stage.frame)
        return self.data

    def _show_clicked(self, name: str) -> None:
        names: dict[str, TabName] = {"choices": "choices", "data": "data"}
        self.show_tab(names.get(name, "derivation"))

    def _show_refusal(self, sentence: str) -> None:
        if self.choices is None:
            self.refused.emit(sentence)
        else:
            self.choices.show_refusal(sentence)
