"""The gradient check of neurons that look across units and samples, and a fault in any kind of quantity."""

import pytest
from msgspec.structs import replace

from explainer.cli import main
from explainer.lesson.choice import Choice
from explainer.lesson.edits import set_parameter
from explainer.lesson.files import lesson_to_json
from explainer.lesson.lesson import Edge, Expression, Lesson
from explainer.trace import run as running
from explainer.trace.check import agreement, check
from explainer.trace.check.composed import paths
from explainer.trace.check.quantities import Quantities
from explainer.trace.check.values import Walk
from explainer.trace.run import run_pass, trace
from tests.trace.networks import dense, lesson_on
from tests.trace.special_lessons import (
    ALL,
    dropped,
    maxout,
    normalised,
    normalised_classes,
    softmax_classes,
)

MOST_RELATIVE = 1e-12


def statuses(report):
    return {row.status for row in report.rows}


@pytest.mark.parametrize("name", ALL)
def test_they_agree_three_ways(name):
    report = check(ALL[name])
    assert statuses(report) == {"ok"}
    assert report.worst < MOST_RELATIVE
    assert any(row.backprop for row in report.rows)


@pytest.mark.parametrize("mode", ["train", "apply"])
@pytest.mark.parametrize("scaling", ["inverted", "at_application"])
def test_the_masks_are_those_of_the_pass_to_come(mode, scaling):
    for passes in range(4):
        lesson = dropped(scaling, mode, state={"pass": passes})
        assert statuses(check(lesson)) == {"ok"}


def test_running_averages_are_those_of_the_lesson():
    cells = {"h1": {"running_mean": 0.3, "running_variance": 0.7}}
    lesson = normalised("apply", state={"neurons": cells})
    found, others = check(lesson), check(normalised("apply"))
    assert statuses(found) == {"ok"}
    assert found.row("g").numeric != others.row("g").numeric


def test_an_input_moves_the_errors_of_the_whole_batch():
    lesson = normalised()
    walk = Walk(Quantities(lesson, (0, 1, 2)))
    place = walk.quantities.inputs[0, "x1"]
    assert set(walk.quantities.errors) <= set(walk.reached(place))
    assert check(lesson).row("x1", 0).status == "ok"
    alone = Walk(Quantities(normalised("apply"), (0, 1, 2)))
    assert len(set(alone.quantities.errors) & set(alone.reached(place))) == 1


def test_paths_through_the_sums_of_a_batch_are_counted():
    def count(lesson, samples):
        return paths(Walk(Quantities(lesson, range(samples))))

    applied, trained = count(normalised("apply"), 3), count(normalised(), 3)
    assert trained > 2 * applied
    plain, pieces = dense([2, 3, 1]), maxout()
    # Three pieces, two of them fed by two inputs and with a bias, one a bias alone; two weights of the output.
    assert count(pieces, 1) == (3 + 3 + 1) + 2 + len(pieces.network.neuron("o").biases)
    assert count(plain, 1) == (3 + 1) + 3 * (2 + 1)


class TestTies:
    @pytest.mark.parametrize("gap", [0.0, 1e-9, -1e-9])
    def test_two_pieces_of_one_size_are_a_kink(self, gap):
        report = check(self.tied(gap))
        assert {row.name: row.status for row in report.rows if row.sample is None} == {
            **dict.fromkeys(("w1", "w2", "w3", "w4", "b1", "b2", "b3"), "kink"),
            **dict.fromkeys(("w5", "w6"), "ok"),
        }
        assert "maxout" in str(report.row("w1").reason)

    @pytest.mark.parametrize("gap", [1.1e-9, -1.1e-9, 0.5])
    def test_beside_it_everything_is_compared(self, gap):
        assert statuses(check(self.tied(gap))) == {"ok"}

    def test_smaller_pieces_may_be_equal(self):
        lesson = set_parameter(self.tied(0.5), "b3", -5.0)
        lesson = set_parameter(set_parameter(lesson, "b2", 0.0), "w4", -3.1)
        assert statuses(check(lesson)) == {"ok"}

    @staticmethod
    def tied(gap):
        """Return the first sample of the maxout lesson with pieces that differ by so much."""
        lesson = maxout()
        data = replace(lesson.data, inputs=((1.0, 2.0),), targets=((1.0,),))
        lesson = set_parameter(replace(lesson, data=data), "b3", -5.0)
        for name, value in {"w1": 0.25, "w2": 0.5, "w3": 0.75, "w4": 0.25, "b2": 0.0}.items():
            lesson = set_parameter(lesson, name, value)
        return set_parameter(lesson, "b1", gap)


class TestFaults:
    """One local derivative of one quantity is made wrong: the check must say so, whatever kind it is."""

    PLAIN = dense([2, 2, 1], "tanh")
    LESSONS = (
        ("pre_activation", PLAIN), ("activation", PLAIN), ("loss", PLAIN),
        ("softmax", softmax_classes()), ("maxout", maxout()), ("dropout", dropped()),
        ("mean", normalised()), ("variance", normalised()), ("normalised", normalised()),
        ("scaled", normalised()), ("activation", normalised_classes()),
        ("penalty", replace(softmax_classes(), penalty=Choice("entropy"))),
        ("operation", Lesson("explainer-lesson", 1, "F", expression=Expression("x*y+x", {"x": 2.0, "y": 3.0}))),
    )  # fmt: skip

    @pytest.mark.parametrize(("role", "lesson"), LESSONS, ids=[role for role, _ in LESSONS])
    @pytest.mark.parametrize("wrong", [1e-9, 0.01])
    def test_in_any_kind_of_quantity(self, role, lesson, wrong, monkeypatch):
        corrupt(monkeypatch, lesson, role, wrong)
        report = check(lesson)
        assert not report.agrees
        assert report.worst > MOST_RELATIVE

    @pytest.mark.parametrize(("role", "lesson"), LESSONS, ids=[role for role, _ in LESSONS])
    def test_the_command_ends_with_1(self, role, lesson, monkeypatch, tmp_path):
        path = tmp_path / "lesson.json"
        path.write_bytes(lesson_to_json(lesson))
        assert main(["check", str(path)]) == 0
        corrupt(monkeypatch, lesson, role, 0.01)
        assert main(["check", str(path)]) == 1

    @pytest.mark.parametrize("penalty", ["l1", "l2"])
    def test_in_a_penalty_on_the_weights(self, penalty, monkeypatch):
        lesson = replace(self.PLAIN, penalty=Choice(penalty))
        assert statuses(check(lesson)) == {"ok"}
        penalise = running.penalise_weights

        def wrong(run):
            penalise(run)
            name = next(iter(run.penalty_slopes))
            run.penalty_slopes[name] *= 1 + 1e-9

        monkeypatch.setattr(running, "penalise_weights", wrong)
        assert not check(lesson).agrees


class Wrong:
    """An operation with one local derivative made wrong."""

    def __init__(self, operation, argument, wrong):
        self._operation = operation
        self._argument = argument
        self._wrong = wrong

    def __getattr__(self, name):
        return getattr(self._operation, name)

    def partials(self, arguments):
        found = list(self._operation.partials(arguments))
        found[self._argument] *= 1 + self._wrong
        return found


def corrupt(monkeypatch, lesson, role, wrong):
    """Make one local derivative wrong: of all quantities of a role the one that counts most in the gradients."""
    run = run_pass(lesson, 0, None)

    def weight(found):
        place, argument = found
        node = run.graph.nodes[place]
        slopes = node.operation.partials([run.values[source] for source in node.inputs])
        return abs(run.adjoints[place] * slopes[argument])

    place, argument = max(
        (
            (place, argument)
            for place, node in enumerate(run.graph.nodes)
            for argument, source in enumerate(node.inputs)
            if node.role == role and run.graph.nodes[source].role not in ("target", "constant")
        ),
        key=weight,
    )
    name = "build_expression_graph" if lesson.expression else "build_graph"
    build = getattr(running, name)

    def corrupted(*arguments):
        graph = build(*arguments)
        graph.nodes[place].operation = Wrong(graph.nodes[place].operation, argument, wrong)
        return graph

    monkeypatch.setattr(running, name, corrupted)


@pytest.mark.parametrize("name", ALL)
def test_no_allowance_for_rounding_is_needed(name, monkeypatch):
    """Measured by nothing but the terms added; what doubles lose on the way forward matters where huge terms cancel."""
    monkeypatch.setattr(agreement, "ROUNDING", 0)
    assert check(ALL[name]).worst < MOST_RELATIVE


def test_a_softmax_of_one_says_nothing():
    lesson = dense([1, 1], "softmax")
    assert trace(lesson)[0].summary.gradients == {"b1_0": 0, "w_n0_0_n1_0": 0}
    assert statuses(check(lesson)) == {"ok"}


def test_the_largest_of_pieces_from_one_source():
    """|x| as a maxout of x and −x: parallel edges, two pieces of one neuron."""
    lesson = dense([1, 1], "maxout")
    network = lesson.network
    neurons = [replace(neuron, bias=None) for neuron in network.neurons]
    edges = (Edge("n0_0", "n1_0", "w1"), Edge("n0_0", "n1_0", "w2", 1))
    network = replace(
        network, neurons=tuple(neurons), edges=edges, parameters={"w1": 1.0, "w2": -1.0}
    )
    report = check(lesson_on(network, ((-2.0,),), ((0.5,),)))
    assert report.row("w2").backprop == -2.0 * 1.5
    assert report.row("w1").backprop == 0
    assert statuses(report) == {"ok"}
