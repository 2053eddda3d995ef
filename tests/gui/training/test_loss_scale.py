"""Where a loss stands on its chart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.gui.training.loss_scale import APART, span_of

LOSSES = st.lists(
    st.floats(1e-12, 1e12) | st.just(0.0) | st.floats(-10.0, -1e-6), min_size=1, max_size=20
)


@given(LOSSES, st.booleans())
def test_larger_losses_stand_higher_and_all_within(values, is_log):
    span = span_of(values, is_log=is_log)
    places = [span.share(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(-1e-9 <= place <= 1 + 1e-9 for place in places)
    assert all(span.holds(value) for value in values if is_log)


@given(LOSSES)
def test_a_loss_of_0_never_looks_like_a_power_of_ten(values):
    span = span_of(values, is_log=True)
    has_some = any(value <= 0 for value in values)
    assert (0.0 in span.marks()) is has_some
    if has_some:
        assert span.share(0.0) == 0
        assert all(span.share(value) >= APART for value in values if value > 0)
    else:
        # One that comes later has the chart drawn anew.
        assert not span.holds(0.0)


def test_marks_are_powers_of_ten_with_0_below():
    assert span_of([0.0, 0.02, 3.0], is_log=True).marks() == pytest.approx([0, 0.01, 0.1, 1, 10])
