"""A lesson worked through on paper: what is given, every step with its derivation, all gradients, what the update achieved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from explainer.lesson.lesson import Lesson, text_in
from explainer.maths.numbers import difference
from explainer.maths.printed import Printed
from explainer.messages import Message, message
from explainer.pages.achieved import check_result, curves_of, is_chain, second_forward_pass
from explainer.pages.document import PHASE_HEADINGS, rounding, without_repetition
from explainer.pages.given import given, in_words
from explainer.pages.matrices import matrix_section
from explainer.pages.names import Names, derivative
from explainer.pages.narrate import narrate
from explainer.pages.page import Block, Document, Figure, Heading, Maths, Paragraph, Sentence, Table
from explainer.pages.selection import WHOLE, Selection
from explainer.pages.usage import in_usage
from explainer.pages.worked_formula import worked_formula
from explainer.trace.record import Run
from explainer.trace.steps import Step

if TYPE_CHECKING:
    from explainer.trace.check import CheckReport

# More inputs than this are not listed with their derivatives.
_MOST_INPUTS = 12


def worked_example(
    lesson: Lesson,
    runs: Sequence[Run],
    language: str,
    digits: int,
    selection: Selection = WHOLE,
    checked: CheckReport | None = None,
) -> Document:
    """Return the document that works through `runs`, the first passes of a lesson.

    `digits` is the number of significant digits shown. What the last update achieved is found by one more
    forward pass over the same samples, which need not be among `runs`. `checked` is what the comparison of the gradients
    came to, where it was made.
    """
    if lesson.expression is not None:
        document = worked_formula(lesson, runs, language, digits, selection, checked)
        return in_usage(document, lesson.notation)
    title = text_in(lesson.title, language)
    names = Names(runs[0], language, digits)
    description = text_in(lesson.description, language)
    blocks: list[Block] = [Heading(1, (title,))]
    if description:
        blocks.append(Paragraph((description,)))
    caption = names.say(message("The network with its inputs and its starting parameters"))
    blocks.append(Figure(0, None, caption, in_words(names)))
    blocks.append(Heading(2, names.say(message("Given"))))
    blocks.extend(given(names))
    for run in runs:
        blocks.extend(_pass(runs, run, language, digits, selection))
    if "update" in selection.phases:
        blocks.extend(second_forward_pass(runs, language, digits))
    blocks.extend(check_result(checked, names))
    blocks.extend(_conventions(names))
    document = Document(title, language, tuple(without_repetition(blocks)))
    return in_usage(document, lesson.notation)


def _pass(
    runs: Sequence[Run], run: Run, language: str, digits: int, selection: Selection
) -> Iterator[Block]:
    """Yield the phases of one pass, a heading for each and one for each step in it."""
    names = Names(run, language, digits)
    shown = [step for step in run.summary.steps if selection.has(step)]
    for phase, steps in groupby(shown, key=lambda step: step.phase):
        yield _heading(runs, names, PHASE_HEADINGS[phase])
        last: Step | None = None
        for step in steps:
            page = narrate(runs, run.pass_index, step.index, language, digits)
            yield Heading(3, (f"{step.index + 1}. ", *page.title, *_whose(names, step)))
            yield from selection.told(page.blocks)
            last = step
        if phase == "error" and last is not None:
            caption = names.say(_which_sample(names))
            yield Figure(run.pass_index, last.index, caption, in_words(names, with_values=True))
            yield from curves_of(names)
    in_matrices = tuple(matrix_section(names)) if selection.is_whole and not is_chain(run) else ()
    if in_matrices:
        yield _heading(runs, names, message("In matrix form"))
        yield from in_matrices
    if "update" not in selection.phases:
        return
    yield _heading(runs, names, message("Result"))
    yield _result_table(names)
    yield from _input_table(names)


def _heading(runs: Sequence[Run], names: Names, text: Message) -> Heading:
    """Return the heading of a part of a pass, which says which pass where there are several."""
    if len(runs) > 1:
        text = message("Pass {number} · {phase}", number=names.run.pass_index + 1, phase=text)
    return Heading(2, names.say(text))


def _which_sample(names: Names) -> Message:
    """Say what a picture with values shows: of several samples it is the first."""
    samples = names.run.summary.samples
    if len(samples) == 1:
        return message("The network after the forward pass")
    return message(
        "The network after the forward pass, with the values of sample {number}",
        number=samples[0] + 1,
    )


def _whose(names: Names, step: Step) -> Sentence:
    """Name the sample a step is about where the batch has several."""
    if step.sample is None or len(names.run.summary.samples) == 1:
        return ()
    return (" · ", *names.say(message("sample {number}", number=step.sample + 1)))


def _result_table(names: Names) -> Table:
    """Return every gradient of a pass with the parameters before and after it."""
    summary = names.run.summary
    rows: list[tuple[Sentence, ...]] = []
    # A learning rule without a gradient leaves its column out.
    columns = [summary.gradients] if summary.gradients else []
    for name, before in summary.parameters_before.items():
        after = summary.parameters_after[name]
        gradients = (column[name] for column in columns)
        numbers = (before, *gradients, difference(after, before), after)
        symbol = names.parameter(name)
        rows.append(
            (
                (Maths(symbol.latex, symbol.text),),
                *((names.number(value).text,) for value in numbers),
            )
        )
    header = (
        message("Parameter"),
        message("Before"),
        *(message("Gradient") for _ in columns),
        message("Change"),
        message("After"),
    )
    caption = message("The parameters before and after the update")
    if columns:
        caption = message("All gradients and the parameters before and after the update")
    return Table(tuple(map(names.say, header)), tuple(rows), names.say(caption))


def _input_table(names: Names) -> Iterator[Table]:
    """Yield the derivatives by the inputs, which nothing is updated with; none where the rule has none or there are too many."""
    run = names.run
    rows: list[tuple[Sentence, ...]] = []
    for sample in run.summary.samples:
        for name, gradient in run.summary.input_gradients[str(sample)].items():
            symbol = names.of_sample(names.neuron(name), sample)
            slope = derivative(names.differentiated(sample), symbol)
            value = names.number(run.summary.values[str(sample)][name])
            cells = (
                (Maths(symbol.latex, symbol.text),),
                (value.text,),
                (Maths(slope.latex, slope.text),),
                (names.number(gradient).text,),
            )
            rows.append(cells)
    if 0 < len(rows) <= _MOST_INPUTS:
        header = (message("Input"), message("Value"), message("Derivative"), message("Number"))
        caption = message("How the error changes with the inputs")
        if run.lesson.data.features:
            # A column counts as the network received it: its part in the computed ones is not followed further.
            caption = message(
                "How the error changes with the inputs, the computed ones taken by themselves"
            )
        yield Table(tuple(map(names.say, header)), tuple(rows), names.say(caption))


def _conventions(names: Names) -> Iterator[Block]:
    """Yield what a reader must know to get the same numbers."""
    lesson = names.run.lesson
    yield Heading(2, names.say(message("Conventions")))
    yield Paragraph(names.say(rounding(names)))
    if not names.run.summary.gradients:
        return
    weight = names.parameter(next(iter(lesson.network.parameters)))
    gradient = Printed(
        f"\\partial {names.objective().latex} / \\partial {weight.latex}",
        derivative(names.objective(), weight).text,
    )
    if lesson.update.order == "simultaneous":
        order = message(
            "Every gradient, such as {gradient}, is taken at the old parameters; then all of them are updated together.",
            gradient=gradient,
        )
    else:
        order = message(
            "Parameters are updated layer by layer from the output; gradients of earlier layers already see the new weights."
        )
    yield Paragraph(names.say(order))
