"""Numbers for people: rounded in decimal as by hand, a comma in Russian, never a row of zeros."""

import math
from decimal import ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from explainer.maths.numbers import canvas_digits, is_rounded, shown, shown_latex
from explainer.render.formulas import picture
from tests.maths.reading import SUPERSCRIPTS

finite = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (2.675, 3, "2.68"),
        (-2.675, 3, "−2.68"),
        (0.125, 2, "0.13"),
        (0.135, 2, "0.14"),
        (-0.22652, 3, "−0.227"),
        (0.1 + 0.2, 10, "0.3"),
        (0.25 * 0.05 + 0.3 * 0.1 + 0.35, 3, "0.393"),
        (1 / 3, 5, "0.33333"),
        (0.0, 5, "0"),
        (-0.0, 5, "0"),
        (2.0, 5, "2"),
        (2.50, 5, "2.5"),
        (9.9999, 3, "10"),
        (0.99999, 2, "1"),
        (1234567.0, 3, "1230000"),
        (12345678.0, 3, "1.23·10⁷"),
        (12345678.0, 10, "12345678"),
        (0.00012345, 3, "0.000123"),
        (0.000012345, 3, "1.23·10⁻⁵"),
        (1e-7, 5, "10⁻⁷"),
        (-1e-7, 5, "−10⁻⁷"),
        (1e22, 5, "10²²"),
        (5e-324, 5, "5·10⁻³²⁴"),
        (1.7976931348623157e308, 3, "1.8·10³⁰⁸"),
        (math.inf, 5, "∞"),
        (-math.inf, 5, "−∞"),
        (math.nan, 5, "NaN"),
    ],
)
def test_as_a_careful_person_writes(value, digits, text):
    assert shown(value, digits, "en") == text


@pytest.mark.parametrize(
    ("value", "text", "latex"),
    [
        (0.191, "0,191", "0{,}191"),
        (-1.5e-7, "−1,5·10⁻⁷", "-1{,}5 \\cdot 10^{-7}"),
        (1234.5, "1234,5", "1234{,}5"),
        (3.0, "3", "3"),
    ],
)
def test_in_russian_with_a_comma(value, text, latex):
    assert shown(value, 5, "ru") == text
    assert shown_latex(value, 5, "ru") == latex


@given(finite, st.integers(1, 17))
def test_what_is_shown_is_the_decimal_rounded_half_up(value, digits):
    exact = Decimal(repr(value))
    for kept in (max(digits, 15), digits):
        exact = Context(prec=kept, rounding=ROUND_HALF_UP).create_decimal(exact)
    assert value_of(shown(value, digits, "en")) == exact


@given(
    st.integers(1, 10**9),
    st.integers(-12, 6),
    st.integers(1, 10),
    st.sampled_from([-math.inf, 0, math.inf]),
)
def test_the_last_bit_of_a_double_does_not_change_what_is_shown(number, power, digits, side):
    on_paper = Decimal(number).scaleb(power)
    computed = float(on_paper) if side == 0 else math.nextafter(float(on_paper), side)
    wanted = Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(on_paper)
    assert value_of(shown(computed, digits, "en")) == wanted


@given(finite, st.integers(1, 17), st.sampled_from(["en", "ru"]))
def test_text_and_latex_say_the_same(value, digits, language):
    latex = shown_latex(value, digits, language)
    plain = latex.replace("{,}", ".").replace(" \\cdot ", "·").replace("-", "−")
    plain = plain.replace("10^{", "⟨").replace("}", "⟩")
    text = shown(value, digits, language).replace(",", ".")
    if "⟨" in plain:
        before, _, exponent = plain.partition("⟨")
        assert text.startswith(before)
        assert text.endswith("10" + to_superscript(exponent.removesuffix("⟩")))
    else:
        assert plain == text


@given(finite)
def test_enough_digits_hide_nothing(value):
    assert float(value_of(shown(value, 17, "en"))) == value
    assert not is_rounded(value, 17)


@given(finite, st.integers(1, 15))
def test_about_is_written_where_something_is_hidden(value, digits):
    assume(value)
    exact = Decimal(repr(value))
    hidden = abs(value_of(shown(value, digits, "en")) - exact)
    assert is_rounded(value, digits) == (hidden > abs(exact) * Decimal("1e-12"))


@given(finite, st.integers(1, 17))
def test_no_row_of_zeros_and_no_minus_zero(value, digits):
    text = shown(value, digits, "en")
    mantissa = text.removeprefix("−").partition("·")[0]
    assert text != "−0"
    assert len(mantissa) <= max(digits, 8) + 6
    if "." in mantissa:
        assert not mantissa.endswith(("0", "."))


@pytest.mark.parametrize("value", [-1.5e-7, 0.25, 1e22, math.inf, math.nan])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_number_can_be_drawn(value, language):
    assert picture(shown_latex(value, 5, language)).width > 0


def test_the_graph_has_room_for_fewer_digits():
    assert [canvas_digits(digits) for digits in (2, 4, 5, 8, 10)] == [2, 2, 3, 6, 6]


def value_of(text):
    """Read a number back from its plain English text."""
    sign = -1 if text.startswith("−") else 1
    mantissa, times, power = text.removeprefix("−").partition("·")
    if not times and mantissa.translate(SUPERSCRIPTS) != mantissa:
        mantissa, power = "1", mantissa
    exponent = int(power[2:].translate(SUPERSCRIPTS)) if power else 0
    return sign * Decimal(mantissa).scaleb(exponent)


def to_superscript(text):
    return text.translate(str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"))
