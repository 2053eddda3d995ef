"""The largest lesson that is allowed opens soon, and the window stays alive meanwhile."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from explainer.gui import background
from explainer.gui.dialogs.asking import PlainDialog
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_to_json
from explainer.lesson.limits import MAX_EDGES, MAX_FILE_BYTES, MAX_NEURONS, MAX_SAMPLES
from scripts.bench.largest import largest_lesson
from tests.gui.answering import answered
from tests.work import counted

# Calls: reading the file alone takes millions, drawing what was read a dozen for each edge.
MOST, MOST_AT_ONCE = 1_500_000, 500_000


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Path:
    path: Path = tmp_path_factory.mktemp("large") / "large.json"
    lesson = largest_lesson()
    assert len(lesson.network.neurons) == MAX_NEURONS
    assert len(lesson.network.edges) == MAX_EDGES
    assert len(lesson.data.inputs) == MAX_SAMPLES
    content = lesson_to_json(lesson)
    assert 0.7 * MAX_FILE_BYTES < len(content) <= MAX_FILE_BYTES
    path.write_bytes(content)
    return path


def test_it_is_read_elsewhere_and_the_window_stays_alive(desk, large):
    """The seconds are measured by `make bench`; here counts what the window's own thread does, and how much at a time."""
    with counted() as work:
        beats = [work.calls]
        timer = QTimer()
        timer.timeout.connect(lambda: beats.append(work.calls))
        timer.start(5)
        desk.program.furniture.documents.open_path(large)
        desk.wait(lambda: desk.frame.path == large)
        desk.window.grab()
        timer.stop()
    assert work.calls < MOST
    assert max(after - before for before, after in pairwise(beats)) < MOST_AT_ONCE


def test_progress_is_shown_and_can_be_given_up(desk, large, monkeypatch):
    monkeypatch.setattr(background, "PATIENCE", 10)
    said = answered("Cancel")
    desk.program.furniture.documents.open_path(large)
    desk.wait(lambda: bool(said))
    assert said == ["Opening large.json …"]
    time.sleep(1.0)
    desk.settle()
    assert desk.frame.path is None
    assert desk.frame.lesson == example("lecture-2-2-1")
    assert not [child for child in desk.window.findChildren(PlainDialog) if child.isVisible()]
