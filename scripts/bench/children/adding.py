"""Adding a neuron to a network in the window. Arguments: the widths of the layers, how many neurons.

Says how long it takes from the edit to the painted frame.
"""

from __future__ import annotations

import sys
import time
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from explainer.gui.app import Program, make_application
from explainer.lesson.layers import columns
from explainer.lesson.lesson import Edge, Lesson, Neuron, Parameter
from explainer.messages import message
from explainer.session.choosing import Change
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
    title = message("a neuron")
    for number in range(int(sys.argv[2])):
        name = f"new{number + 1}"
        change = Change(f"neuron {number}", title, partial(with_neuron, name=name))
        began = time.perf_counter()
        program.stage.choose(change)
        QCoreApplication.sendPostedEvents()
        say("add", 1000 * (time.perf_counter() - began))
        if f"circle:{name}" not in program.window.graph.shown.shapes:
            raise RuntimeError(f"{name} is not on the canvas")
        rest(_PAUSE)
    program.client.stop()


def with_neuron(lesson: Lesson, name: str) -> Lesson:
    """Return the lesson with one more neuron in the middle layer, fully connected."""
    network = lesson.network
    layers = columns(network)
    middle = len(layers) // 2
    edges = [(source, name) for source in layers[middle - 1]]
    edges += [(name, target) for target in layers[middle + 1]]
    new = tuple(Edge(source, target, f"w_{source}_{target}") for source, target in edges)
    like = network.neuron(layers[middle][0])
    neuron = Neuron(name, "hidden", like.activation, bias=f"b_{name}")
    place = 1 + max(
        number for number, each in enumerate(network.neurons) if each.id in layers[middle]
    )
    neurons = (*network.neurons[:place], neuron, *network.neurons[place:])
    added: dict[str, float | Parameter] = {edge.weight: 0.1 for edge in new}
    parameters = {**network.parameters, **added, f"b_{name}": 0.0}
    return replace(
        lesson,
        network=replace(
            network, neurons=neurons, edges=(*network.edges, *new), parameters=parameters
        ),
    )


if __name__ == "__main__":
    main()
