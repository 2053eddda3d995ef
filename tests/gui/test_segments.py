"""The geometry of the timeline."""

from __future__ import annotations

import itertools

import pytest

from explainer.gui.panels.segments import NARROWEST, segments, step_at
from explainer.lesson.examples import example
from explainer.trace.run import trace

NAMES = ("lecture-2-2-1", "mazur-2-2-2", "xor-2-2-1")


@pytest.fixture(scope="module")
def passes():
    return {name: trace(example(name), 1)[0].summary for name in NAMES}


def label_width(_phase) -> float:
    return 40.0


@pytest.mark.parametrize("width", [1000, 400, 120, 30])
@pytest.mark.parametrize("name", NAMES)
def test_ticks_cover_every_step_once_and_stay_in_place(passes, name, width):
    steps = passes[name].steps
    parts = segments(example(name), steps, width, label_width)
    ticks = [tick for part in parts for tick in part.ticks]
    covered = [step for tick in ticks for step in range(tick.first, tick.last + 1)]
    assert covered == list(range(len(steps)))
    assert ticks[0].x == 0
    assert ticks[-1].x + ticks[-1].width == pytest.approx(width, abs=0.01)
    for one, other in itertools.pairwise(ticks):
        assert one.x + one.width < other.x


@pytest.mark.parametrize("width", [1000, 300, 60])
@pytest.mark.parametrize("name", NAMES)
def test_every_step_can_be_reached(passes, name, width):
    steps = passes[name].steps
    parts = segments(example(name), steps, width, label_width)
    reached = {step_at(parts, x / 20) for x in range(-20, 20 * width + 40)}
    assert reached == set(range(len(steps)))


def test_narrow_ticks_are_put_together_by_neuron_then_by_layer(passes):
    lesson, steps = example("xor-2-2-1"), passes["xor-2-2-1"].steps
    counts = []
    for width in (2000, 260, 130, 60):
        parts = segments(lesson, steps, width, label_width)
        counts.append(sum(len(part.ticks) for part in parts))
        assert all(
            tick.width >= NARROWEST for part in parts if len(part.ticks) > 1 for tick in part.ticks
        )
    assert counts[0] == len(steps)
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] < counts[0]


def test_each_phase_has_room_for_its_label(passes):
    parts = segments(example("lecture-2-2-1"), passes["lecture-2-2-1"].steps, 700, label_width)
    assert [part.phase for part in parts] == ["forward", "error", "backward", "update"]
    assert all(part.width >= 40 for part in parts)


def test_nothing_computed_gives_nothing():
    assert segments(example("lecture-2-2-1"), (), 500, label_width) == ()
    assert step_at((), 10) is None
