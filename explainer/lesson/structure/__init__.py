"""Edits of the structure of a network: neurons, layers, edges, names, ties. Functions from the lesson to a new one.

Like all edits they leave the old lesson alone and refuse, with one sentence, what the file format would refuse. They
are for lessons about networks; a lesson about a formula is refused.
"""

from explainer.lesson.structure.adding import add_layer, add_neuron
from explainer.lesson.structure.edges import add_edge, connect_all, edge_refusal
from explainer.lesson.structure.fragments import copied, duplicate, paste
from explainer.lesson.structure.ground import EdgeKey
from explainer.lesson.structure.moving import move_neuron, pin
from explainer.lesson.structure.parameters import (
    Use,
    parameter_at,
    set_bias,
    set_trainable,
    tie,
    untie,
    uses_of,
)
from explainer.lesson.structure.removing import remove
from explainer.lesson.structure.renaming import (
    TextField,
    rename_neuron,
    rename_parameter,
    set_label,
    set_text,
)
from explainer.lesson.structure.special import (
    set_dropout,
    set_group,
    set_normalise,
    set_pieces,
)

__all__ = [
    "EdgeKey", "TextField", "Use", "add_edge", "add_layer", "add_neuron", "connect_all", "copied", "duplicate",
    "edge_refusal", "move_neuron", "parameter_at", "paste", "pin", "remove", "rename_neuron", "rename_parameter", "set_bias",
    "set_dropout", "set_group", "set_label", "set_normalise", "set_pieces", "set_text", "set_trainable", "tie",
    "untie", "uses_of",
]  # fmt: skip
