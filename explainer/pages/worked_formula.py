"""A formula worked through on paper: what is given, every operation, every derivative, all of them in one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from explainer.lesson.lesson import Expression, Lesson, text_in
from explainer.maths.expression import parse_formula
from explainer.maths.formula_nodes import FormulaNode, formula_nodes
from explainer.maths.printed import Printed
from explainer.maths.trees import Apply
from explainer.maths.typed import formula_of_tree
from explainer.messages import message, translate
from explainer.pages.document import PHASE_HEADINGS, rounding, without_repetition
from explainer.pages.formula_matrices import rules_section
from explainer.pages.given_training import equality
from explainer.pages.names import Names, derivative
from explainer.pages.narrate import narrate
from explainer.pages.page import (
    Block,
    Document,
    Figure,
    Heading,
    Maths,
    Paragraph,
    Sentence,
    Table,
    plain,
)
from explainer.trace.record import Run


def worked_formula(lesson: Lesson, runs: Sequence[Run], language: str, digits: int) -> Document:
    """Return the document that works through a formula; `digits` is the number of significant digits shown."""
    if lesson.expression is None:
        raise ValueError("the lesson has no expression")
    return _Writer(lesson.expression, runs, language, digits).document()


def given_of_formula(run: Run, language: str, digits: int) -> Iterator[Block]:
    """Yield the graph of a formula before anything is computed, and what is given."""
    if run.lesson.expression is None:
        raise ValueError("the lesson has no expression")
    yield from _Writer(run.lesson.expression, (run,), language, digits).given()


class _Writer:
    """Writes one document."""

    def __init__(
        self, expression: Expression, runs: Sequence[Run], language: str, digits: int
    ) -> None:
        self.expression = expression
        self.runs = runs
        self.run = runs[0]
        self.names = Names(self.run, language, digits)
        found = formula_nodes(expression.formula, tuple(expression.values))
        self.nodes, self.result = found.nodes, found.result

    def document(self) -> Document:
        lesson, language = self.run.lesson, self.names.language
        title = text_in(lesson.title, language)
        description = text_in(lesson.description, language)
        blocks: list[Block] = [Heading(1, (title,))]
        if description:
            blocks.append(Paragraph((description,)))
        blocks.extend(self.given())
        blocks.extend(self._steps())
        in_matrices = tuple(rules_section(self.names))
        if in_matrices:
            blocks += [Heading(2, self.names.say(message("In matrix form"))), *in_matrices]
        blocks.extend(self._result())
        blocks.append(Heading(2, self.names.say(message("Conventions"))))
        blocks.append(Paragraph(self.names.say(rounding(self.names))))
        return Document(title, language, tuple(without_repetition(blocks)))

    def given(self) -> Iterator[Block]:
        """Yield the picture and the table of what is given."""
        say = self.names.say
        caption = say(message("The computation graph with the values of its variables"))
        yield Figure(0, None, caption, self._in_words(with_values=False))
        yield Heading(2, say(message("Given")))
        rows: list[tuple[Sentence, ...]] = [
            (say(message("Formula")), (self._maths(each),)) for each in self._statements()
        ]
        values = [self._equality(name, value) for name, value in self.expression.values.items()]
        if values:
            rows.append((say(message("Values")), _listed(values)))
        yield Table(((), ()), tuple(rows))

    def _steps(self) -> Iterator[Block]:
        names = self.names
        for phase, steps in groupby(self.run.summary.steps, key=lambda step: step.phase):
            yield Heading(2, names.say(PHASE_HEADINGS[phase]))
            last = 0
            for step in steps:
                page = narrate(self.runs, 0, step.index, names.language, names.digits)
                yield Heading(3, (f"{step.index + 1}. ", *page.title))
                yield from page.blocks
                last = step.index
            if phase == "forward":
                caption = names.say(message("The computation graph with all its values"))
                yield Figure(0, last, caption, self._in_words(with_values=True))

    def _result(self) -> Iterator[Block]:
        """Yield a table of every node: what it is, its value, the derivative of the result by it."""
        say, number = self.names.say, self.names.number
        yield Heading(2, say(message("Result")))
        result = self._symbol(self.nodes[self.result])
        rows: list[tuple[Sentence, ...]] = []
        for place, node in enumerate(self.nodes):
            if node.name:
                slope = derivative(result, self._symbol(node))
                value, found = self.run.values[place], self._derivative(place)
                cells = (
                    self._maths(self._symbol(node)),
                    number(value).text,
                    self._maths(slope),
                    number(found).text,
                )
                rows.append(tuple((cell,) for cell in cells))
        header = (message("Node"), message("Value"), message("Derivative"), message("Number"))
        caption = message("Every node, its value, and how the result changes with it")
        yield Table(tuple(map(say, header)), tuple(rows), say(caption))

    def _derivative(self, place: int) -> float:
        return self.run.summary.deltas["0"][self.nodes[place].name]

    def _statements(self) -> Iterator[Printed]:
        """Yield the statements of the formula as they were typed."""
        formula = parse_formula(self.expression.formula, frozenset(self.expression.values))
        symbols = {name: self.names.parameter(name) for name in formula.variables}
        for statement in formula.statements:
            written = formula_of_tree(statement.tree, symbols, self.names.language)
            name = statement.name or self.nodes[self.result].name
            symbols[name] = self.names.parameter(name)
            yield equality(symbols[name], written)

    def _in_words(self, *, with_values: bool) -> str:
        """Describe the graph for those who cannot see it."""
        parts = [translate(message("A graph of operations."), self.names.language)]
        for place, node in enumerate(self.nodes):
            if node.tree is None:
                parts.append(plain((self._equality(node.name, self.run.values[place]),)) + ".")
            elif isinstance(node.tree, Apply):
                parts.append(self._operation_in_words(place, node, with_values=with_values))
        return " ".join(parts)

    def _operation_in_words(self, place: int, node: FormulaNode, *, with_values: bool) -> str:
        inputs = ", ".join(
            self._symbol(self.nodes[source]).text
            if self.nodes[source].name
            else self.names.number(self.run.values[source]).text
            for source in dict.fromkeys(node.inputs)
        )
        text = f"{inputs} → {self._symbol(node).text}"
        if with_values:
            text += f" = {self.names.number(self.run.values[place]).text}"
        return f"{text}."

    def _symbol(self, node: FormulaNode) -> Printed:
        return self.names.parameter(node.name)

    def _equality(self, name: str, value: float) -> Maths:
        return self._maths(equality(self.names.parameter(name), self.names.number(value)))

    @staticmethod
    def _maths(printed: Printed) -> Maths:
        return Maths(printed.latex, printed.text)


def _listed(parts: Sequence[Maths]) -> Sentence:
    found: list[str | Maths] = []
    for part in parts:
        found += [", ", part] if found else [part]
    return tuple(found)
