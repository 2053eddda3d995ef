"""What the user can have done with what is selected: one method for each entry of the menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from explainer.gui.dialogs.asking import run
from explainer.lesson.structure import uses_of

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from explainer.gui.actions import ActionSet
    from explainer.gui.building.workshop import Workshop

_USUAL_RATE = 0.5
# Actions that need something selected, and those that need neurons.
_OF_PARTS = ("delete",)
_OF_NEURONS = ("cut", "copy", "duplicate")


class Intents(QObject):
    """Acts on the selection of a workshop; what leaves new neurons behind selects them."""

    def __init__(self, workshop: Workshop, window: QWidget) -> None:
        super().__init__(window)
        self._shop = workshop
        self._window = window
        self._actions: dict[str, QAction] = {}

    def enable(self, actions: ActionSet) -> None:
        """Let these actions be usable only while they have something to act on."""
        self._actions = {name: actions[name] for name in (*_OF_PARTS, *_OF_NEURONS, "rename")}
        self._shop.selection.changed.connect(self._show_usable)
        self._show_usable()

    # Neurons and edges

    def delete(self) -> None:
        """Remove what is selected."""
        chosen = self._shop.selection
        if chosen:
            self._shop.do(self._shop.session.delete, chosen.neurons, chosen.edges)

    def copy(self) -> None:
        """Put the selected neurons on the clipboard."""
        text = self._copied()
        if text:
            QGuiApplication.clipboard().setText(text)

    def cut(self) -> None:
        """Put the selected neurons on the clipboard and remove them."""
        text, chosen = self._copied(), self._shop.selection.neurons
        if not text:
            return
        if self._shop.do(self._shop.session.delete, chosen, ()):
            QGuiApplication.clipboard().setText(text)

    def paste(self) -> None:
        """Put copied neurons into the network."""
        made = self._shop.do(self._shop.session.paste, QGuiApplication.clipboard().text())
        if made is not None:
            self._shop.selection.select(made)

    def duplicate(self) -> None:
        """Put a copy of each selected neuron beside it."""
        if not self._shop.selection.neurons:
            return
        made = self._shop.do(self._shop.session.duplicate, self._shop.selection.neurons)
        if made is not None:
            self._shop.selection.select(made)

    def select_all(self) -> None:
        """Select every neuron."""
        self._shop.selection.select(neuron.id for neuron in self._shop.network.neurons)

    def connect_all(self) -> None:
        """Add every edge that is missing between neighbouring columns, of the selected neurons if there are some."""
        chosen = self._shop.selection.neurons
        self._shop.do(self._shop.session.connect_all, chosen if len(chosen) > 1 else ())

    def rename(self) -> None:
        """Ask for another name and symbol of the selected neuron, or another name of the selected edge's weight."""
        from explainer.gui.building.renaming import RenameDialog

        chosen = self._shop.selection
        if len(chosen.neurons) == 1:
            run(RenameDialog.of_neuron(self._shop, chosen.neurons[0], self._window))
        elif len(chosen.edges) == 1 and not chosen.neurons:
            run(RenameDialog.of_parameter(self._shop, self.weights()[0], self._window))

    # What a neuron has

    def set_bias(self, on: bool) -> None:
        """Give the selected neurons a bias, or take it away."""
        self._shop.do(self._shop.session.set_bias, self._shop.selection.neurons, on)

    def set_dropout(self, on: bool) -> None:
        """Drop the selected neurons while training, half of the time, or never."""
        rate = _USUAL_RATE if on else None
        self._shop.do(self._shop.session.set_dropout, self._shop.selection.neurons, rate)

    def set_normalise(self, on: bool) -> None:
        """Normalise the weighted sums of the selected neurons over the batch, or no longer."""
        self._shop.do(self._shop.session.set_normalise, self._shop.selection.neurons, on)

    # Parameters

    def weights(self) -> tuple[str, ...]:
        """Return the weights of the selected edges, each once."""
        wanted = set(self._shop.selection.edges)
        return tuple(
            dict.fromkeys(
                edge.weight
                for edge in self._shop.network.edges
                if (edge.source, edge.target, edge.piece) in wanted
            )
        )

    def biases(self) -> tuple[str, ...]:
        """Return the biases of the selected neurons, each once."""
        network = self._shop.network
        found = (
            name
            for neuron in self._shop.selection.neurons
            for name in network.neuron(neuron).biases
        )
        return tuple(dict.fromkeys(found))

    def freeze(self, names: tuple[str, ...], on: bool) -> None:
        """Let updates leave these parameters alone, or change them again."""
        self._shop.do(self._shop.session.set_trainable, names, not on)

    def tie(self, names: tuple[str, ...]) -> None:
        """Make one parameter of several."""
        self._shop.do(self._shop.session.tie, names)

    def untie(self, name: str) -> None:
        """Give what is selected a parameter of its own instead of one it shares."""
        chosen = self._shop.selection
        for use in uses_of(self._shop.network, name):
            is_edge = use.part == "weight" and (use.source, use.neuron, use.piece) in chosen.edges
            if is_edge or (use.part != "weight" and use.neuron in chosen.neurons):
                self._shop.do(self._shop.session.untie, use)
                return

    # Inside

    def _copied(self) -> str:
        chosen = self._shop.selection.neurons
        return (self._shop.do(self._shop.session.copy, chosen) or "") if chosen else ""

    def _show_usable(self) -> None:
        chosen = self._shop.selection
        for name in _OF_PARTS:
            self._actions[name].setEnabled(bool(chosen))
        for name in _OF_NEURONS:
            self._actions[name].setEnabled(bool(chosen.neurons))
        is_one = len(chosen.neurons) + len(chosen.edges) == 1
        self._actions["rename"].setEnabled(is_one)
