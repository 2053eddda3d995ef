"""What hangs under a neuron, line by line in the order of computing: biases, the pieces of a maxout, normalisation, dropout.

The room of each thing is known without any value of the moment, so that nothing moves from step to step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from explainer.lesson.lesson import Dropout, Lesson, Neuron
from explainer.maths.numbers import shown
from explainer.messages import message, translate
from explainer.render.drawing.wording import name_runs, usual_width
from explainer.render.metrics import label_width
from explainer.render.shapes import Run

PARAMETER_HEIGHT = 24.0
CHIP_HEIGHT = 19.0
CHIP_SIZE = 11.5
SUM_SIZE = 12.5
_CHIP_PADDING = 8.0
# Room between two things of one line, and between lines.
ACROSS = 6.0
DOWN = 5.0
# Between the circle and the first line.
FIRST = 6.0
_STATISTICS = ((Run("μ", "italic"),), (Run("σ", "italic"), Run("2", "sup")))


class Slot(NamedTuple):
    """One thing: `key` tells it apart under its neuron, `parameter` is the number of the lesson that it shows."""

    key: str
    width: float
    height: float
    parameter: str | None = None


Rows = tuple[tuple[Slot, ...], ...]


def own_parameters(neuron: Neuron) -> list[tuple[str, str]]:
    """Return the parameters that are the neuron's and no edge's, as (slot, parameter)."""
    found = [(_bias_key(piece), name) for piece, name in enumerate(neuron.biases)]
    if neuron.normalise is not None:
        found += [("gamma", neuron.normalise.gamma), ("beta", neuron.normalise.beta)]
    return found + [(key, name) for key, name in neuron.activation.named]


def piece_at(slot: str) -> int | None:
    """Return which piece of a maxout neuron a slot belongs to: that of a bias or a weighted sum."""
    kind, _, number = slot.partition(" ")
    if kind not in ("bias", "sum"):
        return None
    return int(number) - 1 if number else 0


def pieces_of(lesson: Lesson, neuron: Neuron) -> int:
    """Return how many linear pieces a maxout neuron has; 0 for any other."""
    if neuron.activation.name != "maxout":
        return 0
    fed = (edge.piece for edge in lesson.network.edges if edge.target == neuron.id)
    return max(1 + max(fed, default=0), len(neuron.biases))


def rows_under(
    lesson: Lesson,
    neuron: Neuron,
    pill_width: Callable[[str], float],
    digits: int,
    language: str,
    tag: str,
) -> Rows:
    """Return what hangs under a neuron; `tag` is the name of its activation where it wears one."""
    own = {
        key: Slot(key, pill_width(name), PARAMETER_HEIGHT, name)
        for key, name in own_parameters(neuron)
    }
    rows = _first_rows(lesson, neuron, own, digits)
    if neuron.normalise is not None:
        rows.append((_chip("normalise", normalise_text(language)),))
        rows.append((own["gamma"], own["beta"]))
        width = sum(usual_width(name, digits, CHIP_SIZE) for name in _STATISTICS)
        rows.append((Slot("statistics", width + 2 * _CHIP_PADDING, CHIP_HEIGHT),))
    if tag:
        rows.append((_chip("activation", tag),))
    rows += [(own[key],) for key, _ in neuron.activation.named]
    if neuron.dropout is not None:
        widest = max(
            dropout_texts(lesson, neuron.dropout, digits, language),
            key=lambda text: label_width((Run(text),), CHIP_SIZE, bold=True),
        )
        rows.append((_chip("dropout", widest),))
    return tuple(rows)


def height_of(rows: Rows) -> float:
    """Return how far down the lines reach from the circle; 0 where there are none."""
    if not rows:
        return 0.0
    heights = [max(slot.height for slot in row) for row in rows]
    return FIRST + sum(heights) + DOWN * (len(rows) - 1)


def width_of(rows: Rows) -> float:
    """Return the width of the widest line."""
    return max((_row_width(row) for row in rows), default=0.0)


def placed(rows: Rows, x: float, top: float) -> dict[str, tuple[float, float]]:
    """Return the centre of each thing under a neuron at x whose circle ends at `top`."""
    found: dict[str, tuple[float, float]] = {}
    y = top + FIRST
    for row in rows:
        height = max(slot.height for slot in row)
        left = x - _row_width(row) / 2
        for slot in row:
            found[slot.key] = (left + slot.width / 2, y + height / 2)
            left += slot.width + ACROSS
        y += height + DOWN
    return found


def normalise_text(language: str) -> str:
    """Return the name of batch normalisation in few letters."""
    return translate(message("batch norm"), language)


def dropout_texts(lesson: Lesson, dropout: Dropout, digits: int, language: str) -> tuple[str, str]:
    """Return what is written at a neuron that dropout keeps, and at one that it switches off: the rate, and the scaling if any."""
    rate = shown(dropout.rate, digits, language)
    text = translate(message("dropout {rate}", rate=rate), language)
    factor = 1.0
    if lesson.mode == "apply" and dropout.scaling == "at_application":
        factor = 1 - dropout.rate
    elif lesson.mode == "train" and dropout.scaling == "inverted" and dropout.rate < 1:
        factor = 1 / (1 - dropout.rate)
    kept = text if factor == 1.0 else f"{text} · ×{shown(factor, digits, language)}"
    return kept, f"✗ {text}"


def _bias_key(piece: int) -> str:
    return "bias" if piece == 0 else f"bias {piece + 1}"


def _first_rows(
    lesson: Lesson, neuron: Neuron, own: dict[str, Slot], digits: int
) -> list[tuple[Slot, ...]]:
    """Return the bias, or a line for each piece of a maxout neuron: its weighted sum beside its bias."""
    pieces = pieces_of(lesson, neuron)
    if not pieces:
        return [(own["bias"],)] if "bias" in own else []
    width = usual_width(sum_name(lesson, pieces - 1), digits, SUM_SIZE)
    width += label_width((Run(" = "), Run(" max")), SUM_SIZE, bold=True) + 2 * _CHIP_PADDING
    sums = [Slot(f"sum {piece + 1}", width, PARAMETER_HEIGHT) for piece in range(pieces)]
    if not neuron.biases:
        return [(slot,) for slot in sums]
    keys = [_bias_key(piece) for piece in range(pieces)]
    return [
        (slot, own[key]) if key in own else (slot,) for slot, key in zip(sums, keys, strict=True)
    ]


def sum_name(lesson: Lesson, piece: int) -> tuple[Run, ...]:
    """Return the symbol of the weighted sum of one piece, its neuron left out."""
    return (*name_runs(lesson.notation.pre_activation), Run(str(piece + 1), "sub"))


def _chip(key: str, text: str) -> Slot:
    width = label_width((Run(text),), CHIP_SIZE, bold=True) + 2 * _CHIP_PADDING
    return Slot(key, width, CHIP_HEIGHT)


def _row_width(row: tuple[Slot, ...]) -> float:
    return sum(slot.width for slot in row) + ACROSS * (len(row) - 1)
