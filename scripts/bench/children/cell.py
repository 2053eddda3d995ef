"""Editing a cell of a large table of samples. Arguments: how many samples, how many edits.

Says how long each takes from the number typed to the painted frame, the table in sight.
"""

from __future__ import annotations

import random
import sys
import time

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from explainer.gui.app import Program, make_application
from explainer.lesson.lesson import Data, Lesson
from scripts.bench.children.said import say
from scripts.bench.networks import SMALL, layered
from scripts.patience import rest

_PAUSE = 150


def main() -> None:
    """Open the table, edit its cells, say how long each took."""
    count = int(sys.argv[1])
    application = make_application()
    program = Program(_with_samples(layered(SMALL, "tanh"), count), None, "en")
    program.window.show()
    rest(1000)
    program.furniture.actions["data"].trigger()
    rest(500)
    application.processEvents()
    stage, session = program.stage, program.stage.session
    for number in range(int(sys.argv[2])):
        row = number * 37 % count
        began = time.perf_counter()
        refusal = stage.attempt(session.set_cells, row, number % 3, ((2 + number / 100,),))
        QCoreApplication.sendPostedEvents()
        say("edit", 1000 * (time.perf_counter() - began))
        cells = (*session.lesson.data.inputs[row], *session.lesson.data.targets[row])
        if refusal is not None or stage.frame.lesson.data is not session.lesson.data:
            raise RuntimeError("the edit was not shown")
        if cells[number % 3] != 2 + number / 100:
            raise RuntimeError("the edit is not in the lesson")
        rest(_PAUSE)
    program.client.stop()


def _with_samples(lesson: Lesson, count: int) -> Lesson:
    draw = random.Random(3)  # noqa: S311 - the same numbers every time
    numbers = [tuple(round(draw.uniform(-1, 1), 3) for _ in range(3)) for _ in range(count)]
    data = Data(tuple(row[:2] for row in numbers), tuple(row[2:] for row in numbers))
    return replace(lesson, data=data)


if __name__ == "__main__":
    main()
