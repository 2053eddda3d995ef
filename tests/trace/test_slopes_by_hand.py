"""By hand a slope that is printed in terms of the node's own value is computed from that value, as it was rounded."""

import pytest

from explainer.lesson.lesson import Arithmetic
from explainer.maths import operations
from explainer.maths.functions import FUNCTIONS
from explainer.maths.softmax import softmax
from explainer.trace.arithmetic import ByHand

TWO_DECIMALS = ByHand(Arithmetic(mode="rounded", decimals=2))


@pytest.mark.parametrize(
    ("operation", "arguments", "slopes"),
    [
        # σ(2) = 0.8808 is 0.88, and 0.88 · 0.12 = 0.1056; of the unrounded a it would be 0.10499.
        (operations.activation("sigmoid"), [2.0], [0.11]),
        # tanh 2 = 0.9640 is 0.96, and 1 − 0.9216 = 0.0784; unrounded 0.0707.
        (operations.activation("tanh"), [2.0], [0.08]),
        # e^1.006 is 2.73, whatever it was before it was rounded.
        (FUNCTIONS["exp"].operation(1), [1.006], [2.73]),
        # √0.02 = 0.1414 is 0.14, and 1/0.28 = 3.5714; unrounded 3.5355.
        (FUNCTIONS["sqrt"].operation(1), [0.02], [3.57]),
        # tan 1.5 = 14.1014 is 14.1, and 1 + 198.81 = 199.81; unrounded 199.85.
        (FUNCTIONS["tan"].operation(1), [1.5], [199.81]),
        # The shares of softmax are 0.67, 0.24 and 0.09: 0.67 · 0.33, −0.67 · 0.24, −0.67 · 0.09.
        (softmax(0, 3), [2.0, 1.0, 0.0], [0.22, -0.16, -0.06]),
        (softmax(1, 3), [2.0, 1.0, 0.0], [-0.16, 0.18, -0.02]),
    ],
)
def test_the_slope_is_that_of_the_printed_form(operation, arguments, slopes):
    assert list(TWO_DECIMALS.partials(operation, arguments)) == slopes


def test_a_root_rounded_to_nothing_keeps_the_slope_of_the_root():
    assert list(TWO_DECIMALS.partials(FUNCTIONS["sqrt"].operation(1), [1e-6])) == [500.0]
