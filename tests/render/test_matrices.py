"""Matrices in every output: their width is known, their figures are bold, they stay whole, all formats take them."""

import pytest

from explainer.lesson.examples import example
from explainer.pages.worked_example import worked_example
from explainer.render.formula_width import lines, summands, width
from explainer.render.formulas import picture
from explainer.render.publish import publish
from explainer.trace.run import trace

SMALL = r"\begin{pmatrix} w_1 & w_3 \\ w_2 & w_4 \end{pmatrix}"


def test_a_matrix_is_as_wide_as_its_widest_cells():
    wide = r"\begin{pmatrix} 0.12345 & 1 \\ 1 & 0.12345 \end{pmatrix}"
    row = r"\begin{pmatrix} 0.12345 & 0.12345 \end{pmatrix}"
    assert width(wide) == width(row) > 2 * width("0.12345")
    assert width(wide + " x") == pytest.approx(width(wide) + width("x"))


def test_a_matrix_is_as_tall_as_its_rows():
    column = r"\begin{pmatrix} 1 \\ 2 \\ 3 \end{pmatrix}"
    assert [lines(latex) for latex in ("x", SMALL, f"{SMALL} + {column}")] == [1, 2, 3]


def test_a_matrix_is_never_cut():
    sums = r"\begin{pmatrix} a + b \\ c + d \end{pmatrix} + e"
    assert summands(sums) == [r"\begin{pmatrix} a + b \\ c + d \end{pmatrix}", "+ e"]


def test_the_columns_of_a_matrix_stand_apart():
    alone, pair = (picture(rf"\begin{{pmatrix}} {row} \end{{pmatrix}}") for row in ("8", "8 & 8"))
    figure = picture("8").width
    assert pair.width - alone.width > 1.5 * figure


def test_a_bold_figure_is_bold():
    assert picture(r"\mathbf{1}").svg != picture("1").svg


@pytest.mark.parametrize(
    ("format_name", "sign"),
    [("html", b"</mtable>"), ("tex", rb"\begin{pmatrix}"), ("pdf", b"%PDF")],
)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_format_takes_matrices(format_name, sign, language):
    lesson = example("xor-2-2-1")
    runs = trace(lesson, 1)
    document = worked_example(lesson, runs, language, 5)
    assert sign in publish(document, lesson, runs, format_name, language, 5)
