"""Step → page: the question, why it is asked, the lines of the derivation, what wears which colour on the graph."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.lesson.lesson import text_in
from explainer.maths import operations
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.formula import Printed
from explainer.messages import Message, message, translate
from explainer.pages import backward, phrases
from explainer.pages.factors import Factors, operation_of
from explainer.pages.names import Names, derivative
from explainer.pages.page import Block, Formula, Page, Paragraph, Row, plain
from explainer.pages.rows import badges, is_close, result_row, row
from explainer.trace.run import Run
from explainer.trace.steps import Step

START = -1


def narrate(
    runs: Sequence[Run], pass_index: int, step_index: int, language: str, digits: int
) -> Page:
    """Return the page of a step; `step_index` −1 is the page before the first step.

    `digits` is the number of significant digits shown; IndexError where there is no such pass or step.
    """
    run = runs[pass_index]
    if step_index == START:
        return _start_page(run, language)
    step = run.summary.steps[step_index]
    names = Names(run, language, digits)
    match step.phase:
        case "forward" | "error":
            return _page(
                names, step, phrases.forward_reason(names, step), _forward_rows(names, step)
            )
        case "update":
            return _page(names, step, phrases.update_reason(names), _update_rows(names, step))
        case "backward":
            story = backward.tell(names, step)
            return _page(
                names,
                step,
                story.reason,
                story.rows,
                backward.notes(names, step),
                badges(names, story.terms),
            )


def _start_page(run: Run, language: str) -> Page:
    description = text_in(run.lesson.description, language)
    hint = translate(message("Step forward to begin: → or the play button."), language)
    blocks: list[Block] = [Paragraph((description,))] if description else []
    blocks.append(Paragraph((hint,), "note"))
    title = text_in(run.lesson.title, language)
    return Page(None, translate(message("Lesson"), language), (title,), tuple(blocks), (), title)


def _page(
    names: Names,
    step: Step,
    reason: Message,
    rows: tuple[Row, ...],
    notes: Sequence[Message] = (),
    worn: Sequence[object] = (),
) -> Page:
    title = names.say(phrases.question(names, step))
    blocks: list[Block] = [Paragraph(names.say(reason)), Formula(rows)]
    blocks += [Paragraph(names.say(note), "note") for note in notes]
    kicker = translate(
        message(
            "{phase} · step {step} of {steps}",
            phase=phrases.PHASE_NAMES[step.phase],
            step=step.index + 1,
            steps=len(names.run.summary.steps),
        ),
        names.language,
    )
    announcement = f"{kicker}. {plain(title)} {plain(names.say(reason))} {rows[-1].text}"
    return Page(step.phase, kicker, title, tuple(blocks), tuple(worn), announcement)  # type: ignore[arg-type]  # Badge


def _forward_rows(names: Names, step: Step) -> tuple[Row, ...]:
    match step.kind:
        case "batch_loss":
            return _batch_rows(names, step)
        case "loss":
            position = names.run.graph.loss_of[step.sample or 0]
            left = names.error(step.sample)
            return _operation_rows(
                names, position, left, Factors(names, step.sample or 0).loss_symbols()
            )
        case "activation":
            position = names.run.graph.output_of[step.sample or 0, step.subject]
            left = names.neuron(step.subject)
            rows = _operation_rows(names, position, left, [names.z(step.subject)])
            return (_with_function_name(names, step.subject, rows[0]), *rows[1:])
        case _:
            position = names.run.graph.sum_of[step.sample or 0, step.subject]
            return _operation_rows(
                names, position, names.z(step.subject), _sum_symbols(names, step.subject)
            )


def _operation_rows(
    names: Names, position: int, left: Printed, symbols: Sequence[Printed]
) -> tuple[Row, ...]:
    """Return rule, numbers and result of the operation at a node of the graph."""
    run = names.run
    node = run.graph.nodes[position]
    operation = operation_of(node)
    values = [run.values[source] for source in node.inputs]
    numbers = [names.number(value) for value in values]
    unrounded = (
        run.lesson.arithmetic.mode == "exact" or operation.value(values) == run.values[position]
    )
    return (
        row("rule", left, operation.formula(symbols, names.language)),
        row(
            "numbers",
            left,
            operation.formula(numbers, names.language, values),
            exact=not names.hides(values),
        ),
        result_row(names, left, run.values[position], exact=unrounded),
    )


def _sum_symbols(names: Names, neuron_id: str) -> list[Printed]:
    network = names.run.lesson.network
    symbols: list[Printed] = []
    for edge in network.incoming(neuron_id):
        symbols += [names.parameter(edge.weight), names.neuron(edge.source)]
    bias = network.neuron(neuron_id).bias
    return symbols if bias is None else [*symbols, names.parameter(bias)]


def _with_function_name(names: Names, neuron_id: str, rule: Row) -> Row:
    """Put the function's own sign in front of its formula: h = σ(z) = 1/(1+e^−z)."""
    function = ACTIVATIONS[names.run.lesson.network.neuron(neuron_id).activation.name]
    z = names.z(neuron_id)
    sign = Printed(
        f"{function.name_latex}\\left({z.latex}\\right)", f"{function.name_text}({z.text})"
    )
    formula = rule.right[0]
    if not function.name_latex or formula.latex == sign.latex:
        return rule
    return row(
        "rule", names.neuron(neuron_id), (*row("rule", z, sign).right, rule.relation, formula)
    )


def _batch_rows(names: Names, step: Step) -> tuple[Row, ...]:
    summary, left = names.run.summary, names.error()
    reduction = operations.batch(len(summary.samples), names.run.lesson.loss.reduction)
    symbols = [names.error(sample) for sample in summary.samples]
    numbers = [names.number(value) for value in summary.loss_per_sample]
    exact = not names.hides(summary.loss_per_sample)
    return (
        row("rule", left, reduction.formula(symbols, names.language)),
        row("numbers", left, reduction.formula(numbers, names.language), exact=exact),
        result_row(names, left, step.value),
    )


def _update_rows(names: Names, step: Step) -> tuple[Row, ...]:
    run = names.run
    choice = run.lesson.update.choice
    operation = operations.update(choice.name, choice.parameters)["parameter"]
    weight, gradient = run.start.parameters[step.subject], run.gradients[step.subject]
    values = [weight, gradient, run.lesson.update.learning_rate, float(run.pass_index + 1)]
    time = Printed("t", "t")
    symbol = names.parameter(step.subject)
    symbols = [symbol, derivative(names.error(), symbol), names.learning_rate(), time]
    left = names.new_parameter(step.subject)
    shown = values[:3]
    return (
        row("rule", left, operation.formula(symbols, names.language)),
        row(
            "numbers",
            left,
            operation.formula([names.number(value) for value in values], names.language, values),
            exact=not names.hides(shown),
        ),
        result_row(names, left, step.value, exact=is_close(operation.value(values), step.value)),
    )
