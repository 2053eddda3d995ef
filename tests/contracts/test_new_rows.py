"""A row in its table is all that a new entry needs: commands, menus, pages, sheets, programs, slips, training know it."""

import json
import runpy

import pytest
from msgspec.structs import replace

from explainer.cli import main
from explainer.gui.dialogs.new_network import NewNetworkDialog
from explainer.gui.theme import themes
from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_to_json
from explainer.lesson.structure.adding import add_layer
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.initialisers import INITIALISERS
from explainer.maths.losses import LOSSES
from explainer.maths.menu_formulas import menu_formula
from explainer.maths.penalties import PENALTIES
from explainer.maths.rows import ActivationRow, LossRow, total
from explainer.maths.schedules import SCHEDULES
from explainer.maths.update_rows import (
    PARAMETER,
    InitialiserRow,
    LearningRow,
    PenaltyRow,
    ScheduleRow,
    Stage,
    UpdateRow,
)
from explainer.maths.updates import LEARNING_RULES, RULES, UPDATES
from explainer.messages import message
from explainer.render.drawing.headers import activation_name
from explainer.session.looking.comparison import catalogue, chosen_from_catalogue, ends_of
from explainer.session.options import sections
from explainer.trace.run import run_pass
from explainer.trace.slips.explaining import explain
from explainer.training.build import lesson_for
from explainer.training.tables import read_samples
from explainer.training.trainer import Trainer
from tests.training.agreement import traced, trained

ACTIVATION = ActivationRow(
    name="inverse_root",
    label=message("a sigmoid by an inverse root"),
    name_latex="",
    name_text="",
    formula=lambda sp, z, p: z / sp.sqrt(p["width"] + z**2),
    parameters={"width": 1.0},
    bounds=(-1.0, 1.0),
    usual={"width": (0.5, 4.0)},
    initialiser="narrow",
    short="inverse root",
    source="a test",
)
LOSS = LossRow(
    name="third_of_squares",
    label=message("squared error"),
    formula=lambda sp, y, out, p: total(
        [sp.Rational(1, 3) * (a - t) ** 2 for t, a in zip(y, out, strict=True)]
    ),
    textbook_partial=lambda sp, t, a, k, p: sp.Rational(2, 3) * (a - t),
    output="inverse_root",
    classes=(-1.0, 1.0),
    made_of="squares",
    source="a test",
)
RULE = UpdateRow(
    name="heavy_ball",
    label=message("momentum"),
    idea=message("momentum"),
    stages=(
        Stage("u", "u", lambda sp, q: q.parameters["mass"] * q.memory["u"] + q.gradient),
        Stage(PARAMETER, "", lambda sp, q: q.weight - 2 * q.learning_rate * q.results["u"]),
    ),
    memory={"u": 0.0},
    parameters={"mass": 0.5},
    source="a test",
)
LEARNING_RULE = LearningRow(
    name="wary",
    label=message("Hebb's rule"),
    idea=message("Hebb's rule"),
    factor=lambda sp, y, answer, z, only_on_error: (y - answer) * sp.Rational(1, 2),
    source="a test",
)
PENALTY = PenaltyRow(
    name="fourth_power",
    label=message("L2 (weight decay)"),
    idea=message("L2 (weight decay)"),
    acts_on="weights",
    factor=lambda sp, p: p["strength"],
    term=lambda sp, x: x**4,
    textbook_partial=lambda sp, x, p: 4 * p["strength"] * x**3,
    parameters={"strength": 0.01},
    source="a test",
)
INITIALISER = InitialiserRow(
    name="narrow",
    label=message("uniform"),
    distribution="uniform",
    spread=lambda sp, n_in, n_out, p: (0.001 / n_in, 0.002 / n_in),
    source="a test",
)
SCHEDULE = ScheduleRow(
    name="hyperbolic",
    label=message("exponential"),
    formula=lambda sp, rate, epochs, p: rate / (1 + p["slowing"] * epochs),
    parameters={"slowing": 0.5},
    source="a test",
)
ADDED = (
    (ACTIVATIONS, ACTIVATION),
    (LOSSES, LOSS),
    (UPDATES, RULE),
    (RULES, RULE),
    (LEARNING_RULES, LEARNING_RULE),
    (RULES, LEARNING_RULE),
    (PENALTIES, PENALTY),
    (INITIALISERS, INITIALISER),
    (SCHEDULES, SCHEDULE),
)
# The menu that offers a row, and what its formula is called in it.
MENUS = {
    "activation": ("activations", ACTIVATION),
    "loss": ("losses", LOSS),
    "rule": ("rules", RULE),
    "penalty": ("penalties", PENALTY),
    "schedule": ("schedules", SCHEDULE),
    "initialiser": ("initialisers", INITIALISER),
}


@pytest.fixture(autouse=True)
def _added(monkeypatch):
    for table, row in ADDED:
        monkeypatch.setitem(table, row.name, row)


def menus(lesson, target=""):
    return {menu.id: menu for section in sections(lesson, target) for menu in section.menus}


def option_of(lesson, menu, row):
    return next(one for one in menus(lesson)[menu].options if one.name == row.name)


@pytest.fixture
def lesson():
    """A lesson in which every row was chosen from its menu."""
    found = example("lecture-2-2-1")
    for menu, (_, row) in MENUS.items():
        found = option_of(found, menu, row).change.edit(found)
    return found


def test_every_menu_offers_its_row_with_the_formula():
    for menu, (table, row) in MENUS.items():
        option = option_of(example("lecture-2-2-1"), menu, row)
        assert option.formula == (table, row.name)
        assert menu_formula(table, row.name, "en").text
    assert option_of(example("perceptron-rule"), "rule", LEARNING_RULE).change is not None


def test_the_catalogue_lists_it(capsys):
    assert main(["catalogue", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    for name, row in (
        ("activations", ACTIVATION),
        ("losses", LOSS),
        ("updates", RULE),
        ("updates", LEARNING_RULE),
        ("penalties", PENALTY),
        ("initialisers", INITIALISER),
    ):
        assert row.name in {entry["name"] for entry in told[name]}


def test_commands_take_a_lesson_with_it(lesson, tmp_path, capsys):
    path = tmp_path / "new.json"
    path.write_bytes(lesson_to_json(lesson))
    for arguments in (
        ["trace", str(path), "--passes", "2"],
        ["check", str(path)],
        ["worksheet", str(path), "-o", str(tmp_path / "sheets"), "--format", "md", "--variants", "1"],
        ["export", str(path), "-o", str(tmp_path / "new.md")],
        ["export", str(path), "-o", str(tmp_path / "new.numpy.py")],
        ["export", str(path), "-o", str(tmp_path / "new.py")],
    ):  # fmt: skip
        assert main(arguments) == 0, capsys.readouterr().err
    assert (tmp_path / "sheets" / "sheet-01.md").stat().st_size > 500
    # A program asserts every number of the trace as it runs.
    runpy.run_path(str(tmp_path / "new.numpy.py"), run_name="__main__")


def test_training_agrees_with_the_trace(lesson):
    parameters, memory = trained(lesson, 3)
    end = traced(lesson, 3)
    assert parameters == pytest.approx(end.parameters, rel=1e-12)
    assert {name: dict(cells) for name, cells in memory.items()} == {
        name: pytest.approx(dict(cells), rel=1e-12) for name, cells in end.state.items()
    }
    assert Trainer(lesson).step_epoch()


def test_slips_at_every_step_are_looked_for(lesson):
    run = run_pass(lesson, 1, run_pass(lesson, 0, None))
    for step in run.summary.steps:
        assert explain(run, step, step.value, 1e-9).status == "right"
        explain(run, step, 2.5 * step.value + 1, 1e-9)


def test_slips_of_its_kind_are_named(lesson):
    run = run_pass(replace(lesson, penalty=None), 0, None)
    step = next(step for step in run.summary.steps if step.kind == "loss")
    (target,), answer = lesson.data.targets[0], run.summary.values["0"]["o1"]
    assert step.value == pytest.approx((answer - target) ** 2 / 3)
    for number, key in (
        ((answer - target) / 3, "no square"),
        (2 * step.value, "twice"),
        (abs(answer - target), "root"),
    ):
        assert key in [slip.key for slip in explain(run, step, number, 1e-9).slips]
    update = next(step for step in run.summary.steps if step.kind == "update")
    before, gradient = run.start.parameters[update.subject], run.gradients[update.subject]
    plain = before - run.learning_rate * gradient
    assert "plain" in [slip.key for slip in explain(run, update, plain, 1e-9).slips]


def test_a_learning_rule_is_followed_and_its_slips_are_named(capsys, tmp_path):
    rule = option_of(example("perceptron-rule"), "rule", LEARNING_RULE)
    lesson = rule.change.edit(example("perceptron-rule"))
    path = tmp_path / "rule.json"
    path.write_bytes(lesson_to_json(lesson))
    assert main(["trace", str(path), "--passes", "2"]) == 0, capsys.readouterr().err
    run = run_pass(lesson, 1, run_pass(lesson, 0, None))
    moved = next(
        step
        for step in run.summary.steps
        if step.value != run.start.parameters.get(step.subject) and step.kind == "rule"
    )
    (term,) = run.learning_terms[moved.subject]
    (target,) = lesson.data.targets[term.sample]
    z = run.values[run.graph.sum_of[term.sample, term.neuron]]
    x = 1.0 if term.source is None else run.values[run.graph.output_of[term.sample, term.source]]
    number = run.start.parameters[moved.subject] + run.learning_rate * (target - z) / 2 * x
    assert "other answer" in [slip.key for slip in explain(run, moved, number, 1e-9).slips]


def test_new_weights_into_it_are_drawn_as_its_row_says(lesson):
    grown, _ = add_layer(replace(lesson, initialise=None), 1)
    new = {
        neuron.id for neuron in grown.network.neurons if neuron.activation.name == ACTIVATION.name
    }
    new -= {neuron.id for neuron in lesson.network.neurons}
    weights = [edge.weight for edge in grown.network.edges if edge.target in new]
    assert weights
    assert all(0.0004 <= grown.network.value(name) <= 0.001 for name in weights)


def test_a_table_is_trained_with_what_its_error_is_made_for(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("a,kind\n1,no\n2,yes\n3,no\n")
    samples = read_samples(path, ("kind",), loss=LOSS.name)
    assert [row[0] for row in samples.data.targets] == [-1.0, 1.0, -1.0]
    built = lesson_for(samples.data, (2,), loss=Choice(LOSS.name))
    assert built.network.of_role("output")[0].activation.name == ACTIVATION.name


def test_the_window_offers_it(qtbot):
    option = next(one for one in catalogue() if one.name == ACTIVATION.name)
    assert option.label == ACTIVATION.label
    assert ends_of(chosen_from_catalogue(ACTIVATION.name), "width") == (0.5, 4.0)
    assert activation_name(Choice(ACTIVATION.name), "en") == ACTIVATION.short
    dialog = NewNetworkDialog(themes()["light"], "en")
    qtbot.addWidget(dialog)
    assert dialog.activation.findData(ACTIVATION.name) >= 0
    assert dialog.initialiser.findData(INITIALISER.name) >= 0
