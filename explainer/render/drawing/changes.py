"""What an edit changed of a network, as far as it is drawn: found by identity, because an edit keeps what it does not touch."""

from __future__ import annotations

from itertools import islice
from operator import is_
from typing import NamedTuple

from explainer.lesson.lesson import Edge, Lesson, Neuron
from explainer.trace.moment import Moment

# An edit that touches more leaves little of a drawing as it was.
_MOST = 400
# What is drawn of a lesson besides its network.
_DRAWN = ("title", "expression", "loss", "penalty", "mode", "notation")


class LessonAtMoment(NamedTuple):
    """A lesson at a moment."""

    lesson: Lesson
    moment: Moment


class Changes(NamedTuple):
    """Neurons and edges that came and went, parameters that went, and those whose value is another one now."""

    new: tuple[Neuron, ...] = ()
    gone: frozenset[str] = frozenset()
    new_edges: tuple[Edge, ...] = ()
    gone_edges: tuple[Edge, ...] = ()
    gone_parameters: frozenset[str] = frozenset()
    parameters: frozenset[str] = frozenset()


def changes_between(old: LessonAtMoment, new: LessonAtMoment) -> Changes | None:
    """Return what is different; None where that is much, or of another kind."""
    if any(getattr(old.lesson, name) != getattr(new.lesson, name) for name in _DRAWN):
        return None
    neurons = _neurons(old.lesson.network.neurons, new.lesson.network.neurons)
    if neurons is None:
        return None
    if old.moment.sample != new.moment.sample or (
        not any(neurons) and old.lesson.data != new.lesson.data
    ):
        return None
    edges = _edges(old.lesson.network.edges, new.lesson.network.edges)
    before, after = old.moment.parameters, new.moment.parameters
    found = Changes(*neurons, *edges, *_parameters(before, after))
    return found if sum(map(len, found)) <= _MOST else None


def _neurons(
    old: tuple[Neuron, ...], new: tuple[Neuron, ...]
) -> tuple[tuple[Neuron, ...], frozenset[str]] | None:
    """Return what came and what went; None where one that stays is another, or stands elsewhere in the order."""
    before, after = {each.id: each for each in old}, {each.id: each for each in new}
    stayed = [each for each in old if each.id in after]
    if stayed != [each for each in new if each.id in before]:
        return None
    came = tuple(each for each in new if each.id not in before)
    return came, frozenset(before.keys() - after.keys())


def _edges(
    old: tuple[Edge, ...], new: tuple[Edge, ...]
) -> tuple[tuple[Edge, ...], tuple[Edge, ...]]:
    """Return what came and what went."""
    if old is new:
        return (), ()
    shared = min(len(old), len(new))
    if all(map(is_, old, new)):
        return new[shared:], old[shared:]
    before, after = set(map(id, old)), set(map(id, new))
    came = tuple(each for each in new if id(each) not in before)
    went = tuple(each for each in old if id(each) not in after)
    return came, went


def _parameters(
    old: dict[str, float], new: dict[str, float]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return those that went and those that have another value now."""
    if all(map(is_, old, new)):
        pairs = zip(old, old.values(), new.values(), strict=False)
        changed = [name for name, one, other in pairs if one is not other and one != other]
        return frozenset(islice(old, len(new), None)), frozenset(changed)
    values = (name for name, value in new.items() if old.get(name, value) != value)
    return frozenset(old.keys() - new.keys()), frozenset(values)
