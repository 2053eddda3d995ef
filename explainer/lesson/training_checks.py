"""Whether a lesson can be trained as it says: the rule, its state, clipping, the schedule, the penalty."""

from __future__ import annotations

from explainer.lesson.entries import check_choice, check_finite
from explainer.lesson.faults import below, quoted, refused
from explainer.lesson.lesson import RUNNING, Clip, Lesson, Update
from explainer.lesson.limits import MAX_OPERATIONS_PER_PASS, MAX_PASSES
from explainer.lesson.shape_faults import batch_size_fault
from explainer.maths.schedules import SCHEDULES
from explainer.maths.updates import LEARNING_RULES, RULES
from explainer.messages import Message, message


def check_training(lesson: Lesson) -> None:
    """Raise Refused, naming the place, unless the update and all that goes with it fit the lesson."""
    update = lesson.update
    check_choice(update.choice, "update", "rule", RULES)
    check_finite(update.learning_rate, "update.learning_rate")
    if update.learning_rate <= 0:
        raise refused("update.learning_rate", message("it must be greater than 0"))
    check_choice(update.schedule, "update.schedule", "name", SCHEDULES)
    _check_batch(lesson)
    if any(neuron.normalise is not None for neuron in lesson.network.neurons):
        _check_normalised(lesson)
    if update.clip is not None:
        _check_clip(update, update.clip)
    rule = LEARNING_RULES.get(update.choice.name)
    if update.only_on_error and (rule is None or "only_on_error" not in rule.switches):
        fault = message('the rule "{rule}" has no such field', rule=update.choice.name)
        raise refused("update.only_on_error", fault)
    # Tables that most lessons do without are imported where they are asked; they would cost the first frame.
    if lesson.penalty is not None:
        from explainer.maths.penalties import PENALTIES

        check_choice(lesson.penalty, "penalty", "name", PENALTIES)
    if lesson.initialise is not None:
        from explainer.maths.initialisers import INITIALISERS

        check_choice(lesson.initialise, "initialise", "name", INITIALISERS)
    if update.choice.name in LEARNING_RULES:
        _check_learning_rule(lesson)
    _check_state(lesson)


def _check_batch(lesson: Lesson) -> None:
    samples = len(lesson.data.inputs)
    wanted = lesson.update.batch_size
    batch = samples if wanted == "all" else int(wanted)
    if batch < 1:
        raise refused("update.batch_size", batch_size_fault())
    size = len(lesson.network.neurons) + len(lesson.network.edges)
    if min(batch, samples) * size > MAX_OPERATIONS_PER_PASS:
        fault = message(
            "one pass would take more than {limit} operations; take a smaller batch",
            limit=MAX_OPERATIONS_PER_PASS,
        )
        raise refused("update.batch_size", fault)


def _check_normalised(lesson: Lesson) -> None:
    """Check what batch normalisation needs: samples to compare, and the whole way back before the first update."""
    if lesson.update.order == "in_place":
        fault = message(
            "batch normalisation ties the samples together, so nothing can be updated in_place before all of them are done"
        )
        raise refused("update.order", fault)
    if lesson.mode == "apply":
        return
    samples = len(lesson.data.inputs)
    wanted = lesson.update.batch_size
    size = samples if wanted == "all" else min(int(wanted), samples)
    if size == 1:
        fault = message(
            "batch normalisation compares the samples of a batch, so in training it needs at least 2 of them"
        )
        raise refused("update.batch_size", fault)
    if samples % size == 1:
        fault = message(
            "{samples} samples in batches of {size} leave one for the last batch, and batch normalisation needs at least 2",
            samples=samples,
            size=size,
        )
        raise refused("update.batch_size", fault)


def _check_clip(update: Update, clip: Clip) -> None:
    check_finite(clip.threshold, "update.clip.threshold")
    if clip.threshold <= 0:
        raise refused("update.clip.threshold", message("it must be greater than 0"))
    if clip.by == "norm" and update.order == "in_place":
        fault = message(
            "clipping by norm needs the whole gradient before the first update, which in_place does not wait for"
        )
        raise refused("update.clip.by", fault)


def _check_learning_rule(lesson: Lesson) -> None:
    """Check what the rules before back-propagation need: one layer, and nothing that is added to a gradient."""
    name = lesson.update.choice.name
    roles = {neuron.id: neuron.role for neuron in lesson.network.neurons}
    for neuron in lesson.network.neurons:
        if neuron.role == "hidden":
            raise _one_layer(message('"{name}" is a hidden neuron', name=neuron.id), name)
        if not neuron.is_plain:
            raise _one_layer(message('"{name}" is more than a plain neuron', name=neuron.id), name)
    for edge in lesson.network.edges:
        if roles[edge.source] != "input":
            raise _one_layer(message('"{name}" feeds another neuron', name=edge.source), name)
    for place, stated in (("penalty", lesson.penalty), ("update.clip", lesson.update.clip)):
        if stated is not None:
            fault = message('the rule "{rule}" does not go together with it', rule=name)
            raise refused(place, fault)
    loss = LEARNING_RULES[name].descends
    if loss not in (None, lesson.loss.choice.name):
        fault = message(
            'the rule "{rule}" is gradient descent on {loss} and no other loss',
            rule=name,
            loss=loss,
        )
        raise refused("loss", fault)


def _one_layer(fault: Message, rule: str) -> Exception:
    text = message('the rule "{rule}" is for one layer, but {fault}', rule=rule, fault=fault)
    return refused("update.rule", text)


def _check_state(lesson: Lesson) -> None:
    state = lesson.state
    if not 0 <= state.passes <= MAX_PASSES:
        fault = message("it must be a whole number from 0 to {limit}", limit=MAX_PASSES)
        raise refused("state.pass", fault)
    _check_running(lesson)
    rule = lesson.update.choice.name
    for name, cells in state.parameters.items():
        place = below("state.parameters", name)
        if name not in lesson.network.parameters:
            raise refused(place, message('no parameter "{name}"', name=quoted(name)))
        for cell, value in cells.items():
            if cell not in RULES[rule].memory:
                fault = message(
                    'the rule "{rule}" remembers no "{cell}"', rule=rule, cell=quoted(cell)
                )
                raise refused(below(place, cell), fault)
            check_finite(value, below(place, cell))


def _check_running(lesson: Lesson) -> None:
    """Check the running averages of batch normalisation."""
    normalised = {neuron.id for neuron in lesson.network.neurons if neuron.normalise is not None}
    for name, cells in lesson.state.neurons.items():
        place = below("state.neurons", name)
        if name not in normalised:
            fault = message('no neuron "{name}" with batch normalisation', name=quoted(name))
            raise refused(place, fault)
        for cell, value in cells.items():
            if cell not in RUNNING:
                fault = message('batch normalisation remembers no "{cell}"', cell=quoted(cell))
                raise refused(below(place, cell), fault)
            check_finite(value, below(place, cell))
            if cell == "running_variance" and value < 0:
                raise refused(below(place, cell), message("it must not be negative"))
