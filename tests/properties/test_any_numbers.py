"""Whatever finite numbers a lesson holds, it is traced and checked, or refused with a sentence; nothing else happens."""

import math

from hypothesis import given
from hypothesis import strategies as st

from explainer.messages import Refused
from explainer.trace.check import check
from explainer.trace.run import trace
from tests.properties.lessons import lessons, rounded_arithmetic

huge = st.floats(allow_nan=False, allow_infinity=False)


@given(lessons(huge))
def test_exact_arithmetic(lesson):
    traced(lesson)


@given(lessons(huge, arithmetic=rounded_arithmetic))
def test_rounded_arithmetic(lesson):
    traced(lesson)


@given(lessons(st.floats(-1e12, 1e12)))
def test_the_check(lesson):
    """Agreement is not asked for here: where the digits of a sum are lost on the way forward, doubles are wrong."""
    report = unless_too_large(check, lesson)
    if report is not None:
        assert {row.name for row in report.rows if row.sample is None} == set(
            lesson.network.parameters
        )
        assert not any(math.isnan(row.error) for row in report.rows)


def traced(lesson):
    for run in unless_too_large(trace, lesson, 2) or ():
        numbers = [step.value for step in run.summary.steps]
        numbers += [*run.summary.gradients.values(), *run.summary.parameters_after.values()]
        assert all(map(math.isfinite, numbers))


def unless_too_large(compute, *arguments):
    """Return the result, None where it is refused for one of the reasons there can be."""
    fault = None
    try:
        return compute(*arguments)
    except Refused as refusal:
        fault = refusal
    reasons = (
        "too large",
        "no finite derivative",
        "needs predictions",
        "needs targets",
        "no real value",
        "the logarithm of 0 has no value",
    )
    assert any(reason in str(fault) for reason in reasons), fault
    return None
