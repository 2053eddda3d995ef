"""The board as a table: every step of every lesson stands in it, and nothing that a later step will find."""

from __future__ import annotations

import pytest

from explainer.lesson.examples import example, example_names
from explainer.lesson.structure.renaming import rename_neuron
from explainer.render.board import BoardRows
from explainer.trace.moment import moment_at, starting_moment
from explainer.trace.run import run_pass

# What is about the gradient as a whole, or about averages that no neuron shows.
ELSEWHERE = ("penalty", "clip")
NEURONS = ("weighted_sum", "activation", "delta", "gradient_input")


def told(board, row, step):
    """Return the number of a row that a step has found."""
    if step.phase == "forward" or step.kind in ("loss", "batch_loss"):
        return board.value(row)
    return board.new(row) if step.phase == "update" else board.gradient(row)


@pytest.mark.parametrize("name", example_names())
def test_every_step_is_in_the_table_as_soon_as_it_is_made(name):
    lesson = example(name)
    one_pass = run_pass(lesson, 0, None).summary
    board = BoardRows(lesson, "en")
    for step in one_pass.steps:
        board.show(moment_at(lesson, one_pass, step.index), one_pass, step.index)
        rows = [row for row in board.rows if board.is_about(row)]
        if step.kind in ELSEWHERE or "running" in step.address:
            continue
        assert rows, step
        assert step.value in [told(board, row, step) for row in rows], step


def test_a_neuron_called_as_a_parameter_keeps_its_own_rows():
    lesson = rename_neuron(rename_neuron(example("adversarial-step"), "x1", "w1"), "o1", "E")
    one_pass = run_pass(lesson, 0, None).summary
    board = BoardRows(lesson, "en")
    for step in one_pass.steps:
        board.show(moment_at(lesson, one_pass, step.index), one_pass, step.index)
        rows = [row for row in board.rows if board.is_about(row)]
        wanted = "error" if step.phase == "error" else "quantity"
        if step.subject in one_pass.gradients and step.kind not in NEURONS:
            wanted = "parameter"
        assert {row.kind for row in rows} == {wanted}
    for row in board.rows:
        if row.name == "w1":
            step = one_pass.steps[board.visits(row).gradient]
            assert (step.kind == "gradient_input") is (row.kind == "quantity")
            assert row.kind != "quantity" or board.gradient(row) == step.value


@pytest.mark.parametrize("name", ["lecture-2-2-1", "mazur-2-2-2", "graph-smape", "batch-norm"])
def test_nothing_is_told_before_its_step(name):
    lesson = example(name)
    one_pass = run_pass(lesson, 0, None).summary
    board = BoardRows(lesson, "en")
    board.show(starting_moment(lesson), one_pass, -1)
    for row in board.rows:
        is_given = row.edits is not None
        assert (board.value(row) is not None) is is_given, row
        assert board.gradient(row) is None
        assert board.new(row) is None
    for step in one_pass.steps:
        board.show(moment_at(lesson, one_pass, step.index), one_pass, step.index)
        for row in board.rows:
            gradient = board.visits(row).gradient
            if gradient is not None and gradient > step.index and step.sample == 0:
                assert board.gradient(row) is None, (step, row)


def test_a_parameter_keeps_the_value_that_the_pass_began_with():
    lesson = example("lecture-2-2-1")
    one_pass = run_pass(lesson, 0, None).summary
    board = BoardRows(lesson, "en")
    last = len(one_pass.steps) - 1
    board.show(moment_at(lesson, one_pass, last), one_pass, last)
    row = next(row for row in board.rows if row.name == "w1")
    assert board.value(row) == 0.11
    assert board.new(row) == one_pass.parameters_after["w1"]
    assert board.gradient(row) == one_pass.gradients["w1"]
    assert (row.symbol, row.what) == ("w₁", "i₁ → h₁")


def test_the_steps_of_a_row_are_about_it():
    for name in example_names():
        lesson = example(name)
        one_pass = run_pass(lesson, 0, None).summary
        board = BoardRows(lesson, "en")
        board.show(starting_moment(lesson), one_pass, -1)
        for row in board.rows:
            for index in board.visits(row):
                if index is not None:
                    board.show(moment_at(lesson, one_pass, index), one_pass, index)
                    assert board.is_about(row), (name, row, one_pass.steps[index])
                    board.show(starting_moment(lesson), one_pass, -1)
