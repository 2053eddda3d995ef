"""What an edit of the lesson means for a training that is under way."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from explainer.lesson.lesson import Lesson, State

Change = Literal["nothing", "settings", "start"]
# What may change while training goes on from the same weights.
SETTINGS = ("loss", "penalty", "update", "arithmetic", "mode")


def change_for_training(old: Lesson, new: Lesson) -> Change:
    """Tell what training has to do when a lesson becomes another one.

    `nothing` where only texts and places differ, `settings` where it goes on from the same weights with another error,
    penalty, rule, rate or batch size; `start` where network, samples or first weights are others.
    """
    if old is new:
        return "nothing"
    if not _is_same_start(old, new):
        return "start"
    same = all(getattr(old, name) == getattr(new, name) for name in SETTINGS)
    return "nothing" if same else "settings"


def _is_same_start(old: Lesson, new: Lesson) -> bool:
    if (old.expression, _state(old, new), old.seed) != (new.expression, _state(new, old), new.seed):
        return False
    if old.data is not new.data and old.data != new.data:
        return False
    if old.expression is not None or old.network is new.network:
        return True
    one, other = old.network, new.network
    return (one.edges, one.parameters) == (other.edges, other.parameters) and _plain(old) == _plain(
        new
    )


def _state(lesson: Lesson, other: Lesson) -> State:
    """Return where a lesson starts; what a rule remembers counts only where the other lesson has the same rule."""
    if lesson.update.choice.name == other.update.choice.name:
        return lesson.state
    return replace(lesson.state, parameters={})


def _plain(lesson: Lesson) -> list[object]:
    """Return the neurons without what only says how they are drawn."""
    return [replace(neuron, at=None, label=None) for neuron in lesson.network.neurons]
