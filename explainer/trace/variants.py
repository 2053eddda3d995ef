"""Variants of a lesson for worksheets: numbers drawn so that the calculation shows something and can be done by hand.

The n-th variant is a pure function of lesson, seed and n. A rule that the lesson itself breaks, a saturated neuron in a lesson
about saturation, is not asked of its variants.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal

from msgspec.structs import replace

from explainer.lesson.checks import check_lesson
from explainer.lesson.drawing import drawn
from explainer.lesson.lesson import Lesson
from explainer.maths.extremum import Extremum
from explainer.maths.numbers import difference
from explainer.messages import Message, Refused, message
from explainer.trace.record import Run
from explainer.trace.run import run_pass

MOST_DRAWS = 500
MOST_VARIANTS = 1000
# A slope below this share of 1 is as good as none; a sum so near to a kink is none to teach with.
_FLAT = 0.01
_NEAR = 0.005
_SMALLEST_GRADIENT = 1e-4
_LARGEST = 1e4
# Units of the last digit printed by which an update must change a number.
_VISIBLE = 3


def variants(lesson: Lesson, seed: int, count: int, digits: int) -> Iterator[Run]:
    """Yield the first pass of so many different variants; `digits` are the significant digits printed.

    Raises Refused, naming the rule, where `MOST_DRAWS` draws give no variant that meets every rule.
    """
    asked = _rules_asked(lesson, digits)
    seen: set[object] = set()
    for variant in range(count):
        run = _variant(lesson, seed, variant, asked, seen)
        seen.add(_numbers(run.lesson))
        yield run


def _variant(lesson: Lesson, seed: int, variant: int, asked: list[_Rule], seen: set[object]) -> Run:
    broken: Counter[Message] = Counter()
    for attempt in range(MOST_DRAWS):
        candidate = drawn(lesson, seed, variant, attempt)
        if _numbers(candidate) in seen:
            broken[message("every variant has numbers of its own")] += 1
            continue
        try:
            check_lesson(candidate)
            run = run_pass(candidate, 0, None)
        except Refused:
            broken[message("the numbers can be calculated with")] += 1
            continue
        fault = next((rule.sentence for rule in asked if rule.is_broken(run)), None)
        if fault is None:
            return run
        broken[fault] += 1
    rule, _ = broken.most_common(1)[0]
    raise Refused(
        message(
            "After {count} draws there is no variant {number} that keeps the rule: {rule}. Let more numbers be drawn, or from wider ranges (vary).",
            count=MOST_DRAWS,
            number=variant + 1,
            rule=rule,
        )
    )


def _numbers(lesson: Lesson) -> object:
    """Return what may differ between variants."""
    values = None if lesson.expression is None else tuple(lesson.expression.values.items())
    parameters = tuple((name, lesson.network.value(name)) for name in lesson.network.parameters)
    data = lesson.data.inputs, lesson.data.targets
    return values, parameters, data, lesson.update.learning_rate


class _Rule:
    """One thing that a variant must be, as a sentence, and how to see that it is not."""

    def __init__(self, sentence: Message, is_broken: Callable[[Run], bool]) -> None:
        self.sentence = sentence
        self.is_broken = is_broken


def _rules_asked(lesson: Lesson, digits: int) -> list[_Rule]:
    """Return the rules that the lesson itself keeps."""
    own = run_pass(replace(lesson, vary=None), 0, None)
    return [rule for rule in _rules(digits) if not rule.is_broken(own)]


def _is_saturated(run: Run) -> bool:
    """Tell whether a smooth activation lets next to nothing back: its slope is nearly 0, but not 0 as by design."""
    return any(0 < abs(slope) < _FLAT for slope in _slopes(run))


def _has_zero_gradient(run: Run) -> bool:
    found = [
        value for name, value in run.gradients.items() if run.lesson.network.is_trainable(name)
    ]
    if run.lesson.expression is not None:
        found = [
            run.adjoints[place]
            for place, node in enumerate(run.graph.nodes)
            if node.role == "input"
        ]
    return any(abs(value) < _SMALLEST_GRADIENT for value in found) or 0.0 in _slopes(run)


def _is_invisible(run: Run, digits: int) -> bool:
    """Tell whether an update is lost in rounding."""
    for name, after in run.end.parameters.items():
        before = run.start.parameters[name]
        size = Decimal(repr(after)).adjusted() if after else 0
        change = abs(difference(after, before))
        if run.lesson.network.is_trainable(name) and change < _VISIBLE * 10.0 ** (
            size - digits + 1
        ):
            return True
    return False


def _stands_at_a_kink(run: Run) -> bool:
    """Tell whether a sum stands at 0, where many activations have a kink, or two arguments of a maximum tie."""
    for place, node in enumerate(run.graph.nodes):
        if node.role == "pre_activation" and abs(run.values[place]) < _NEAR:
            return True
        if isinstance(node.operation, Extremum) and node.operation.is_tied(
            [run.values[source] for source in node.inputs]
        ):
            return True
    return False


def _is_too_large(run: Run) -> bool:
    return any(abs(value) > _LARGEST for value in (*run.values, *run.adjoints))


def _slopes(run: Run) -> list[float]:
    """Return the slope of every activation at its operating point."""
    return [
        term.local
        for place, terms in enumerate(run.terms)
        for term in terms
        if run.graph.nodes[term.consumer].role == "activation"
        and run.graph.nodes[place].role != "parameter"
    ]


def _rules(digits: int) -> tuple[_Rule, ...]:
    return (
        _Rule(message("no number is larger than {limit}", limit=int(_LARGEST)), _is_too_large),
        _Rule(message("no neuron is saturated"), _is_saturated),
        _Rule(message("no gradient is zero"), _has_zero_gradient),
        _Rule(message("no sum stands at a kink and no maximum is a tie"), _stands_at_a_kink),
        _Rule(
            message("every update changes a digit that is printed"),
            lambda run: _is_invisible(run, digits),
        ),
    )
