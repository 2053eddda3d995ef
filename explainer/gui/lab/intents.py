"""What can be asked of the lab and the descent: one method for each intent of the table of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explainer.gui.window import Window


class Looking:
    """Brings plots to the front. Their panels are imported when they are first looked at."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def show_activation(self) -> None:
        """Bring the curves of activations to the front."""
        self._window.side.show_lab("curves")

    def show_layers(self) -> None:
        """Show what becomes of the gradient from layer to layer."""
        self._window.side.show_lab("layers")

    def show_descent(self) -> None:
        """Show the error along one or two parameters."""
        self._window.side.show_tab("descent")

    def look_at(self, neuron_id: str) -> None:
        """Show the curve of a neuron's activation, and where it works on it."""
        self._window.side.show_activation_of(neuron_id)

    def follow(self, target: str) -> None:
        """Let the choices where they are open, and the curves once they were, be about this neuron or edge."""
        side = self._window.side
        if side.lab is not None and not target.startswith("edge "):
            side.lab.look_at(target)
        if side.choices is not None and side.choices.isVisible():
            side.choose_for(target)
