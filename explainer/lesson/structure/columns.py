"""The columns of the data follow the neurons that take them, through every edit of the structure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from msgspec.structs import replace

from explainer.lesson.inputs import column_names, seen_columns
from explainer.lesson.lesson import Data, Feature, Lesson, Network, Neuron, Samples

_Table = tuple[tuple[float, ...], ...]
# What an input neuron takes: a given column by its number, a feature, or None for a column of zeros that is new.
_Source = int | Feature | None


def following(lesson: Lesson, network: Network, copies: Mapping[str, str]) -> tuple[Data, Network]:
    """Return the data of the lesson for another network, test samples too, and that network.

    A new input or output gets a column of zeros, or, as a copy, the column of the neuron that `copies` names. Where columns
    are computed, a given one whose neuron is gone stays hidden, since others may be computed from it, and the input
    neurons that take computed columns are put behind the others, as the format has them.
    """
    data, old = lesson.data, lesson.network
    places = _places(old.of_role("output"), network.of_role("output"), copies)
    if places is not None:
        data = _mapped(data, "targets", places)
    if data.columns is None and not data.features:
        places = _places(old.of_role("input"), network.of_role("input"), copies)
        if places is not None:
            names = _names(data, places)
            data = replace(_mapped(data, "inputs", places), names=names)
        return data, network
    if [each.id for each in old.of_role("input")] == [each.id for each in network.of_role("input")]:
        return data, network
    return _with_computed(lesson, data, network, copies)


def _with_computed(
    lesson: Lesson, data: Data, network: Network, copies: Mapping[str, str]
) -> tuple[Data, Network]:
    sources: list[_Source] = [*seen_columns(data), *data.features]
    source = dict(zip((each.id for each in lesson.network.of_role("input")), sources, strict=True))
    takes: dict[str, _Source] = {}
    features: list[Feature] = []
    for neuron in network.of_role("input"):
        found = source.get(neuron.id, source.get(copies.get(neuron.id, "")))
        if isinstance(found, Feature):
            if found in features:
                found = Feature(_free(found.name, data, features), found.expression)
            features.append(found)
        takes[neuron.id] = found
    width = len(column_names(data))
    # A column that is new, or a copy of one that is taken already, stands at the end of the table.
    added: list[int | None] = []
    seen: list[int] = []
    for each in takes.values():
        if isinstance(each, Feature):
            continue
        if each is None or each in seen:
            seen.append(width + len(added))
            added.append(each)
        else:
            seen.append(each)
    places = [*range(width), *added]
    names = _names(data, places)
    data = replace(_mapped(data, "inputs", places), names=names, features=tuple(features))
    called = column_names(data)
    is_all = seen == list(range(len(called)))
    columns = None if is_all else tuple(called[place] for place in seen)
    return replace(data, columns=columns), _computed_last(network, takes)


def _computed_last(network: Network, takes: Mapping[str, _Source]) -> Network:
    """Return the network with the input neurons of computed columns behind the others, in the places that inputs have."""
    inputs = sorted(network.of_role("input"), key=lambda each: isinstance(takes[each.id], Feature))
    ordered = iter(inputs)
    neurons = tuple(next(ordered) if each.role == "input" else each for each in network.neurons)
    return network if neurons == network.neurons else replace(network, neurons=neurons)


def _places(
    old: Sequence[Neuron], new: Sequence[Neuron], copies: Mapping[str, str]
) -> list[int | None] | None:
    """Return which old column each new one is, None for one of zeros; None in all where they are the same."""
    if [neuron.id for neuron in old] == [neuron.id for neuron in new]:
        return None
    column = {neuron.id: index for index, neuron in enumerate(old)}
    return [column.get(each.id, column.get(copies.get(each.id, ""))) for each in new]


def _mapped(data: Data, part: str, places: Sequence[int | None]) -> Data:
    """Return the data with columns of its inputs or targets taken from these places, in the test samples too."""
    changed: Data = replace(data, **{part: _taken(getattr(data, part), places)})
    if data.test is None:
        return changed
    test: Samples = replace(data.test, **{part: _taken(getattr(data.test, part), places)})
    return replace(changed, test=test)


def _taken(table: _Table, places: Sequence[int | None]) -> _Table:
    return tuple(tuple(0.0 if place is None else row[place] for place in places) for row in table)


def _names(data: Data, places: Sequence[int | None]) -> tuple[str, ...]:
    """Return what the columns are called then, where they have names; of two copies the second gets a new one."""
    names: list[str] = []
    for place in places if data.names else ():
        name = data.names[place] if place is not None else ""
        names.append(
            name if name and name not in names else _free_among("c", (*data.names, *names))
        )
    return tuple(names)


def _free(name: str, data: Data, features: Iterable[Feature]) -> str:
    taken = {*(each.name for each in features), *(each.name for each in data.features)}
    return _free_among(name[:28], (*taken, *column_names(data)))


def _free_among(stem: str, taken: Iterable[str]) -> str:
    known = set(taken)
    return next(name for number in count(2) if (name := f"{stem}{number}") not in known)
