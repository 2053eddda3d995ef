"""What stands on the graph, as runs of text: symbols, values, the words beside targets; and how text is made to fit."""

from __future__ import annotations

from functools import lru_cache

from explainer.lesson.lesson import Lesson, Neuron
from explainer.lesson.letters import target_letter
from explainer.lesson.symbols import Symbol, neuron_symbol, symbol_of
from explainer.maths.numbers import shown
from explainer.messages import message, translate
from explainer.render.metrics import label_width
from explainer.render.shapes import Run
from explainer.trace.moment import Moment

# Below this size text is cut rather than set smaller; above the other a number keeps all its digits.
_SMALLEST, _READABLE = 8.0, 11.0


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
    """Return what a neuron puts out; while that is not known, the latest quantity on the way to it; nothing before."""
    value = moment.values.get(neuron.id)
    if value is not None:
        return (Run(shown(value, digits, language)),)
    for quantity in ("a", "scaled", "normalised", "z"):
        value = moment.values.get(f"{neuron.id}.{quantity}")
        if value is not None:
            text = shown(value, digits, language)
            if neuron.role == "input":
                return (Run(text),)
            return (*quantity_runs(lesson, neuron, quantity), Run(f" = {text}"))
    return ()


def quantity_runs(lesson: Lesson, neuron: Neuron, quantity: str) -> tuple[Run, ...]:
    """Return the symbol of a quantity of a neuron, by the last part of its address, where the neuron need not be named."""
    z = lesson.notation.pre_activation
    if quantity == "scaled":
        return _accented(z, "\\tilde")
    if quantity == "normalised":
        return _accented(z, "\\hat")
    if quantity == "variance":
        return (Run("σ", "italic"), Run("2", "sup"))
    if quantity == "mean":
        return (Run("μ", "italic"),)
    if quantity == "a":
        return (Run("a", "italic"),)
    if quantity == "z":
        return name_runs(z)
    if quantity.startswith("z"):
        return (*name_runs(z), Run(quantity.removeprefix("z"), "sub"))
    return neuron_runs(neuron)


def _accented(letter: str, accent: str) -> tuple[Run, ...]:
    """Return a letter of the notation under an accent; longer symbols go without."""
    return runs_of(symbol_of(f"{accent}{{{letter}}}")) if len(letter) == 1 else name_runs(letter)


def derivative_runs(error: str, by: tuple[Run, ...], value: str) -> tuple[Run, ...]:
    """Return "∂E/∂a = 0.5"."""
    d = Run("∂", "italic")
    return (d, *name_runs(error), Run("/"), d, *by, Run(f" = {value}"))


def target_texts(
    lesson: Lesson, outputs: int, sample: int, digits: int, language: str
) -> list[tuple[Run, ...]]:
    """Return "target y = 1" for each output; the targets of several outputs are numbered from 1."""
    symbol, word = name_runs(target_letter(lesson)), translate(message("target"), language)
    texts: list[tuple[Run, ...]] = []
    for number, target in enumerate(lesson.data.targets[sample][:outputs], 1):
        index = (Run(str(number), "sub"),) if outputs > 1 else ()
        value = shown(target, digits, language)
        texts.append((Run(f"{word} "), *symbol, *index, Run(f" = {value}")))
    return texts


def fitted_number(
    value: float, digits: int, language: str, size: float, room: float
) -> tuple[tuple[Run, ...], float]:
    """Return a number and its size so that all of it fits: digits are left out before it gets hard to read."""
    for fewer in range(digits, 0, -1):
        runs = (Run(shown(value, fewer, language)),)
        width = label_width(runs, size)
        if width * _READABLE <= room * size or fewer == 1:
            break
    return fitted(runs, size, room)


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
