"""How much of a lesson its worked example shows, and what it says at the end."""

import pytest
from msgspec.structs import replace as replaced

from explainer.lesson.examples import example
from explainer.pages.page import Figure, Formula, Heading, Paragraph, Table, plain
from explainer.pages.selection import Selection
from explainer.pages.worked_example import worked_example
from explainer.trace.check import check
from explainer.trace.run import trace


def document(name, selection=None, language="en", checked=None):
    lesson = example(name)
    chosen = Selection() if selection is None else selection
    return worked_example(lesson, trace(lesson, 1), language, 5, chosen, checked)


def headings(made, level):
    return [plain(b.text) for b in made.blocks if isinstance(b, Heading) and b.level == level]


def test_phases():
    made = document("lecture-2-2-1", Selection(phases=("forward", "update")))
    assert "Forward pass" in headings(made, 2)
    assert "Update" in headings(made, 2)
    assert "Backward pass" not in headings(made, 2)
    assert "In matrix form" not in headings(made, 2)
    assert "Result" in headings(made, 2)


@pytest.mark.parametrize("name", ["lecture-2-2-1", "graph-sin"])
def test_steps_keep_their_numbers(name):
    made = document(name, Selection(steps=((2, 3), (5, 5))))
    assert [text.split(".")[0] for text in headings(made, 3)] == ["2", "3", "5"]


@pytest.mark.parametrize("name", ["lecture-2-2-1", "graph-sin"])
def test_depth(name):
    rows = {}
    for depth in ("results", "numbers", "full"):
        made = document(name, Selection(depth=depth))
        end = next(
            (
                n
                for n, b in enumerate(made.blocks)
                if isinstance(b, Heading) and "matrix" in plain(b.text)
            ),
            len(made.blocks),
        )
        formulas = [block for block in made.blocks[:end] if isinstance(block, Formula)]
        rows[depth] = sum(len(formula.rows) for formula in formulas)
        if depth == "results":
            assert all(len(formula.rows) == 1 for formula in formulas)
    assert rows["results"] < rows["numbers"] < rows["full"]


def test_the_second_forward_pass():
    made = document("softmax-classifier")
    assert "Second forward pass" in headings(made, 2)
    sentences = [plain(block.text) for block in made.blocks if isinstance(block, Paragraph)]
    lesson = example("softmax-classifier")
    first, second = trace(lesson, 2)
    if first.summary.samples == second.summary.samples:
        assert f"The error E fell from {first.loss:.5g} to {second.loss:.5g}." in sentences
    table = next(
        b for b in made.blocks if isinstance(b, Table) and plain(b.header[0]) == "Quantity"
    )
    assert plain(table.rows[-1][0]) == "E"


def test_the_check_is_told():
    lesson = example("mazur-2-2-2")
    report = check(lesson)
    made = document("mazur-2-2-2", checked=report)
    said = [b for b in made.blocks if isinstance(b, Paragraph) and b.style == "check"]
    assert "computed in three ways" in plain(said[-1].text)
    wrong = replaced(report, rows=tuple(replaced(row, status="differs") for row in report.rows))
    made = document("mazur-2-2-2", checked=wrong)
    assert any("These differ: " in plain(b.text) for b in made.blocks if isinstance(b, Paragraph))


def test_a_picture_says_which_sample_it_shows():
    captions = [plain(b.caption) for b in document("batch-norm").blocks if isinstance(b, Figure)]
    assert "The network after the forward pass, with the values of sample 1" in captions


def test_curves_only_where_something_bends():
    shows = [b.shows for b in document("mazur-2-2-2").blocks if isinstance(b, Figure)]
    assert shows.count("curves") == 1
    shows = [b.shows for b in document("lecture-2-2-1").blocks if isinstance(b, Figure)]
    assert "curves" not in shows


@pytest.mark.parametrize("name", ["vanishing-gradient", "exploding-gradient"])
def test_a_chain_has_no_matrices(name):
    assert "In matrix form" not in headings(document(name), 2)


def test_a_label_of_what_is_given_stands_once():
    lesson = example("matrix-product")
    made = worked_example(lesson, trace(lesson, 1), "en", 5)
    for block in made.blocks:
        if isinstance(block, Table) and not any(block.header):
            labels = [plain(row[0]) for row in block.rows if row[0]]
            assert len(labels) == len(set(labels))
