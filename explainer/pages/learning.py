"""What is told about a learning rule from before back-propagation: how its one formula moves a weight."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.maths import update_operations
from explainer.maths.printed import Printed
from explainer.maths.updates import LEARNING_RULES
from explainer.messages import Message, message
from explainer.pages.names import Names, derivative
from explainer.pages.page import Row
from explainer.pages.rows import added, result_row, row
from explainer.pages.update import learning_rate_rows, operation_rows
from explainer.trace.learning import change_of, step_operation, term_arguments, term_operation
from explainer.trace.record import LearningTerm
from explainer.trace.steps import Step


def learning_rows(names: Names, step: Step) -> tuple[Row, ...]:
    """Return the lines of one parameter: the whole rule at once, or first the change where several terms make it up."""
    terms = names.run.learning_terms[step.subject]
    return (*learning_rate_rows(names), *_rows(names, step, terms))


def _rows(names: Names, step: Step, terms: list[LearningTerm]) -> Iterator[Row]:
    run, left = names.run, names.new_parameter(step.subject)
    symbols, values = (
        [names.parameter(step.subject), names.learning_rate()],
        [run.start.parameters[step.subject], run.learning_rate],
    )
    if len(terms) == 1:
        yield from operation_rows(
            names,
            left,
            step_operation(run, terms[0]),
            [*symbols, *_symbols(names, terms[0])],
            [*values, *term_arguments(run, terms[0])],
            step.value,
        )
        return
    moved = update_operations.learning_move(run.lesson.update.choice.name)
    size = change_of(run, step.subject, terms)
    if step.subject in run.gradients:
        change = derivative(names.objective(), names.parameter(step.subject))
    else:
        change = names.change(step.subject)
        yield from _change_rows(names, change, terms, size)
    yield from operation_rows(names, left, moved, [*symbols, change], [*values, size], step.value)


def _change_rows(
    names: Names, left: Printed, terms: list[LearningTerm], size: float
) -> Iterator[Row]:
    run = names.run
    divisor = len(run.graph.samples) if run.lesson.loss.reduction == "mean" else 1
    in_symbols: list[Printed] = []
    in_numbers: list[Printed] = []
    hidden: list[float] = []
    for term in terms:
        operation, values = term_operation(run, term), term_arguments(run, term)
        numbers = [names.number(value) for value in values]
        in_symbols.append(operation.formula(_symbols(names, term), names.language))
        in_numbers.append(operation.formula(numbers, names.language, values))
        hidden += values
    yield row("rule", left, added(in_symbols, divisor))
    yield row("numbers", left, added(in_numbers, divisor), exact=not names.hides(hidden))
    yield result_row(names, left, size)


def _symbols(names: Names, term: LearningTerm) -> list[Printed]:
    """Return the symbols of target, answer, weighted sum and input of one term."""
    plain = [
        names.target(term.neuron),
        names.neuron(term.neuron),
        names.z(term.neuron),
        *([] if term.source is None else [names.neuron(term.source)]),
    ]
    return [names.of_sample(symbol, term.sample) for symbol in plain]


def learning_reason(names: Names) -> Message:
    """Say what the rule does, and that there is no chain rule where there is none."""
    return LEARNING_RULES[names.run.lesson.update.choice.name].idea


def learning_notes(names: Names, step: Step) -> list[Message]:
    """Return the quiet remarks under the rule: whether Hebb's rule for errors only finds an error."""
    run = names.run
    terms = run.learning_terms[step.subject]
    if not run.lesson.update.only_on_error or len(terms) != 1:
        return []
    target, _, z, *_ = term_arguments(run, terms[0])
    y, s = names.target(terms[0].neuron), names.z(terms[0].neuron)
    if z * target < 0:
        return [message("{z} and {y} differ in sign: the neuron errs, so it learns.", z=s, y=y)]
    if z == 0:
        return [
            message(
                "{z} is 0, and the rule asks for a sign: the neuron does not learn. Other first weights would let it.",
                z=s,
            )
        ]
    return [message("{z} and {y} do not differ in sign: no error, so nothing changes.", z=s, y=y)]
