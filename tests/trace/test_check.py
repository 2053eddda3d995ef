"""The gradient check: what it says, what it leaves out and why, and that it sees a fault."""

import ast
from importlib import import_module
from pathlib import Path

import pytest
from msgspec.structs import replace

from explainer.cli import main
from explainer.lesson.choice import Choice
from explainer.lesson.edits import set_parameter
from explainer.lesson.examples import example, example_names
from explainer.lesson.lesson import Arithmetic, Edge, Network, Neuron, Parameter
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.operation import Scalar
from explainer.maths.sums import SumOfTerms
from explainer.messages import Refused
from explainer.trace.check import agreement, check
from explainer.trace.check.composed import (
    MOST_DEPTH,
    MOST_PATHS,
    Branches,
    depth,
    paths,
    reason_to_skip,
)
from explainer.trace.check.quantities import Quantities
from explainer.trace.check.values import Walk
from explainer.trace.run import trace
from tests.trace.networks import dense, lesson_on, one_neuron

MOST_RELATIVE = 1e-12


# Its description says that it is about a point without a derivative.
AT_A_KINK = {"graph-max-tie"}


def statuses(report):
    return {row.status for row in report.rows}


def walk_over(lesson):
    return Walk(Quantities(lesson, range(len(lesson.data.inputs))))


@pytest.mark.parametrize("name", example_names())
def test_the_built_in_lessons_agree(name):
    report = check(example(name))
    assert report.agrees
    assert statuses(report) <= ({"kink"} if name in AT_A_KINK else {"ok"})
    assert report.worst < MOST_RELATIVE


@pytest.mark.parametrize("name", example_names())
def test_the_built_in_lessons_need_no_allowance_for_rounding(name, monkeypatch):
    monkeypatch.setattr(agreement, "ROUNDING", 0)
    assert check(example(name)).worst < MOST_RELATIVE


def test_a_row_says_everything():
    report = check(example("lecture-2-2-1"))
    row = report.row("w1")
    assert row.backprop == trace(example("lecture-2-2-1"))[0].summary.gradients["w1"]
    assert row.symbolic == pytest.approx(-0.22652, rel=1e-15)
    assert row.numeric == pytest.approx(-0.22652, rel=1e-15)
    assert row.error < MOST_RELATIVE
    assert row.symbolic_error < MOST_RELATIVE
    assert row.reason is None
    assert report.row("i1", 0).numeric == pytest.approx(-0.0270206, rel=1e-14)
    with pytest.raises(KeyError):
        report.row("i1")
    names = [(row.name, row.sample) for row in report.rows]
    assert names == [*((f"w{n}", None) for n in range(1, 7)), ("i1", 0), ("i2", 0)]


def test_frozen_and_unused_parameters_have_rows():
    lesson = example("lecture-2-2-1")
    parameters = {**lesson.network.parameters, "w1": Parameter(0.11, False), "spare": 3.0}
    report = check(replace(lesson, network=replace(lesson.network, parameters=parameters)))
    assert report.row("w1").status == "ok"
    assert report.row("w1").backprop != 0
    assert (report.row("spare").backprop, report.row("spare").status) == (0.0, "ok")


def test_order_and_rounding_of_the_lesson_do_not_matter():
    lesson = example("mazur-2-2-2")
    other = replace(
        lesson,
        update=replace(lesson.update, order="in_place"),
        arithmetic=Arithmetic("rounded", decimals=2),
    )
    found = check(other)
    assert found.rows == check(lesson).rows
    assert found.note is not None
    assert check(lesson).note is None


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_a_batch_is_reduced_and_its_inputs_are_not(reduction):
    report = check(dense([2, 3, 1], samples=3, reduction=reduction))
    assert statuses(report) == {"ok"}
    assert [row.sample for row in report.rows if row.sample is not None] == [0, 0, 1, 1, 2, 2]


def test_only_the_first_batch_is_checked():
    lesson = dense([2, 2, 1], samples=3)
    lesson = replace(lesson, update=replace(lesson.update, batch_size=2))
    assert {row.sample for row in check(lesson).rows} == {None, 0, 1}


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_as_deep_as_sympy_is_asked_to_go(activation):
    lessons = (dense([1] * (depth + 1), activation) for depth in range(MOST_DEPTH, 0, -1))
    deepest = next(
        one for one in lessons if reason_to_skip(Branches(walk_over(one)), MOST_PATHS) is None
    )
    report = check(deepest)
    assert report.agrees
    assert statuses(report) <= {"ok", "kink"}


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("scale", [10.0, 1000.0])
def test_saturated_neurons_agree(activation, scale):
    report = check(dense([2, 4, 2, 1], activation, scale=scale))
    assert report.agrees


def test_terms_that_cancel_are_judged_by_their_size():
    """With ŷ − y = 1e-10 the gradient is right to six digits only, as far as doubles reach; that is agreement."""
    neurons = (Neuron("x", "input"), Neuron("y", "output"))
    network = Network(neurons, (Edge("x", "y", "w"),), {"w": 1 / 3})
    report = check(lesson_on(network, ((3.3,),), ((1.1 + 1e-10,),)))
    assert report.agrees


class TestLeavingOut:
    def test_more_paths_than_sympy_can_write(self):
        report = check(dense([2, 8, 8, 8, 8, 1]))
        assert statuses(report) == {"skipped"}
        assert report.agrees
        row = report.rows[0]
        assert row.symbolic is None
        assert row.numeric is not None
        assert "paths" in str(row.reason)
        assert str(MOST_PATHS) in str(row.reason)

    def test_a_caller_in_a_hurry_may_ask_for_fewer(self):
        lesson = dense([2, 4, 2, 1])
        assert statuses(check(lesson)) == {"ok"}
        assert statuses(check(lesson, most_paths=20)) == {"skipped"}

    def test_deeper_than_sympy_can_go(self):
        report = check(dense([1] * (MOST_DEPTH // 2 + 2)))
        assert statuses(report) == {"skipped"}
        assert "deep" in str(report.rows[0].reason)

    def test_paths_are_counted_not_walked(self):
        walk = walk_over(dense([2, 2, 1]))
        # One output: 2 weights and a bias; two hidden neurons with one way each: 2 weights and a bias.
        # Two weighted sums, two activations and the error stand behind each other.
        assert (paths(walk), depth(walk)) == (3 + 2 * 3, 5)
        assert paths(walk_over(dense([2, 2, 1], samples=3))) == 3 * (3 + 2 * 3)
        assert paths(walk_over(dense([1, *[9] * 20, 1], "identity"))) > 9**19


class TestKinks:
    @pytest.mark.parametrize("z", [0.0, -0.0, 1e-9, -1e-9, 5e-10])
    def test_at_a_kink_nothing_is_compared(self, z):
        row = check(one_neuron("relu", z)).row("w")
        assert row.status == "kink"
        assert (row.symbolic, row.numeric, row.error) == (None, None, 0.0)
        assert "y" in str(row.reason)
        assert "ReLU" in str(row.reason)

    @pytest.mark.parametrize("z", [1.1e-9, -1.1e-9, 1e-6, -1e-6, 2.0, -2.0])
    def test_beside_it_everything_is(self, z):
        assert check(one_neuron("relu", z)).row("w").status == "ok"

    def test_only_what_moves_the_neuron_is_left_out(self):
        neurons = (
            Neuron("x", "input"),
            Neuron("h", "hidden", Choice("relu"), "b"),
            Neuron("y", "output"),
        )
        edges = (Edge("x", "h", "w1"), Edge("h", "y", "w2"))
        network = Network(neurons, edges, {"w1": 0.5, "b": -0.5, "w2": 2.0})
        report = check(lesson_on(network, ((1.0,),), ((0.5,),)))
        found = {row.name: row.status for row in report.rows}
        assert found == {"w1": "kink", "b": "kink", "w2": "ok", "x": "kink"}
        assert report.agrees

    def test_a_dead_neuron_agrees_on_zero(self):
        report = check(one_neuron("relu", -3.0))
        assert (report.row("w").backprop, report.row("w").status) == (0.0, "ok")


class TestFaults:
    """One local derivative is made wrong: the check must say so, whichever it is and however little."""

    LESSONS = ("lecture-2-2-1", "mazur-2-2-2", "xor-2-2-1")

    @pytest.mark.parametrize("name", LESSONS)
    @pytest.mark.parametrize("factor", [1 + 1e-9, 1.01, -1.0, 0.0])
    def test_in_an_activation_or_the_error(self, name, factor, monkeypatch):
        self.corrupt(monkeypatch, Scalar, 0, factor)
        report = check(example(name))
        assert not report.agrees
        assert report.worst > MOST_RELATIVE

    @pytest.mark.parametrize("name", LESSONS)
    @pytest.mark.parametrize("argument", [0, 1, 2])
    def test_in_a_weighted_sum(self, name, argument, monkeypatch):
        self.corrupt(monkeypatch, SumOfTerms, argument, 1 + 1e-9)
        assert not check(example(name)).agrees

    def test_in_a_value(self, monkeypatch):
        value = Scalar.value
        monkeypatch.setattr(Scalar, "value", lambda self, x: value(self, x) * (1 + 1e-9))
        assert not check(example("mazur-2-2-2")).agrees

    def test_where_sympy_is_left_out(self, monkeypatch):
        self.corrupt(monkeypatch, Scalar, 0, 1 + 1e-9)
        report = check(example("mazur-2-2-2"), most_paths=0)
        assert not report.agrees
        assert all(row.symbolic is None for row in report.rows)

    def test_the_command_ends_with_1(self, monkeypatch, capsys):
        assert main(["check", "example:mazur-2-2-2"]) == 0
        self.corrupt(monkeypatch, Scalar, 0, 1.001)
        assert main(["check", "example:mazur-2-2-2"]) == 1

    @staticmethod
    def corrupt(monkeypatch, operation, argument, factor):
        partials = operation.partials

        def wrong(self, arguments):
            found = list(partials(self, arguments))
            if argument < len(found):
                found[argument] *= factor
            return found

        monkeypatch.setattr(operation, "partials", wrong)


def test_numbers_that_grow_too_large_are_refused():
    lesson = set_parameter(example("lecture-2-2-1"), "w5", 1e300)
    with pytest.raises(Refused, match="too large"):
        check(set_parameter(lesson, "w1", 1e300))


WALK = [
    *(f"explainer.trace.check.{name}" for name in ("quantities", "values", "terms", "size")),
    *(f"explainer.trace.check.{name}" for name in ("composed", "kinks", "penalty")),
    *(f"explainer.maths.{name}_definitions" for name in ("layer", "error", "chosen", "penalty")),
    *(f"explainer.maths.{name}" for name in ("exact", "composition", "active_tree")),
]
# The tables and the reading of formulas, of which the definitions are made; and names of types and labels.
TABLES = {"activations", "losses", "penalties", "updates", "functions", "rows", "trees"}
SHARED = {
    *(f"explainer.maths.{name}" for name in (*TABLES, "expression", "definitions")),
    *(
        "explainer.lesson.lesson",
        "explainer.lesson.chance",
        "explainer.lesson.inputs",
        "explainer.messages",
    ),
    *("explainer.maths.operations.ChosenParameters", "explainer.maths.chosen.Chosen"),
    *("explainer.maths.chosen.activation_label", "explainer.trace.check.agreement"),
    "explainer.maths.composition",
}


@pytest.mark.parametrize("module", WALK)
def test_the_independent_ways_share_no_code_with_the_trace(module):
    source = Path(import_module(module).__file__).read_text("utf-8")
    imported = {
        (node.module, f"{node.module}.{name.name}")
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("explainer.")
        for name in node.names
    }
    allowed = {*WALK, *SHARED}
    assert [name for name in imported if allowed.isdisjoint(name)] == []
