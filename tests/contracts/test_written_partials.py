"""What is printed as a derivative is the derivative: of every operation of every table, read as a student would."""

import mpmath
import pytest

from explainer.maths import update_operations
from explainer.maths.printed import number
from tests.maths.reading import read
from tests.maths.sources import CASES, differentiated, places

# Read as formulas of case distinctions, ellipses or names: tests of their own look at them.
UNREADABLE = ("{", "…", "′", "θ", "[")
_DIGITS = 17


# By a mask nothing is differentiated.
MASKED = {name: 1 for name in CASES if name.startswith("dropout")}


@pytest.mark.parametrize("case", [name for name in CASES if differentiated(name)])
def test_the_printed_derivative_is_the_derivative(case):
    operation, _ = CASES[case]
    texts = []
    for place in places(case):
        wanted = operation.partials(place)
        numbers = [number(value, _DIGITS, "en") for value in place]
        output = number(operation.value(place), _DIGITS, "en")
        for index in range(MASKED.get(case, differentiated(case))):
            printed = operation.partial_formula(index, numbers, output, "en", place)
            texts.append(printed.text)
            if any(mark in printed.text for mark in UNREADABLE):
                continue
            with mpmath.workdps(40):
                found = float(read(printed.text))
            assert found == pytest.approx(wanted[index], rel=1e-8, abs=1e-10), printed.text
    assert texts


@pytest.mark.parametrize("length", [1.0, 1.0000001, 1.5, 1.99, 2.5])
def test_a_gradient_is_clipped_as_soon_as_it_is_longer(length):
    factor = update_operations.clipping_factor(1.0).value([length])
    assert factor == pytest.approx(1 / length if length > 1 else 1.0, rel=1e-15)
