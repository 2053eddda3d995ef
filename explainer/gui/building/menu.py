"""The menu of the right button over the graph: what can be done with what is selected, or at that place of the ground."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from explainer.lesson.structure import uses_of
from explainer.lesson.symbols import symbol_of
from explainer.messages import Message, message, translate

if TYPE_CHECKING:
    from explainer.gui.actions import ActionSet
    from explainer.gui.building.intents import Intents
    from explainer.gui.building.workshop import Workshop

OpenActivations = Callable[[str, QPoint], object]
GoTo = Callable[[str], object]


class GraphMenu:
    """Makes the menu anew each time it is asked for."""

    def __init__(
        self,
        workshop: Workshop,
        intents: Intents,
        actions: ActionSet,
        open_activations: OpenActivations,
        look_at: GoTo,
        go_to: GoTo,
        window: QWidget,
    ) -> None:
        self._shop = workshop
        self._intents = intents
        self._actions = actions
        self._open_activations = open_activations
        self._look_at = look_at
        self._go_to = go_to
        self._window = window
        self.shown: QMenu | None = None
        # What else can be done at a place of the drawing.
        self.more: Callable[[QMenu, QPointF], None] | None = None

    def open(self, place: QPointF, on_screen: QPoint) -> None:
        """Open it at a place of the screen; `place` is the same in the drawing."""
        if self.shown is not None:
            self.shown.deleteLater()
        self.shown = self.made(place, on_screen)
        self.shown.popup(on_screen)

    def made(self, place: QPointF, on_screen: QPoint) -> QMenu:
        """Return the menu."""
        menu = QMenu(self._window)
        chosen = self._shop.selection
        if chosen.neurons:
            self._add_neuron_entries(menu, on_screen)
        elif chosen.edges:
            self._add_edge_entries(menu)
        elif self._shop.network.neurons:
            self._add_ground_entries(menu, place)
        else:
            menu.addAction(self._actions["fit"])
        if self.more is not None:
            self.more(menu, place)
        return menu

    def _add_neuron_entries(self, menu: QMenu, on_screen: QPoint) -> None:
        network, chosen = self._shop.network, self._shop.selection.neurons
        inner = [network.neuron(name) for name in chosen if network.neuron(name).role != "input"]
        if len(chosen) == 1 and inner:
            self._add(
                menu, message("Activation…"), partial(self._open_activations, chosen[0], on_screen)
            )
            self._add(menu, message("Look at its activation"), partial(self._look_at, chosen[0]))
            menu.addSeparator()
        if inner:
            self._check(
                menu, message("Bias"), all(one.biases for one in inner), self._intents.set_bias
            )
            self._check(
                menu,
                message("Batch normalisation"),
                all(one.normalise for one in inner),
                self._intents.set_normalise,
            )
        if self._can_drop():
            dropped = all(network.neuron(name).dropout for name in chosen)
            self._check(menu, message("Dropout"), dropped, self._intents.set_dropout)
        self._add_parameter_entries(menu, self._intents.biases())
        menu.addSeparator()
        self._add_actions(menu, ("rename", None, "cut", "copy", "duplicate", "delete"))
        if len(chosen) > 1:
            menu.addSeparator()
            menu.addAction(self._actions["connect_all"])

    def _add_edge_entries(self, menu: QMenu) -> None:
        weights = self._intents.weights()
        if len(weights) == 1:
            self._add(menu, message("Go to the gradient"), partial(self._go_to, weights[0]))
        self._add_parameter_entries(menu, weights)
        menu.addSeparator()
        self._add_actions(menu, ("rename", "delete"))

    def _add_parameter_entries(self, menu: QMenu, names: tuple[str, ...]) -> None:
        """Add what can be done with the weights or biases of what is selected."""
        if not names:
            return
        network = self._shop.network
        menu.addSeparator()
        which = ", ".join(symbol_of(name).text for name in names[:3]) + ("…" if names[3:] else "")
        frozen = not any(network.is_trainable(name) for name in names)
        freeze = partial(self._intents.freeze, names)
        self._check(menu, message("Frozen: {names}", names=which), frozen, freeze)
        if len(names) > 1:
            self._add(menu, message("Tie: {names}", names=which), partial(self._intents.tie, names))
        for name in names:
            if len(uses_of(network, name)) > 1:
                text = message("Untie: {names}", names=symbol_of(name).text)
                self._add(menu, text, partial(self._intents.untie, name))

    def _add_ground_entries(self, menu: QMenu, place: QPointF) -> None:
        places = self._shop.places
        column, gap = places.column_at(place.x()), places.gap_at(place.x())
        if column is not None:
            row = column.index_at(place.y())
            self._add(
                menu,
                message("Add a neuron here"),
                partial(self._shop.add_neuron, column.number, row),
            )
        if gap is not None:
            self._add(
                menu, message("Add a layer here"), partial(self._shop.add_layer, gap[0].number)
            )
        menu.addSeparator()
        self._add_actions(menu, ("paste", "select_all", "connect_all", None, "fit"))

    def _can_drop(self) -> bool:
        """Tell whether dropout makes sense for what is selected: not for what the network puts out."""
        network = self._shop.network
        return all(network.neuron(name).role != "output" for name in self._shop.selection.neurons)

    def _add_actions(self, menu: QMenu, names: tuple[str | None, ...]) -> None:
        for name in names:
            if name is None:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[name])

    def _add(self, menu: QMenu, text: Message, deed: Callable[[], object]) -> QAction:
        said = translate(text, self._shop.session.language).replace("&", "&&")
        entry = menu.addAction(said)
        entry.triggered.connect(lambda _checked=False: deed())
        return entry

    def _check(self, menu: QMenu, text: Message, on: bool, deed: Callable[[bool], object]) -> None:
        entry = self._add(menu, text, partial(deed, not on))
        entry.setCheckable(True)
        entry.setChecked(on)
