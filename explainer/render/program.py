"""A lesson as a program of its own, for PyTorch or NumPy: it rebuilds the lesson, asserts every number of the trace, and trains.

What it computes with comes from the tables' own expressions; words of the user stand in comments alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from explainer.lesson.lesson import RUNNING, Lesson, text_in
from explainer.maths.code import Library
from explainer.maths.updates import UPDATES
from explainer.messages import Refused, message
from explainer.render.program_formula import FormulaEquations
from explainer.render.program_names import comment, indented, literal
from explainer.render.program_network import Equations
from explainer.render.program_texts import CLOSING, FORMULA_ENDS, HEADS, HELPERS, TORCH_BACKWARD
from explainer.render.program_training import passes_of, rows_of
from explainer.render.program_update import preparation, rule_function, update_lines
from explainer.trace.learning import follows_gradient
from explainer.trace.record import Run

# Beside what is added up to it a gradient this small is rounding alone; one below the second number, or smaller than the third
# beside its terms, is known too badly for a rule that divides by its size.
_DUST, _SMALL, _INEXACT = 1e-12, 1e-9, 1e-5


class Section(NamedTuple):
    """A part of a program: what it does in a word, and its lines."""

    name: str
    lines: list[str]


class Program(NamedTuple):
    """`setup` is run first; the `sections` compute one pass, each ending in what is checked of it; then `training`."""

    setup: list[str]
    sections: list[Section]
    training: list[str]


def program_source(run: Run, library: Library, language: str) -> str:
    """Return the whole program. Refused with one sentence where a library cannot compute as the lesson does."""
    must_be_possible(run.lesson, library)
    program = program_of(run, library)
    head = HEADS[library].format(file="this file", library=library)
    lines = [head, comment(text_in(run.lesson.title, language)), "", *program.setup]
    if run.lesson.expression is not None:
        body = [line for section in program.sections for line in section.lines]
        return _text([*lines, *body, *program.training])
    body = ["made = {}"]
    for section in program.sections:
        body += ["", f"# {section.name}", *section.lines]
    definition = ["def one_pass(parameters, memory, samples, masks, epoch, step):"]
    lines += [*definition, *indented([*body, "return made"]), "", ""]
    return _text([*lines, *program.training])


def must_be_possible(lesson: Lesson, library: Library) -> None:
    """Raise Refused for what neither library, or PyTorch alone, can do."""
    if lesson.arithmetic.mode == "rounded":
        raise Refused(
            message(
                "A program cannot round every intermediate result as this lesson does; choose exact arithmetic for it."
            )
        )
    if library == "torch" and lesson.update.order == "in_place":
        raise Refused(
            message(
                "PyTorch takes every gradient at the old weights, while this lesson updates in place; a file ending in .numpy.py can."
            )
        )


def program_of(run: Run, library: Library) -> Program:
    """Return the program in parts."""
    if run.lesson.expression is not None:
        return _formula(run, library)
    return _network(run, library)


def _formula(run: Run, library: Library) -> Program:
    of = FormulaEquations(run.lesson, library)
    shown = [place for place in range(len(of.nodes)) if of.is_shown(place)]
    forward, constants = of.forward(), of.constants()
    summary = run.summary
    setup = [*HELPERS[library], f"VALUES = {literal(of.values)}", ""]
    values = [
        f"check({of.nodes[place].name!r}, {of.name(place)}, {run.values[place]!r})"
        for place in shown
    ]
    if library == "numpy":
        backward = [*constants, *of.backward()]
    else:
        nodes = ", ".join(of.name(place) for place in shown)
        names = ", ".join(of.slope_name(place) for place in shown)
        backward = [
            f"found = torch.autograd.grad({of.name(of.result)}, [{nodes}], allow_unused=True)",
            f"{names}, = [zero if each is None else each for each in found]",
        ]
    slopes = [
        f"check({'d/d' + of.nodes[place].name!r}, {of.slope_name(place)}, {summary.deltas['0'][of.nodes[place].name]!r})"
        for place in shown
    ]
    sections = [
        Section("forward", [*forward, "", *values, ""]),
        Section("backward", [*backward, "", *slopes, ""]),
    ]
    return Program(setup, sections, [FORMULA_ENDS.format(result=of.name(of.result))])


def _network(run: Run, library: Library) -> Program:
    of = Equations(run, library)
    summary = run.summary
    gradient = follows_gradient(run.lesson.update.choice.name)
    forward = [*of.given(), *of.forward(), f"made['values'] = {_values(of)}"]
    error = [*of.error(), "made['loss'] = loss"]
    prepared = preparation(of)
    sections = [Section("forward", forward), Section("error", error)]
    if gradient:
        backward = (
            ["gradients = {}", *of.backward(), *_found(of)] if library == "numpy" else _autograd(of)
        )
        in_place = run.lesson.update.order == "in_place"
        first = [*prepared, *backward] if in_place else backward
        sections.append(Section("backward", [*first, "made['gradients'] = gradients"]))
        prepared = [] if in_place else prepared
    update = [
        *prepared,
        *update_lines(of),
        "made['parameters'], made['memory'] = after, remembered",
    ]
    if library == "torch":
        update = ["with torch.no_grad():", *indented(update)]
        sections[0].lines.insert(
            0, "parameters = {name: tensor(value) for name, value in parameters.items()}"
        )
    sections.append(Section("update", update))
    setup = [
        *HELPERS[library],
        *_data(run, gradient=gradient),
        "",
        *of.functions.lines,
        *rule_function(of),
    ]
    del summary
    return Program(setup, sections, [CLOSING])


def _data(run: Run, *, gradient: bool) -> list[str]:
    lesson, start = run.lesson, run.start
    inputs, targets = rows_of(lesson)
    trainable = [name for name in lesson.network.parameters if lesson.network.is_trainable(name)]
    tables: dict[str, Any] = {
        "INPUTS": inputs,
        "TARGETS": targets,
        "PARAMETERS": start.parameters,
        "TRAINABLE": trainable,
        "MEMORY": _memory(run, trainable),
        "EXPECTED": _expected(run, gradient=gradient),
        "PASSES": passes_of(run),
    }
    return [line for name, value in tables.items() for line in (f"{name} = {literal(value)}",)]


def _memory(run: Run, trainable: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return what the first pass remembers, with what a rule starts from where nothing is remembered yet."""
    memory = {name: dict(cells) for name, cells in run.start.state.items()}
    rule = UPDATES.get(run.lesson.update.choice.name)
    for name in trainable if rule is not None and rule.memory else ():
        memory[name] = {**(rule.memory if rule else {}), **memory.get(name, {})}
    for neuron in run.lesson.network.neurons:
        if neuron.normalise is not None:
            memory[neuron.id] = {**RUNNING, **memory.get(neuron.id, {})}
    return memory


def _expected(run: Run, *, gradient: bool) -> dict[str, Any]:
    summary = run.summary
    samples = [str(sample) for sample in summary.samples]

    def columns(rows: dict[str, dict[str, float]]) -> dict[str, list[float]]:
        return {key: [rows[sample][key] for sample in samples] for key in rows[samples[0]]}

    expected: dict[str, Any] = {"values": columns(summary.values), "loss": summary.loss}
    left_out: set[str] = set()
    if gradient:
        left_out = {name for name in run.gradients if _added(run, name) > 1 and _is_dust(run, name)}
        expected["deltas"] = columns(summary.deltas)
        expected["input_deltas"] = columns(summary.input_gradients)
        expected["gradients"] = _without(summary.gradients, left_out)
        inexact = {name for name in run.gradients if _is_inexact(run, name)}
        expected["parameters"] = _without(summary.parameters_after, left_out | inexact)
    else:
        expected["parameters"] = summary.parameters_after
    expected["memory"] = _without(summary.state_after, left_out)
    return expected


def _without(table: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: entry for name, entry in table.items() if name not in names}


def _added(run: Run, name: str) -> float:
    """Return the sizes of all terms of a gradient, added up."""
    return sum(abs(term.product) for term in run.terms[run.graph.parameter[name]])


def _is_dust(run: Run, name: str) -> bool:
    """Tell whether a gradient is what rounding has left of large terms, as that of a bias before a batch is normalised."""
    return abs(run.gradients[name]) <= _DUST * _added(run, name)


def _is_inexact(run: Run, name: str) -> bool:
    """Tell whether an update makes a long step of few digits; other software has others."""
    rule = UPDATES.get(run.lesson.update.choice.name)
    if rule is None or not rule.normalises:
        return False
    added = _added(run, name)
    return added > 0 and abs(run.gradients[name]) <= max(_INEXACT * added, _SMALL)


def _values(of: Equations) -> str:
    """Return the dictionary of everything computed, by the addresses of the trace."""
    first = str(of.graph.samples[0])
    parts = []
    for address in of.run.summary.values[first]:
        place = of.graph.place.get((of.graph.samples[0], address))
        if place is None:
            place = of.graph.place.get((None, address))
        if place is None or address in {n.id for n in of.lesson.network.neurons}:
            place = of.graph.output_of[of.graph.samples[0], address]
        parts.append((address, of.name(place)))
    return "{" + ", ".join(f"{address!r}: {name}" for address, name in parts) + "}"


def _places(of: Equations) -> tuple[dict[str, int], dict[str, int]]:
    """Return the weighted sums and the inputs by neuron, as the trace names their derivatives."""
    from explainer.trace.addresses import input_address

    first = of.graph.samples[0]
    network = of.lesson.network
    sums = {
        neuron.id: of.graph.sum_of[first, neuron.id]
        for neuron in network.neurons
        if neuron.role != "input"
    }
    inputs = {
        neuron.id: of.graph.place[first, input_address(neuron)]
        for neuron in network.of_role("input")
    }
    return sums, inputs


def _found(of: Equations) -> list[str]:
    lines = []
    for key, places in zip(("deltas", "input_deltas"), _places(of), strict=True):
        inside = ", ".join(f"{name!r}: {of.slope_name(place)}" for name, place in places.items())
        lines.append(f"made[{key!r}] = {{{inside}}}")
    return lines


def _autograd(of: Equations) -> list[str]:
    sums, inputs = _places(of)
    inside = ", ".join(f"{name!r}: {of.name(place)}" for name, place in sums.items())
    given = ", ".join(f"{name!r}: {of.name(place)}" for name, place in inputs.items())
    return TORCH_BACKWARD.format(sums=f"{{{inside}}}", inputs=f"{{{given}}}").splitlines()


def _text(lines: Sequence[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"
