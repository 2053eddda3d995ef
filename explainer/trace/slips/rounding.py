"""The slip that no single step shows: rounding on the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from msgspec.structs import replace

from explainer.lesson.lesson import Arithmetic
from explainer.maths.updates import is_plain
from explainer.messages import Refused
from explainer.trace.record import Run
from explainer.trace.run import run_again
from explainer.trace.slips.slip import ROUNDED, Found, given_as, tried
from explainer.trace.steps import Step

_EARLY = (
    Arithmetic("rounded", decimals=1),
    Arithmetic("rounded", decimals=2),
    Arithmetic("rounded", decimals=3),
    Arithmetic("rounded", significant=2),
    Arithmetic("rounded", significant=3),
)
_DECIMALS = (1, 2, 3)
# Of a larger network every pass by hand takes seconds, and nobody computes it by hand.
_MOST_NODES = 300


def rounded_slips(run: Run, step: Step) -> Found:
    """Yield what comes out at a step where intermediate results are rounded: all before it, or those it is made of."""
    if run.lesson.arithmetic.mode == "rounded":
        return
    for early in _early_runs(run):
        steps = early.summary.steps
        # Where a number was rounded to 0 a pass may take other steps.
        if len(steps) == len(run.summary.steps):
            yield from given_as("rounded", ROUNDED, steps[step.index].value)
    for decimals in _DECIMALS:
        yield from given_as("rounded", ROUNDED, _from_rounded_parts(run, step, decimals))


def _early_runs(run: Run) -> Sequence[Run]:
    """Return the pass computed by hand with few digits, once for each number of digits."""
    if run.by_hand is None:
        found: list[Run] = []
        for arithmetic in _EARLY if len(run.graph.nodes) <= _MOST_NODES else ():
            try:
                found.append(run_again(run, replace(run.lesson, arithmetic=arithmetic)))
            except Refused:
                # With so few digits there may be a division by 0.
                continue
        run.by_hand = tuple(found)
    return run.by_hand


def _from_rounded_parts(run: Run, step: Step, decimals: int) -> float:
    """Return a step's number made of its own parts, each rounded; NaN where it has no such parts."""

    def short(value: float) -> float:
        place = Decimal(1).scaleb(-decimals)
        return tried(lambda: float(Decimal(repr(value)).quantize(place, ROUND_HALF_UP)))

    graph = run.graph
    if step.kind in ("gradient_weight", "gradient_bias", "gradient_parameter"):
        terms = run.terms[graph.parameter[step.subject]]
        if len(terms) != 1 or len(graph.samples) > 1 or run.penalty_slopes.get(step.subject):
            return float("nan")
        return short(terms[0].upstream) * short(terms[0].local)
    if step.kind == "update":
        gradient = run.clipped.get(step.subject, run.gradients[step.subject])
        if not is_plain(run.lesson.update.choice.name):
            return float("nan")
        return run.start.parameters[step.subject] - run.learning_rate * short(gradient)
    if step.kind in ("clip", "rule", "batch_loss", "penalty") or step.phase == "update":
        return float("nan")
    place = _place_of(run, step)
    if step.phase == "backward":
        terms = run.terms[place]
        return sum(short(term.upstream) * short(term.local) for term in terms)
    node = graph.nodes[place]
    operation = node.operation
    if operation is None:
        return float("nan")
    given = ("parameter", "input", "target", "constant")
    arguments = [
        run.values[source] if graph.nodes[source].role in given else short(run.values[source])
        for source in node.inputs
    ]
    return tried(lambda: operation.value(arguments))


def _place_of(run: Run, step: Step) -> int:
    if step.kind == "loss":
        return run.graph.loss_of[step.sample or 0]
    return run.graph.place[step.sample, step.address or step.subject]
