"""Adding edges: one, if nothing speaks against it, or all that are missing between neighbouring columns."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from msgspec.structs import replace

from explainer.lesson.lesson import Edge, Lesson, Network, Neuron
from explainer.lesson.limits import MAX_EDGES, MAX_OPERATIONS_PER_PASS, MAX_PIECES
from explainer.lesson.structure.draft import Draft, must_have_room
from explainer.lesson.structure.ground import (
    EdgeKey,
    checked,
    chosen,
    fault_in,
    network_of,
    quickly_checked,
    shown,
)
from explainer.lesson.structure.order import Columns, pieces_of, reachable
from explainer.maths.updates import LEARNING_RULES
from explainer.messages import Message, Refused, message


def add_edge(lesson: Lesson, source: str, target: str, piece: int = 0) -> Lesson:
    """Return the lesson with one more edge, its weight new; Refused with what `edge_refusal` says.

    A maxout neuron with biases gets one more where the edge begins another piece. KeyError for an unknown neuron.
    """
    fault = edge_refusal(lesson, source, target, piece)
    if fault is not None:
        raise Refused(fault)
    draft = Draft(lesson)
    draft.connect(source, target, piece)
    for place, neuron in enumerate(draft.neurons):
        several = isinstance(neuron.bias, tuple)
        if neuron.id == target and several and piece >= len(neuron.biases):
            biases = (*neuron.biases, draft.new_bias(target))
            draft.neurons[place] = replace(neuron, bias=biases)
    return quickly_checked(draft.lesson())


def edge_refusal(lesson: Lesson, source: str, target: str, piece: int = 0) -> Message | None:
    """Return why there cannot be this edge, None where there can; KeyError for an unknown neuron."""
    if lesson.expression is not None:
        return message("This lesson is about a formula, which has no neurons to change.")
    network = lesson.network
    giving, taking = network.neuron(source), network.neuron(target)
    names = {"source": shown(network, source), "target": shown(network, target)}
    if source == target:
        return message("A neuron cannot feed itself.")
    if taking.role == "input":
        return message("{target} is an input, and nothing feeds an input.", **names)
    if (source, target, piece) in {(one.source, one.target, one.piece) for one in network.edges}:
        return message("There is already an edge from {source} to {target}.", **names)
    return (
        _fault_of_piece(network, taking, piece)
        or _fault_of_direction(network, source, target, names)
        or _fault_of_rule(lesson, giving)
        or _fault_of_size(lesson)
        or _fault_of_groups(network, source, target)
    )


def _fault_of_piece(network: Network, taking: Neuron, piece: int) -> Message | None:
    if taking.activation.name != "maxout":
        if piece == 0:
            return None
        return message(
            '"{name}" is no maxout neuron and has no pieces', name=shown(network, taking.id)
        )
    there = pieces_of(network.edges, [taking])[taking.id]
    if 0 <= piece <= min(there, MAX_PIECES - 1):
        return None
    return message(
        "The pieces of {target} are numbered from 0 to {last}, the next one included.",
        target=shown(network, taking.id),
        last=min(there, MAX_PIECES - 1),
    )


def _fault_of_direction(
    network: Network, source: str, target: str, names: dict[str, str]
) -> Message | None:
    if source not in reachable(network.edges, [target]):
        return None
    return message(
        "{target} comes before {source}: an edge back would close a cycle, and a signal only goes forward.",
        **names,
    )


def _fault_of_rule(lesson: Lesson, giving: Neuron) -> Message | None:
    rule = lesson.update.choice.name
    if rule not in LEARNING_RULES or giving.role == "input":
        return None
    return message(
        'The rule "{rule}" is for one layer, so only an input can feed a neuron.', rule=rule
    )


def _fault_of_size(lesson: Lesson) -> Message | None:
    network = lesson.network
    if len(network.edges) >= MAX_EDGES:
        return message("A network has at most {limit} edges.", limit=MAX_EDGES)
    samples, wanted = len(lesson.data.inputs), lesson.update.batch_size
    batch = samples if wanted == "all" else min(wanted, samples)
    if batch * (len(network.neurons) + len(network.edges) + 1) > MAX_OPERATIONS_PER_PASS:
        return message(
            "One pass would take more than {limit} operations; take a smaller batch.",
            limit=MAX_OPERATIONS_PER_PASS,
        )
    return None


def _fault_of_groups(network: Network, source: str, target: str) -> Message | None:
    """Return what is wrong where the edge would put neurons of one softmax at different depths."""
    if all(neuron.group is None for neuron in network.neurons):
        return None
    # Imported here: few lessons have groups.
    from explainer.lesson.special_checks import check_groups

    try:
        check_groups(replace(network, edges=(*network.edges, Edge(source, target, ""))))
    except Refused as error:
        return fault_in(error)
    return None


def connect_all(lesson: Lesson, neurons: Collection[str] = ()) -> Lesson:
    """Return the lesson with every missing edge between neighbouring columns of these neurons, () of all.

    Refused where they are too many or the rule is for one layer; unchanged where none is missing.
    """
    network = network_of(lesson)
    columns = Columns(network)
    among = {neuron.id for neuron in chosen(network, neurons) or network.neurons}
    groups = [
        [neuron for neuron in columns.members[number] if neuron.id in among]
        for number in sorted(columns.members)
    ]
    groups = [group for group in groups if group]
    pieces = pieces_of(network.edges, network.neurons)
    there = {(edge.source, edge.target, edge.piece) for edge in network.edges}
    missing: list[EdgeKey] = []
    for left, right in pairwise(groups):
        for taking in right:
            if taking.role == "input":
                continue
            # Pinned neurons may stand against the direction of the signal.
            behind = reachable(network.edges, [taking.id]) if columns.is_pinned else set()
            for piece in range(pieces[taking.id]):
                for giving in left:
                    key = (giving.id, taking.id, piece)
                    if key not in there and giving.id not in behind:
                        missing.append(key)
    must_have_room(lesson, 0, len(missing))
    if not missing:
        return lesson
    draft = Draft(lesson)
    for source, target, piece in missing:
        draft.connect(source, target, piece)
    return checked(draft.lesson())
