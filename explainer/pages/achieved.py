"""The end of a worked example: the second forward pass, the curves with their operating points, what the check said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from explainer.maths.numbers import shown
from explainer.messages import Message, Refused, message, plural, translate
from explainer.pages.given_training import equality
from explainer.pages.names import Names
from explainer.pages.page import Block, Figure, Heading, Maths, Paragraph, Sentence, Table, plain
from explainer.trace.record import Run
from explainer.trace.run import run_pass

if TYPE_CHECKING:
    from explainer.trace.check import CheckReport

# More rows than this are not compared.
_MOST_ROWS = 24
# Activations that are no function of one number, or a straight line that shows nothing.
_WITHOUT_CURVE = ("identity", "softmax", "maxout")


def second_forward_pass(runs: Sequence[Run], language: str, digits: int) -> Iterator[Block]:
    """Yield what the network computes with the new parameters, beside what it did before, and how the error changed."""
    last = runs[-1]
    names = Names(last, language, digits)
    yield Heading(2, names.say(message("Second forward pass")))
    try:
        # The same pass once more, starting from where it ended: the same samples, the new parameters.
        following = run_pass(last.lesson, last.pass_index, last)
    except Refused as refusal:
        yield Paragraph((translate(refusal.message, language),))
        return
    if len(last.summary.samples) == 1:
        yield from _answers(names, last, following)
    yield from _comparison(names, last, following)
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


def _comparison(names: Names, before: Run, after: Run) -> Iterator[Table]:
    """Yield what every neuron puts out in both passes, of the outputs alone where that would be too long."""
    network = before.lesson.network
    computing = [neuron for neuron in network.neurons if neuron.role != "input"]
    for chosen in (computing, network.of_role("output")):
        rows: list[tuple[Sentence, ...]] = []
        for sample in before.summary.samples:
            for neuron in chosen:
                symbol = names.of_sample(names.neuron(neuron.id), sample)
                numbers = (run.summary.values[str(sample)][neuron.id] for run in (before, after))
                cells = [(names.number(number).text,) for number in numbers]
                rows.append(((Maths(symbol.latex, symbol.text),), *cells))
        if len(rows) <= _MOST_ROWS:
            header = (message("Quantity"), message("Before the update"), message("After it"))
            error = names.objective()
            cells = [(names.number(run.loss).text,) for run in (before, after)]
            rows.append(((Maths(error.latex, error.text),), *cells))
            yield Table(tuple(map(names.say, header)), tuple(rows))
            return


def is_chain(run: Run) -> bool:
    """Tell whether every layer is one neuron: its matrices have one entry and say nothing new."""
    depths = list(run.graph.depth.values())
    return len(set(depths)) == len(depths)


def curves_of(names: Names, without: Collection[str] = ()) -> Iterator[Figure]:
    """Yield a figure of every activation with the points at which its neurons work.

    Neurons whose sum or output is among the addresses `without` have none there.
    """
    run = names.run
    bent = [
        neuron
        for neuron in run.lesson.network.neurons
        if neuron.role != "input" and neuron.activation.name not in _WITHOUT_CURVE
    ]
    if not bent:
        return
    working = [neuron for neuron in bent if not {neuron.id, f"{neuron.id}.z"} & set(without)]
    sample = run.summary.samples[0]
    values = run.summary.values[str(sample)]
    caption = message("The activation functions and the points at which the neurons work")
    if not working:
        caption = message("The activation functions")
    elif len(run.summary.samples) > 1:
        caption = message(
            "The activation functions and the points at which the neurons work in sample {number}",
            number=sample + 1,
        )
    words = "; ".join(
        f"{names.neuron(neuron.id).text} = {names.number(values[neuron.id]).text}"
        for neuron in working
    )
    hidden = tuple(sorted(without))
    said = names.say(caption)
    yield Figure(run.pass_index, None, said, words or plain(said), hidden, shows="curves")


def check_result(report: CheckReport | None, names: Names) -> Iterator[Block]:
    """Yield what the comparison of the gradients came to."""
    if report is None:
        return
    yield Heading(2, names.say(message("Check")))
    if report.reason is not None:
        yield Paragraph(names.say(report.reason))
        return
    rows = [row for row in report.rows if row.numeric is not None]
    if rows:
        wrong = [row for row in rows if row.status == "differs"]
        yield Paragraph(
            names.say(_compared(report, len(rows), names)), "note" if wrong else "check"
        )
        if wrong:
            which = message("These differ: {names}.", names=", ".join(row.name for row in wrong))
            yield Paragraph(names.say(which))
    reasons = dict.fromkeys(
        translate(row.reason, names.language) for row in report.rows if row.reason
    )
    yield from (Paragraph((reason,), "note") for reason in reasons)
    if report.note is not None:
        yield Paragraph(names.say(report.note), "note")


def _compared(report: CheckReport, count: int, names: Names) -> Message:
    return plural(
        "{count} derivative was computed in three ways: by back-propagation, by SymPy from the whole composed function, and by central differences with 50 digits. The largest difference is {worst} of the terms that are added up.",
        "{count} derivatives were computed in three ways: by back-propagation, by SymPy from the whole composed function, and by central differences with 50 digits. The largest difference is {worst} of the terms that are added up.",
        count,
        worst=shown(report.worst, 2, names.language),
    )
