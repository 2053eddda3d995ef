"""Opening a large file in the window. Arguments: the file, and whether (`yes`) it must show its progress.

Says how long it takes from the choice of the file to the painted frame, the longest time in which the window answered
nothing meanwhile, and how long plain JSON takes to be read.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QProgressBar

from explainer.gui.app import Program, make_application
from explainer.lesson.examples import example
from scripts.bench.children.said import say
from scripts.patience import rest

# The pulse by which the window is seen to live, ms.
_PULSE = 5


def main() -> None:
    """Open the file and say how long it took."""
    path = Path(sys.argv[1])
    application = make_application()
    program = Program(example("lecture-2-2-1"), None, "en")
    program.window.show()
    rest(1200)
    began = time.perf_counter()
    json.loads(path.read_bytes())
    say("floor", 1000 * (time.perf_counter() - began))

    beats: list[float] = []
    progress: list[bool] = []
    pulse = QTimer()
    pulse.timeout.connect(lambda: beats.append(time.perf_counter()))
    pulse.timeout.connect(lambda: progress.append(_shows_progress()))
    pulse.start(_PULSE)
    began = time.perf_counter()
    beats.append(began)
    program.furniture.documents.open_path(path)
    while program.stage.frame.path != path or not program.window.graph.is_settled:
        application.processEvents()
    ended = time.perf_counter()
    beats.append(ended)
    pulse.stop()
    if sys.argv[2] == "yes" and not any(progress):
        raise RuntimeError("no progress was shown")
    say("open", 1000 * (ended - began))
    say("pause", 1000 * max(after - before for before, after in pairwise(beats)))
    program.client.stop()


def _shows_progress() -> bool:
    windows = (each for each in QApplication.topLevelWidgets() if each.isVisible())
    return any(window.findChildren(QProgressBar) for window in windows)


if __name__ == "__main__":
    main()
