"""Values blanked by hand: clicks, menus, marks, undo, the file."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from explainer.gui.sheets.targets import ShownPass, name_of, target_at
from explainer.lesson.examples import example, example_names
from explainer.lesson.files import lesson_to_json
from explainer.messages import translate
from explainer.pages.sheets.plan import address_of
from explainer.render.views import VIEWS, draw_view
from explainer.trace.moment import moment_at
from explainer.trace.run import run_pass
from tests.gui.sheets.helpers import (
    LEFT,
    click,
    click_shape,
    entries,
    hover,
    menu_at,
    place_of,
)

Key = Qt.Key
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def blanked(desk):
    asked = desk.stage.session.lesson.worksheet
    return () if asked is None else asked.steps


@pytest.fixture
def mazur(open_desk):
    desk = open_desk("mazur-2-2-2")
    desk.settle()
    desk.stage.go_to_step(20)
    desk.settle()
    return desk


@pytest.fixture
def choosing(mazur):
    mazur.press(Key.Key_B, CONTROL_SHIFT)
    blanking = mazur.program.furniture.commands.worksheets.blanking
    assert blanking.is_on
    assert blanking.strip.isVisible()
    return blanking


def test_a_click_on_a_value_blanks_it_and_another_takes_it_back(mazur, choosing):
    before = lesson_to_json(mazur.stage.session.lesson)
    cursor = mazur.stage.session.cursor
    click_shape(mazur, "value:h1")
    assert blanked(mazur) == ("activation:h1#1",)
    click_shape(mazur, "delta:h1")
    click_shape(mazur, "error:value")
    assert blanked(mazur) == ("activation:h1#1", "delta:h1.z#1", "loss:E#1")
    assert len(choosing.marks.marks) == 3
    assert "3 values are blank." in choosing.strip.words.text()
    assert mazur.frame.dirty
    # Nothing was computed anew, and one stands where one stood.
    assert mazur.stage.session.cursor == cursor
    assert mazur.frame.page is not None
    click_shape(mazur, "delta:h1")
    assert blanked(mazur) == ("activation:h1#1", "loss:E#1")
    for _ in range(4):
        mazur.press(Key.Key_Z, CONTROL)
    assert lesson_to_json(mazur.stage.session.lesson) == before
    assert choosing.marks.marks == []
    mazur.press(Key.Key_Y, CONTROL)
    assert blanked(mazur) == ("activation:h1#1",)


def test_what_is_given_cannot_be_blank_and_a_weight_asks_which(mazur, choosing):
    told = []
    mazur.stage.told.connect(told.append)
    click_shape(mazur, "value:i1")
    assert blanked(mazur) == ()
    assert "given" in told[-1]
    assert mazur.window.graph.editing.field is None
    click_shape(mazur, "pill:i1>h1")
    popup = choosing.menu.actions()[-1].menu()
    assert list(entries(popup)) == ["Gradient of w₁", "Update of w₁"]
    entries(popup)["Update of w₁"].trigger()
    popup.close()
    assert blanked(mazur) == ("update:w1",)
    # What no label shows is marked on what it belongs to.
    assert [mark.sign for mark in choosing.marks.marks] == ["+"]


def test_the_result_of_the_derivation_is_blanked_by_a_click(mazur, choosing):
    sheet = mazur.window.derivation.sheet
    (place,) = mazur.window.derivation.result_places()
    QTest.mouseClick(sheet, LEFT, Qt.KeyboardModifier.NoModifier, place.center().toPoint())
    step = mazur.stage.session.current_step
    assert blanked(mazur) == (address_of(step),)
    assert choosing.result.isVisible()
    mazur.press_and_settle(Key.Key_Left)
    assert not choosing.result.isVisible()


def test_escape_the_strip_and_the_shortcut_end_it(mazur, choosing):
    mazur.press(Key.Key_Escape)
    assert not choosing.is_on
    assert not choosing.strip.isVisible()
    click_shape(mazur, "value:h1")
    assert blanked(mazur) == ()
    action = mazur.program.furniture.actions["blanks"]
    action.trigger()
    assert action.isChecked()
    click_shape(mazur, "value:h1")
    click(choosing.strip.clear)
    assert blanked(mazur) == ()
    click(choosing.strip.end)
    assert not choosing.is_on
    assert not action.isChecked()


def test_the_pointer_tells_what_would_be_blank(mazur, choosing):
    viewport = mazur.window.graph.viewport()
    hover(viewport, place_of(mazur, "value:h1"))
    assert choosing.marks.pointed is not None
    assert viewport.cursor().shape() == Qt.CursorShape.PointingHandCursor
    hover(viewport, place_of(mazur, "value:i1"))
    assert choosing.marks.pointed is None


def test_menus_offer_it_at_any_time(mazur):
    viewport = mazur.window.graph.viewport()
    menu = menu_at(viewport, place_of(mazur, "value:h1"))
    found = entries(menu)
    assert {"Weighted sum of h₁", "Activation of h₁", "Delta of h₁"} <= set(found)
    assert not found["Activation of h₁"].isChecked()
    found["Activation of h₁"].trigger()
    menu.close()
    assert blanked(mazur) == ("activation:h1#1",)
    menu = menu_at(viewport, place_of(mazur, "value:h1"))
    assert entries(menu)["Activation of h₁"].isChecked()
    menu.close()
    # In the other views too, which have no menu of their own.
    mazur.program.furniture.actions["view_computation"].trigger()
    menu = menu_at(viewport, place_of(mazur, "value:h2.z"))
    entries(menu)["Weighted sum of h₂"].trigger()
    menu.close()
    assert blanked(mazur) == ("activation:h1#1", "weighted_sum:h2.z#1")


def test_the_menu_of_the_derivation_offers_it(mazur):
    sheet = mazur.window.derivation.sheet
    (place,) = mazur.window.derivation.result_places()
    menu = menu_at(sheet, place.center().toPoint())
    (text,) = [text for text in entries(menu) if text.startswith("Blank on the worksheet: ")]
    entries(menu)[text].trigger()
    menu.close()
    assert blanked(mazur) == (address_of(mazur.stage.session.current_step),)


def test_a_lesson_with_blanks_shows_them_when_it_is_opened(open_desk):
    from msgspec.structs import replace

    from explainer.lesson.worksheet import Worksheet

    lesson = replace(
        example("graph-sin"), worksheet=Worksheet(steps=("operation:S#1", "gradient_node:x#1"))
    )
    desk = open_desk(lesson)
    desk.settle()
    desk.stage.go_to_step(3)
    desk.settle()
    marks = desk.program.furniture.commands.worksheets.blanking.marks.marks
    assert sorted(mark.sign for mark in marks) == ["", "∂"]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    "name", ["lecture-2-2-1", "xor-2-2-1", "batch-norm", "maxout", "dropout", "graph-reuse", "adam"]
)
def test_whatever_shows_a_value_stands_for_its_step(name, view):
    """The number that a label shows is that of the step it stands for."""
    lesson = example(name)
    run = run_pass(lesson, 0, None)
    steps = run.summary.steps
    moment = moment_at(lesson, run.summary, len(steps) - 1)
    pass_shown = ShownPass(lesson, steps, moment.sample, run.summary.samples, view)
    drawing = draw_view(view, lesson, moment, run.summary, digits=4, language="en")
    from explainer.maths.numbers import shown

    seen = 0
    for shape in drawing.shapes:
        if name == "maxout" and shape.key.startswith("delta:") and view == "neurons":
            # After the last piece the neuron's δ is drawn as that of this piece.
            continue
        target = target_at(shape.key, getattr(shape, "reference", None), pass_shown)
        assert len(target.steps) == 1 or not target.is_shown or target.steps == ()
        runs = getattr(shape, "runs", ())
        if (
            target.is_shown
            and runs
            and shape.key.partition(":")[0]
            in (
                "value",
                "entry",
                "delta",
            )
        ):
            text = runs[-1].text.split(" ")[-1]
            if text not in ("·", ""):
                seen += 1
                step = target.steps[0]
                assert any(shown(step.value, digits, "en") == text for digits in range(1, 6)), (
                    shape.key, address_of(step), step.value, text,
                )  # fmt: skip
    assert seen or view == "matrices"


def test_every_step_has_a_name_in_both_languages():
    for name in example_names():
        lesson = example(name)
        steps = run_pass(lesson, 0, None).summary.steps
        assert len({address_of(step) for step in steps}) == len(steps)
        for step in steps:
            words = translate(name_of(step, lesson), "en")
            assert words
            assert "{" not in words


def test_a_whole_matrix_is_not_marked_for_one_number_of_it(mazur):
    mazur.press(Key.Key_B, CONTROL)
    result = mazur.program.furniture.commands.worksheets.blanking.result
    mazur.program.furniture.actions["view_matrices"].trigger()
    mazur.settle()
    assert not result.isVisible()
    mazur.program.furniture.actions["view_neurons"].trigger()
    mazur.settle()
    assert result.isVisible()


def test_a_key_blanks_the_result_of_the_step(mazur):
    step = mazur.stage.session.current_step
    mazur.press(Key.Key_B, CONTROL)
    assert blanked(mazur) == (address_of(step),)
    assert mazur.program.furniture.commands.worksheets.blanking.result.isVisible()
    mazur.press(Key.Key_B, CONTROL)
    assert blanked(mazur) == ()
    mazur.stage.do(mazur.stage.session.go_to, 0, -1)
    assert not mazur.program.furniture.actions["blank_result"].isEnabled()


def test_blanks_of_a_later_pass_are_those_of_the_first(open_desk):
    desk = open_desk("xor-2-2-1")
    desk.settle()
    desk.stage.do(desk.stage.session.go_to, 1, 0)
    desk.wait(lambda: desk.stage.session.cursor == (1, 0))
    desk.settle()
    before = desk.stage.session.cursor
    desk.press(Key.Key_B, CONTROL)
    assert blanked(desk) == ("weighted_sum:h1.z#1",)
    # Nothing that is computed has changed: one stays in the pass, and it is not computed again.
    assert desk.stage.session.cursor == before
    desk.press(Key.Key_Z, CONTROL)
    assert desk.stage.session.cursor == before
