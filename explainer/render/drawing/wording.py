"""What stands on the graph, as runs of text: symbols, values, the words beside targets; and how text is made to fit."""

from __future__ import annotations

from functools import lru_cache

from explainer.lesson.lesson import Lesson, Neuron
from explainer.lesson.symbols import Symbol, neuron_symbol, symbol_of
from explainer.maths.numbers import shown
from explainer.messages import message, translate
from explainer.render.metrics import label_width
from explainer.render.shapes import Run
from explainer.trace.moment import Moment

# Below this size text is cut rather than set smaller.
_SMALLEST = 8.0


def runs_of(symbol: Symbol) -> tuple[Run, ...]:
    """Return a symbol as runs."""
    return tuple(Run(text, style) for text, style in symbol.runs)


@lru_cache(maxsize=4096)
def name_runs(name: str) -> tuple[Run, ...]:
    """Return the symbol of a parameter or of a letter of the lesson's notation as runs."""
    return runs_of(symbol_of(name))


@lru_cache(maxsize=2048)
def neuron_runs(neuron: Neuron) -> tuple[Run, ...]:
    """Return the symbol of a neuron as runs."""
    return runs_of(neuron_symbol(neuron))


def named_value(name: tuple[Run, ...], value: float, digits: int, language: str) -> tuple[Run, ...]:
    """Return "w₁ 0.11"."""
    return (*name, Run(f" {shown(value, digits, language)}"))


@lru_cache(maxsize=512)
def usual_width(name: tuple[Run, ...], digits: int, size: float) -> float:
    """Return the width of a name with a negative number below one of so many digits: the room kept for most."""
    return label_width((*name, Run(" −0." + "8" * digits)), size)


def value_runs(
    neuron: Neuron, moment: Moment, lesson: Lesson, digits: int, language: str
) -> tuple[Run, ...]:
    """Return the activation of a neuron; its pre-activation while only that is known; nothing before."""
    value = moment.values.get(neuron.id)
    if value is not None:
        return (Run(shown(value, digits, language)),)
    value = moment.values.get(f"{neuron.id}.z")
    if value is None:
        return ()
    return (
        *name_runs(lesson.notation.pre_activation),
        Run(f" = {shown(value, digits, language)}"),
    )


def target_runs(
    lesson: Lesson, number: int, several: bool, sample: int, digits: int, language: str
) -> tuple[Run, ...]:
    """Return "target y = 1"; the targets of several outputs are numbered from 1."""
    symbol = name_runs(lesson.notation.target)
    if several:
        symbol = (*symbol, Run(str(number + 1), "sub"))
    value = shown(lesson.data.targets[sample][number], digits, language)
    word = translate(message("target"), language)
    return (Run(f"{word} "), *symbol, Run(f" = {value}"))


@lru_cache(maxsize=4096)
def fitted(runs: tuple[Run, ...], size: float, room: float) -> tuple[tuple[Run, ...], float]:
    """Return runs and the size at which they are no wider than `room`; what is still too long ends in "…"."""
    width = label_width(runs, size)
    if width <= room:
        return runs, size
    size = max(size * room / width, _SMALLEST)
    parts = list(runs)
    while label_width(tuple(parts), size) > room and parts:
        last = parts.pop()
        text = last.text.rstrip("…")[:-1]
        if text:
            parts.append(Run(f"{text}…", last.style))
    return tuple(parts), size
