"""Where everything of a page stands."""

from __future__ import annotations

import itertools

import pytest

from explainer.gui.typeset.page_layout import Text, lay_out
from explainer.lesson.examples import example
from explainer.pages.matrices import matrix_page
from explainer.pages.page import Formula, Paragraph, Table
from explainer.trace.run import trace
from explainer.worker.drawing import pictures_of
from tests.gui.sample_pages import answer, gradient_page, long_page

WIDTH = 500


@pytest.fixture(autouse=True)
def _fonts(fonts):
    """Words are measured in the window's own fonts."""


def laid_out(page, width=WIDTH, language="en", zoom=1.0):
    return lay_out(page, Text(answer(page).pictures, language, zoom), width)


def rows_of(layout):
    """Return the formula rows as lists of atoms."""
    found: dict[int, list] = {}
    for atom in layout.atoms:
        if atom.block >= 0 and layout.blocks[atom.block].latex:
            found.setdefault(atom.block, []).append(atom)
    return list(found.values())


def test_nothing_leaves_the_page_and_nothing_overlaps():
    for page in (gradient_page(), long_page(4), long_page(12)):
        layout = laid_out(page)
        for atom in layout.atoms:
            assert atom.x >= 20
            assert atom.x + atom.width <= WIDTH - 20
            assert 0 <= atom.top <= atom.bottom <= layout.height
        ordered = [atom for atom in layout.atoms if atom.block >= 0]
        for one, other in itertools.pairwise(ordered):
            if one.line == other.line:
                assert one.x + one.width <= other.x + 0.6


@pytest.mark.parametrize("width", [320, 430])
def test_matrices_are_set_smaller_before_they_leave_the_page(width):
    lesson = example("dropout-applied")
    runs = trace(lesson, 1)
    for step in (-1, 10, 30):
        page = matrix_page(runs, 0, step, "ru", 5)
        layout = lay_out(page, Text(pictures_of(page), "ru", 1.0), width)
        assert all(0 <= atom.x <= atom.x + atom.width <= width for atom in layout.atoms)


def test_pieces_of_a_row_stand_on_one_baseline():
    for row in rows_of(laid_out(long_page(2))):
        plain = {atom.baseline for atom in row if "frac" not in atom.latex}
        assert len(plain) == 1


def test_rows_are_centred_and_the_result_stands_in_a_box_at_the_left():
    layout = laid_out(gradient_page())
    chain, _local, _numbers, result = rows_of(layout)
    column = (27 + 92, WIDTH - 26)
    middle = (chain[0].x + chain[-1].x + chain[-1].width) / 2
    assert middle == pytest.approx(sum(column) / 2, abs=1)
    (box,) = layout.boxes
    assert box.x == column[0]
    assert box.x < result[0].x
    assert result[-1].x + result[-1].width < box.x + box.width
    assert all(box.y < atom.top and atom.bottom < box.y + box.height for atom in result)


def test_the_left_side_is_shown_only_where_it_changes_and_in_the_result():
    chain, local, numbers, result = rows_of(laid_out(gradient_page()))
    left = gradient_page().blocks[1].rows[0].left[0].latex
    assert [row[0].latex == left for row in (chain, local, numbers, result)] == [
        True,
        False,
        False,
        True,
    ]


def test_each_group_of_rows_has_a_line_over_it_and_its_label():
    for language, word in (("en", "Result"), ("ru", "Итог")):
        layout = laid_out(gradient_page(), language=language)
        labels = " ".join(atom.text for atom in layout.atoms if atom.face == "label")
        assert labels.endswith(f" {word}")
        assert len(layout.hairlines) == 4


def test_a_long_formula_breaks_before_plus_and_continues_indented():
    layout = laid_out(long_page(24))
    row = rows_of(layout)[0]
    lines: dict[int, list] = {}
    for atom in row:
        lines.setdefault(atom.line, []).append(atom)
    first, *others = lines.values()
    assert others
    for line in others:
        assert line[0].latex == "+"
        assert line[0].x > first[0].x


def test_a_formula_a_little_too_long_is_set_smaller_not_broken():
    page = long_page(3)
    full = rows_of(laid_out(page, 900))[0]
    needed = full[-1].x + full[-1].width - full[0].x
    narrow = rows_of(laid_out(page, round(27 + 92 + 26 + needed * 0.93)))[0]
    assert len({atom.line for atom in narrow}) == 1
    assert narrow[0].scale < 1


def test_zoom_makes_everything_larger():
    small, large = laid_out(gradient_page()), laid_out(gradient_page(), 2 * WIDTH, zoom=2.0)
    assert large.height == pytest.approx(2 * small.height, rel=0.02)


def test_the_same_page_gives_the_same_layout():
    assert laid_out(gradient_page()) == laid_out(gradient_page())


def test_words_that_stand_together_are_not_parted():
    layout = laid_out(gradient_page(), 300)
    title = [atom for atom in layout.atoms if atom.face == "title"]
    assert title[-1].text == "?"
    assert title[-1].line == title[-2].line


def test_a_table_has_a_header_with_a_line_under_it():
    page = gradient_page()
    table = Table((("One",), ("Two",)), ((("1",), ("2",)), (("3",), ("4",))))
    from msgspec.structs import replace

    layout = laid_out(replace(page, blocks=(Paragraph(("A",)), table)))
    cells = [atom for atom in layout.atoms if atom.text in {"One", "Two", "1", "2", "3", "4"}]
    assert len(cells) == 6
    (line,) = layout.hairlines
    assert cells[1].bottom <= line.y <= cells[2].top
    assert not any(isinstance(block, Formula) for block in (table,))
