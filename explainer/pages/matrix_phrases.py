"""The sentences of the matrix form: what each product of matrices answers, why it is made, what to notice."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.maths.printed import Printed
from explainer.maths.updates import RULES, is_plain
from explainer.messages import Message, message
from explainer.pages.layer_forward import TARGETS
from explainer.pages.layer_update import clipped_letter
from explainer.pages.layer_writer import LayerWriter


def sums_reason(layer: LayerWriter) -> Message:
    """Say what an entry of XW is."""
    return message(
        "A row of {X} is one sample, a column of {W} one neuron: together they give the weighted sum of that neuron for that sample.",
        X=layer.letter("X"),
        W=layer.letter("W"),
    )


def sums_notes(layer: LayerWriter, before: LayerWriter | None) -> Iterator[Message]:
    """Say where X comes from, what the ones do, and that an identity layer ends here."""
    if before is not None:
        yield message(
            "{X} is what the layer before puts out: {X} = {Y}.",
            X=layer.letter("X"),
            Y=before.letter(before.put_out),
        )
    if layer.form.layer.has_bias and layer.shape.n > 1:
        yield message("The column of ones gives every row the same biases.")
    if layer.entries.is_identity and layer.form.mask is None:
        yield message(
            "The layer passes its sums on unchanged: {Y} = {S}.",
            Y=layer.letter(layer.put_out),
            S=layer.letter("S"),
        )


def outputs_reason(layer: LayerWriter) -> Message:
    """Say how the function goes through the matrix."""
    if layer.form.slope is None:
        return message("The softmax turns every row into shares that add up to 1.")
    if layer.entries.function.text == "f":
        return message("Every entry goes through the activation function of its column's neuron.")
    return message("The activation function is applied to every entry by itself.")


def thinned_reason(layer: LayerWriter) -> Message:
    """Say what dropout does to the matrix."""
    if layer.names.run.lesson.mode == "train":
        return message(
            "Dropout multiplies entry by entry: a 0 switches a neuron off for one sample."
        )
    return message(
        "Where the trained network is applied, nothing is switched off; every entry keeps the share expected in training."
    )


def errors_reason(layer: LayerWriter) -> Message:
    """Say what is compared with what."""
    if layer.shape.n == 1:
        return message(
            "The row of predictions {Y} is compared with the row of targets {T}.",
            Y=layer.letter(layer.compared),
            T=TARGETS,
        )
    return message(
        "Every row of predictions {Y} is compared with its row of targets {T}: one error for each sample.",
        Y=layer.letter(layer.compared),
        T=TARGETS,
    )


def to_outputs_reason(layer: LayerWriter) -> Message:
    """Say where dY comes from."""
    dY = layer.letter(layer.compared, derivative=True)
    if layer.behind is None:
        return message(
            "The way back starts here: {dY} stands for the derivatives of the error by the entries of {Y}.",
            dY=dY,
            Y=layer.letter(layer.compared),
        )
    return message(
        "What came back to the next layer goes through its weights the other way, by the transposed matrix, and arrives as {dY}.",
        dY=dY,
    )


def to_sums_reason(layer: LayerWriter) -> Message:
    """Say how dY becomes dS."""
    if layer.form.slope is None:
        return message(
            "Every output of a softmax depends on all sums of its row, so a row comes back as a whole."
        )
    if layer.entries.is_identity:
        return message("The slope of the identity is 1.")
    return message(
        "Every entry is multiplied by the slope at its own weighted sum: {sign} multiplies entry by entry (Hadamard product).",
        sign=Printed("\\circ", "∘"),
    )


def back_notes(layer: LayerWriter) -> Iterator[Message]:
    """Say what a row of derivatives is, and which weights the way back goes through."""
    if layer.shape.n > 1:
        yield message(
            "A row holds the derivatives of its own sample's error; the samples come together only in the gradients of weights and biases."
        )
    behind = layer.behind
    if behind is None:
        return
    names = [name for row in behind.form.layer.weights for name in row]
    if any(behind.entries.is_renewed(name) for name in names):
        yield message(
            "The weights of the next layer have been updated already; the way back goes through the new ones."
        )


def weights_reason(layer: LayerWriter) -> Message:
    """Say what an entry of dW is."""
    if layer.shape.n == 1:
        return message(
            "The derivative by a weight is its input times the delta of its neuron; one matrix holds all these products."
        )
    return message(
        "The derivative by a weight is its input times the delta of its neuron, added up over the samples; one matrix holds all these sums."
    )


def biases_reason(layer: LayerWriter) -> Message:
    """Say what an entry of db is."""
    if layer.shape.n == 1:
        return message("A bias enters its sum with slope 1, so its derivative is the delta itself.")
    return message(
        "A bias enters every sum of its column with slope 1, so the columns are added up."
    )


def inputs_reason() -> Message:
    """Say what dX of the first layer is."""
    return message("Through the weights of the first layer come the derivatives by the inputs.")


def update_reason(layer: LayerWriter) -> Message:
    """Say how the update goes through a whole matrix."""
    rule = layer.names.run.lesson.update.choice.name
    if is_plain(rule):
        return message("One step against the gradient, for the whole matrix at once.")
    return message(
        "Every entry takes the step that the rule finds for it ({rule}).", rule=RULES[rule].label
    )


def update_notes(
    layer: LayerWriter, name: str, places: tuple[str | None, ...]
) -> Iterator[Message]:
    """Say what of a matrix does not move, and that its derivatives were clipped."""
    network = layer.names.run.lesson.network
    if any(name is not None and not network.is_trainable(name) for name in places):
        yield message("A parameter that is not trained stays where it is: its step is 0.")
    update = layer.names.run.lesson.update
    if update.clip is not None and is_plain(update.choice.name):
        yield message("{G} holds the derivatives after clipping.", G=clipped_letter(layer, name))


def entry_note(matrix: Printed, row: int, column: int) -> Message:
    """Say which entry of a matrix a step is about; rows and columns count from 1."""
    return message(
        "The step on its own is row {row}, column {column} of {matrix}.",
        matrix=matrix,
        row=row,
        column=column,
    )


def sum_reason(parameter: Printed, places: int) -> Message:
    """Say that a parameter of several entries has their sum as its gradient, and that a penalty adds to it."""
    if places == 1:
        return message(
            "To what the errors say of {w} the derivative of the penalty is added.", w=parameter
        )
    return message(
        "{w} stands in several places; what the entries there say adds up to its gradient.",
        w=parameter,
    )
