"""The menus about the parts of a network: a neuron's bias, dropout and normalisation; an edge's weight, learnt or frozen, shared or its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from explainer.lesson.edits import set_parameter
from explainer.lesson.lesson import Edge, Lesson, Network
from explainer.lesson.structure import (
    EdgeKey,
    Use,
    set_bias,
    set_dropout,
    set_normalise,
    set_trainable,
    tie,
    untie,
    uses_of,
)
from explainer.lesson.symbols import neuron_symbol, symbol_of
from explainer.messages import Message, message
from explainer.session.choosing import Change
from explainer.session.options.menus import Menu, Option, Quantity
from explainer.session.options.neurons import MIXED, Target

_ON, _OFF = "on", "off"
_USUAL_RATE = 0.5
# A menu of more weights to share is longer than anybody reads.
_MOST_SHARED = 40
_EDGE = "edge"
_OWN = " own"


def edge_target(edge: EdgeKey) -> str:
    """Return the key by which the choices can be about an edge."""
    source, target, piece = edge
    return f"{_EDGE} {source} {target} {piece}"


def edge_of_target(network: Network, key: str) -> Edge | None:
    """Return the edge a key means, None for any other key and for an edge that is gone."""
    kind, *ends = key.split(" ")
    if kind != _EDGE or len(ends) != 3:
        return None
    return next(
        (edge for edge in network.edges if [edge.source, edge.target, str(edge.piece)] == ends),
        None,
    )


def part_menus(lesson: Lesson, target: Target) -> Iterator[Menu]:
    """Yield the menus of what some neurons have besides their activation."""
    neurons = [lesson.network.neuron(name) for name in target.neurons]
    yield _switch(
        "bias",
        message("Bias"),
        [bool(neuron.biases) for neuron in neurons],
        (message("without"), message("with a bias")),
        message("bias of {what}", what=target.label),
        lambda on: lambda lesson: set_bias(lesson, target.neurons, on=on),
        (message("A bias is added to the weighted sum and learnt like a weight."),),
    )
    if all(neuron.role != "output" for neuron in neurons):
        yield _dropout(lesson, target)
    yield _switch(
        "normalise",
        message("Batch normalisation"),
        [neuron.normalise is not None for neuron in neurons],
        (message("without"), message("of the weighted sum")),
        message("batch normalisation of {what}", what=target.label),
        lambda on: lambda lesson: set_normalise(lesson, target.neurons, on=on),
        (message("Over the batch every weighted sum gets mean 0 and variance 1, then γ and β."),),
    )


def edge_menus(lesson: Lesson, edge: Edge) -> Iterator[Menu]:
    """Yield the menus of the weight of an edge."""
    name, network = edge.weight, lesson.network
    symbol = symbol_of(name).text
    title = message("change of {name}", name=symbol)

    def change(value: float) -> Change:
        return Change(f"value {name}", title, lambda lesson: set_parameter(lesson, name, value))

    value = Quantity("value", message("value"), network.value(name), change)
    source, target = (
        neuron_symbol(lesson.network.neuron(end)).text for end in (edge.source, edge.target)
    )
    label = message(
        "Weight {name} from {source} to {target}", name=symbol, source=source, target=target
    )
    yield _trained(lesson, name)._replace(label=label, quantities=(value,))
    yield _sharing(lesson, edge)


def _trained(lesson: Lesson, name: str) -> Menu:
    """Return the menu of whether updates change a parameter."""
    symbol = symbol_of(name).text
    titles = {
        _ON: message("unfreezing of {what}", what=symbol),
        _OFF: message("freezing of {what}", what=symbol),
    }

    def option(state: str, label: Message, note: Message) -> Option:
        is_on = state == _ON
        edit = Change(
            f"trained {name}",
            titles[state],
            lambda lesson: set_trainable(lesson, [name], on=is_on),
        )
        return Option(state, label, edit, notes=(note,))

    options = (
        option(_ON, message("learnt"), message("Every update changes it.")),
        option(_OFF, message("frozen"), message("It gets a gradient, but no update changes it.")),
    )
    chosen = _ON if lesson.network.is_trainable(name) else _OFF
    return Menu("trained", message("Weight {name}", name=symbol), options, chosen)


def _dropout(lesson: Lesson, target: Target) -> Menu:
    dropped = [lesson.network.neuron(name).dropout for name in target.neurons]
    title = message("dropout of {what}", what=target.label)

    def change(rate: float | None) -> Change:
        return Change("dropout", title, lambda lesson: set_dropout(lesson, target.neurons, rate))

    menu = _switch(
        "dropout",
        message("Dropout"),
        [one is not None for one in dropped],
        (message("none"), message("while training")),
        title,
        lambda on: change(_USUAL_RATE if on else None).edit,
        (message("In every pass a neuron is switched off with this probability."),),
    )
    rates = {one.rate for one in dropped if one is not None}
    if menu.chosen != _ON or len(rates) != 1:
        return menu
    rate = Quantity("rate", message("rate"), rates.pop(), lambda value: change(value))
    return menu._replace(quantities=(rate,))


def _switch(
    menu_id: str,
    label: Message,
    states: list[bool],
    words: tuple[Message, Message],
    title: Message,
    edit: Callable[[bool], Callable[[Lesson], Lesson]],
    notes: tuple[Message, ...],
) -> Menu:
    """Return a menu with two options, off and on; a third says so where neurons differ."""
    options = [
        Option(_OFF, words[0], Change(menu_id, title, edit(False))),
        Option(_ON, words[1], Change(menu_id, title, edit(True)), notes=notes),
    ]
    if len(set(states)) == 1:
        return Menu(menu_id, label, tuple(options), _ON if states[0] else _OFF)
    options.insert(0, Option(MIXED, message("different ones")))
    return Menu(menu_id, label, tuple(options), MIXED)


def _sharing(lesson: Lesson, edge: Edge) -> Menu:
    """Return the menu of the other edges with which an edge shares its weight."""
    network, own = lesson.network, edge.weight
    shared = len(uses_of(network, own)) > 1
    use = Use("weight", edge.target, edge.source, edge.piece)
    options = [
        Option(
            _OWN,
            message("a weight of its own"),
            Change("tie", message("untying of {what}", what=symbol_of(own).text), _untied(use))
            if shared
            else None,
        )
    ]
    weights = list(dict.fromkeys(other.weight for other in network.edges))
    for name in weights[:_MOST_SHARED]:
        label = message("{name}, shared", name=symbol_of(name).text)
        if name == own:
            if shared:
                options.append(Option(name, label))
            continue
        title = message("tying of {what}", what=f"{symbol_of(name).text}, {symbol_of(own).text}")
        options.append(Option(name, label, Change("tie", title, _tied(name, use))))
    notes = message("One parameter on several edges: their gradients add up.")
    chosen = own if shared else _OWN
    return Menu(
        "sharing",
        message("Whose weight it is"),
        tuple(option._replace(notes=(notes,)) for option in options),
        chosen,
    )


def _untied(use: Use) -> Callable[[Lesson], Lesson]:
    return lambda lesson: untie(lesson, use)


def _tied(name: str, use: Use) -> Callable[[Lesson], Lesson]:
    """Return the edit that lets one edge use another's parameter; what else shared its old one keeps that."""

    def edit(lesson: Lesson) -> Lesson:
        own = _weight_at(lesson.network, use)
        if len(uses_of(lesson.network, own)) > 1:
            lesson = untie(lesson, use)
            own = _weight_at(lesson.network, use)
        return tie(lesson, [name, own])

    return edit


def _weight_at(network: Network, use: Use) -> str:
    return next(
        edge.weight
        for edge in network.edges
        if (edge.source, edge.target, edge.piece) == (use.source, use.neuron, use.piece)
    )
