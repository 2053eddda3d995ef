"""Adding a neuron to a network in the window. Arguments: the widths of the layers, how many neurons.

Says how long it takes from the edit to the painted frame.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QCoreApplication

from explainer.gui.app import Program, make_application
from scripts.bench.children.said import say
from scripts.bench.networks import layered
from scripts.patience import rest

# A pause between two edits, ms: nobody adds neurons faster.
_PAUSE = 150


def main() -> None:
    """Open the network, add neurons, say how long each took."""
    widths = [int(width) for width in sys.argv[1].split("-")]
    application = make_application()
    program = Program(layered(widths, "tanh"), None, "en")
    program.window.show()
    rest(1000)
    application.processEvents()
    shapes = len(program.window.graph.shown.shapes)
    session = program.stage.session
    for _ in range(int(sys.argv[2])):
        began = time.perf_counter()
        program.stage.do(session.add_neuron, len(widths) // 2)
        QCoreApplication.sendPostedEvents()
        say("add", 1000 * (time.perf_counter() - began))
        if len(program.window.graph.shown.shapes) == shapes:
            raise RuntimeError("no neuron came to the canvas")
        shapes = len(program.window.graph.shown.shapes)
        rest(_PAUSE)
    program.client.stop()


if __name__ == "__main__":
    main()
