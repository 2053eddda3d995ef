"""The PyTorch program of every built-in lesson, run by PyTorch: it asserts every number of the trace, and trains."""

import pytest

from explainer.lesson.examples import example, example_names
from explainer.trace.run import trace
from tests.render.programs import ran

pytest.importorskip("torch", reason="PyTorch is not installed")


@pytest.mark.parametrize("name", example_names())
def test_every_built_in_lesson_recomputes_itself(name):
    assert "every number agrees" in ran(trace(example(name), 1)[0], "torch")
