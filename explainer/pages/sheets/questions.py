"""The questions of a worksheet with their answers: what each blank asks, what is right, how far off still counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from explainer.maths.numbers import shown
from explainer.pages.names import Names
from explainer.pages.narrate import told
from explainer.pages.page import Formula, Maths, Page, Piece, Row, joined
from explainer.pages.sheets.plan import POINTS, BlankKind, Plan, address_of, blank_kind
from explainer.trace.record import Run
from explainer.trace.steps import Step

_FRACTION = re.compile(r"\\frac\{(\\partial (?:(?!\}\{).)*)\}\{(\\partial (?:(?!\}\{).)*)\}")

# Units of the last digit printed by which an answer may differ: rounding on the way adds up; by hand it does not.
UNITS, UNITS_BY_HAND = 5, 1
# So many digits more than those of the answers are asked for on the way.
MORE = 2


class Answer(Struct, frozen=True):
    """One blank with what is right there.

    `label` is what stands in front of the answer ("z_{h_1}"). An answer that is a number has its exact `value` and
    `tolerance`; one in symbols has neither, and `latex`. `text` is the answer as it is printed, `also` what is as good.
    """

    number: int
    index: int
    address: str
    kind: BlankKind
    label: Maths
    points: int
    text: str
    latex: str
    value: float | None = None
    tolerance: float = 0.0
    also: tuple[str, ...] = ()


class Factor(Struct, frozen=True):
    """The factor of a chain rule that is missing: on every line where it stands."""

    answer: Answer
    derivative: str


class Questions(Struct, frozen=True):
    """All blanks of a sheet, numbered in reading order: results by step, rules by step, and missing factors."""

    results: dict[int, Answer]
    symbols: dict[int, Answer]
    factors: tuple[Factor, ...]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Return every answer in the order of the blanks."""
        found = [*self.results.values(), *self.symbols.values()]
        found += [factor.answer for factor in self.factors]
        return tuple(sorted(found, key=lambda answer: answer.number))


def questions_of(run: Run, plan: Plan, language: str, digits: int) -> Questions:
    """Return the numbered questions of a plan. `digits` are the significant digits printed."""
    return _Asker(Names(run, language, digits), plan).questions()


def rows_of(page: Page) -> tuple[Row, ...]:
    """Return the lines of the derivation on a page."""
    return tuple(row for block in page.blocks if isinstance(block, Formula) for row in block.rows)


def factors_in(rows: tuple[Row, ...]) -> Iterator[Piece]:
    """Yield the factors of the chain rule among some lines, as derivatives."""
    for row in rows:
        if row.role == "chain":
            yield from (piece for piece in row.right if piece.kind == "factor")


class _Asker:
    """Numbers the blanks and finds their answers."""

    def __init__(self, names: Names, plan: Plan) -> None:
        self._names, self._plan = names, plan
        self._steps = names.run.summary.steps
        self._rows = {step.index: rows_of(told(names, step)) for step in self._steps}
        self._symbols = self._with_what_says_the_same(set(plan.symbols))

    def questions(self) -> Questions:
        results: dict[int, Answer] = {}
        symbols: dict[int, Answer] = {}
        factors: list[Factor] = []
        number = 0
        for step in self._steps:
            if step.index in self._symbols:
                number += 1
                symbols[step.index] = self._symbolic(step, number)
            elif step.index in self._plan.factors:
                factor = self._missing(step, number + 1, {found.derivative for found in factors})
                if factor is not None:
                    number += 1
                    factors.append(factor)
            if step.index in self._plan.results:
                number += 1
                results[step.index] = self._numeric(step, number)
        return Questions(results, symbols, tuple(factors))

    def _numeric(self, step: Step, number: int) -> Answer:
        value = float(step.value)
        kind = blank_kind(step)
        left = self._rows[step.index][-1].left
        printed = self._names.number(value)
        return Answer(
            number,
            step.index,
            address_of(step),
            kind,
            _on_one_line(left),
            POINTS[kind],
            printed.text,
            printed.latex,
            value,
            tolerance(self._names.run, step, self._names.digits),
        )

    def _symbolic(self, step: Step, number: int) -> Answer:
        asked = [row for row in self._rows[step.index] if row.role in ("rule", "chain")]
        left = asked[0].left
        return Answer(
            number,
            step.index,
            address_of(step),
            "symbols",
            _on_one_line(left),
            POINTS["symbols"],
            "; ".join(_right_text(row) for row in asked),
            " ;\\; ".join(joined(row.right) for row in asked),
            also=tuple(_right_text(row) for row in self._rows[step.index] if row.role == "local"),
        )

    def _missing(self, step: Step, number: int, taken: set[str]) -> Factor | None:
        """Return the factor of a step that is left out: one that no step is about; None where there is none."""
        lefts = {joined(row.left) for rows in self._rows.values() for row in rows}
        able = [
            piece for piece in factors_in(self._rows[step.index])
            if piece.latex not in lefts and piece.latex not in taken
        ]  # fmt: skip
        several = sum(1 for _ in factors_in(self._rows[step.index])) > 1
        if not able or not several:
            return None
        piece = able[step.index % len(able)]
        answer = Answer(
            number,
            step.index,
            address_of(step),
            "factors",
            Maths(f"\\boxed{{{number}}}", f"[{number}]"),
            POINTS["factors"],
            piece.text,
            piece.latex,
            also=tuple(self._worked_out(step, piece)),
        )
        return Factor(answer, piece.latex)

    def _worked_out(self, step: Step, piece: Piece) -> Iterator[str]:
        """Yield a factor of a chain rule as the line below has it, in symbols."""
        for row in self._rows[step.index]:
            if row.role == "local":
                yield from (found.text for found in row.right if found.name == piece.latex)

    def _with_what_says_the_same(self, asked: set[int]) -> set[int]:
        """Return the steps whose rule is asked for, and those whose lines hold such a rule as a part."""
        found = set(asked)
        while True:
            wanted = [
                _right_text(row)
                for index in found
                for row in self._rows[index]
                if row.role in ("rule", "chain", "local") and len(row.right) > 1
            ]
            more = {
                index
                for index, rows in self._rows.items()
                if index not in found
                and any(part in _right_text(row) for part in wanted for row in rows)
            }
            if not more:
                return found
            found |= more


def tolerance(run: Run, step: Step, digits: int) -> float:
    """Return how far an answer may be off: some units of its last digit, at an update so little that the step shows."""
    arithmetic = run.lesson.arithmetic
    value = float(step.value)
    by_hand = arithmetic.mode == "rounded"
    if by_hand and arithmetic.decimals is not None:
        unit = 10.0**-arithmetic.decimals
    else:
        significant = (arithmetic.significant or digits) if by_hand else digits
        exponent = Decimal(repr(value)).adjusted() if value else 0
        unit = float(Decimal(1).scaleb(exponent - significant + 1))
    allowed = unit * (UNITS_BY_HAND if by_hand else UNITS)
    if step.kind in ("update", "rule"):
        change = abs(value - run.start.parameters[step.subject])
        # Whoever writes the old weight has not updated it. Yet what is rounded as the sheet says is right,
        # also where no such step can be seen.
        allowed = min(allowed, max(change / 4, 0 if by_hand else unit / 2)) if change else allowed
    if not by_hand:
        allowed = max(allowed, _lost_by_cancelling(run, step, digits))
    return float(f"{allowed:.2g}")


def _lost_by_cancelling(run: Run, step: Step, digits: int) -> float:
    """Return how far off a sum of derivatives may be whose terms are written with the digits that the sheet asks for.

    Where they nearly cancel, nobody who calculates so gets the digits of what is left; elsewhere it is little.
    """
    if step.phase != "backward":
        return 0.0
    if step.kind == "gradient_parameter":
        position, parts = run.graph.parameter[step.subject], len(run.graph.samples)
    else:
        position, parts = run.graph.place.get((step.sample, step.address), -1), 1
    if position < 0 or len(run.terms[position]) < 2:
        return 0.0
    if run.lesson.loss.reduction == "sum":
        parts = 1
    largest = sum(abs(term.product) for term in run.terms[position]) / parts
    return 2 * largest * 10.0 ** (1 - digits - MORE)


def shown_tolerance(value: float, language: str) -> str:
    """Return a tolerance as it is printed."""
    return shown(value, 2, language)


def _on_one_line(left: tuple[Piece, ...]) -> Maths:
    """Return what is asked for so that it fits into a line of text: a derivative with a stroke."""
    latex = joined(left)
    fraction = _FRACTION.fullmatch(latex)
    if fraction is not None:
        latex = f"{fraction[1]} / {fraction[2]}"
    return Maths(latex, " ".join(piece.text for piece in left))


def _right_text(row: Row) -> str:
    return " ".join(piece.text for piece in row.right if piece.text)
