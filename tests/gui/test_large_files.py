"""The largest lesson that is allowed opens soon, and the window stays alive meanwhile."""

from __future__ import annotations

import random
import time
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from explainer.gui import background
from explainer.gui.dialogs.asking import PlainDialog
from explainer.lesson.choice import Choice
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_to_json
from explainer.lesson.lesson import (
    FORMAT,
    VERSION,
    Data,
    Edge,
    Lesson,
    Network,
    Neuron,
    Parameter,
    Role,
)
from explainer.lesson.limits import MAX_EDGES, MAX_FILE_BYTES, MAX_NEURONS, MAX_SAMPLES
from tests.gui.answering import answered

# Seconds: 2 are promised on a free machine, whose processors are this test's alone.
OPENED, LONGEST_PAUSE = 6.0, 1.5


def largest() -> Lesson:
    """Return a lesson at every limit."""
    chance = random.Random(1)
    sizes = (40, 60, 60, 60, 60, 19, 1)
    layers = [[f"n{layer}_{place}" for place in range(size)] for layer, size in enumerate(sizes)]
    neurons = [Neuron(name, "input") for name in layers[0]]
    for layer in layers[1:]:
        role: Role = "output" if layer is layers[-1] else "hidden"
        neurons += [Neuron(name, role, Choice("tanh"), bias=f"b{name}") for name in layer]
    assert len(neurons) == MAX_NEURONS
    pairs = [
        (source, target)
        for before, after in pairwise(layers)
        for source in before
        for target in after
    ]
    further = [(source, target) for source in layers[0] for target in layers[2] + layers[3]]
    pairs = list(dict.fromkeys([*pairs, *further]))
    chance.shuffle(pairs)
    fed = {target: source for source, target in pairs}
    pairs = list(dict.fromkeys([*((source, target) for target, source in fed.items()), *pairs]))
    edges = tuple(Edge(*pair, f"w{index}") for index, pair in enumerate(pairs[:MAX_EDGES]))
    parameters: dict[str, float | Parameter] = {
        edge.weight: chance.uniform(-1, 1) for edge in edges
    }
    parameters |= {neuron.bias: 0.0 for neuron in neurons if isinstance(neuron.bias, str)}
    rows = tuple(
        tuple(round(chance.uniform(-1, 1), 11) for _ in range(40)) for _ in range(MAX_SAMPLES)
    )
    targets = tuple((float(index % 2),) for index in range(MAX_SAMPLES))
    network = Network(tuple(neurons), edges, parameters)
    return Lesson(FORMAT, VERSION, "The largest lesson", network, Data(rows, targets))


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Path:
    path: Path = tmp_path_factory.mktemp("large") / "large.json"
    content = lesson_to_json(largest())
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
