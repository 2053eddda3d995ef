"""The pages of a sheet, step by step, with blanks or with the blanks filled."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby

from msgspec.structs import replace

from explainer.messages import message, plural, translate
from explainer.pages.achieved import curves_of
from explainer.pages.document import PHASE_HEADINGS
from explainer.pages.given import in_words
from explainer.pages.names import Names
from explainer.pages.narrate import told
from explainer.pages.page import (
    AnswerSpace,
    Block,
    Figure,
    Formula,
    Heading,
    Maths,
    Paragraph,
    Piece,
    Row,
    Sentence,
    plain,
)
from explainer.pages.sheets.computed import Computed, with_marks
from explainer.pages.sheets.front import front
from explainer.pages.sheets.head import head, instructions, short_key
from explainer.pages.sheets.model import Sheet
from explainer.pages.sheets.names import SheetNames, box
from explainer.pages.sheets.questions import Answer, rows_of
from explainer.trace.addresses import output_address
from explainer.trace.steps import Step

_IN_SYMBOLS = ("rule", "chain", "local")


class Writer:
    """Writes a sheet, or its key where it is `filled`; of a `short` key the answers alone."""

    def __init__(self, sheet: Sheet, pass_index: int, *, filled: bool, short: bool = False) -> None:
        self._sheet, self._pass, self._filled, self._short = sheet, pass_index, filled, short
        self._questions = sheet.questions
        self._run = sheet.run if filled else with_marks(sheet.run)
        self._steps = self._run.summary.steps
        if filled:
            self._names = Names(self._run, sheet.language, sheet.digits)
        else:
            hidden = {
                answer.number: _computed(self._steps[index])
                for index, answer in self._questions.results.items()
            }
            self._names = SheetNames(self._run, sheet.language, sheet.digits, hidden)

    def blocks(self) -> Iterator[Block]:
        """Yield what stands on the sheet, or on its key, in reading order."""
        say = self._names.say
        yield Heading(1, (self._sheet.title,))
        yield head(self._sheet, self._names, filled=self._filled)
        if self._filled:
            yield Heading(2, say(message("Answers")))
            yield short_key(self._sheet, self._names)
            if self._short:
                return
        else:
            yield from instructions(self._sheet, self._names)
        yield from front(self._names, self._pass)
        for phase, steps in groupby(self._steps, key=lambda step: step.phase):
            yield Heading(2, say(PHASE_HEADINGS[phase]))
            for step in steps:
                yield from self._step(step)
            if phase == "forward":
                yield from self._picture()

    def _step(self, step: Step) -> Iterator[Block]:
        page = told(self._names, step)
        result = self._questions.results.get(step.index)
        symbols = self._questions.symbols.get(step.index)
        factor = next(
            (found.answer for found in self._questions.factors if found.answer.index == step.index),
            None,
        )
        asked = [answer for answer in (symbols, factor, result) if answer is not None]
        title: Sentence = (f"{step.index + 1}. ", *page.title, *self._whose(step))
        if self._filled:
            for place, answer in enumerate(asked):
                # Two numbers stay on one line.
                gap = "\u00a0" if place else " "
                title = (*title, gap, Maths(f"\\boxed{{{answer.number}}}", f"[{answer.number}]"))
            yield Heading(3, title)
            yield from page.blocks
            return
        yield Heading(3, title)
        rows = self._shown(rows_of(page), result, symbols)
        quiet = symbols is not None or factor is not None or bool(self._questions.factors)
        for block in page.blocks:
            if isinstance(block, Formula):
                if rows:
                    yield Formula(rows)
                rows = ()
            elif not (quiet and isinstance(block, Paragraph) and block.style == "note"):
                yield block
        for answer in asked:
            yield self._space(answer)

    def _shown(
        self, rows: tuple[Row, ...], result: Answer | None, symbols: Answer | None
    ) -> tuple[Row, ...]:
        """Return the lines that may stand on the sheet."""
        kept = self._with_gaps(rows)
        if symbols is not None:
            kept = [row for row in kept if row.role == "result"]
        if result is not None:
            kept = [row for row in kept if row.role in _IN_SYMBOLS and not _says(row, result)]
        return tuple(kept)

    def _with_gaps(self, rows: tuple[Row, ...]) -> list[Row]:
        """Return lines in which missing factors are boxes, in symbols and in numbers."""
        missing = {factor.derivative: factor.answer.number for factor in self._questions.factors}
        chain = next((row for row in rows if row.role == "chain"), None)
        gaps = {
            place: missing[piece.latex]
            for place, piece in enumerate(chain.right if chain else ())
            if piece.latex in missing
        }
        if not gaps or chain is None:
            return list(rows)
        found: list[Row] = []
        for row in rows:
            if row.role in ("chain", "local", "numbers"):
                if len(row.right) != len(chain.right):
                    continue
                row = replace(row, right=tuple(
                    _gap(piece, gaps[place]) if place in gaps else piece
                    for place, piece in enumerate(row.right)
                ))  # fmt: skip
            found.append(row)
        return found

    def _space(self, answer: Answer) -> AnswerSpace:
        label: list[str | Maths] = [Maths(f"\\boxed{{{answer.number}}}", f"[{answer.number}]")]
        if self._sheet.options.points:
            worth = plural("{count} point", "{count} points", answer.points)
            label.append(f" ({translate(worth, self._sheet.language)})")
        if answer.kind == "symbols":
            # The catalogue is collected by reading the source, which does not look into texts with places in them.
            in_symbols = message("in symbols:")
            label.append(f" {translate(in_symbols, self._sheet.language)}")
        if answer.kind == "factors":
            label.append("\u00a0\u00a0=")
        else:
            # Spaces that stay: a box touches what follows otherwise.
            label += ["\u00a0\u00a0", Maths(f"{answer.label.latex} =", f"{answer.label.text} =")]
        is_formula = answer.kind == "symbols"
        return AnswerSpace(answer.number, tuple(label), self._sheet.options.space, is_formula)

    def _picture(self) -> Iterator[Block]:
        """Yield the network after the forward pass without what is asked for, unless that is all of it, and the curves."""
        forward = [step for step in self._steps if step.phase == "forward"]
        asked = self._questions.results
        network = self._run.lesson.network
        hidden: set[str] = set()
        for step in forward:
            if step.index in asked and not self._filled:
                hidden.add(step.address or step.subject)
                formula = self._run.lesson.expression is not None
                if formula or output_address(network.neuron(step.subject)) == step.address:
                    hidden.add(step.subject)
        if not all(step.index in asked for step in forward):
            yield self._after(forward[-1], hidden)
        if self._run.lesson.expression is None:
            for figure in curves_of(self._names, hidden):
                yield replace(figure, pass_index=self._pass)

    def _after(self, step: Step, hidden: Collection[str]) -> Figure:
        """Return the network, or the graph of a formula, after its last forward step."""
        if self._run.lesson.expression is None:
            caption = self._names.say(message("The network after the forward pass"))
            words = in_words(self._names, with_values=True)
        else:
            caption = self._names.say(message("The computation graph with all its values"))
            words = plain(caption)
        return Figure(self._pass, step.index, caption, words, tuple(sorted(hidden)))

    def _whose(self, step: Step) -> Sentence:
        if step.sample is None or len(self._run.summary.samples) == 1:
            return ()
        return (" · ", *self._names.say(message("sample {number}", number=step.sample + 1)))


def _says(row: Row, answer: Answer) -> bool:
    """Tell whether a line in symbols is the answer itself, as that of ∂(a + b)/∂a is 1."""
    return " ".join(piece.text for piece in row.right) == answer.text


def _gap(piece: Piece, number: int) -> Piece:
    shown = box(number)
    return replace(piece, latex=shown.latex, text=shown.text, name="", blank=True)


def _computed(step: Step) -> Computed:
    value = step.value
    return value if isinstance(value, Computed) else Computed(value, f"step {step.index}")
