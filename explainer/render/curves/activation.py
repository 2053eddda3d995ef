"""An activation beside its derivative: up to four compared, flat regions shaded, kinks with their convention, a point."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from typing import Any

from explainer.render.curves.activation_plot import ActivationPlot
from explainer.render.curves.chart import Chart
from explainer.render.curves.look import (
    DASHES,
    TEXT,
    TITLE,
    Look,
    Size,
    dress,
    font_of,
    line_colour,
    style_ticks,
)
from explainer.render.curves.marks import add_line, kink, others, point, shade

# From this width on f′ stands beside f, in px at usual text.
_BESIDE = 520
# The room of a number beside the axes and of the air around it, px at usual text.
_ROW = 20.0
_LEFT, _RIGHT, _ABOVE, _BELOW, _BETWEEN = 48.0, 14.0, 30.0, 34.0, 26.0


class ActivationChart(Chart[ActivationPlot]):
    """Draws f and f′ beside each other, or one above the other where there is little room."""

    def _fixed(self, plot: ActivationPlot) -> Hashable:
        # While a slider moves the line in front, the others are pixels already.
        others = tuple((line.key, line.place) for line in plot.lines if line is not plot.line)
        return plot.low, plot.high, *_heights(plot), plot.words, others

    def _furnish(self, figure: Any, plot: ActivationPlot, look: Look, size: Size) -> None:
        values, slopes = _heights(plot)
        words, tones = plot.words, look.palette.tones
        heads = (
            (words.value, values, tones["forward"].text),
            (words.slope, slopes, tones["backward"].text),
        )
        for place, (title, limits, colour) in zip(_places(size, look), heads, strict=True):
            axes = figure.add_axes(place)
            axes.set_xlim(plot.low, plot.high)
            axes.set_ylim(*limits)
            axes.set_title(
                title,
                loc="left",
                color=colour,
                fontproperties=font_of(TITLE * look.zoom, bold=True),
                pad=8,
            )
            dress(axes, look)
            axes.locator_params(axis="x", nbins=7)
            axes.locator_params(axis="y", nbins=_rows(place[3] * size.height, look))
            axes.axhline(0, color=look.palette.pill_line, linewidth=1.0, zorder=1)
            axes.axvline(0, color=look.palette.pill_line, linewidth=1.0, zorder=1)
            axes.text(
                1.0,
                0.0,
                "z ",
                transform=axes.transAxes,
                ha="right",
                va="bottom",
                color=look.palette.soft,
                fontproperties=font_of(TEXT * look.zoom),
            )
            style_ticks(axes, look)
        for line in plot.lines:
            if line is not plot.line:
                add_line(figure.axes, line, look, heavy=False)

    def _moving(self, axes: list[Any], plot: ActivationPlot, look: Look) -> list[Any]:
        front = plot.line
        if front is None:
            return []
        artists: list[Any] = []
        for one in axes:
            for region in front.sampled.regions:
                artists += shade(one, region, plot, look)
        artists += add_line(axes, front, look, heavy=True)
        for one_kink in front.sampled.kinks:
            artists += kink(axes, one_kink, line_colour(look.palette, front.place), look)
        if plot.others:
            artists += others(axes, plot, look)
        if plot.point is not None:
            artists += point(axes, plot.point, plot, look)
        return artists

    def _caption(self, figure: Any, plot: ActivationPlot, look: Look) -> None:
        from matplotlib.lines import Line2D

        handles = [
            Line2D(
                [],
                [],
                color=line_colour(look.palette, line.place),
                linestyle=DASHES[line.place],
                linewidth=2.2,
                label=line.name,
            )
            for line in plot.lines
        ]
        figure.axes[0].legend(
            handles=handles,
            loc="upper left",
            frameon=False,
            prop=font_of(TEXT * look.zoom),
            labelcolor=look.palette.body,
            handlelength=2.6,
        )


def _rows(height: float, look: Look) -> int:
    """Return in how many parts the numbers beside axes of so many px may divide them without touching."""
    return min(max(int(height / (_ROW * look.zoom)), 2), 6)


def is_beside(size: Size, look: Look) -> bool:
    """Tell whether there is room for f′ beside f."""
    return size.width >= _BESIDE * look.zoom


def _places(size: Size, look: Look) -> tuple[tuple[float, float, float, float], ...]:
    """Return left, bottom, width and height of both axes, as shares of the figure."""
    left, above, below = (part * look.zoom for part in (_LEFT, _ABOVE, _BELOW))
    between = _BETWEEN * look.zoom
    width, height = float(size.width), float(size.height)
    if is_beside(size, look):
        each = (width - 2 * left - _RIGHT - between) / 2
        tall = (height - above - below) / height
        second = (left + each + between + left) / width
        return (
            (left / width, below / height, each / width, tall),
            (second, below / height, each / width, tall),
        )
    each = (height - 2 * (above + below)) / 2
    wide = (width - left - _RIGHT) / width
    return (
        (left / width, (below + each + above + below) / height, wide, each / height),
        (left / width, below / height, wide, each / height),
    )


def _heights(plot: ActivationPlot) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the limits of f and of f′."""
    return (
        _limits(line.sampled.value for line in plot.lines),
        _limits(line.sampled.slope for line in plot.lines),
    )


def _limits(curves: Iterable[Any]) -> tuple[float, float]:
    """Return calm limits for all curves: they move in steps, so that the background of a slider in motion is kept."""
    import numpy as np

    low, high = 0.0, 0.0
    for numbers in curves:
        finite = numbers[np.isfinite(numbers)]
        if finite.size:
            low, high = min(low, float(finite.min())), max(high, float(finite.max()))
    if low == high:
        low, high = low - 1.0, high + 1.0
    step = 10 ** math.floor(math.log10(high - low)) / 4
    room = 0.06 * (high - low)
    return math.floor((low - room) / step) * step, math.ceil((high + room) / step) * step
