"""Editing a large network in the window.

Arguments: the widths of the layers, `dense` or `sparse`, how many weights are typed, neurons added, edits taken back.
Says how long each takes from the intent to the painted frame with the change in it, and after a new neuron how long it is
until everything has its place and is sharp.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from explainer.gui.app import Program, make_application
from scripts.bench.children.said import say
from scripts.bench.networks import layered, sparse, widths_of
from scripts.patience import rest

# A pause between two edits, ms: nobody edits faster.
_PAUSE = 150


def main() -> None:
    """Open the network, edit it, say how long each edit took."""
    widths = widths_of(sys.argv[1])
    network = {"dense": layered, "sparse": sparse}[sys.argv[2]]
    typed, added, undone = map(int, sys.argv[3:])
    application = make_application()
    program = Program(network(widths, "tanh"), None, "en")
    program.window.show()
    rest(1000)
    application.processEvents()
    session, graph = program.stage.session, program.window.graph
    for number in range(typed):
        weight = session.lesson.network.edges[17 * number].weight
        _say_how_long(program, "type", session.set_parameter, weight, 0.4321 + number / 100)
    for _ in range(added):
        _say_how_long(program, "add", session.add_neuron, len(widths) // 2)
        began = time.perf_counter()
        while not graph.is_settled:
            application.processEvents()
        settled = 1000 * (time.perf_counter() - began)
        say("settle", settled)
        rest(max(0, round(_PAUSE - settled)))
    for _ in range(undone):
        _say_how_long(program, "undo", session.undo)
    program.client.stop()


def _say_how_long(
    program: Program, name: str, intent: Callable[..., object], *arguments: object
) -> None:
    """Carry an intent out and say how long it takes until its frame is painted."""
    before = program.window.graph.drawing
    began = time.perf_counter()
    program.stage.do(intent, *arguments)
    QCoreApplication.sendPostedEvents()
    say(name, 1000 * (time.perf_counter() - began))
    shown = {shape.key for shape in program.window.graph.drawing.shapes}
    there = {shape.key for shape in before.shapes}
    wanted = {"type": shown == there, "add": shown > there, "undo": shown < there}
    if program.window.graph.drawing == before or not wanted[name]:
        raise RuntimeError(f"the graph did not show what to {name} changed")
    if name != "add":
        rest(_PAUSE)


if __name__ == "__main__":
    main()
