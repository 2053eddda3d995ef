"""The error over many parameters at once is that of the trace at each of them."""

import math
from random import Random

import numpy as np
import pytest

from explainer.lesson.edits import set_expression_value, with_parameters
from explainer.lesson.examples import example, example_names
from explainer.messages import Refused
from explainer.trace.landscape import Landscape, Stale
from explainer.trace.run import starting_point, trace
from tests.counts import count

_EXACT = [name for name in example_names() if example(name).arithmetic.mode == "exact"]


def trace_error(lesson, values):
    """Return the error of the first pass at these values, NaN where there is none."""
    if lesson.expression is not None:
        for name, value in values.items():
            lesson = set_expression_value(lesson, name, value)
    else:
        lesson = with_parameters(lesson, values)
    try:
        return trace(lesson)[0].summary.loss
    except Refused:
        return math.nan


def landscape_of(lesson):
    one_pass = trace(lesson)[0].summary
    given = lesson.expression.values if lesson.expression else starting_point(lesson).parameters
    return Landscape(lesson, one_pass.samples, given, lesson.state.passes, one_pass.state_before)


@pytest.mark.parametrize("name", _EXACT)
def test_every_lesson_has_the_error_of_its_trace_at_random_points(name):
    lesson, random = example(name), Random(name)
    names = list(lesson.expression.values if lesson.expression else lesson.network.parameters)
    found = landscape_of(lesson)
    chosen = random.sample(names, min(2, len(names)))
    points = [[random.uniform(-3, 3) for _ in chosen] for _ in range(count(12, 60))]
    grid = {one: np.array([point[at] for point in points]) for at, one in enumerate(chosen)}
    errors = found.error(grid)
    for place, point in enumerate(points):
        expected = trace_error(lesson, dict(zip(chosen, point, strict=True)))
        if math.isnan(expected):
            continue
        assert math.isclose(errors[place], expected, rel_tol=1e-12, abs_tol=1e-15), point


def test_what_does_not_vary_is_one_number():
    lesson = example("lecture-2-2-1")
    found = landscape_of(lesson)
    shape = (7, 5)
    errors = found.error({"w1": np.linspace(-1, 1, 35).reshape(shape)})
    assert errors.shape == shape
    assert math.isclose(found.at({}), trace(lesson)[0].summary.loss, rel_tol=1e-15)


def test_nobody_waits_for_a_stale_one():
    found = landscape_of(example("lecture-2-2-1"))
    with pytest.raises(Stale):
        found.error({"w1": np.zeros(3)}, lambda: True)
