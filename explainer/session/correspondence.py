"""Which step of a changed lesson is the one the learner stood at.

A choice may put steps in or take some out: a sigmoid in the place of the identity, a penalty, clipping, another batch
size. The learner stays with the quantity, not with the number of the step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from explainer.trace.steps import Step

_Key = Callable[[Step], object]


def corresponding(old: Sequence[Step], index: int, new: Sequence[Step]) -> int:
    """Return the index in `new` of the step that is `old[index]`, or comes nearest to it; −1 stays −1.

    First the same quantity of the same sample; then, in the same phase, the same subject; then the step nearest in order
    that is still there. Where a whole phase is gone, what the subject has elsewhere.
    """
    if index < 0 or not new:
        return -1
    index = min(index, len(old) - 1)
    step = old[index]
    if index < len(new) and _identity(new[index]) == _identity(step):
        return index
    share = index / max(len(old) - 1, 1)
    for key in _LEVELS:
        found = [place for place, other in enumerate(new) if key(other) == key(step)]
        if found:
            return _best(step, found, new, share)
    known = {_identity(other): place for place, other in enumerate(new)}
    for other in _outwards(old, index):
        if other.phase == step.phase and _identity(other) in known:
            return known[_identity(other)]
    return _in_another_phase(old, index, new, known)


def _identity(step: Step) -> object:
    return (*_without_address(step), step.address)


def _without_address(step: Step) -> tuple[object, ...]:
    return (step.phase, step.kind, step.subject, step.sample, step.edge, step.neuron, step.piece)


def _of_any_sample(step: Step) -> object:
    return (step.phase, step.kind, step.subject, step.edge, step.neuron, step.piece)


def _of_kind(step: Step) -> object:
    return (step.phase, step.kind, step.subject)


def _of_subject(step: Step) -> object:
    return (step.phase, step.subject)


def _of_subject_and_sample(step: Step) -> object:
    return (step.phase, step.subject, step.sample)


_LEVELS: tuple[_Key, ...] = (
    _identity,
    _without_address,
    _of_any_sample,
    _of_kind,
    _of_subject_and_sample,
    _of_subject,
)


def _best(step: Step, found: Sequence[int], new: Sequence[Step], share: float) -> int:
    """Return, of several that fit, the one of the nearest sample, then the one that lies as far into the pass."""

    def strangeness(place: int) -> tuple[float, float]:
        other = new[place].sample
        apart = 0 if None in (step.sample, other) else abs((step.sample or 0) - (other or 0))
        return apart, abs(place / max(len(new) - 1, 1) - share)

    return min(found, key=strangeness)


def _outwards(old: Sequence[Step], index: int) -> Iterator[Step]:
    """Yield the other steps, nearest first, the one before ahead of the one behind."""
    for distance in range(1, len(old)):
        for place in (index - distance, index + distance):
            if 0 <= place < len(old):
                yield old[place]


def _in_another_phase(
    old: Sequence[Step], index: int, new: Sequence[Step], known: Mapping[object, int]
) -> int:
    """Return the nearest step of what was spoken of, of its phase, else the nearest by order that is still there."""
    step = old[index]
    expected = index / max(len(old) - 1, 1) * (len(new) - 1)
    for key in (_subject, _phase):
        found = [place for place, other in enumerate(new) if key(other) == key(step)]
        if found:
            return min(found, key=lambda place: abs(place - expected))
    there = (
        known[_identity(other)] for other in _outwards(old, index) if _identity(other) in known
    )
    return next(there, round(expected))


def _subject(step: Step) -> object:
    return step.subject


def _phase(step: Step) -> object:
    return step.phase
