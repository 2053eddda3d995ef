"""Whether what goes beyond a plain neuron makes sense: maxout pieces, softmax groups, dropout, batch normalisation."""

from __future__ import annotations

from collections import defaultdict

from explainer.lesson.entries import check_finite, check_name
from explainer.lesson.faults import quoted, refused
from explainer.lesson.layers import depths
from explainer.lesson.lesson import Dropout, Edge, Network, Neuron, Normalise
from explainer.lesson.limits import MAX_PIECES
from explainer.messages import message


def check_biases(neuron: Neuron, place: str, network: Network) -> None:
    """Raise Refused unless the bias is a parameter, or for maxout a list of them."""
    where = f"{place}.bias"
    if neuron.bias is None:
        return
    is_list, is_maxout = not isinstance(neuron.bias, str), neuron.activation.name == "maxout"
    if is_maxout and not is_list:
        fault = message("a maxout neuron has a list of biases, one for each of its pieces")
        raise refused(where, fault)
    if is_list and not is_maxout:
        raise refused(where, message("only a maxout neuron has a list of biases"))
    for index, name in enumerate(neuron.biases):
        if name not in network.parameters:
            at = f"{where}[{index}]" if is_list else where
            raise refused(at, message('no parameter "{name}"', name=quoted(name)))


def check_extras(neuron: Neuron, place: str, network: Network) -> None:
    """Raise Refused unless group, dropout and batch normalisation fit the neuron."""
    if neuron.group is not None:
        if neuron.activation.name != "softmax":
            raise refused(f"{place}.group", message("only softmax neurons have a group"))
        check_name(neuron.group, f"{place}.group")
    if neuron.dropout is not None:
        _check_dropout(neuron.dropout, f"{place}.dropout")
    if neuron.normalise is None:
        return
    where = f"{place}.normalise"
    if neuron.role == "input":
        raise refused(where, message("an input neuron has no weighted sum to normalise"))
    if neuron.activation.name == "maxout":
        fault = message(
            "a maxout neuron has several weighted sums, and none is the one to normalise"
        )
        raise refused(where, fault)
    _check_normalise(neuron.normalise, where, network)


def _check_dropout(dropout: Dropout, place: str) -> None:
    check_finite(dropout.rate, f"{place}.rate")
    if not 0 <= dropout.rate < 1:
        raise refused(f"{place}.rate", message("it must be at least 0 and below 1"))


def _check_normalise(settings: Normalise, place: str, network: Network) -> None:
    for field, name in (("gamma", settings.gamma), ("beta", settings.beta)):
        if name not in network.parameters:
            fault = message('no parameter "{name}"', name=quoted(name))
            raise refused(f"{place}.{field}", fault)
    check_finite(settings.epsilon, f"{place}.epsilon")
    if settings.epsilon < 0:
        raise refused(f"{place}.epsilon", message("it must not be negative"))
    if not 0 < settings.momentum <= 1:
        raise refused(f"{place}.momentum", message("it must be greater than 0 and at most 1"))


def pieces_of(network: Network) -> dict[str, bool]:
    """Return for each neuron whether it has pieces."""
    return {neuron.id: neuron.activation.name == "maxout" for neuron in network.neurons}


def check_piece(edge: Edge, place: str, has_pieces: dict[str, bool]) -> None:
    """Raise Refused unless the edge feeds a piece that its neuron can have."""
    if edge.piece == 0:
        return
    if not has_pieces[edge.target]:
        fault = message('"{name}" is no maxout neuron and has no pieces', name=edge.target)
        raise refused(place, fault)
    if not 0 <= edge.piece < MAX_PIECES:
        fault = message("it must be a whole number from 0 to {limit}", limit=MAX_PIECES - 1)
        raise refused(place, fault)


def check_pieces(network: Network) -> None:
    """Raise Refused unless every maxout neuron has its pieces without a gap, and as many biases as pieces or none."""
    fed: dict[str, set[int]] = defaultdict(set)
    for edge in network.edges:
        fed[edge.target].add(edge.piece)
    for index, neuron in enumerate(network.neurons):
        if neuron.activation.name == "maxout":
            _check_pieces_of(neuron, fed[neuron.id], f"network.neurons[{index}]")


def _check_pieces_of(neuron: Neuron, fed: set[int], place: str) -> None:
    count = max(fed, default=-1) + 1
    if neuron.bias is not None:
        # A piece without edges is a constant: max(z, 0) is such a neuron.
        if not count <= len(neuron.biases) <= MAX_PIECES or not neuron.biases:
            fault = message(
                "the list has length {found}, the neuron needs {wanted}",
                found=len(neuron.biases),
                wanted=max(count, 1),
            )
            raise refused(f"{place}.bias", fault)
        return
    for piece in range(count):
        if piece not in fed:
            fault = message(
                'piece {piece} of "{name}" has neither an edge nor a bias',
                piece=piece,
                name=neuron.id,
            )
            raise refused(place, fault)


def check_groups(network: Network) -> None:
    """Raise Refused unless the neurons of each softmax group lie at one depth."""
    depth = depths(network)
    first: dict[str, str] = {}
    for index, neuron in enumerate(network.neurons):
        if neuron.group is None:
            continue
        other = first.setdefault(neuron.group, neuron.id)
        if depth[other] != depth[neuron.id]:
            fault = message(
                '"{name}" and "{other}" are not at the same depth, so they cannot share a softmax',
                name=neuron.id,
                other=other,
            )
            raise refused(f"network.neurons[{index}].group", fault)
