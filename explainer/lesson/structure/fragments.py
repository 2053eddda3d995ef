"""Copied neurons as text, read as strictly as a file, and put into a lesson."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.layers import depths
from explainer.lesson.lesson import FORMAT, Lesson, Network, Neuron
from explainer.lesson.structure.draft import Draft, must_have_room
from explainer.lesson.structure.ground import checked, chosen, network_of, used_parameters
from explainer.lesson.structure.naming import Names, fresh_label
from explainer.lesson.structure.order import pieces_of
from explainer.lesson.structure.renaming import neuron_with_parameters_called
from explainer.messages import Refused, message

FRAGMENT: Final = "explainer-fragment"
_VERSION = 1
_FIELDS = frozenset({"format", "version", "network"})


def copied(lesson: Lesson, neurons: Collection[str]) -> str:
    """Return some neurons, the edges among them and their parameters as JSON text; Refused for none."""
    network = network_of(lesson)
    members = chosen(network, neurons)
    if not members:
        raise Refused(message("No neuron is selected."))
    ids = {neuron.id for neuron in members}
    edges = tuple(edge for edge in network.edges if edge.source in ids and edge.target in ids)
    part = Network(members, edges, {})
    used = used_parameters(part)
    values = {name: value for name, value in network.parameters.items() if name in used}
    tree: dict[str, Any] = msgspec.to_builtins(
        replace(part, parameters=values), enc_hook=Choice.to_file
    )
    for entry in tree["neurons"]:
        if entry.get("activation") == "identity":
            del entry["activation"]
    # Imported here: copying is rare.
    from explainer.lesson.layout_json import pretty

    return pretty({"format": FRAGMENT, "version": _VERSION, "network": tree})


def fragment_from_text(text: str) -> Network:
    """Return the neurons and edges that copied text holds; Refused, with one sentence, for any other text."""
    # Imported here: checking takes tables that the first frame does without.
    from explainer.lesson.checks import check_part
    from explainer.lesson.json_text import read_json
    from explainer.lesson.shape import lesson_from_tree

    place = "fragment"
    if FRAGMENT not in text:
        raise Refused(message("This text holds no copied neurons."))
    # Half characters, which no UTF-8 has, are refused by the reader.
    tree = read_json(text.encode("utf-8", "surrogatepass"), place)
    if not isinstance(tree, dict) or tree.get("format") != FRAGMENT or not tree.keys() <= _FIELDS:
        raise Refused(message("This text holds no copied neurons."))
    # A fragment is the network of a lesson of which the rest is missing.
    whole = {"format": FORMAT, "version": tree.get("version"), "title": place}
    network = {"network": tree["network"]} if "network" in tree else {}
    part = lesson_from_tree({**whole, **network, "data": {"inputs": [], "targets": []}}, place)
    check_part(part.network)
    if not part.network.neurons:
        raise Refused(message("This text holds no copied neurons."))
    return part.network


def paste(lesson: Lesson, text: str) -> tuple[Lesson, tuple[str, ...]]:
    """Return the lesson with copied neurons in it, and their ids there.

    They keep their names where these are free, else they get new ones; the layout places them. All of them are hidden
    neurons: the data have no columns for more inputs and outputs. One that nothing feeds gets a bias of 0. A softmax
    stays one of its own. Refused for text that holds no neurons, and where the lesson has no room or no use for them.
    """
    part = fragment_from_text(text)
    network_of(lesson)
    must_have_room(lesson, len(part.neurons), len(part.edges))
    draft = Draft(lesson)
    ids = {neuron.id: draft.ids.wanted(neuron.id) for neuron in part.neurons}
    names = {
        name: draft.new_parameter(name, part.parameters[name])
        for name in part.parameters
        if name in used_parameters(part)
    }
    labels = {neuron.label for neuron in draft.neurons}
    added: list[Neuron] = []
    for neuron in part.neurons:
        label = neuron.label
        if label is not None and label in labels:
            label = fresh_label(neuron, labels)
        labels.add(label)
        renamed = neuron_with_parameters_called(neuron, names.__getitem__)
        added.append(replace(renamed, id=ids[neuron.id], role="hidden", label=label, at=None))
    draft.neurons += _fed(draft, part, added)
    draft.edges += [
        replace(edge, source=ids[edge.source], target=ids[edge.target], weight=names[edge.weight])
        for edge in part.edges
    ]
    _separate_softmaxes(draft, {neuron.id for neuron in added})
    return checked(draft.lesson()), tuple(ids.values())


def _fed(draft: Draft, part: Network, added: list[Neuron]) -> list[Neuron]:
    """Return the pasted neurons, those with a bias that would compute nothing without."""
    fed = {(edge.target, edge.piece) for edge in part.edges}
    pieces = pieces_of(part.edges, part.neurons)
    found = []
    for old, neuron in zip(part.neurons, added, strict=True):
        bias, count = neuron.bias, pieces[old.id]
        is_maxout = neuron.activation.name == "maxout"
        if bias is None and any((old.id, piece) not in fed for piece in range(count)):
            bias = draft.biases(neuron.id, count if is_maxout else None)
        elif is_maxout and bias is not None:
            more = (draft.new_bias(neuron.id) for _ in range(len(neuron.biases), count))
            bias = (*neuron.biases, *more)
        found.append(replace(neuron, bias=bias))
    return found


def _separate_softmaxes(draft: Draft, pasted: set[str]) -> None:
    """Give the pasted neurons of one softmax a group of their own, so that they take no share of one that is there."""
    if not any(one.activation.name == "softmax" for one in draft.neurons if one.id in pasted):
        return
    depth = depths(Network(tuple(draft.neurons), tuple(draft.edges), {}))
    free = Names(neuron.group for neuron in draft.neurons if neuron.group is not None)
    groups: dict[tuple[str | None, int], str] = {}
    for place, neuron in enumerate(draft.neurons):
        if neuron.id in pasted and neuron.activation.name == "softmax":
            key = (neuron.group, depth[neuron.id])
            if key not in groups:
                groups[key] = free.numbered("softmax")
            draft.neurons[place] = replace(neuron, group=groups[key])


def duplicate(lesson: Lesson, neurons: Collection[str]) -> tuple[Lesson, tuple[str, ...]]:
    """Return the lesson with a copy of each of these neurons, and the ids of the copies.

    A copy stands below in its column and has the edges of the original, from and to the outside too, by parameters of
    its own with the same values; what was tied among the originals is tied among the copies. The copy of an input or
    output has a copy of its column of the data. Refused for none, and where there is no room.
    """
    network = network_of(lesson)
    members = chosen(network, neurons)
    if not members:
        raise Refused(message("No neuron is selected."))
    old = {neuron.id for neuron in members}
    touching = [edge for edge in network.edges if edge.source in old or edge.target in old]
    must_have_room(lesson, len(members), len(touching))
    draft = Draft(lesson)
    ids = {neuron.id: draft.ids.wanted(neuron.id) for neuron in members}
    names: dict[str, str] = {}

    def own(name: str) -> str:
        if name not in names:
            names[name] = draft.new_parameter(name, network.parameters[name])
        return names[name]

    labels = {neuron.label for neuron in network.neurons}
    for neuron in members:
        label = fresh_label(neuron, labels)
        labels.add(label)
        at = None if neuron.at is None else (neuron.at[0], neuron.at[1] + 1.0)
        made = neuron_with_parameters_called(neuron, own)
        place = next(i for i, one in enumerate(draft.neurons) if one.id == neuron.id)
        draft.neurons.insert(place + 1, replace(made, id=ids[neuron.id], label=label, at=at))
    draft.edges += [
        replace(
            edge,
            source=ids.get(edge.source, edge.source),
            target=ids.get(edge.target, edge.target),
            weight=own(edge.weight),
        )
        for edge in touching
    ]
    copies = {new: original for original, new in ids.items()}
    return checked(draft.lesson(copies)), tuple(ids.values())
