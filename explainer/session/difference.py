"""What differs between two versions of a lesson: enough to make either of the other, and no more.

An edit changes little of a large lesson, so a history of differences needs memory for what was changed alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable
from operator import and_, eq, is_
from typing import Any

from msgspec import Struct
from msgspec.structs import replace


class Leaf(Struct, frozen=True):
    """A value that stands in the place of another."""

    old: Any
    new: Any


class Fields(Struct, frozen=True):
    """The fields of a struct that differ."""

    changed: dict[str, Difference]


class Splice(Struct, frozen=True):
    """A run of a tuple's items, or of a dictionary's pairs, that stands in the place of another; what is around it stays."""

    start: int
    old: tuple[Any, ...]
    new: tuple[Any, ...]


class Items(Struct, frozen=True):
    """Items of a tuple, or values of a dictionary, that differ; there are as many, and the keys are the same."""

    changed: dict[int, Difference]


Difference = Leaf | Fields | Splice | Items


def difference(old: Any, new: Any) -> Difference | None:
    """Return what makes `new` of `old` and back; None where both would write the same file."""
    if old is new:
        return None
    if type(old) is not type(new):
        return Leaf(old, new)
    if isinstance(old, Struct):
        return _of_fields(old, new)
    if isinstance(old, tuple):
        return _of_rows(old, new)
    if isinstance(old, dict):
        return _of_dictionary(old, new)
    # Equal is not enough: 0 equals −0, and a file has them apart.
    return None if old == new and repr(old) == repr(new) else Leaf(old, new)


def _of_fields(old: Struct, new: Struct) -> Difference | None:
    found = {
        name: change
        for name in old.__struct_fields__
        if (change := difference(getattr(old, name), getattr(new, name))) is not None
    }
    return Fields(found) if found else None


def _of_dictionary(old: dict[Any, Any], new: dict[Any, Any]) -> Difference | None:
    if len(old) == len(new) and all(map(eq, old, new)):
        return _of_items(old.values(), new.values())
    return _splice(tuple(old.items()), tuple(new.items()), _pairs_alike(old, new), _is_same_pair)


def _of_rows(old: tuple[Any, ...], new: tuple[Any, ...]) -> Difference | None:
    if len(old) == len(new):
        return _of_items(old, new)
    return _splice(old, new, map(is_, old, new), _is_same)


def _of_items(old: Collection[Any], new: Collection[Any]) -> Items | None:
    # Most are the very same: a loop of its own over all of them would be felt in a large table.
    others = [place for place, same in enumerate(map(is_, old, new)) if not same]
    one, other = tuple(old), tuple(new)
    found = {
        place: change
        for place in others
        if (change := difference(one[place], other[place])) is not None
    }
    return Items(found) if found else None


def _pairs_alike(old: dict[Any, Any], new: dict[Any, Any]) -> Iterable[bool]:
    """Tell of each pair in turn whether it is plainly the same; a loop of its own would be felt in a large network."""
    return map(and_, map(eq, old, new), map(is_, old.values(), new.values()))


def _splice(
    old: tuple[Any, ...],
    new: tuple[Any, ...],
    alike: Iterable[bool],
    same: Callable[[Any, Any], bool],
) -> Splice:
    """Return the run that differs; `alike` tells quickly of the first rows that they are the same."""
    shorter = min(len(old), len(new))
    start = next((place for place, plainly in enumerate(alike) if not plainly), shorter)
    while start < shorter and same(old[start], new[start]):
        start += 1
    end = 0
    while end < shorter - start and same(old[-1 - end], new[-1 - end]):
        end += 1
    return Splice(start, old[start : len(old) - end], new[start : len(new) - end])


def _is_same(one: Any, other: Any) -> bool:
    return one is other or difference(one, other) is None


def _is_same_pair(one: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    return bool(one[0] == other[0]) and _is_same(one[1], other[1])


def applied(change: Difference | None, value: Any, *, back: bool = False) -> Any:
    """Return the new value for the old one, or with `back` the old value for the new one."""
    if change is None:
        return value
    if isinstance(change, Leaf):
        return change.old if back else change.new
    if isinstance(change, Fields):
        fields = {
            name: applied(inner, getattr(value, name), back=back)
            for name, inner in change.changed.items()
        }
        return replace(value, **fields)
    if isinstance(value, dict):
        if isinstance(change, Items):
            return dict(zip(value, _rows(change, tuple(value.values()), back=back), strict=True))
        return dict(_rows(change, tuple(value.items()), back=back))
    return _rows(change, value, back=back)


def _rows(change: Splice | Items, rows: tuple[Any, ...], *, back: bool) -> tuple[Any, ...]:
    if isinstance(change, Splice):
        there, instead = (change.new, change.old) if back else (change.old, change.new)
        return (*rows[: change.start], *instead, *rows[change.start + len(there) :])
    found = list(rows)
    for place, inner in change.changed.items():
        found[place] = applied(inner, found[place], back=back)
    return tuple(found)


def size_of(value: Any) -> int:
    """Return about how many bytes of memory a difference takes; what it shares with a lesson is counted too."""
    size = sys.getsizeof(value)
    if isinstance(value, Struct):
        return size + sum(size_of(getattr(value, name)) for name in value.__struct_fields__)
    if isinstance(value, dict):
        return size + sum(size_of(key) + size_of(item) for key, item in value.items())
    if isinstance(value, tuple):
        return size + sum(map(size_of, value))
    return size
