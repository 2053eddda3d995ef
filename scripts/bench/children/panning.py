"""Looking around in a large network. Argument: the widths of the layers.

Says how long each frame takes while the drawing is dragged and zoomed, and how long after the last movement it is sharp again.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QCoreApplication, QPointF

from explainer.gui.app import Program, make_application
from scripts.bench.children.said import say
from scripts.bench.networks import layered, widths_of
from scripts.patience import rest

_FRAMES = 120
_GESTURES = 5
_STEPS = 12


def main() -> None:
    """Open the network, drag and zoom it, say how long the frames took."""
    widths = widths_of(sys.argv[1])
    application = make_application()
    program = Program(layered(widths, "tanh"), None, "en")
    program.window.show()
    rest(1500)
    graph = program.window.graph
    for number in range(_FRAMES):
        across = 6.0 if number // 30 % 2 else -6.0
        began = time.perf_counter()
        if number % 3 == 2:
            graph.zoom_at(1.03 if number // 30 % 2 else 1 / 1.03, QPointF(300, 300))
        else:
            graph.pan_by(across, across / 2)
        QCoreApplication.sendPostedEvents()
        say("pan", 1000 * (time.perf_counter() - began))
    for number in range(_GESTURES):
        for _ in range(_STEPS):
            graph.pan_by(3.0 if number % 2 else -3.0, 0.0)
            QCoreApplication.sendPostedEvents()
        began = time.perf_counter()
        while not graph.is_sharp:
            application.processEvents()
        say("sharpen", 1000 * (time.perf_counter() - began))
    program.client.stop()


if __name__ == "__main__":
    main()
