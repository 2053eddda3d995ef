"""The sentences of the rules of matrices: what each computes, and how derivatives come back through it."""

from __future__ import annotations

from explainer.messages import Message, message
from explainer.trace.matrix_rules import Kind

FORWARD: dict[Kind, Message] = {
    "product": message("An entry is a row of the left matrix times a column of the right one."),
    "hadamard": message("Entries that stand in the same place are multiplied (Hadamard product)."),
    "sum": message("Entries that stand in the same place are added or subtracted."),
    "function": message("The function is applied to every entry by itself."),
    "transpose": message("Rows and columns change places; nothing is computed."),
    "permutation": message("The entries move to other places; nothing is computed."),
    "inverse": message(
        "A 2×2 matrix is inverted by exchanging two entries, changing the sign of the others, and dividing by the determinant."
    ),
    "weighted": message("Every entry counts with a weight of its own; the products are added up."),
    "squares": message("The squares of all entries are added up."),
}

BACKWARD: dict[Kind, Message] = {
    "product": message(
        "Through a product the derivatives come back times the other factor, transposed, on the side on which it stood."
    ),
    "hadamard": message(
        "The derivative comes back to every entry times the other factors in its place."
    ),
    "sum": message(
        "A sum hands derivatives on as they are, to what was subtracted with a minus sign."
    ),
    "function": message(
        "The derivative comes back to every entry times the slope of the function there."
    ),
    "transpose": message("The derivatives move back: rows and columns change places again."),
    "permutation": message(
        "The derivatives move back to where the entries came from, by the inverse permutation."
    ),
    "inverse": message(
        "When a matrix moves a little, its inverse moves by minus the inverse times that step times the inverse; on the way back both are transposed."
    ),
    "weighted": message("The weights of the entries are the derivatives by them."),
    "squares": message("Every entry stands twice in its square, so it comes back doubled."),
}
