"""Removing neurons and edges, with everything that only they used."""

from __future__ import annotations

from collections.abc import Collection

from explainer.lesson.lesson import Edge, Lesson, Network, Neuron
from explainer.lesson.structure.draft import Draft, must_have_room
from explainer.lesson.structure.ground import EdgeKey, checked, chosen, network_of, shown
from explainer.lesson.structure.order import pieces_of
from explainer.messages import Refused, message


def remove(lesson: Lesson, neurons: Collection[str], edges: Collection[EdgeKey] = ()) -> Lesson:
    """Return the lesson without some neurons, their edges, and some other edges.

    Parameters that nothing uses any more go, with what is remembered of them; so do the columns of the data of inputs
    and outputs. Where a neuron loses everything that feeds it because that is removed, as when a whole layer goes, it
    is connected with what fed the removed ones: a layer taken out leaves the layers beside it connected.
    Refused for the last input or output, and where a neuron would have neither an edge nor a bias; KeyError for what is not there.
    """
    network = network_of(lesson)
    gone = {neuron.id for neuron in chosen(network, neurons)}
    cut = set(edges)
    unknown = cut - {_key(edge) for edge in network.edges}
    if unknown:
        raise KeyError(min(unknown))
    _must_keep_ends(network, gone)
    draft = Draft(lesson)
    draft.neurons = [neuron for neuron in draft.neurons if neuron.id not in gone]
    draft.edges = [
        edge
        for edge in draft.edges
        if _key(edge) not in cut and edge.source not in gone and edge.target not in gone
    ]
    if gone:
        _bridge(lesson, draft, gone, cut)
    _must_be_fed(network, draft)
    return checked(draft.lesson())


def _key(edge: Edge) -> EdgeKey:
    return (edge.source, edge.target, edge.piece)


def _must_keep_ends(network: Network, gone: set[str]) -> None:
    if all(neuron.id in gone for neuron in network.of_role("input")):
        raise Refused(message("A network needs at least one input."))
    if all(neuron.id in gone for neuron in network.of_role("output")):
        raise Refused(message("A network needs at least one output."))


def _bridge(lesson: Lesson, draft: Draft, gone: set[str], cut: set[EdgeKey]) -> None:
    """Connect those that have lost all that fed them with what fed the removed neurons."""
    network = lesson.network
    feeding: dict[str, list[str]] = {}
    for edge in network.edges:
        if _key(edge) not in cut:
            feeding.setdefault(edge.target, []).append(edge.source)
    fed_still = {edge.target for edge in draft.edges}
    pieces = pieces_of(network.edges, network.neurons)
    wanted: list[tuple[Neuron, list[str]]] = []
    for neuron in draft.neurons:
        if neuron.id not in fed_still and neuron.id in feeding:
            left = _first_left(feeding, neuron.id, gone)
            wanted.append((neuron, [one.id for one in draft.neurons if one.id in left]))
    must_have_room(
        lesson,
        0,
        len(draft.edges)
        - len(network.edges)
        + sum(pieces[neuron.id] * len(sources) for neuron, sources in wanted),
    )
    for neuron, sources in wanted:
        draft.connect_each(sources, [(neuron.id, pieces[neuron.id])])


def _first_left(feeding: dict[str, list[str]], start: str, gone: set[str]) -> set[str]:
    """Return the nearest neurons that stay, on all ways back through removed ones."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for source in feeding.get(waiting.pop(), ()):
            if source not in gone:
                found.add(source)
            elif source not in seen:
                seen.add(source)
                waiting.append(source)
    return found


def _must_be_fed(network: Network, draft: Draft) -> None:
    fed = {edge.target for edge in draft.edges}
    for neuron in draft.neurons:
        if neuron.role != "input" and neuron.bias is None and neuron.id not in fed:
            fault = message(
                "{neuron} would have neither an incoming edge nor a bias; give it a bias or another edge first.",
                neuron=shown(network, neuron.id),
            )
            raise Refused(fault)
