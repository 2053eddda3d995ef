"""Ctrl and + sets every word of the window larger, tabs and timeline too, and nothing is cut where there is less room."""

from __future__ import annotations

import re
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from explainer.gui.canvas.camera import MARGIN
from explainer.gui.canvas.hits import active_area
from explainer.gui.scaling import face, px, rescale, scale, set_scale, spot
from explainer.gui.style_sheet import style_sheet
from explainer.gui.theme import font, themes
from explainer.gui.word_button import WordButton
from scripts.looking.faults import faults_of
from scripts.looking.painted import painted
from scripts.looking.places import Places
from tests.counts import MODE

CONTROL = Qt.KeyboardModifier.ControlModifier
SMALL = (1280, 720)
# What the step sets differently is left out: the page and the drawing have their own zoom.
TABS = ("choices", "data", "training")


# They are given a painter that is scaled, a zoom or a camera, or hold the fonts themselves.
GIVEN = ("theme_keeper.py", "board/painting.py", "training/legend.py", "training/loss_drawing.py", "sheets/marks.py", "choosing/entry.py", "scaling.py")  # fmt: skip
GUI = Path(__file__).resolve().parents[3] / "explainer" / "gui"


def test_whoever_writes_words_by_hand_knows_the_scale():
    writes = re.compile(r"(setFont|QFontMetricsF?)\(font\(")
    found = {
        path.relative_to(GUI).as_posix()
        for path in GUI.rglob("*.py")
        if writes.search(text := path.read_text(encoding="utf-8"))
        if "explainer.gui.scaling import" not in text
    }
    assert found == set(GIVEN)


@pytest.fixture
def zoomed(open_desk):
    """Return a desk, and what presses Ctrl and a key so often."""
    desk = open_desk("xor-2-2-1", "ru")
    desk.window.resize(*SMALL)
    desk.settle()

    def press(key: Qt.Key, times: int) -> None:
        desk.window.graph.setFocus()
        for _ in range(times):
            QTest.keyClick(desk.window.graph, key, CONTROL)
        desk.wait(lambda: not desk.program.furniture.commands.viewing.is_about_to_rescale)
        QApplication.processEvents()

    yield desk, press
    press(Qt.Key.Key_0, 1)
    assert scale() == 1.0


def heights(*roots: QWidget) -> dict[tuple[str, str], float]:
    """Return the height of the ink of everything written in some widgets."""
    found = {}
    for root in roots:
        for widget in (root, *root.findChildren(QWidget)):
            if widget.isVisible():
                for piece in painted(widget):
                    found[type(widget).__name__, piece.text] = piece.box.height()
    return found


def test_every_word_beside_the_graph_grows_and_nothing_is_cut(zoomed):
    desk, press = zoomed
    window = desk.window

    def written() -> dict[tuple[str, str], float]:
        found = heights(window.top_bar, window.timeline, window.side.tabs)
        for tab in TABS:
            window.side.show_tab(tab)
            QApplication.processEvents()
            found |= heights(getattr(window.side, tab))
        return found

    before = written()
    press(Qt.Key.Key_Plus, 3)
    assert scale() > 1.5
    after = written()
    # Formulas come as pictures in the meantime, and menus fold.
    common = before.keys() & after.keys()
    assert len(common) >= 40
    for words in common:
        # Fonts have whole pixels.
        assert after[words] / before[words] == pytest.approx(scale(), rel=0.12), words
    for tab in TABS:
        window.side.show_tab(tab)
        desk.wait(lambda: faults_of(window) == [])
    if MODE == "long":
        found: list[object] = []
        walk = Places(desk.program, desk.settle, lambda _, widget: found.extend(faults_of(widget)))
        walk.visit_window()
        assert found == []


def test_fields_and_menus_grow_too(zoomed):
    desk, press = zoomed
    side = desk.window.side
    side.show_tab("choices")
    QApplication.processEvents()
    fields = [*side.findChildren(QLineEdit), *side.findChildren(QComboBox)]
    before = [field.font().pixelSize() for field in fields]
    menu = desk.window.top_bar.menus.actions()[0].menu()
    height = menu.sizeHint().height()
    press(Qt.Key.Key_Plus, 3)
    assert fields
    for field, size in zip(fields, before, strict=True):
        assert field.font().pixelSize() == round(size * scale())
    assert menu.sizeHint().height() > 1.35 * height


def test_words_are_no_larger_than_the_window_has_room_for(zoomed):
    desk, press = zoomed
    desk.window.resize(800, 500)
    press(Qt.Key.Key_Plus, 5)
    assert scale() == pytest.approx(1.25)
    desk.window.resize(1280, 800)
    desk.wait(lambda: scale() == pytest.approx(2.0))
    desk.window.resize(640, 400)
    desk.wait(lambda: scale() == 1.0)


def test_what_a_step_speaks_of_stays_in_sight_of_a_graph_set_larger(zoomed):
    desk, press = zoomed
    canvas = desk.window.graph
    for _ in range(3):
        desk.press_and_settle(Qt.Key.Key_Right)
    press(Qt.Key.Key_Plus, 3)
    for _ in range(9):
        desk.press_and_settle(Qt.Key.Key_Right)
        left, top, right, bottom = active_area(canvas.drawing)
        room = canvas.viewport().size()
        x, y = canvas.camera.to_screen((left + right) / 2, (top + bottom) / 2)
        assert 0 < x < room.width()
        assert 0 < y < room.height()
        if (right - left) * canvas.camera.scale < room.width() - 2 * MARGIN:
            assert canvas.camera.to_screen(left, top)[0] >= MARGIN - 1
            assert canvas.camera.to_screen(right, top)[0] <= room.width() - MARGIN + 1


def test_words_and_graph_come_back_together(zoomed):
    desk, press = zoomed
    press(Qt.Key.Key_Plus, 1)
    first = desk.window.graph.camera.scale
    press(Qt.Key.Key_Plus, 8)
    press(Qt.Key.Key_Minus, 8)
    assert scale() == pytest.approx(1.15)
    assert desk.window.graph.camera.scale == pytest.approx(first)


def test_another_view_is_as_much_larger(zoomed):
    desk, press = zoomed
    press(Qt.Key.Key_Plus, 3)
    canvas = desk.window.graph
    desk.program.furniture.actions["view_computation"].trigger()
    desk.settle()
    assert canvas.camera.scale == pytest.approx(canvas.bounds_now().fitted().scale * 1.15**3)


def test_a_place_is_found_under_the_pointer_at_any_scale(zoomed):
    desk, press = zoomed
    press(Qt.Key.Key_Plus, 3)
    track = desk.window.timeline.track
    parts = track._current_segments()
    tick = parts[-1].ticks[-1]
    margin = (face(track).width() - parts[-1].x - parts[-1].width) / 2
    middle = margin + tick.x + tick.width / 2
    place = track.rect().topLeft()
    place.setX(px(middle))
    place.setY(px(30))
    QTest.mouseClick(track, Qt.MouseButton.LeftButton, pos=place)
    assert tick.first <= desk.frame.step_index <= tick.last


def test_a_key_moves_graph_and_derivation_at_once_and_the_rest_together(zoomed):
    desk, press = zoomed
    heard = []
    began = perf_counter()
    for _ in range(3):
        QTest.keyClick(desk.window.graph, Qt.Key.Key_Plus, CONTROL)
        heard.append(scale())
    # All three within the time in which others may follow: the rest of the window is set once.
    if perf_counter() - began < 0.08:
        assert heard == [1.0, 1.0, 1.0]
    press(Qt.Key.Key_Plus, 0)
    assert scale() > 1.5


@pytest.fixture
def usual_in_the_end():
    """Whatever fails, the next test finds the usual scale."""
    yield
    set_scale(1.0)


@pytest.mark.usefixtures("fonts", "usual_in_the_end")
def test_a_button_has_the_size_its_word_needs(qtbot):
    button = WordButton(themes()["light"], size=14, padding=12, height=31)
    qtbot.addWidget(button)
    button.setText("Матрицы")
    for factor in (0.75, 1.0, 1.32, 2.0):
        set_scale(factor)
        rescale(button)
        hint = button.sizeHint()
        button.resize(hint)
        width = QFontMetricsF(font(14, 600)).horizontalAdvance("Матрицы")
        assert hint.width() == px(round(width) + 24)
        assert face(button).height() == pytest.approx(31, abs=1)
        assert spot(button.rect().center().toPointF()).x() == pytest.approx(
            face(button).width() / 2, abs=1
        )
        assert faults_of(button) == []


@pytest.mark.parametrize("factor", [0.76, 1.15, 1.5, 2.0])
def test_a_field_is_as_large_with_the_keyboard_as_without_at_any_scale(factor):
    colours = dict.fromkeys(themes()["light"].sheet(), "#123456")
    sheet = style_sheet(colours, "a.svg", "b.svg", factor)
    rules = {
        names.strip(): body
        for names, _, body in (rule.partition("{") for rule in sheet.split("}"))
        if "padding" in body
    }

    def around(names: str) -> list[int]:
        border = 2 if "border: 2px" in rules[names] else 1
        padding = rules[names].partition("padding:")[2].partition(";")[0]
        return [border + int(length.removesuffix("px")) for length in padding.split()]

    for plain in ("QPushButton", "QLineEdit, QPlainTextEdit, QComboBox"):
        focused = ", ".join(f"{name}:focus" for name in plain.split(", "))
        assert around(plain) == around(focused)
    assert style_sheet(colours, "a.svg", "b.svg") == style_sheet(colours, "a.svg", "b.svg", 1.0)


def test_the_next_start_is_as_large(zoomed, open_desk):
    desk, press = zoomed
    press(Qt.Key.Key_Plus, 2)
    shown = scale(), desk.window.graph.camera.scale, desk.program.furniture.commands.viewing.zoom
    # It is taken before anything of the next window is made.
    set_scale(1.0)
    again = open_desk("xor-2-2-1", "ru")
    again.window.resize(*SMALL)
    again.settle()
    again.wait(lambda: not again.program.furniture.commands.viewing.is_about_to_rescale)
    found = scale(), again.window.graph.camera.scale, again.program.furniture.commands.viewing.zoom
    assert found == pytest.approx(shown, rel=0.05)
    set_scale(1.0)
    again.program.preferences.zoom = 0


@pytest.mark.parametrize(("kept", "steps"), [("9", 5), ("-7", -2), ("", 0), ("-", 0), ("x", 0)])
def test_a_damaged_zoom_counts_as_none(preferences, kept, steps):
    preferences._settings.setValue("zoom", kept)
    assert preferences.zoom == steps
    preferences.zoom = 0
