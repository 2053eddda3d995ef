"""Every panel, dialog, menu and the presentation, by walking through what there is: all can be read, named and reached."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explainer.gui.theme import Choice
from explainer.messages import LENGTHENED
from scripts.looking.controls import lacks_of, unmarked_of
from scripts.looking.faults import faults_of
from scripts.looking.places import Places
from scripts.patience import rest
from tests.counts import MODE

# Enough on a machine that does a lot besides.
_MOMENT = 600

SIZES = ((1280, 720), (1440, 900), (1920, 1080))
THEMES: tuple[Choice, ...] = ("light", "dark", "contrast")
# The least the window can be is the hardest; everything else for `make test-long`.
SAMPLE = ((LENGTHENED, "light", (1280, 720), "mazur-2-2-2"), ("ru", "contrast", (640, 400), "xor-2-2-1"))  # fmt: skip
ALL = tuple(
    (language, theme, size, "softmax-classifier")
    for language in ("en", "ru", LENGTHENED)
    for theme in THEMES
    for size in ((640, 400), *SIZES)
)


class Walk(NamedTuple):
    """What was visited, and what was wrong there."""

    names: list[str]
    faults: dict[object, list[str]]


def walked(desk, look, visit=Places.visit) -> Walk:
    """Go everywhere, or where `visit` leads; what is wrong is what is still wrong a moment later, when everything has its place."""
    walk = Walk([], defaultdict(list))

    def note(name, widget) -> None:
        walk.names.append(name)
        found = look(widget)
        if found:
            rest(_MOMENT)
            still = look(widget)
            for fault in found:
                if fault in still:
                    walk.faults[fault].append(name)

    visit(Places(desk.program, desk.settle, note))
    return walk


@pytest.fixture
def open_anywhere(open_desk, preferences):
    def opened(language, theme, size, lesson):
        preferences.theme = theme
        preferences.took_tour = True
        desk = open_desk(lesson, language)
        desk.window.resize(*size)
        desk.settle()
        desk.stage.go_to_step(len(desk.frame.one_pass.steps) // 2)
        desk.settle()
        return desk

    return opened


@pytest.mark.parametrize(
    ("language", "theme", "size", "lesson"), ALL + SAMPLE if MODE == "long" else SAMPLE
)
def test_no_word_is_cut_shortened_or_covered_and_every_control_tells_itself(
    open_anywhere, language, theme, size, lesson
):
    desk = open_anywhere(language, theme, size, lesson)
    walk = walked(desk, lambda widget: [*faults_of(widget), *lacks_of(widget)])
    assert dict(walk.faults) == {}
    names = set(walk.names)
    assert set(desk.window.side.tabs.tabs) <= names
    assert {"new", "gallery", "export", "texts", "settings", "check", "welcome", "about"} <= names
    assert {"present", "shortcuts", "sources", "view_table", "predict"} <= names
    assert len([name for name in names if name.startswith("menu ")]) >= 5
    assert len([name for name in names if name.startswith("tour ")]) == 5
    assert any(name.startswith("data: ") for name in names)
    assert desk.frame.undo_name is None


@pytest.mark.parametrize("theme", THEMES if MODE == "long" else ("light",))
def test_whoever_has_the_keyboard_shows_it(open_anywhere, theme):
    desk = open_anywhere("en", theme, (1280, 720), "lecture-2-2-1")
    walk = walked(desk, lambda widget: list(unmarked_of(widget)))
    assert dict(walk.faults) == {}


def test_a_formula_has_no_fault_either(open_anywhere):
    desk = open_anywhere(LENGTHENED, "dark", (1280, 720), "graph-sin")
    walk = walked(desk, faults_of, Places.visit_window)
    assert dict(walk.faults) == {}
    assert len(walk.names) > len(desk.window.side.tabs.tabs)


@pytest.fixture
def shown(qtbot, fonts):
    """Return a window with a label and a button side by side, both as large as they want to be."""
    window = QWidget()
    qtbot.addWidget(window)
    label, button = QLabel("How does the error change?"), QPushButton("Look at its curve")
    row = QHBoxLayout(window)
    row.addWidget(label)
    row.addWidget(button)
    window.show()
    qtbot.waitExposed(window)
    return window, label, button


def kinds(window) -> set[str]:
    return {fault.kind for fault in faults_of(window)}


def test_a_label_whose_box_is_shrunk_is_found(shown):
    window, label, button = shown
    assert kinds(window) == set()
    label.setFixedWidth(label.width() // 2)
    label.window().layout().activate()
    assert kinds(window) == {"cut"}
    label.setFixedWidth(label.sizeHint().width())
    button.setFixedSize(40, button.height())
    window.layout().activate()
    assert kinds(window) == {"cut"}
    button.setFixedSize(button.sizeHint())
    window.layout().activate()
    assert kinds(window) == set()
    label.setFixedHeight(6)
    window.layout().activate()
    assert kinds(window) == {"cut"}


def test_a_shortened_word_and_widgets_upon_each_other_are_found(shown):
    window, label, button = shown
    metrics = label.fontMetrics()
    full = label.text()

    class Elided(QLabel):
        def paintEvent(self, event):
            from PySide6.QtGui import QPainter

            text = metrics.elidedText(full, Qt.TextElideMode.ElideRight, 60)
            QPainter(self).drawText(self.rect(), text)

    elided = Elided(window)
    elided.setAccessibleName("another")
    window.layout().addWidget(elided)
    elided.setMinimumWidth(80)
    elided.show()
    window.adjustSize()
    assert "shortened" in kinds(window)
    window.layout().removeWidget(elided)
    elided.hide()
    assert kinds(window) == set()
    button.setGeometry(label.geometry())
    assert "squeezed" in kinds(window)


def test_words_upon_each_other_are_found(qtbot, fonts):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(QLabel("Weights"))

    class Twice(QWidget):
        def paintEvent(self, event):
            from PySide6.QtGui import QPainter

            painter = QPainter(self)
            painter.drawText(10, 20, "How does the error change?")
            painter.drawText(40, 22, "Look at its curve")

    twice = Twice()
    twice.setMinimumSize(300, 40)
    column.addWidget(twice)
    window.show()
    qtbot.waitExposed(window)
    assert kinds(window) == {"covered"}


def test_a_control_without_a_name_or_tip_is_found(shown):
    window, _, button = shown
    assert [lack.what for lack in lacks_of(window)] == ["tip"]
    button.setToolTip("Look")
    button.setText("")
    assert [lack.what for lack in lacks_of(window)] == ["name"]
