"""The right panel: derivation, choices, data and the lab, one in front of the other, under their tabs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from explainer.gui.frame import Frame
from explainer.gui.panels.derivation import DerivationPanel
from explainer.gui.panels.tabs import TabStrip
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme
from explainer.gui.timing import once
from explainer.messages import message

if TYPE_CHECKING:
    from explainer.gui.choosing.panel import ChoicesPanel
    from explainer.gui.data.panel import DataPanel
    from explainer.gui.descent.panel import DescentPanel
    from explainer.gui.lab.panel import LabPanel, PageName
    from explainer.gui.lab.studio import Studio
    from explainer.gui.training.panel import TrainingPanel

TabName = Literal["derivation", "choices", "data", "training", "activation", "descent"]


# Plots want more of the window's width: two stand beside each other.
_WIDE = ("activation", "descent")
# Fields come and go with a choice; soon after it they have their tips, ms.
_TIPS_AFTER = 60


class SidePanel(QWidget):
    """Holds the derivation from the start, the others from when they are first looked at.

    `refused` carries a sentence about a choice that was undone while the tab of choices is not in front; `room_wanted`
    whether the tab in front needs much of the window's width.
    """

    refused = Signal(str)
    room_wanted = Signal(bool)

    def __init__(
        self,
        stage: Stage,
        theme: Theme,
        make_training: Callable[[Theme], TrainingPanel],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_training = make_training
        self._stage = stage
        self._theme = theme
        self.derivation = DerivationPanel(theme)
        self.choices: ChoicesPanel | None = None
        self.data: DataPanel | None = None
        self.training: TrainingPanel | None = None
        self.lab: LabPanel | None = None
        self.descent: DescentPanel | None = None
        self._made_studio: Studio | None = None
        self.tabs = TabStrip(
            theme,
            {
                "derivation": message("Derivation"),
                "choices": message("Choices"),
                "data": message("Data"),
                "training": message("Training"),
                "activation": message("Activation"),
                "descent": message("Descent"),
            },
        )
        self.tabs.chosen.connect(self._show_clicked)
        self._stack = QStackedLayout()
        self._below = QWidget()
        under = self._under = QVBoxLayout(self._below)
        under.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addLayout(self._stack, 1)
        column.addWidget(self._below)
        # Not before: a stack without a parent would show it as a window of its own.
        self._stack.addWidget(self.derivation)
        self.tabs.show_chosen("derivation")
        stage.choice_refused.connect(self._show_refusal)
        self._tips_later = once(self, _TIPS_AFTER, self._give_tips)

    def show_tab(self, name: TabName) -> None:
        """Bring a tab to the front."""
        self.tabs.show_chosen(name)
        makers = {
            "choices": self._made_choices,
            "data": self._made_data,
            "training": self._made_training,
            "activation": self._made_lab,
            "descent": self._made_descent,
        }
        panel = makers[name]() if name in makers else self.derivation
        self._stack.setCurrentWidget(panel)
        # A network that learns by itself asks nothing, and wants all the room.
        self._below.setVisible(name != "training")
        self.room_wanted.emit(name in _WIDE)
        self._tips_later.start()

    def show_lab(self, page: PageName) -> None:
        """Bring a page of the lab to the front."""
        self.show_tab("activation")
        self._made_lab().show_page(page)

    def show_activation_of(self, neuron_id: str) -> None:
        """Show the curve of a neuron's activation."""
        self.show_lab("curves")
        self._made_lab().look_at(neuron_id)

    def add_below(self, panel: QWidget) -> None:
        """Put a panel under whichever tab is in front, but for training."""
        self._under.addWidget(panel)

    def choose_for(self, target: str) -> None:
        """Let the choices be about this neuron or edge, now or when they are looked at."""
        self._made_choices().choose_for(target)

    def open_activations(self, neuron_id: str, place: QPoint) -> None:
        """Open the menu of activations of this neuron at a place on the screen, the choices in front."""
        self.show_tab("choices")
        self._made_choices().open_activations(neuron_id, place)

    def close_editor(self) -> bool:
        """Accept what is being typed, if anything; False where it was refused and stays."""
        return all(panel.close_editor() for panel in self._made)

    def drop_typing(self) -> None:
        """Give up what is being typed."""
        for panel in self._made:
            panel.drop_typing()

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Show a frame in all."""
        if old is None or old.language != new.language:
            self.tabs.set_language(new.language)
        if old is None or (old.lesson is not new.lesson or old.language != new.language):
            self._tips_later.start()
        self.derivation.show_frame(old, new)
        for panel in self._made:
            panel.show_frame(old, new)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.tabs.set_theme(theme)
        self.derivation.set_theme(theme)
        for panel in self._made:
            panel.set_theme(theme)

    @property
    def studio(self) -> Studio:
        """Where plots are drawn, made when the first one is wanted."""
        if self._made_studio is None:
            from explainer.gui.lab.studio import Studio

            self._made_studio = Studio(self)
            self._stage.stopped.connect(self._made_studio.stop)
        return self._made_studio

    @property
    def _made(
        self,
    ) -> tuple[ChoicesPanel | DataPanel | TrainingPanel | LabPanel | DescentPanel, ...]:
        """The panels beside the derivation that have been looked at."""
        panels = (self.choices, self.data, self.training, self.lab, self.descent)
        return tuple(panel for panel in panels if panel is not None)

    def _made_lab(self) -> LabPanel:
        if self.lab is None:
            # Imported when it is first looked at, as the choices are.
            from explainer.gui.lab.panel import LabPanel

            self.lab = LabPanel(self._theme, self._stage, self.studio)
            self.lab.refused.connect(self.refused)
            self._stack.addWidget(self.lab)
            self.lab.show_frame(None, self._stage.frame)
        return self.lab

    def _made_choices(self) -> ChoicesPanel:
        if self.choices is None:
            # Imported when it is first looked at: nothing of it is needed before.
            from explainer.gui.choosing.panel import ChoicesPanel

            self.choices = ChoicesPanel(self._theme, self._stage.formulas, self._stage.choose)
            self.choices.refused.connect(self.refused)
            self.choices.looked.connect(self.show_activation_of)
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

    def _made_training(self) -> TrainingPanel:
        if self.training is None:
            self.training = self._make_training(self._theme)
            self.training.refused.connect(self.refused)
            self._stack.addWidget(self.training)
            self.training.show_frame(None, self._stage.frame)
        return self.training

    def _made_descent(self) -> DescentPanel:
        if self.descent is None:
            # Imported when it is first looked at, as the choices are.
            from explainer.gui.descent.panel import DescentPanel

            self.descent = DescentPanel(self._theme, self._stage, self.studio)
            self.descent.refused.connect(self.refused)
            self._stack.addWidget(self.descent)
            self.descent.show_frame(None, self._stage.frame)
        return self.descent

    def _show_clicked(self, name: str) -> None:
        names: dict[str, TabName] = {
            "choices": "choices",
            "data": "data",
            "training": "training",
            "activation": "activation",
            "descent": "descent",
        }
        self.show_tab(names.get(name, "derivation"))

    def _give_tips(self) -> None:
        # Imported here: nobody rests the pointer anywhere before.
        from explainer.gui.tips import give_tips

        give_tips(self)

    def _show_refusal(self, sentence: str) -> None:
        if self.choices is None:
            self.refused.emit(sentence)
        else:
            self.choices.show_refusal(sentence)
