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

# Seconds: 2 are promised on a free machine, whose processors are this test's alone.
OPENED, LONGEST_PAUSE = 6.0, 1.5


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


def test_it_opens_soon_and_the_window_stays_alive(desk, large):
    beats = [time.perf_counter()]
    timer = QTimer()
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    timer.start(5)
    started = time.perf_counter()
    desk.program.furniture.documents.open_path(large)
    desk.wait(lambda: desk.frame.path == large)
    desk.window.grab()
    painted = time.perf_counter() - started
    timer.stop()
    pause = max(after - before for before, after in pairwise(beats))
    assert painted < OPENED
    assert pause < LONGEST_PAUSE


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
