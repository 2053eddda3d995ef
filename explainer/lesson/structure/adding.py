"""Adding neurons and layers: connected as a learner expects, named and weighted like what stands there already."""

from __future__ import annotations

from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.layers import drawn_columns
from explainer.lesson.lesson import Lesson, Neuron, Role
from explainer.lesson.limits import MAX_NEURONS
from explainer.lesson.structure.draft import Draft, must_have_room
from explainer.lesson.structure.ground import checked, network_of, quickly_checked
from explainer.lesson.structure.naming import fresh_label, stem_of
from explainer.lesson.structure.order import Columns, pieces_of, reachable
from explainer.messages import Refused, message

_NEW_LAYER = Choice("sigmoid")


def add_neuron(lesson: Lesson, column: int, row: int | None = None) -> tuple[Lesson, str]:
    """Return the lesson with one more neuron in a column of the drawing, and the id of that neuron.

    It is like its neighbour in the column: same role, activation, dropout, batch normalisation, a bias where that has
    one (the same where the whole column shares one). It is fed by the whole column before and feeds the whole column
    after. A new input or output adds a column to the data, filled with 0. `row` counts from 0, None is the end.
    Refused where there is no such column, and where the lesson has no room for more.
    """
    network = network_of(lesson)
    columns = Columns(network)
    mates = columns.must(column)
    must_have_room(lesson, 1, 0)
    index = len(mates) if row is None else min(max(row, 0), len(mates))
    role = _role(mates)
    model = min(
        (mate for mate in mates if mate.role == role),
        key=lambda mate: abs(mates.index(mate) - index + 0.5),
    )
    pieces = pieces_of(network.edges, network.neurons)
    targets = [one for one in columns.after(column) if one.role != "input"]
    targets = [] if role == "output" else targets
    sources = [] if role == "input" else columns.before(column)
    if columns.is_pinned:
        behind = reachable(network.edges, (target.id for target in targets))
        sources = [source for source in sources if source.id not in behind]
    own = pieces[model.id]
    must_have_room(lesson, 0, own * len(sources) + sum(pieces[one.id] for one in targets))

    draft = Draft(lesson)
    neuron = _made_like(draft, model, mates, own, is_fed=bool(sources))
    place = draft.neurons.index(mates[index] if index < len(mates) else mates[-1])
    draft.neurons.insert(place + (index == len(mates)), neuron)
    draft.connect_each([source.id for source in sources], [(neuron.id, own)])
    draft.connect_each([neuron.id], [(one.id, pieces[one.id]) for one in targets])
    if columns.is_pinned:
        _keep_in_column(draft, neuron, column, index, mates)
    return quickly_checked(draft.lesson()), neuron.id


def _role(mates: list[Neuron]) -> Role:
    roles = {mate.role for mate in mates}
    if "input" in roles:
        return "input"
    return "output" if roles == {"output"} else "hidden"


def _made_like(
    draft: Draft, model: Neuron, mates: list[Neuron], pieces: int, *, is_fed: bool
) -> Neuron:
    """Return a new neuron like another one of its column."""
    name = draft.ids.numbered(stem_of(model.id))
    several = pieces if model.activation.name == "maxout" else None
    bias: str | tuple[str, ...] | None = None
    if model.bias is not None:
        shared = {mate.bias for mate in mates if mate.role == model.role}
        is_one = len(shared) == 1 and len(mates) > 1
        bias = model.bias if is_one else draft.biases(name, several)
    elif not is_fed and model.role != "input":
        bias = draft.biases(name, several)
    return replace(
        model,
        id=name,
        activation=draft.unlearnt(model.activation),
        bias=bias,
        label=fresh_label(model, {neuron.label for neuron in draft.neurons}),
        at=None,
        normalise=None if model.normalise is None else draft.normalise(name, model.normalise),
    )


def _keep_in_column(
    draft: Draft, neuron: Neuron, column: int, index: int, mates: list[Neuron]
) -> None:
    """Pin a new neuron among pinned ones, those below moving down, and wherever its depth is another column."""
    if all(mate.at is not None for mate in mates):
        rows = [mate.at[1] for mate in mates if mate.at is not None]
        row = rows[index] if index < len(rows) else rows[-1] + 1
        below = {mate.id for mate in mates[index:]}
        draft.neurons = [
            replace(one, at=(one.at[0], one.at[1] + 1)) if one.id in below and one.at else one
            for one in draft.neurons
        ]
        _pin(draft, neuron, (mates[0].at or (column, 0))[0], row)
    elif drawn_columns(draft.network())[neuron.id] != column:
        _pin(draft, neuron, column, index)


def _pin(draft: Draft, neuron: Neuron, column: float, row: float) -> None:
    place = next(i for i, one in enumerate(draft.neurons) if one.id == neuron.id)
    draft.neurons[place] = replace(neuron, at=(float(column), float(row)))


def add_layer(
    lesson: Lesson, after_column: int, size: int | None = None
) -> tuple[Lesson, tuple[str, ...]]:
    """Return the lesson with a hidden layer between a column and the next one, and the ids of the new neurons.

    The layer takes the place of the edges between the two columns; edges that skip it stay. It is as large as its hidden
    neighbour unless `size` is given, and has its activation (without a hidden neighbour sigmoid); its neurons have
    biases where their neighbours have. Refused behind the last column, and where a network may not be so large.
    """
    network = network_of(lesson)
    columns = Columns(network)
    left = columns.must(after_column)
    right = [one for one in columns.after(after_column) if one.role != "input"]
    if not right:
        raise Refused(
            message("A hidden layer stands between two columns; after the last there is no room.")
        )
    model, beside = _model_of_layer(left, right, network.neurons)
    count = len(beside) if size is None else size
    if not 1 <= count <= MAX_NEURONS:
        fault = message("A layer has from 1 to {limit} neurons.", limit=MAX_NEURONS)
        raise Refused(fault)
    pieces = pieces_of(network.edges, network.neurons)
    own = pieces[model.id] if model.activation.name == "maxout" else 1
    ends = [(one.id, pieces[one.id]) for one in right]
    before, behind = {one.id for one in left}, {one.id for one in right}
    replaced = [edge for edge in network.edges if edge.source in before and edge.target in behind]
    added = count * (len(left) * own + sum(number for _, number in ends))
    must_have_room(lesson, count, added - len(replaced))

    draft = Draft(lesson)
    gone = {id(edge) for edge in replaced}
    draft.edges = [edge for edge in draft.edges if id(edge) not in gone]
    layer = _layer(draft, model, count, own)
    place = 1 + max(draft.neurons.index(one) for one in left)
    draft.neurons[place:place] = layer
    draft.connect_each([one.id for one in left], [(one.id, own) for one in layer])
    draft.connect_each([one.id for one in layer], ends)
    if columns.is_pinned:
        _make_room(draft, columns, after_column, layer)
    return checked(draft.lesson()), tuple(one.id for one in layer)


def _model_of_layer(
    left: list[Neuron], right: list[Neuron], everything: tuple[Neuron, ...]
) -> tuple[Neuron, list[Neuron]]:
    """Return a neuron that those of the new layer are like, and the neighbours whose number they have."""
    for group in (left, right):
        hidden = [one for one in group if one.role == "hidden"]
        if hidden:
            return hidden[0], hidden
    others = [one for one in everything if one.role == "hidden"]
    return (others[0] if others else replace(right[0], activation=_NEW_LAYER)), left


def _layer(draft: Draft, model: Neuron, count: int, pieces: int) -> list[Neuron]:
    # A softmax tells shares of a whole; a hidden layer is not made one unasked.
    choice = _NEW_LAYER if model.activation.name == "softmax" else model.activation
    several = pieces if choice.name == "maxout" else None
    stem = _stem_of_layer(draft)
    layer = []
    for _ in range(count):
        name = draft.ids.numbered(stem)
        bias = None if model.bias is None else draft.biases(name, several)
        layer.append(Neuron(name, "hidden", draft.unlearnt(choice), bias))
    return layer


def _stem_of_layer(draft: Draft) -> str:
    """Return what the ids of a new hidden layer begin with: h, or where layers are numbered, h3_ after h2_1."""
    hidden = [neuron.id for neuron in draft.neurons if neuron.role == "hidden"]
    stems = {stem_of(name) for name in hidden}
    if hidden and all(stem.endswith("_") for stem in stems):
        inner = [stem[:-1] for stem in stems]
        if all(name[-1:].isdigit() for name in inner):
            letters = stem_of(hidden[0].rpartition("_")[0])
            numbers = [int(name[len(stem_of(name)) :]) for name in inner]
            return f"{letters}{max(numbers) + 1}_"
    return stem_of(hidden[0]) if hidden and len(stems) == 1 else "h"


def _make_room(draft: Draft, columns: Columns, after_column: int, layer: list[Neuron]) -> None:
    """Move pinned neurons behind a new layer one column on, and pin the layer into the gap."""
    rows = {neuron.id: float(row) for row, neuron in enumerate(layer)}
    for place, neuron in enumerate(draft.neurons):
        if neuron.id in rows:
            draft.neurons[place] = replace(neuron, at=(after_column + 1.0, rows[neuron.id]))
        elif neuron.at is not None and columns.of[neuron.id] > after_column:
            draft.neurons[place] = replace(neuron, at=(neuron.at[0] + 1.0, neuron.at[1]))
