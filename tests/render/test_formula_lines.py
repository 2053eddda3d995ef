"""Rows of a derivation become lines that fit: aligned, broken at operators, factors named."""

import pytest

from explainer.pages.page import Piece, Row
from explainer.render.formula_lines import aligned, lines_of, with_plain_brackets, with_strokes
from explainer.render.formula_width import summands, width

EQUALS = Piece("=", "=", "relation")
PLUS = Piece("+", "+", "operator")
TIMES = Piece("\\cdot", "·", "operator")
OPEN = Piece("\\Bigl(", "(", "open")
CLOSE = Piece("\\Bigr)", ")", "close")


def symbol(latex: str, name: str = "") -> Piece:
    return Piece(latex, latex, name=name)


def row(*right: Piece, left: str = "E") -> Row:
    return Row("numbers", (symbol(left),), EQUALS, right)


def joined_by(operator: Piece, parts: list[list[Piece]]) -> list[Piece]:
    pieces = list(parts[0])
    for part in parts[1:]:
        pieces += [operator, *part]
    return pieces


def test_a_left_side_stands_only_where_it_changes():
    lines = lines_of((row(symbol("a")), row(symbol("b")), row(symbol("c"), left="F")), 40)
    assert [line.left for line in lines] == ["E", "", "F"]
    assert [line.right for line in lines] == ["= a", "= b", "= c"]


def test_a_sum_is_broken_between_its_terms():
    products = [[symbol(f"0.12345 \\cdot 0.6789{place}")] for place in range(8)]
    lines = lines_of((row(*joined_by(PLUS, products)),), 30)
    assert len(lines) > 1
    assert lines[0].right.startswith("= 0.12345")
    for line in lines[1:]:
        assert line.left == ""
        assert line.right.startswith("\\quad \\text{} + 0.12345")
    assert all(width(line.right) <= 31 for line in lines)


def test_a_term_is_broken_only_where_it_is_too_long_by_itself():
    term = joined_by(TIMES, [[symbol("0.123456789")] for _ in range(3)])
    lines = lines_of((row(*term, PLUS, *term),), 26)
    assert [line.right.count("\\cdot") for line in lines] == [2, 2]
    alone = lines_of((row(*joined_by(TIMES, [[symbol("0.123456789")] for _ in range(9)])),), 26)
    assert len(alone) > 1
    assert alone[1].right.startswith("\\quad \\text{} \\cdot")


def test_nothing_is_lost_or_reordered_by_breaking():
    names = [f"x_{{{place}}}" for place in range(40)]
    lines = lines_of((row(*joined_by(PLUS, [[symbol(name)] for name in names])),), 20)
    found = " ".join(line.right for line in lines)
    assert [name for name in found.split() if name.startswith("x")] == names


def test_brackets_that_fit_are_not_torn_apart():
    bracket = [OPEN, symbol("0.123456789"), PLUS, symbol("0.123456789"), CLOSE]
    lines = lines_of((row(*joined_by(TIMES, [bracket] * 4)),), 20)
    assert len(lines) > 1
    for line in lines:
        assert line.right.count("(") == line.right.count(")") == 1


def test_a_sum_in_one_piece_is_broken_too():
    long_sum = " + ".join(f"w_{{{place}}} x_{{{place}}}" for place in range(40))
    lines = lines_of((row(symbol(long_sum)),), 30)
    assert len(lines) > 2
    assert all(width(line.right) <= 31 for line in lines)
    assert sum(line.right.count("x_") for line in lines) == 40


def test_a_mean_of_many_is_broken_inside_its_brackets():
    mean = "\\frac{1}{99} \\left(" + " + ".join(["0.12345"] * 30) + "\\right)"
    lines = lines_of((row(symbol(mean)),), 30)
    assert len(lines) > 1
    assert all(width(line.right) <= 31 for line in lines)


def test_summands_are_those_of_the_whole():
    assert summands("a + b \\cdot (c - d) - \\frac{e + f}{g}") == [
        "a",
        "+ b \\cdot (c - d)",
        "- \\frac{e + f}{g}",
    ]
    assert summands("-0.5 \\cdot (-1)") == ["-0.5 \\cdot (-1)"]
    assert summands("(a - b)", through_brackets=True) == ["(a", "- b)"]


def test_the_factors_of_a_product_are_named_on_one_line():
    factors = (symbol("a", "\\frac{\\partial E}{\\partial \\hat{y}}"), TIMES, symbol("b", "c"))
    (line,) = lines_of((row(*factors),), 40)
    assert "\\underbrace{a}_{\\partial E / \\partial \\hat{y}}" in line.right
    assert "\\underbrace{b}_{c}" in line.right


def test_what_stands_alone_needs_no_name():
    (line,) = lines_of((row(symbol("a", "n")),), 40)
    assert line.right == "= a"


def test_brackets_grow_only_around_fractions():
    flat = "\\left(1 - \\left(a + b\\right)\\right) \\cdot \\left(\\frac{1}{2}\\right)"
    assert with_plain_brackets(flat) == "(1 - (a + b)) \\cdot \\left(\\frac{1}{2}\\right)"


def test_lines_are_aligned_at_the_relation():
    formula = aligned(lines_of((row(symbol("a")), row(symbol("b"))), 40))
    assert formula == "\\begin{aligned} E & = a \\\\  & = b \\end{aligned}"


@pytest.mark.parametrize(
    ("latex", "about"),
    [("abc", 1.7), ("\\frac{aaaa}{b}", 2.6), ("a^{2}", 1.0), ("-0.22652", 4.5), ("", 0.0)],
)
def test_the_width_is_about_right(latex, about):
    assert width(latex) == pytest.approx(about, abs=0.2)


def test_a_damaged_formula_is_measured_too():
    for latex in ("\\frac{a", "a_", "{{", "\\underbrace", "}}a"):
        assert width(latex) >= 0


def test_derivatives_in_a_table_have_a_stroke_other_fractions_stay():
    chain = "\\frac{\\partial E}{\\partial z_{\\hat{y}_1}} \\cdot \\frac{\\partial z_{\\hat{y}_1}}{\\partial w_2}"
    found = "\\partial E / \\partial z_{\\hat{y}_1} \\cdot \\partial z_{\\hat{y}_1} / \\partial w_2"
    assert with_strokes(chain) == found
    for other in (
        "\\frac{e^{a}}{e^{a} + e^{b}}",
        "\\frac{\\partial}{\\partial y}(a + b)",
        "\\frac{\\partial E + 1}{\\partial y}",
    ):
        assert with_strokes(other) == other
