"""The geometry of the timeline: which steps share a tick, and where each tick lies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from explainer.lesson.lesson import Lesson, Network
from explainer.trace.steps import Phase, Step

GAP = 3.0
SEGMENT_GAP = 6.0
# Narrower ticks are put together: steps of one neuron, then of one layer, then of the whole phase.
NARROWEST = 4.0
# Long phases do not push short ones out of sight.
_FLATTENING = 0.7


class Tick(NamedTuple):
    """One bar for the steps `first` to `last` of a pass."""

    first: int
    last: int
    x: float
    width: float


class Segment(NamedTuple):
    """The ticks of one phase, or of one stretch of it."""

    phase: Phase
    first: int
    last: int
    x: float
    width: float
    ticks: tuple[Tick, ...]

    def step_at(self, x: float) -> int:
        """Return the step under a place; each step has an equal share, also where ticks are put together."""
        count = self.last - self.first + 1
        share = int((x - self.x) / max(self.width, 1.0) * count)
        return self.first + min(max(share, 0), count - 1)


def segments(
    lesson: Lesson, steps: Sequence[Step], width: float, label_width: Callable[[Phase], float]
) -> tuple[Segment, ...]:
    """Return the segments of a pass over `width` px; `label_width` is the least room a phase's label needs."""
    runs = [(phase, tuple(group)) for phase, group in groupby(steps, key=_phase)]
    if not runs:
        return ()
    room = width - SEGMENT_GAP * (len(runs) - 1)
    widths = _shares(room, [len(run) for _, run in runs], [label_width(phase) for phase, _ in runs])
    made: list[Segment] = []
    x = 0.0
    layers = _Layers(lesson.network)
    for (phase, run), share in zip(runs, widths, strict=True):
        ticks = _ticks(run, x, share, layers)
        made.append(Segment(phase, run[0].index, run[-1].index, x, share, ticks))
        x += share + SEGMENT_GAP
    return tuple(made)


def step_at(parts: Sequence[Segment], x: float) -> int | None:
    """Return the step at a place on the timeline."""
    for part in parts:
        if x < part.x + part.width + SEGMENT_GAP / 2:
            return part.step_at(x)
    return parts[-1].last if parts else None


def _phase(step: Step) -> Phase:
    return step.phase


def _shares(room: float, counts: Sequence[int], least: Sequence[float]) -> list[float]:
    """Divide `room` by the flattened counts, none below its least where that is possible."""
    if sum(least) > room:
        least = [0.0] * len(counts)
    weights = [float(count**_FLATTENING) for count in counts]
    fixed: dict[int, float] = {}
    while True:
        free = [index for index in range(len(counts)) if index not in fixed]
        rest = room - sum(fixed.values())
        total = sum(weights[index] for index in free)
        short = [index for index in free if rest * weights[index] / total < least[index]]
        if not short:
            break
        fixed |= {index: least[index] for index in short}
    return [
        fixed.get(index, rest * weights[index] / total if total else 0.0)
        for index in range(len(counts))
    ]


def _ticks(run: Sequence[Step], x: float, width: float, layers: _Layers) -> tuple[Tick, ...]:
    groupings: tuple[Callable[[Step], object], ...] = (_index, layers.neuron, layers.layer)
    for key in groupings:
        groups = [tuple(group) for _, group in groupby(run, key=key)]
        gap = GAP if width / len(groups) > 3 * GAP else 1.0
        each = (width - gap * (len(groups) - 1)) / len(groups)
        if each >= NARROWEST:
            return tuple(
                Tick(group[0].index, group[-1].index, x + number * (each + gap), each)
                for number, group in enumerate(groups)
            )
    return (Tick(run[0].index, run[-1].index, x, width),)


def _index(step: Step) -> object:
    return step.index


class _Layers:
    """To which neuron a step belongs, and how deep that neuron lies."""

    def __init__(self, network: Network) -> None:
        self._owner: dict[str, str] = {}
        self._depth: dict[str, int] = {}
        for neuron in network.neurons:
            self._owner[neuron.id] = neuron.id
            for name in neuron.own_parameters:
                self._owner.setdefault(name, neuron.id)
            before = [self._depth.get(edge.source, 0) for edge in network.incoming(neuron.id)]
            self._depth[neuron.id] = max(before, default=-1) + 1
            for edge in network.incoming(neuron.id):
                self._owner.setdefault(edge.weight, neuron.id)

    def neuron(self, step: Step) -> tuple[int | None, str]:
        owner = step.edge[1] if step.edge else step.neuron or self._owner.get(step.subject, "")
        return step.sample, owner

    def layer(self, step: Step) -> tuple[int | None, int]:
        sample, owner = self.neuron(step)
        return sample, self._depth.get(owner, -1)
