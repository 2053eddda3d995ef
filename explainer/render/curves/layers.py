"""The gradient by layer: ‖∂E/∂z‖ as bars on a logarithmic scale, and the factors along one path between them."""

from __future__ import annotations

import math
from collections.abc import Hashable
from typing import Any, NamedTuple

from explainer.maths.numbers import shown
from explainer.render.curves.chart import Chart
from explainer.render.curves.look import (
    TEXT,
    TITLE,
    Look,
    Size,
    dress,
    font_of,
    style_ticks,
)

_LEFT, _RIGHT, _ABOVE, _BELOW, _MIDDLE = 64.0, 14.0, 30.0, 28.0, 62.0
_DIGITS = 3
# With more layers the numbers would overlap.
_MOST_NUMBERED = 10
# The share of the height that the lower part has.
_LOWER = 0.4


class Bar(NamedTuple):
    """One layer; `known` tells whether the board shows its derivatives already."""

    name: str
    norm: float
    known: bool


class LayersPlot(NamedTuple):
    """Layers from the first to the output; `products[k]` is the product of derivatives from the output back to layer k.

    `factors[k]` is the factor between layer k and the one behind it; both are None where the path does not lead there.
    """

    bars: tuple[Bar, ...]
    products: tuple[float | None, ...] = ()
    factors: tuple[float | None, ...] = ()
    title: str = "‖∂E/∂z‖"
    lower_title: str = ""


class LayersChart(Chart[LayersPlot]):
    """Draws bars above, the product along a path below."""

    def _fixed(self, plot: LayersPlot) -> Hashable:
        return plot

    def _furnish(self, figure: Any, plot: LayersPlot, look: Look, size: Size) -> None:
        palette = look.palette
        width, height = float(size.width), float(size.height)
        left, below, above, middle = (part * look.zoom for part in (_LEFT, _BELOW, _ABOVE, _MIDDLE))
        room = height - above - middle - below
        wide = (width - left - _RIGHT) / width
        low = room * _LOWER
        upper = figure.add_axes((left / width, (below + low + middle) / height, wide, (room - low) / height))  # fmt: skip
        lower = figure.add_axes((left / width, below / height, wide, low / height))
        tone = palette.tones["backward"]
        for axes, title in ((upper, plot.title), (lower, plot.lower_title)):
            font = font_of(TITLE * look.zoom, bold=True)
            axes.set_title(title, loc="left", color=tone.text, fontproperties=font, pad=8)
        _bars(upper, plot, look)
        _path(lower, plot, look)
        for axes in (upper, lower):
            axes.set_xlim(-0.6, len(plot.bars) - 0.4)
            axes.set_xticks(range(len(plot.bars)), [_mathematical(bar.name) for bar in plot.bars])
            style_ticks(axes, look)
            for label in axes.get_xticklabels():
                label.set_color(palette.ink)
                if "$" in label.get_text():
                    label.set_fontsize((TEXT + 2) * look.zoom)

    def _moving(self, axes: list[Any], plot: LayersPlot, look: Look) -> list[Any]:
        return []


def _mathematical(name: str) -> str:
    """Return a name as the font can write it: symbols with hats or indices come as they are."""
    return name


def _bars(axes: Any, plot: LayersPlot, look: Look) -> None:
    palette, tone = look.palette, look.palette.tones["backward"]
    norms = [bar.norm for bar in plot.bars if bar.norm > 0]
    _logarithmic(axes, norms, look)
    floor = axes.get_ylim()[0]
    for place, bar in enumerate(plot.bars):
        top = max(bar.norm, floor)
        axes.bar(
            place,
            top - floor,
            width=0.56,
            bottom=floor,
            facecolor=tone.line if bar.known else palette.paper,
            edgecolor=tone.line,
            linewidth=1.4,
            linestyle="solid" if bar.known else (0, (3, 2)),
        )
        if len(plot.bars) <= _MOST_NUMBERED:
            axes.annotate(
                shown(bar.norm, _DIGITS, look.language),
                (place, top),
                xytext=(0, 4),
                textcoords="offset points",
                ha="center",
                va="bottom",
                color=palette.ink,
                fontproperties=font_of(TEXT * look.zoom),
            )


def _path(axes: Any, plot: LayersPlot, look: Look) -> None:
    palette = look.palette
    places = [at for at, product in enumerate(plot.products) if product]
    sizes = [abs(plot.products[at] or 0.0) for at in places]
    _logarithmic(axes, [*sizes, 1.0], look)
    axes.axhline(1.0, color=palette.pill_line, linewidth=1.2)
    colour = palette.tones["error"].line
    axes.plot(places, sizes, "-o", color=colour, linewidth=2.2, ms=7, mec=palette.paper, mew=1.5)
    if len(plot.bars) > _MOST_NUMBERED:
        return
    for at, factor in enumerate(plot.factors):
        after = plot.products[at + 1] if at + 1 < len(plot.products) else None
        if factor is None or not plot.products[at] or not after:
            continue
        middle = math.sqrt(abs((plot.products[at] or 1.0) * after))
        axes.annotate(
            f"×{shown(factor, _DIGITS, look.language)}",
            (at + 0.5, middle),
            xytext=(0, 11),
            textcoords="offset points",
            ha="center",
            va="center",
            color=palette.tones["error"].text,
            fontproperties=font_of((TEXT - 1) * look.zoom),
            bbox={"boxstyle": "round,pad=0.2", "facecolor": palette.paper, "linewidth": 0},
        )


def _logarithmic(axes: Any, numbers: list[float], look: Look) -> None:
    """Give axes a logarithmic height with whole powers of ten at its ends, and few of them in between."""
    low, high = (min(numbers), max(numbers)) if numbers else (0.1, 1.0)
    first = math.floor(math.log10(low) - 0.15)
    last = max(math.ceil(math.log10(high) + 0.25), first + 1)
    axes.set_yscale("log")
    axes.set_ylim(10.0**first, 10.0**last)
    dress(axes, look)
    step = max(1, math.ceil((last - first) / 6))
    ticks = [10.0**power for power in range(first, last + 1, step)]
    axes.set_yticks(ticks, [shown(tick, _DIGITS, look.language) for tick in ticks])
    axes.set_yticks([], minor=True)
    axes.grid(visible=False, axis="x")
