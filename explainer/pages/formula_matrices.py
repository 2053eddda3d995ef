"""The matrix form of a formula that spells out rules of matrices: the rule that a step belongs to, all rules of a pass."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.lesson.lesson import Expression
from explainer.messages import Message, message
from explainer.pages.grid_text import GridText
from explainer.pages.matrix_phrases import entry_note
from explainer.pages.matrix_steps import Part, Told
from explainer.pages.names import Names
from explainer.pages.page import Block, Formula, Heading, Maths, Paragraph, Sentence, Table
from explainer.pages.rule_backward import back_rows
from explainer.pages.rule_forward import forward_rows, right_letters
from explainer.pages.rule_phrases import BACKWARD, FORWARD
from explainer.trace.matrix_rules import Rule, Rules, matrix_rules
from explainer.trace.record import Run
from explainer.trace.steps import Step


def has_matrices(run: Run) -> bool:
    """Tell whether a run is of a formula that spells out a rule between matrices."""
    return run.lesson.expression is not None and bool(_rules(run.lesson.expression).found)


def tell_rule(names: Names, step: Step) -> Told | None:
    """Return what is told about a step of a formula; None where it is part of no rule."""
    text = _text(names)
    statement = _statement(text, step.subject)
    rule = text.rules.of(statement)
    if step.kind == "operation":
        return None if rule is None else _forward(text, rule, step)
    grid = next((grid for grid in text.rules.grids.values() if statement in grid.names), None)
    letter = grid.letter if grid is not None else rule.arguments[0] if rule is not None else None
    if letter is None or step.subject == _result(names.run) or not _is_explained(text, letter):
        return None
    return _backward(text, letter, step)


def rules_section(names: Names) -> Iterator[Block]:
    """Yield every rule forward, then every derivative back."""
    if not has_matrices(names.run):
        return
    yield from rules_overview(names)
    text = _text(names)
    told = [_forward(text, rule, None) for rule in text.rules.found]
    letters = [name for rule in reversed(text.rules.found) for name in rule.arguments]
    told += [
        _backward(text, letter, None)
        for letter in dict.fromkeys(letters)
        if _is_explained(text, letter)
    ]
    for page in told:
        yield Heading(3, names.say(page.title))
        for part in page.parts:
            yield Paragraph(names.say(part.reason))
            yield Formula(part.rows)


def rules_overview(names: Names) -> Iterator[Block]:
    """Yield the matrices of a formula: their shapes, and what each is computed from."""
    text = _text(names)
    sentence = message(
        "The names with a row and a column are the entries of matrices, and the formulas spell out rules between them."
    )
    yield Paragraph(names.say(sentence))
    made = {rule.result: rule for rule in text.rules.found}
    rows: list[tuple[Sentence, ...]] = []
    for letter, grid in text.rules.grids.items():
        symbol = text.letter(letter)
        rows.append(
            (
                (Maths(symbol.latex, symbol.text),),
                (f"{grid.rows} × {grid.columns}",),
                _origin(text, made[letter]) if letter in made else names.say(message("given")),
            )
        )
    header = (message("Matrix"), message("Shape"), message("Rule"))
    yield Table(tuple(map(names.say, header)), tuple(rows))


def _origin(text: GridText, rule: Rule) -> Sentence:
    text = GridText(text.names, text.rules, shapes=False)
    parts = right_letters(text, rule)
    symbol = text.letter(rule.result)
    latex = " ".join(part.latex for part in parts)
    shown = " ".join(part.text for part in parts)
    return (Maths(f"{symbol.latex} = {latex}", f"{symbol.text} = {shown}"),)


def _forward(text: GridText, rule: Rule, step: Step | None) -> Told:
    is_matrix = rule.result in text.rules.grids
    symbol = text.letter(rule.result) if is_matrix else text.result
    title = (
        message("What is the matrix {X}?", X=symbol)
        if is_matrix
        else message("What is {x}?", x=symbol)
    )
    notes = []
    if step is not None and is_matrix and step.subject in text.grid(rule.result).names:
        notes.append(_pointer(text, rule.result, step, derivative=False))
    return Told(title, [Part(FORWARD[rule.kind], forward_rows(text, rule))], notes)


def _backward(text: GridText, letter: str, step: Step | None) -> Told:
    X = text.letter(letter)
    title = message("How does the result change with the matrix {X}?", X=X)
    kinds = dict.fromkeys(rule.kind for rule in text.rules.uses(letter))
    first, *others = [BACKWARD[kind] for kind in kinds]
    notes = list(others)
    if step is not None and step.subject in text.grid(letter).names:
        notes.append(_pointer(text, letter, step, derivative=True))
    return Told(title, [Part(first, back_rows(text, letter))], notes)


def _pointer(text: GridText, letter: str, step: Step, *, derivative: bool) -> Message:
    grid = text.grid(letter)
    row, column = grid.places[grid.names.index(step.subject)]
    return entry_note(text.letter(letter, derivative=derivative), row + 1, column + 1)


def _is_explained(text: GridText, letter: str) -> bool:
    """Tell whether rules say everything that comes back to a matrix."""
    return bool(text.rules.uses(letter)) and letter not in text.rules.unexplained


def _text(names: Names) -> GridText:
    if names.run.lesson.expression is None:
        raise ValueError("the lesson has no formula")
    return GridText(names, _rules(names.run.lesson.expression))


def _rules(expression: Expression) -> Rules:
    return matrix_rules(expression.formula, frozenset(expression.values))


def _result(run: Run) -> str:
    return run.graph.nodes[run.graph.loss_of[0]].address


def _statement(text: GridText, address: str) -> str:
    """Return the name of the statement that a quantity is part of; "" for the last one where it has no name."""
    nodes, result = text.names.run.graph.nodes, text.names.run.graph.loss_of[0]
    place = text.place(address)
    while nodes[place].address not in text.rules.named:
        if place == result:
            return ""
        # What has no name is used once, in the statement that it is part of.
        place = next(at for at, node in enumerate(nodes) if place in node.inputs)
    return nodes[place].address
