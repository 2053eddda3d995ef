"""Penalties: the entropy of each sample's predictions as a node beside its error, those of weights after the reduction."""

from __future__ import annotations

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import Lesson, Network
from explainer.maths import update_operations
from explainer.maths.penalties import PENALTIES
from explainer.trace.record import Run


def of_predictions(lesson: Lesson) -> Choice | None:
    """Return the penalty that every sample has its own of, None where there is none."""
    return _acting_on(lesson, "predictions")


def of_weights(lesson: Lesson) -> Choice | None:
    """Return the penalty on the weights, the same whatever the samples, None where there is none."""
    return _acting_on(lesson, "weights")


def _acting_on(lesson: Lesson, what: str) -> Choice | None:
    choice = lesson.penalty
    return choice if choice is not None and PENALTIES[choice.name].acts_on == what else None


def penalised(network: Network) -> tuple[str, ...]:
    """Return the parameters that a penalty on the weights counts: those of edges, each once, in file order."""
    weights = {edge.weight for edge in network.edges}
    return tuple(name for name in network.parameters if name in weights)


def penalise_weights(run: Run) -> None:
    """Compute the penalty on the weights at the pass's starting parameters, and its derivative by each."""
    choice = of_weights(run.lesson)
    if choice is None:
        return
    names = penalised(run.lesson.network)
    operation = update_operations.penalty(choice.name, len(names), choice.parameters)
    weights = [run.start.parameters[name] for name in names]
    run.penalty = run.calculator.value(operation, weights)
    slopes = run.calculator.partials(operation, weights)
    run.penalty_slopes = dict(zip(names, slopes, strict=True))
