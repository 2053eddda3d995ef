"""Passes that share their parts are the passes they were, and take a fraction of the memory."""

import tracemalloc

import msgspec
import pytest

from explainer.lesson.examples import example
from explainer.session.sharing import sharing
from explainer.trace.run import trace
from explainer.trace.steps import Pass

LESSONS = (
    "lecture-2-2-1",
    "xor-2-2-1",
    "adam",
    "batch-norm",
    "dropout",
    "maxout",
    "clipping-by-norm",
)


def as_sent(one_pass):
    """Return a pass as it comes from the worker, nothing shared with any other."""
    return msgspec.json.decode(msgspec.json.encode(one_pass), type=Pass)


@pytest.mark.parametrize("name", LESSONS)
def test_a_pass_is_the_same_after_sharing(name):
    before = None
    for run in trace(example(name), 6):
        one_pass = as_sent(run.summary)
        shared = one_pass if before is None else sharing(one_pass, before)
        assert shared == one_pass
        assert msgspec.json.encode(shared) == msgspec.json.encode(one_pass)
        before = shared


def test_passes_of_unlike_lessons_can_be_offered_to_each_other():
    for name in LESSONS:
        before = as_sent(trace(example("lecture-2-2-1"))[0].summary)
        one_pass = as_sent(trace(example(name))[0].summary)
        assert sharing(one_pass, before) == one_pass


@pytest.mark.parametrize("name", ["lecture-2-2-1", "xor-2-2-1"])
def test_ten_thousand_steps_take_less_than_five_megabytes(name):
    summary = trace(example(name))[0].summary
    kept = [as_sent(summary)]
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for _ in range(10_000 // len(summary.steps)):
        kept.append(sharing(as_sent(summary), kept[-1]))
    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert taken < 5 * 1024 * 1024, taken
