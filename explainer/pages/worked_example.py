"""A lesson worked through on paper: what is given, every step with its derivation, all gradients, what the update achieved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from explainer.lesson.lesson import Lesson, text_in
from explainer.maths.numbers import difference
from explainer.maths.printed import Printed
from explainer.messages import Message, Refused, message, translate
from explainer.pages.document import PHASE_HEADINGS, rounding, without_repetition
from explainer.pages.given import given, in_words
from explainer.pages.given_training import equality
from explainer.pages.matrices import matrix_section
from explainer.pages.names import Names, derivative
from explainer.pages.narrate import narrate
from explainer.pages.page import Block, Document, Figure, Heading, Maths, Paragraph, Sentence, Table
from explainer.pages.worked_formula import worked_formula
from explainer.trace.record import Run
from explainer.trace.run import run_pass
from explainer.trace.steps import Step

# More inputs than this are not listed with their derivatives.
_MOST_INPUTS = 12


def worked_example(lesson: Lesson, runs: Sequence[Run], language: str, digits: int) -> Document:
    """Return the document that works through `runs`, the first passes of a lesson.

    `digits` is the number of significant digits shown. What the last update achieved is found by one more
    forward pass over the same samples, which need not be among `runs`.
    """
    if lesson.expression is not None:
        return worked_formula(lesson, runs, language, digits)
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
        blocks.extend(_pass(runs, run, language, digits))
    blocks.extend(_after(runs, language, digits))
    blocks.extend(_conventions(names))
    return Document(title, language, tuple(without_repetition(blocks)))


def _pass(runs: Sequence[Run], run: Run, language: str, digits: int) -> Iterator[Block]:
    """Yield the phases of one pass, a heading for each and one for each step in it."""
    names = Names(run, language, digits)
    for phase, steps in groupby(run.summary.steps, key=lambda step: step.phase):
        yield _heading(runs, names, PHASE_HEADINGS[phase])
        last: Step | None = None
        for step in steps:
            page = narrate(runs, run.pass_index, step.index, language, digits)
            yield Heading(3, (f"{step.index + 1}. ", *page.title, *_whose(names, step)))
            yield from page.blocks
            last = step
        if phase == "error" and last is not None:
            caption = names.say(message("The network after the forward pass"))
            yield Figure(run.pass_index, last.index, caption, in_words(names, with_values=True))
    in_matrices = tuple(matrix_section(names))
    if in_matrices:
        yield _heading(runs, names, message("In matrix form"))
        yield from in_matrices
    yield _heading(runs, names, message("Result"))
    yield _result_table(names)
    yield from _input_table(names)


def _heading(runs: Sequence[Run], names: Names, text: Message) -> Heading:
    """Return the heading of a part of a pass, which says which pass where there are several."""
    if len(runs) > 1:
        text = message("Pass {number} · {phase}", number=names.run.pass_index + 1, phase=text)
    return Heading(2, names.say(text))


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


def _after(runs: Sequence[Run], language: str, digits: int) -> Iterator[Block]:
    """Yield what the network answers after the last update."""
    last = runs[-1]
    names = Names(last, language, digits)
    try:
        # The same pass once more, starting from where it ended: the same samples, the new parameters.
        following = run_pass(last.lesson, last.pass_index, last)
    except Refused as refusal:
        yield Paragraph((translate(refusal.message, language),))
        return
    if len(last.summary.samples) == 1:
        yield from _answers(names, last, following)
    yield Paragraph(names.say(_verdict(names, last.loss, following.loss)))


def _answers(names: Names, before: Run, after: Run) -> Iterator[Paragraph]:
    sample = str(before.summary.samples[0])
    for neuron in before.lesson.network.of_role("output"):
        then, now = (run.summary.values[sample][neuron.id] for run in (before, after))
        sentence = message(
            "The network now answers {now} instead of {then}; the target is {target}.",
            now=equality(names.neuron(neuron.id), names.number(now)),
            then=names.number(then),
            target=names.number(_target(before, neuron.id)),
        )
        yield Paragraph(names.say(sentence))


def _target(run: Run, neuron_id: str) -> float:
    outputs = [neuron.id for neuron in run.lesson.network.of_role("output")]
    return run.lesson.data.targets[run.summary.samples[0]][outputs.index(neuron_id)]


def _verdict(names: Names, then: float, now: float) -> Message:
    error, before, after = names.objective(), names.number(then), names.number(now)
    if now < then:
        return message(
            "The error {error} fell from {before} to {after}.",
            error=error,
            before=before,
            after=after,
        )
    if now > then:
        return message(
            "The error {error} rose from {before} to {after}: the step was too long.",
            error=error,
            before=before,
            after=after,
        )
    return message("The error {error} stayed at {before}.", error=error, before=before)


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
