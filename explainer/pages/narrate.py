"""Step → page: the question, why it is asked, the lines of the derivation, what wears which colour on the graph."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from explainer.lesson.lesson import text_in
from explainer.maths.chosen import activation_row
from explainer.maths.printed import Printed
from explainer.maths.typed import called
from explainer.messages import Message, message, translate
from explainer.pages import (
    backward,
    clipping,
    error,
    expression,
    learning,
    normalising,
    phrases,
    update,
)
from explainer.pages.names import Names, piece
from explainer.pages.page import Block, Formula, Page, Paragraph, Row, plain
from explainer.pages.quantity import Quantities
from explainer.pages.rows import ABOUT, EQUALS, badges, row
from explainer.pages.usage import in_usage
from explainer.trace.record import Run
from explainer.trace.steps import Step
from explainer.trace.update_steps import is_about_whole_gradient

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
    return told(Names(run, language, digits), run.summary.steps[step_index])


def told(names: Names, step: Step) -> Page:
    """Return the page of a step of the run whose symbols and numbers `names` writes."""
    return in_usage(_told(names, step), names.notation)


def _told(names: Names, step: Step) -> Page:
    if step.kind == "operation":
        story = expression.tell_operation(names, step)
        return _page(names, step, story.reason, story.rows)
    if step.kind == "gradient_node":
        story = expression.tell_gradient(names, step)
        notes = expression.expression_notes(names, step)
        return _page(names, step, story.reason, story.rows, notes, badges(names, story.terms))
    match step.phase:
        case "forward":
            return _page(
                names, step, phrases.forward_reason(names, step), _forward_rows(names, step)
            )
        case "error":
            reason, notes = error.error_reason(names, step), error.error_notes(names, step)
            return _page(names, step, reason, error.error_rows(names, step), notes)
        case "update":
            return _update_page(names, step)
        case "backward":
            way_back = backward.tell(names, step)
            return _page(
                names,
                step,
                way_back.reason,
                way_back.rows,
                backward.notes(names, step),
                badges(names, way_back.terms),
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
    kicker = translate(phrases.kicker_of(names, step), names.language)
    announcement = f"{kicker}. {plain(title)} {plain(names.say(reason))} {rows[-1].text}"
    return Page(step.phase, kicker, title, tuple(blocks), tuple(worn), announcement)  # type: ignore[arg-type]  # Badge


def _update_page(names: Names, step: Step) -> Page:
    """Return the page of clipping, of a learning rule, or of an update by a gradient."""
    if step.kind == "clip":
        reason = clipping.clipping_reason(names, step)
        page = _page(names, step, reason, clipping.clipping_rows(names, step))
        if is_about_whole_gradient(names.run.lesson, step) and names.run.clip_factor != 1.0:
            page = replace(page, blocks=(*page.blocks, clipping.clipping_table(names)))
        return page
    if step.kind == "normalise":
        reason, notes = (
            normalising.running_reason(names, step),
            normalising.running_notes(names, step),
        )
        return _page(names, step, reason, normalising.running_rows(names, step), notes)
    if step.kind == "rule":
        reason, notes = learning.learning_reason(names), learning.learning_notes(names, step)
        return _page(names, step, reason, learning.learning_rows(names, step), notes)
    notes = update.update_notes(names)
    return _page(names, step, update.update_reason(names), update.update_rows(names, step), notes)


def _forward_rows(names: Names, step: Step) -> tuple[Row, ...]:
    quantities = Quantities(names)
    place = quantities.find(step.sample, step.address)
    rows = quantities.forward_rows(place)
    if step.kind == "activation":
        rule, numbers, result = rows
        return (
            _with_function_name(names, step.subject, rule),
            _with_argument(names, place, numbers, result),
            result,
        )
    return rows


def _with_argument(names: Names, place: int, numbers: Row, result: Row) -> Row:
    """Write θ(−0.5) where the branch that holds is a number, which would only say the result twice."""
    node = names.run.graph.nodes[place]
    choice = names.run.lesson.network.neuron(node.owner).activation
    function = activation_row(choice)
    named = function.name_latex and choice.expression is None
    if not named or numbers.right[0].text != result.right[0].text:
        return numbers
    z = names.run.values[node.inputs[0]]
    shown = called(function, names.number(z))
    return replace(numbers, relation=ABOUT if names.hides([z]) else EQUALS, right=(piece(shown),))


def _with_function_name(names: Names, neuron_id: str, rule: Row) -> Row:
    """Put the function's own sign in front of its formula: h = σ(z) = 1/(1+e^−z)."""
    function = activation_row(names.run.lesson.network.neuron(neuron_id).activation)
    z = names.activated(neuron_id)
    sign = Printed(
        f"{function.name_latex}\\left({z.latex}\\right)", f"{function.name_text}({z.text})"
    )
    formula = rule.right[0]
    if not function.name_latex or formula.latex == sign.latex:
        return rule
    return replace(rule, right=(*row("rule", z, sign).right, rule.relation, formula))
