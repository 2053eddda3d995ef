"""Lessons made from a table of samples: a dense network of any size for it, with any loss and rule."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from explainer.lesson.checks import check_lesson
from explainer.lesson.choice import Choice
from explainer.lesson.inputs import received_in
from explainer.lesson.lesson import Data, Lesson, Loss, Neuron, Text, Update
from explainer.lesson.limits import MAX_OPERATIONS_PER_PASS
from explainer.lesson.templates import new_lesson
from explainer.maths.activations import initialiser_for
from explainer.maths.losses import LOSSES
from explainer.messages import Refused, message

XAVIER = Choice("xavier_uniform")
_TANH = Choice("tanh")
_SQUARES = Choice("half_squared_error")


def lesson_for(
    data: Data,
    hidden: Sequence[int] = (),
    *,
    title: Text = "Trained on a table",
    activation: Choice = _TANH,
    output: Choice | None = None,
    loss: Choice = _SQUARES,
    update: Update | None = None,
    penalty: Choice | None = None,
    initialiser: Choice | None = None,
    seed: int = 0,
) -> Lesson:
    """Return a lesson with a dense network for `data`: its columns given and computed, the hidden layers, its outputs.

    Without `output` the last layer has the activation its error is made for, without `initialiser` weights are drawn as
    suits the hidden layers' activation; they are drawn from `seed`, biases start at 0. A batch size that a pass cannot
    hold is made smaller. Refused, with one sentence, for what does not fit.
    """
    if not data.inputs or not data.targets:
        raise Refused(message("there are no samples"))
    sizes = (len(received_in(data, data.inputs[0])), *hidden, len(data.targets[0]))
    drawn = initialiser or Choice(initialiser_for(activation.name))
    network = new_lesson(sizes, activation, drawn, seed).network
    made_for = LOSSES.get(loss.name)
    # What is no loss is refused below, with all there are.
    last = output or Choice("identity" if made_for is None else made_for.output)

    def finished(neuron: Neuron) -> Neuron:
        return replace(neuron, activation=last) if neuron.role == "output" else neuron

    network = replace(network, neurons=tuple(map(finished, network.neurons)))
    wanted = update or Update(batch_size=10)
    most = max(1, MAX_OPERATIONS_PER_PASS // (len(network.neurons) + len(network.edges)))
    samples = len(data.inputs)
    size = samples if wanted.batch_size == "all" else int(wanted.batch_size)
    if size > most:
        wanted = replace(wanted, batch_size=most)
    lesson = Lesson(
        "explainer-lesson",
        1,
        title,
        network,
        data,
        loss=Loss(loss),
        penalty=penalty,
        update=wanted,
        initialise=drawn,
        seed=seed,
    )
    check_lesson(lesson)
    return lesson
