"""From derivatives to new parameters: the gradient over the batch, clipping, then the rule stage by stage."""

from __future__ import annotations

from explainer.maths import update_operations
from explainer.maths.update_rows import PARAMETER
from explainer.maths.updates import UPDATES
from explainer.trace.learning import learn
from explainer.trace.record import Run, must_be_finite


def update_parameters(run: Run, depth: int, names: list[str]) -> None:
    """Put the gradients of some parameters together, clip them, update the parameters; remember when."""
    if names:
        run.update_order.append((depth, names))
    for name in names:
        run.gradients[name] = _gradient(run, name)
    trainable = [name for name in names if run.lesson.network.is_trainable(name)]
    _clip(run, trainable)
    for name in names:
        run.end.parameters[name] = run.start.parameters[name]
    if run.lesson.update.choice.name in UPDATES:
        for name in trainable:
            run.end.parameters[name] = _updated(run, name)
    elif names:
        learn(run)


def _gradient(run: Run, name: str) -> float:
    """Return the derivative of the whole error, reduced over the batch and with the penalty on the weight."""
    place = run.graph.parameter[name]
    gradient = run.sum_of_terms(place)
    run.adjoints[place] = gradient
    samples = len(run.graph.samples)
    if samples > 1 and run.lesson.loss.reduction == "mean":
        mean = update_operations.reduced(1, samples, "mean")
        gradient = run.calculator.value(mean, [gradient])
    if name in run.penalty_slopes:
        gradient = run.calculator.total([gradient, run.penalty_slopes[name]])
    must_be_finite(gradient, run.graph.nodes[place])
    return gradient


def _clip(run: Run, names: list[str]) -> None:
    """Shorten the gradient of what is going to be updated."""
    clip, calculate = run.lesson.update.clip, run.calculator
    if clip is None or not names:
        return
    if clip.by == "value":
        operation = update_operations.clipped_value(clip.threshold)
        for name in names:
            run.clipped[name] = calculate.value(operation, [run.gradients[name]])
        return
    gradients = [run.gradients[name] for name in names]
    norm = calculate.value(update_operations.norm(len(names)), gradients)
    factor = calculate.value(update_operations.clipping_factor(clip.threshold), [norm])
    run.clip_norm, run.clip_factor = norm, factor
    for name, gradient in zip(names, gradients, strict=True):
        # A short gradient stays as it is, also where arithmetic rounds.
        scaled = calculate.value(update_operations.scaled_gradient(), (factor, gradient))
        run.clipped[name] = gradient if norm <= clip.threshold else scaled


def _updated(run: Run, name: str) -> float:
    """Run the stages of the rule for one parameter and keep its memory."""
    choice = run.lesson.update.choice
    arguments = update_arguments(run, name)
    results: dict[str, float] = {}
    for stage, operation in update_operations.stages(choice.name, choice.parameters):
        results[stage.name] = run.calculator.value(operation, arguments)
        must_be_finite(results[stage.name], run.graph.nodes[run.graph.parameter[name]])
        arguments.append(results[stage.name])
    run.stages[name] = results
    memory = {cell: results[cell] for cell in UPDATES[choice.name].memory}
    if memory:
        run.end.state[name] = {**run.end.state.get(name, {}), **memory}
    return results[PARAMETER]


def update_arguments(run: Run, name: str) -> list[float]:
    """Return what the first stage of the rule starts from: w, ∂E/∂w (clipped), η, t, the memory cells."""
    remembered = run.start.state.get(name, {})
    cells = UPDATES[run.lesson.update.choice.name].memory
    return [
        run.start.parameters[name],
        run.clipped.get(name, run.gradients[name]),
        run.learning_rate,
        float(run.graph.pass_number + 1),
        *(remembered.get(cell, start) for cell, start in cells.items()),
    ]
