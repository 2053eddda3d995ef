"""Long sums are cut for the window, and say the same as before."""

import pytest

from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.lesson.templates import new_lesson
from explainer.pages.narrate import narrate
from explainer.pages.page import Formula, Page, Piece, Row
from explainer.trace.run import trace
from explainer.worker.terms import in_terms

LONG = " + ".join("abcdefghijklmn")
WIDE = new_lesson((8, 3, 6), Choice("tanh"), Choice("xavier_uniform"), 1)


def rows(page):
    return [row for block in page.blocks if isinstance(block, Formula) for row in block.rows]


def of_formula(*right: Piece) -> Page:
    row = Row("rule", (Piece("y", "y"),), Piece("=", "=", "relation"), right)
    return Page("forward", "", (), (Formula((row,)),))


def test_every_sum_says_the_same_in_terms():
    runs = trace(WIDE)
    for index in range(len(runs[0].summary.steps)):
        page = narrate(runs, 0, index, "ru", 5)
        for before, after in zip(rows(page), rows(in_terms(page)), strict=True):
            assert (before.latex, before.text) == (after.latex, after.text)


def test_a_weighted_sum_of_many_inputs_may_be_broken_between_its_terms():
    rule, numbers, _ = rows(in_terms(narrate(trace(WIDE), 0, 0, "en", 5)))
    for row in (rule, numbers):
        assert [piece.latex for piece in row.right[1::2]] == ["+"] * 8
        assert {piece.kind for piece in row.right[1::2]} == {"operator"}
    assert (rule.right[0].latex, rule.right[2].text) == ("w_1 x_1", "w₂·x₂")


@pytest.mark.parametrize(
    "piece",
    [
        Piece(f"\\frac{{{LONG}}}{{2}}", f"({LONG})/2"),
        Piece(f"\\left({LONG}\\right)", f"({LONG})"),
        Piece(LONG, LONG, "factor", 0),
        Piece("a + b + c + d", "a + b + c + d"),
        Piece(LONG, "the sum"),
    ],
)
def test_what_is_no_long_sum_stays_whole(piece):
    assert in_terms(of_formula(piece)) == of_formula(piece)


def test_few_numbers_with_many_digits_may_be_broken_too():
    latex = "-0.13677 \\cdot 0.909 + \\left(-0.061233\\right) \\left(-0.366\\right) - 0.038513"
    text = "−0.13677·0.909 + (−0.061233)(−0.366) − 0.038513"
    cut = rows(in_terms(of_formula(Piece(latex, text))))[0]
    assert [piece.text for piece in cut.right] == [
        "−0.13677·0.909", "+", "(−0.061233)(−0.366)", "−", "0.038513"
    ]  # fmt: skip
    assert (cut.latex, cut.text) == (f"y = {latex}", f"y = {text}")


def test_the_pages_of_a_small_network_stay_as_they_are():
    runs = trace(example("lecture-2-2-1"))
    for index in range(len(runs[0].summary.steps)):
        page = narrate(runs, 0, index, "en", 5)
        assert in_terms(page) == page
