"""Slips at the update: clipping, the stages of a rule, the rules before back-propagation."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from explainer.maths import update_operations
from explainer.maths.update_rows import PARAMETER
from explainer.maths.updates import UPDATES, is_plain
from explainer.messages import message
from explainer.trace.learning import change_of, term_arguments, term_operation
from explainer.trace.record import LearningTerm, Run
from explainer.trace.slips.backward import whole_slips
from explainer.trace.slips.normalising import running_slips
from explainer.trace.slips.slip import (
    MISSING_TERM,
    OPPOSITE,
    SIGN,
    Found,
    averaged,
    doubled,
    given_as,
    missing_one,
    scaled,
    tried,
)
from explainer.trace.steps import Step
from explainer.trace.update import update_arguments
from explainer.trace.update_steps import is_about_whole_gradient

_ADDED = message("The change was added instead of subtracted, or the other way round.")
_NO_RATE = message("The learning rate was forgotten.")
_NO_RATE_ADDED = message("The learning rate was forgotten, and the change has the wrong sign.")
_ONLY_CHANGE = message("This is the change, not the new number.")
_ONLY_GRADIENT = message("This is the gradient, not the new number.")
_UNCHANGED = message("This is the old number: nothing was subtracted.")
_UNCLIPPED = message("The gradient was taken as it was before clipping.")
_NO_GRADIENT = message("The gradient was forgotten.")
_NO_MEMORY = message("What the rule remembers from the passes before was forgotten.")
_NO_CORRECTION = message("The running means were not corrected for their start at 0.")
_NO_ROOT = message("The step was divided by the running mean itself, not by its root.")
_NO_SCALE = message("The step was not divided by the root of the squared gradients.")
_NO_DECAY = message("The parameter was not first drawn towards 0.")
_PLAIN = message("This is plain gradient descent, not the rule of this lesson.")
_FIRST_RATE = message("The first learning rate was taken; its schedule has changed it since.")
_NOT_ROOTED = message("The square root of the sum was not taken.")
_ADDED_UP = message("The components were added, not their squares.")
_THRESHOLD = message("This is the threshold; a gradient within it stays as it is.")
_NO_INPUT = message("The input was forgotten: every weight moves by its own input.")
_NO_STEP = message("The weighted sum was taken where the answer of the neuron belongs.")
_STEPPED = message("The answer of the neuron was taken where its weighted sum belongs.")
_ONLY_TARGET = message("The target alone was taken, not its difference to the answer.")
_FOR_TARGET = message("The answer of the neuron was taken where its target belongs.")

# Those slips at a gradient that are made so often that they are looked for in what was made of it, too.
_CARRIED_ON = frozenset(
    (
        "twice", "half", "sign", "mean", "no slope", "missing path", "missing term",
        "updated weight", "weight for input", "only delta", "no penalty",
    )
)  # fmt: skip


def update_slips(run: Run, step: Step) -> Found:
    """Yield the slips at a step of the update."""
    if step.kind == "clip":
        yield from _clip(run, step)
        yield from given_as("sign", OPPOSITE, -step.value)
    elif step.kind == "normalise":
        yield from running_slips(run, step)
    else:
        yield from _moved(run, step)
        if step.kind == "update":
            yield from _update(run, step.subject)
        else:
            yield from _rule(run, step.subject)


def _clip(run: Run, step: Step) -> Found:
    if is_about_whole_gradient(run.lesson, step):
        gradients = [run.gradients[name] for name in run.clipped]
        squares = sum(gradient * gradient for gradient in gradients)
        yield from given_as("not rooted", _NOT_ROOTED, squares)
        yield from given_as("added up", _ADDED_UP, sum(map(abs, gradients)))
        yield from given_as("added up", _ADDED_UP, sum(gradients))
        parts = [gradient * gradient for gradient in gradients]
        if len(parts) > 1:
            for part in parts:
                left = tried(lambda part=part: math.sqrt(squares - part))  # type: ignore[misc]  # bound at once
                yield from given_as("missing term", MISSING_TERM, left)
        return
    yield from given_as("unclipped", _UNCLIPPED, run.gradients[step.subject])
    clip = run.lesson.update.clip
    if clip is not None:
        yield from given_as("threshold", _THRESHOLD, clip.threshold)
        yield from given_as("threshold", _THRESHOLD, -clip.threshold)


def _moved(run: Run, step: Step) -> Found:
    """Yield what is confused in every rule: the old number, the change, the new one."""
    before, after = run.start.parameters[step.subject], step.value
    change = after - before
    yield from given_as("added", _ADDED, before - change)
    yield from given_as("only change", _ONLY_CHANGE, change)
    yield from given_as("only change", _ONLY_CHANGE, -change)
    yield from given_as("unchanged", _UNCHANGED, before)
    yield from given_as("sign", OPPOSITE, -after)
    if run.learning_rate:
        steep = change / run.learning_rate
        yield from given_as("no rate", _NO_RATE, before + steep)
        yield from given_as("no rate, added", _NO_RATE_ADDED, before - steep)
    first = run.lesson.update.learning_rate
    if first != run.learning_rate and run.learning_rate:
        at_first = before + change * first / run.learning_rate
        yield from given_as("first rate", _FIRST_RATE, at_first)


def _update(run: Run, name: str) -> Found:
    gradient, rate = run.gradients[name], run.learning_rate
    before, used = run.start.parameters[name], run.clipped.get(name, gradient)
    yield from given_as("only gradient", _ONLY_GRADIENT, used)
    yield from given_as("no gradient", _NO_GRADIENT, before - rate)
    yield from given_as("no rate", _NO_RATE, _updated(run, name, rate=1.0))
    if name in run.clipped:
        yield from given_as("unclipped", _UNCLIPPED, _updated(run, name, gradient))
    if not is_plain(run.lesson.update.choice.name):
        yield from given_as("plain", _PLAIN, before - rate * used)
        yield from given_as("turned", SIGN, _updated(run, name, -used))
    yield from _of_memory(run, name)
    # A gradient that was put together wrongly, and then used as the rule says.
    for slip in (*doubled(run.lesson, used), *whole_slips(run, name)):
        if slip.key in _CARRIED_ON:
            yield from given_as(slip.key, slip.sentence, _updated(run, name, slip.value))


def _of_memory(run: Run, name: str) -> Found:
    """Yield the slips of the rules that remember something."""
    row = UPDATES[run.lesson.update.choice.name]
    stages = {stage.name for stage in row.stages}
    if row.memory:
        yield from given_as("no memory", _NO_MEMORY, _updated(run, name, forgets=True))
    copies = {name: name.removesuffix("_hat") for name in stages if name.endswith("_hat")}
    if copies:
        yield from given_as("no correction", _NO_CORRECTION, _updated(run, name, copies=copies))
    if "w_decayed" in stages:
        kept = {"w_decayed": run.start.parameters[name]}
        yield from given_as("no decay", _NO_DECAY, _updated(run, name, instead=kept))
    root = "v_hat" if "v_hat" in stages else "s" if "s" in stages else None
    if root is not None:
        below = run.stages[name][root]
        squared = _updated(run, name, instead={root: below * below})
        yield from given_as("no root", _NO_ROOT, squared)
        yield from given_as("no scale", _NO_SCALE, _updated(run, name, instead={root: 1.0}))


def _updated(
    run: Run,
    name: str,
    gradient: float | None = None,
    *,
    rate: float | None = None,
    forgets: bool = False,
    copies: Mapping[str, str] | None = None,
    instead: Mapping[str, float] | None = None,
) -> float:
    """Return the new parameter as the rule makes it of another gradient or rate, or with other results of its stages."""
    choice = run.lesson.update.choice
    weight, given, own_rate, time, *memory = update_arguments(run, name)
    cells = UPDATES[choice.name].memory
    if forgets:
        memory = list(cells.values())
    arguments = [
        weight,
        given if gradient is None else gradient,
        own_rate if rate is None else rate,
        time,
        *memory,
    ]
    results: dict[str, float] = {}
    for stage, operation in update_operations.stages(choice.name, choice.parameters):
        found = tried(lambda operation=operation: operation.value(arguments))  # type: ignore[misc]  # bound at once
        found = results[(copies or {})[stage.name]] if stage.name in (copies or {}) else found
        results[stage.name] = (instead or {}).get(stage.name, found)
        if not math.isfinite(results[stage.name]):
            return math.nan
        arguments.append(results[stage.name])
    return results[PARAMETER]


def _rule(run: Run, name: str) -> Found:
    """Yield the slips at the rules before back-propagation."""
    terms = run.learning_terms.get(name, [])
    if not terms:
        return
    before, after, rate = run.start.parameters[name], run.end.parameters[name], run.learning_rate
    change = change_of(run, name, terms) if len(terms) > 1 else terms[0].value
    sign = math.copysign(1.0, (after - before) * change * rate) if after != before else 1.0
    step = sign * rate
    count = len(run.graph.samples)
    is_mean = run.lesson.loss.reduction == "mean" and count > 1
    share = 1 / count if is_mean else 1.0
    values = [term.value for term in terms]
    total = sum(values)
    yield from scaled(averaged(total, count, is_mean=is_mean), step, before)
    yield from missing_one("missing term", MISSING_TERM, values, step * share, before)
    yield from _other_terms(run, name, step * share)
    yield from given_as("no gradient", _NO_GRADIENT, before - rate)


def _other_terms(run: Run, name: str, factor: float) -> Found:
    """Yield what comes out where every term is made of something else than the rule says."""
    before, terms = run.start.parameters[name], run.learning_terms[name]

    def moved(made: Callable[[float, float, float, float], float]) -> float:
        """Return the new parameter with every term made of its target, answer, weighted sum and input."""
        return before + factor * sum(made(*_given(run, term)) for term in terms)

    # The term of a bias has no input.
    rule = term_operation(run, terms[0]._replace(source=None))

    def told(target: float, answer: float, z: float) -> float:
        return tried(lambda: rule.value((target, answer, z)))

    yield from given_as("no input", _NO_INPUT, moved(lambda y, a, z, x: told(y, a, z)))
    # Which of the two a rule compares with the target is read off its expression.
    if told(1.0, 2.0, 3.0) != told(1.0, 4.0, 3.0):
        other = moved(lambda y, a, z, x: told(y, z, z) * x)
        yield from given_as("other answer", _NO_STEP, other)
    elif told(1.0, 2.0, 3.0) != told(1.0, 2.0, 4.0):
        other = moved(lambda y, a, z, x: told(y, a, a) * x)
        yield from given_as("other answer", _STEPPED, other)
    else:
        other = moved(lambda y, a, z, x: a * x)
        yield from given_as("other answer", _FOR_TARGET, other)
    yield from given_as("only target", _ONLY_TARGET, moved(lambda y, a, z, x: y * x))


def _given(run: Run, term: LearningTerm) -> tuple[float, float, float, float]:
    """Return target, answer, weighted sum and input of a term; the input of a bias is 1."""
    target, answer, z, *source = term_arguments(run, term)
    return target, answer, z, source[0] if source else 1.0
