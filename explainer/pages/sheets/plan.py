"""What a worksheet asks for: which steps are blank, by kind and share or by hand, and what follows from a blank."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from msgspec import Struct

from explainer.lesson.chance import permutation
from explainer.lesson.worksheet import NUMERIC as NUMERIC
from explainer.lesson.worksheet import BlankKind as BlankKind
from explainer.lesson.worksheet import Space as Space
from explainer.maths.numbers import MINUS, shown
from explainer.messages import Message, Refused, message
from explainer.pages.sheets.division import Divisions
from explainer.trace.record import Run
from explainer.trace.steps import Kind, Step

KINDS: dict[BlankKind, Message] = {
    "sums": message("weighted sums, or the operations of a formula"),
    "activations": message("activations"),
    "error": message("the error"),
    "deltas": message("deltas, or the derivatives of a formula"),
    "gradients": message("gradients"),
    "updates": message("updates"),
    "symbols": message("symbolic steps: the rule of a step, its chain rule"),
    "factors": message("one factor of each chain rule"),
}
SHARES = (30, 60, 100)
SPACES: tuple[Space, ...] = ("line", "box", "grid")

_OF_STEP: dict[Kind, BlankKind] = {
    "weighted_sum": "sums",
    "operation": "sums",
    "activation": "activations",
    "softmax": "activations",
    "maxout": "activations",
    "normalise": "activations",
    "dropout": "activations",
    "loss": "error",
    "penalty": "error",
    "batch_loss": "error",
    "delta": "deltas",
    "gradient_node": "deltas",
    "gradient_weight": "gradients",
    "gradient_bias": "gradients",
    "gradient_parameter": "gradients",
    "gradient_input": "gradients",
    "clip": "updates",
    "rule": "updates",
    "update": "updates",
}
POINTS: dict[BlankKind, int] = {
    "sums": 1, "activations": 1, "error": 1, "deltas": 2, "gradients": 2, "updates": 1,
    "symbols": 2, "factors": 1,
}  # fmt: skip
# A rule that the list of given things states anyway is no question.
_NO_RULE = ("loss", "penalty", "dropout", "normalise", "operation", "clip", "batch_loss")


class Options(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a teacher chooses of a worksheet.

    `kinds` and `share` (of the steps of these kinds, in per cent) draw the blanks; `steps`, where there are any, are the
    addresses of the steps to blank instead. `space` is what an answer is written on.
    """

    kinds: tuple[BlankKind, ...] = NUMERIC
    share: int = 60
    steps: tuple[str, ...] = ()
    space: Space = "line"
    points: bool = False


class Plan(Struct, frozen=True):
    """The steps, by index, whose result is asked for, whose rule is, and of whose chain rule one factor is."""

    results: tuple[int, ...]
    symbols: tuple[int, ...] = ()
    factors: tuple[int, ...] = ()

    @property
    def steps(self) -> tuple[int, ...]:
        """Return every step with a blank, in order."""
        return tuple(sorted({*self.results, *self.symbols, *self.factors}))


def blank_kind(step: Step) -> BlankKind:
    """Return to which kind of blank a step's result belongs."""
    if step.kind == "normalise" and step.phase == "update":
        return "updates"
    return _OF_STEP[step.kind]


def address_of(step: Step) -> str:
    """Return the name of a step that stays the same whatever its numbers are: `weighted_sum:h1.z`, `gradient_weight:w1@i1>h1`.

    A sample counts from 1: `loss:E#2`; a further piece of a maxout neuron too: `~2`.
    """
    place = step.address or step.subject
    use = ""
    if step.edge is not None:
        use = f"@{step.edge[0]}>{step.edge[1]}"
    elif step.neuron is not None:
        use = f"@{step.neuron}"
    piece = f"~{step.piece + 1}" if step.piece and not step.address else ""
    sample = "" if step.sample is None else f"#{step.sample + 1}"
    return f"{step.kind}:{place}{use}{piece}{sample}"


def make_plan(run: Run, options: Options, seed: int, digits: int) -> Plan:
    """Return what is blank on a sheet about a run; the draw depends on the seed and the steps, never on the numbers.

    Only what must follow a blank so that nothing printed gives it away depends on them. Refused where nothing would be blank.
    """
    steps = run.summary.steps
    if options.steps:
        chosen = {_index_of(steps, address) for address in options.steps}
        return Plan(tuple(sorted(with_consequences(run, chosen, digits))))
    results: set[int] = set()
    for kind in NUMERIC:
        if kind in options.kinds:
            able = [
                step.index for step in steps if blank_kind(step) == kind and _has_work(run, step)
            ]
            results |= _drawn(able, options.share, seed, kind)
    results = with_consequences(run, results, digits)
    symbols: set[int] = set()
    if "symbols" in options.kinds:
        able = [step.index for step in steps if step.kind not in _NO_RULE and _has_work(run, step)]
        symbols = _drawn(able, options.share, seed, "symbols")
    factors: set[int] = set()
    if "factors" in options.kinds:
        able = [
            step.index for step in steps
            if step.phase == "backward" and step.index not in symbols and _has_work(run, step)
        ]  # fmt: skip
        factors = _drawn(able, options.share, seed, "factors")
    if not results | symbols | factors:
        raise Refused(message("The lesson has no step of the kinds that are to be blank."))
    return Plan(tuple(sorted(results)), tuple(sorted(symbols)), tuple(sorted(factors)))


def with_consequences(run: Run, chosen: Collection[int], digits: int) -> set[int]:
    """Return the steps to blank so that no other step prints an answer or all but prints it.

    A result that reads like an answer is an answer itself (∂E/∂b = δ; what ReLU lets pass). A gradient could be read off
    the new weight, a part of a sum off the sum, a δ by one division off a gradient: these are asked for too.
    """
    steps = run.summary.steps
    divisions = Divisions(run)
    found = set(chosen)
    while True:
        texts = {printed_size(steps[index].value, digits) for index in found}
        parameters = {
            steps[index].subject for index in found
            if steps[index].kind in ("gradient_weight", "gradient_bias", "gradient_parameter")
        }  # fmt: skip
        clipped = {steps[index].subject for index in found if steps[index].kind == "clip"}
        whole_error = any(steps[index].kind in ("loss", "penalty") for index in found)
        more = {
            step.index
            for step in steps
            if step.index not in found
            and (
                (printed_size(step.value, digits) in texts and _has_work(run, step))
                or (step.kind in ("gradient_parameter", "update", "rule", "clip") and step.subject in parameters | clipped)
                or (step.kind == "batch_loss" and whole_error)
                or divisions.gives_away(step, found)
            )
        }  # fmt: skip
        if not more:
            return found
        found |= more


def printed_size(value: float, digits: int) -> str:
    """Return a number as it is printed, without its sign."""
    return shown(value, digits, "en").lstrip(MINUS)


def _has_work(run: Run, step: Step) -> bool:
    """Tell whether a step computes something: the derivative of a result by itself is 1 and no question."""
    if step.kind != "gradient_node":
        return True
    place = run.graph.place.get((step.sample, step.address or step.subject))
    place = run.graph.place.get((None, step.subject)) if place is None else place
    return place is None or not run.graph.is_seed(place)


def _drawn(able: Sequence[int], share: int, seed: int, purpose: str) -> set[int]:
    count = math.ceil(len(able) * share / 100)
    order = permutation(len(able), seed, "blanks", purpose)
    return {able[number] for number in order[:count]}


def _index_of(steps: Sequence[Step], address: str) -> int:
    """Return the step of an address, or of a number as the pages count them; Refused where there is none."""
    if address.isdecimal() and 1 <= int(address[:9]) <= len(steps):
        return int(address) - 1
    for step in steps:
        if address_of(step) == address:
            return step.index
    raise Refused(message('the lesson has no step "{address}"', address=address[:60]))
