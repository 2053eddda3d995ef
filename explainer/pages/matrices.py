"""The matrix form of a layered lesson: the page of a step, with whole layers instead of single numbers; the whole of a pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from explainer.maths.printed import Printed
from explainer.messages import message, translate
from explainer.pages import matrix_steps as steps
from explainer.pages.formula_matrices import (
    has_matrices,
    rules_overview,
    rules_section,
    tell_rule,
)
from explainer.pages.layer_writer import LayerWriter
from explainer.pages.matrix_text import letter
from explainer.pages.names import Names
from explainer.pages.narrate import START, narrate
from explainer.pages.page import (
    Block,
    Formula,
    Heading,
    Maths,
    Page,
    Paragraph,
    Sentence,
    Table,
    plain,
)
from explainer.pages.phrases import kicker_of
from explainer.pages.usage import in_usage
from explainer.trace.layered import why_not_layered
from explainer.trace.matrices import matrices
from explainer.trace.record import Run
from explainer.trace.steps import Step


def matrix_page(
    runs: Sequence[Run], pass_index: int, step_index: int, language: str, digits: int
) -> Page | None:
    """Return the matrix form of what `narrate` tells about the same step, for beside the graph; −1 adds all matrices to what it tells.

    A formula has one where it spells out rules of matrices. None where there is none: the lesson is not layered
    (`why_not_layered` says why), or the step is about something that stands in no matrix. IndexError where there is no
    such pass or step.
    """
    run = runs[pass_index]
    names = Names(run, language, digits, narrow=True)
    if step_index == START:
        whole = tuple(_whole(names))
        page = narrate(runs, pass_index, START, language, digits)
        return replace(page, blocks=(*page.blocks, *whole)) if whole else None
    step = run.summary.steps[step_index]
    if has_matrices(run):
        told = tell_rule(names, step)
    elif why_not_layered(run.lesson) is None:
        told = steps.tell(_writers(names), step)
    else:
        return None
    if told is None or not any(part.rows for part in told.parts):
        return None
    return in_usage(_page(names, step, told), names.notation)


def matrix_section(names: Names) -> Iterator[Block]:
    """Yield a whole pass in matrix form: shapes, every layer or rule forward, every one back, updates; () if there is none."""
    if why_not_layered(names.run.lesson) is not None:
        yield from rules_section(names)
        return
    layers = _writers(names)
    yield from _overview(names, layers)
    said: set[str] = set()
    for layer in layers:
        yield Heading(3, names.say(message("Layer {number}, forward", number=_number(layer))))
        yield from _formulas(names, steps.forward_parts(layer), said)
    phases = {step.phase for step in names.run.summary.steps}
    if "backward" in phases:
        for layer in reversed(layers):
            yield Heading(3, names.say(message("Layer {number}, backward", number=_number(layer))))
            parts = [*steps.back_parts(layer), *steps.gradient_parts(layer)]
            if layer is layers[0]:
                parts.append(steps.input_part(layer))
            yield from _formulas(names, parts, said)
    for layer in layers:
        parts = [part for part in steps.update_parts(layer) if part.rows]
        if parts:
            yield Heading(3, names.say(message("Layer {number}, update", number=_number(layer))))
            yield from _formulas(names, parts, said)


def _page(names: Names, step: Step, told: steps.Told) -> Page:
    title = names.say(told.title)
    parts = [part for part in told.parts if part.rows]
    blocks: list[Block] = []
    for part in parts:
        blocks += [Paragraph(names.say(part.reason)), Formula(part.rows)]
    blocks += [Paragraph(names.say(note), "note") for note in told.notes]
    kicker = translate(kicker_of(names, step), names.language)
    spoken = " ".join(plain(names.say(part.reason)) for part in parts)
    announcement = f"{kicker}. {plain(title)} {spoken} {parts[-1].rows[-1].text}"
    return Page(step.phase, kicker, title, tuple(blocks), (), announcement)


def _writers(names: Names) -> list[LayerWriter]:
    forms = matrices(names.run)
    return [LayerWriter(names, forms, place) for place in range(len(forms))]


def _number(layer: LayerWriter) -> int:
    return layer.form.layer.number


def _formulas(names: Names, parts: Sequence[steps.Part], said: set[str]) -> Iterator[Block]:
    """Yield formulas, each with its reason the first time that it is given."""
    for part in parts:
        if not part.rows:
            continue
        if part.reason.key not in said:
            said.add(part.reason.key)
            yield Paragraph(names.say(part.reason))
        yield Formula(part.rows)


def _whole(names: Names) -> Iterator[Block]:
    """Yield all matrices of a lesson; nothing where it has none."""
    if has_matrices(names.run):
        yield Heading(3, names.say(message("The formula as matrices")))
        yield from rules_overview(names)
    elif why_not_layered(names.run.lesson) is None:
        yield Heading(3, names.say(message("The network as matrices")))
        yield from _overview(names, _writers(names))


def _overview(names: Names, layers: Sequence[LayerWriter]) -> Iterator[Block]:
    """Yield what the letters stand for, and the shapes of all matrices."""
    X, W, b, S, A = (letter(name, None) for name in "XWbSA")
    E = names.error()
    meaning = message(
        "The weights of a whole layer are one matrix {W}, column by column those of one neuron. A row of {X}, {S} and {Y} is one sample of the batch: {S} is {X} times {W}, with the biases {b} added, and {Y} is what the activation makes of {S}. A {d} in front means a derivative of the error: {dW} is short for {whole}.",
        X=X,
        W=W,
        b=b,
        S=S,
        Y=A,
        d=Printed("\\mathrm{d}", "d"),
        dW=letter("W", None, derivative=True),
        whole=Printed(f"\\partial {E.latex} / \\partial {W.latex}", f"∂{E.text}/∂{W.text}"),
    )
    yield Paragraph(names.say(meaning))
    header: tuple[Sentence, ...] = (
        names.say(message("Layer")),
        *((Maths(part.latex, part.text),) for part in (X, W, b)),
        (Maths(S.latex, S.text), ", ", Maths(A.latex, A.text)),
        names.say(message("Activation")),
    )
    # On a narrow page the activation has no room; the drawing says it over every layer.
    columns = len(header) - 1 if names.narrow else len(header)
    yield Table(
        header[:columns],
        tuple(_shapes(layer)[:columns] for layer in layers),
        names.say(message("The shapes of the matrices")),
    )


def _shapes(layer: LayerWriter) -> tuple[Sentence, ...]:
    n, k, m = layer.shape
    bias = f"1 × {m}" if layer.form.layer.has_bias else "—"
    shapes = (str(_number(layer)), f"{n} × {k}", f"{k} × {m}", bias, f"{n} × {m}")
    return (*((shape,) for shape in shapes), layer.entries.functions())
