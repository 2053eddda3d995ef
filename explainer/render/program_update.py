"""The update of a lesson as lines of source: clipping, the rule stage by stage, running averages; the older learning rules."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.lesson.lesson import RUNNING
from explainer.maths import update_operations
from explainer.maths.code import operation_source
from explainer.maths.update_rows import PARAMETER
from explainer.maths.updates import LEARNING_RULES, UPDATES
from explainer.render.program_names import indented
from explainer.render.program_network import Equations
from explainer.trace.addresses import target_address
from explainer.trace.running import SEEN, normalised, running_operation

_GIVEN = ("w", "g", "rate", "t")


def rule_function(of: Equations) -> list[str]:
    """Return the function that moves one parameter, with the learning rate's; nothing for the older rules' step."""
    lines = ["def learning_rate(epoch):", *indented([f"return {_rate(of)}"]), "", ""]
    choice = of.lesson.update.choice
    if choice.name not in UPDATES:
        return lines
    cells = [*UPDATES[choice.name].memory]
    found = [f"before_{cell}" for cell in cells]
    body = [f"{name} = memory[{cell!r}]" for name, cell in zip(found, cells, strict=True)]
    names = [*_GIVEN, *found]
    for stage, operation in update_operations.stages(choice.name, choice.parameters):
        body.append(f"{stage.name} = {operation_source(operation, names, of.library)}")
        names.append(stage.name)
    memory = ", ".join(f"{cell!r}: {cell}" for cell in cells)
    body.append(f"return {PARAMETER}, {{{memory}}}")
    return [*lines, "def moved(w, g, rate, t, memory):", *indented(body), "", ""]


def _rate(of: Equations) -> str:
    update = of.lesson.update
    if update.schedule.name == "constant":
        return repr(update.learning_rate)
    operation = update_operations.learning_rate(update.schedule.name, update.schedule.parameters)
    text = operation_source(operation, ["rate", "epoch"], of.library)
    return f"(lambda rate: {text})({update.learning_rate!r})"


def preparation(of: Equations) -> list[str]:
    """Return the lines before the way back: what it fills in, and how parameters are moved."""
    epoch = "epoch" if of.library == "numpy" else "tensor(epoch)"
    lines = [
        "after, remembered = dict(parameters), {name: dict(cells) for name, cells in memory.items()}",
        f"rate = learning_rate({epoch})",
    ]
    if of.lesson.update.choice.name not in UPDATES:
        return lines
    gradient = "gradients[name]"
    clip = of.lesson.update.clip
    body = [f"g = {gradient}"]
    if clip is not None and clip.by == "norm":
        body = [f"g = factor * {gradient}"]
    elif clip is not None:
        text = operation_source(update_operations.clipped_value(clip.threshold), ["g"], of.library)
        body.append(f"g = {text}")
    body.append("after[name], cells = moved(parameters[name], g, rate, step, memory.get(name, {}))")
    body.append("remembered.setdefault(name, {}).update(cells)")
    loop = ["for name in names:", *indented(["if name in TRAINABLE:", *indented(body)])]
    return [*lines, "", "def update(names):", *indented(loop), ""]


def update_lines(of: Equations) -> list[str]:
    """Return the lines of the update itself, once all gradients are known."""
    rule, clip = of.lesson.update.choice.name, of.lesson.update.clip
    lines: list[str] = []
    if rule in LEARNING_RULES:
        lines += _learning(of)
    elif of.lesson.update.order == "simultaneous":
        if clip is not None and clip.by == "norm":
            square = "math.sqrt(sum(float(gradients[name]) ** 2 for name in TRAINABLE))"
            lines.append(f"norm = {square}")
            lines.append(
                f"factor = {clip.threshold!r} / norm if norm > {clip.threshold!r} else 1.0"
            )
        lines.append("update(list(parameters))")
    return [*lines, *_running(of)]


def _running(of: Equations) -> Iterator[str]:
    for neuron in normalised(of.run):
        for cell in RUNNING:
            place = of.graph.place[None, f"{neuron.id}.{SEEN[cell]}"]
            before = of.names.of(("running", neuron.id, cell), f"{cell}_of_{neuron.id}")
            operation = running_operation(of.run, neuron, cell)
            text = operation_source(operation, [before, of.name(place)], of.library)
            yield f"{before} = memory[{neuron.id!r}][{cell!r}]"
            yield f"remembered[{neuron.id!r}][{cell!r}] = {text}"


def _learning(of: Equations) -> Iterator[str]:
    """Yield a line for every parameter: it moves by what the rule says of each of its uses."""
    lesson = of.lesson
    rule = LEARNING_RULES[lesson.update.choice.name]
    sign = "+" if rule.sign > 0 else "-"
    for parameter in of.graph.parameter:
        if not lesson.network.is_trainable(parameter):
            continue
        if rule.follows_gradient:
            change = f"gradients[{parameter!r}]"
        else:
            terms = list(_terms(of, parameter))
            if not terms:
                continue
            change = " + ".join(terms)
            if lesson.loss.reduction == "mean":
                change = f"({change}) / count"
        yield f"after[{parameter!r}] = parameters[{parameter!r}] {sign} rate * ({change})"


def _terms(of: Equations, parameter: str) -> Iterator[str]:
    lesson, first = of.lesson, of.graph.samples[0]
    for neuron in lesson.network.of_role("output"):
        uses: list[str | None] = [
            edge.source for edge in lesson.network.incoming(neuron.id) if edge.weight == parameter
        ]
        uses += [None] * neuron.biases.count(parameter)
        for source in uses:
            places = [
                of.graph.place[first, target_address(neuron.id)],
                of.graph.output_of[first, neuron.id],
                of.graph.sum_of[first, neuron.id],
                *([] if source is None else [of.graph.output_of[first, source]]),
            ]
            operation = update_operations.learning_term(
                lesson.update.choice.name,
                only_on_error=lesson.update.only_on_error,
                has_input=source is not None,
            )
            text = operation_source(operation, [of.name(place) for place in places], of.library)
            yield f"({text}).sum()"
