"""A slider of the activation lab in motion, four functions compared. Argument: pixels of the screen for each of the window.

Says how long each movement takes from the slider's signal to the painted frame.
"""

from __future__ import annotations

import os
import sys
import time

os.environ["QT_SCALE_FACTOR"] = sys.argv[1]

from PySide6.QtCore import QEventLoop

from explainer.gui.app import Program, make_application
from explainer.lesson.examples import example
from scripts.bench.children.said import say
from scripts.patience import rest

_MOVES = 80
_WARM = 6


def main() -> None:
    """Open the lab, compare four functions, move a slider, say how long each frame took."""
    application = make_application()
    program = Program(example("mazur-2-2-2"), None, "en")
    program.window.resize(1440, 900)
    program.window.show()
    rest(1500)
    program.furniture.actions["activation"].trigger()
    side = program.window.side
    lab = side.lab
    if lab is None:
        raise RuntimeError("the lab did not open")
    from explainer.session.looking.comparison import chosen_from_catalogue

    for name in ("tanh", "relu", "elu"):
        lab.curves.functions.take(chosen_from_catalogue(name), replaces=False)
    lab.curves.look_at("h1")
    lab.curves.chips.chosen.emit(3)
    rest(2500)
    loop = QEventLoop()
    slider = lab.curves.sliders.sliders[0]
    for number in range(_MOVES):
        before = lab.curves.view.raster
        began = time.perf_counter()
        slider.setValue(40 + number)
        while lab.curves.view.raster is before:
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        lab.curves.view.repaint()
        if number >= _WARM:
            say("slide", 1000 * (time.perf_counter() - began))
    side.studio.stop()
    program.client.stop()
    application.quit()


if __name__ == "__main__":
    main()
