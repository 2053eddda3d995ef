"""Jumping to steps of a large lesson whose pages are not prepared. Argument: the widths of the layers.

Says for every jump how long it took to the finished frame with the step's own formulas, and how long the same jump
takes when its page has been seen before.
"""

from __future__ import annotations

import sys
import time
from functools import partial

from PySide6.QtCore import QCoreApplication

from explainer.gui.app import Program, make_application
from scripts.bench.children.frames import FrameWatch
from scripts.bench.children.said import say
from scripts.bench.networks import layered, widths_of
from scripts.patience import Patience, rest

_JUMPS = 6
# How long the user looks before the next jump, ms: the worker is still busy with the neighbours of the last one.
_LOOK = 300


def main() -> None:
    """Open the lesson and jump through it twice."""
    widths = widths_of(sys.argv[1])
    application = make_application()
    program = Program(layered(widths, "tanh"), None, "en")
    patience = Patience(program, application)
    program.window.show()
    patience.settle()
    one_pass = program.stage.frame.one_pass
    count = len(one_pass.steps) if one_pass is not None else 0
    targets = [count * (jump + 1) // (_JUMPS + 1) for jump in range(_JUMPS)]
    painted: list[int] = []

    def shown() -> int:
        frame = program.stage.frame
        return frame.step_index if frame.page is not None else -1

    watch = FrameWatch(program.window, shown, painted.append)
    for target in targets:
        began = time.perf_counter()
        program.stage.go_to_step(target)
        patience.wait_while(partial(_is_awaited, target, painted))
        say("step_cold", 1000 * (time.perf_counter() - began))
        rest(_LOOK)
    program.window.removeEventFilter(watch)
    for target in targets:
        began = time.perf_counter()
        program.stage.go_to_step(target)
        QCoreApplication.sendPostedEvents()
        say("floor", 1000 * (time.perf_counter() - began))
        if program.stage.frame.page is None:
            raise RuntimeError(f"the page of step {target} was forgotten")
        rest(_LOOK)
    program.client.stop()


def _is_awaited(step: int, painted: list[int]) -> bool:
    return step not in painted


if __name__ == "__main__":
    main()
