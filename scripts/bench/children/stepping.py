"""Stepping through a lesson in the window. Arguments: the widths of the layers, how many steps (0: all of them).

Says for every step how long it took from the key → to the finished frame with the step's own formulas, and how long
painting the same again takes.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from explainer.gui.app import Program, make_application
from scripts.bench.children.said import say
from scripts.bench.networks import layered, widths_of
from scripts.patience import Patience


def main() -> None:
    """Open the lesson, walk through it, say how long each step took."""
    widths = widths_of(sys.argv[1])
    application = make_application()
    program = Program(layered(widths, "tanh"), None, "en")
    patience = Patience(program, application)
    program.window.show()
    patience.settle()
    one_pass = program.stage.frame.one_pass
    count = len(one_pass.steps) if one_pass is not None else 0
    for _ in range(int(sys.argv[2]) or count):
        patience.settle()
        say("step", 1000 * _step(program))
        say("floor", 1000 * _paint_again(program))
    program.client.stop()


def _step(program: Program) -> float:
    """Return the seconds from the key to the finished frame."""
    before = program.stage.frame.step_index
    began = time.perf_counter()
    QTest.keyClick(program.window, Qt.Key.Key_Right)
    # Layout and painting are waiting as events; after this the frame is on the screen.
    QCoreApplication.sendPostedEvents()
    seconds = time.perf_counter() - began
    frame = program.stage.frame
    if frame.step_index != before + 1 or frame.page is None:
        raise RuntimeError(f"step {before + 1} was not shown at once")
    return seconds


def _paint_again(program: Program) -> float:
    """Return the seconds of painting the graph and the formulas without any change."""
    program.window.graph.viewport().update()
    program.window.derivation.viewport().update()
    began = time.perf_counter()
    QCoreApplication.sendPostedEvents()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
