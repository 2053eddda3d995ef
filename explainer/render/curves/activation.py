"""An activation beside its derivative: up to four compared, flat regions shaded, kinks with their convention, a point."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from explainer.maths.numbers import shown
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

if TYPE_CHECKING:
    from explainer.maths.sampling import Kink, Region, Sampled

# From this width on f′ stands beside f, in px at usual text.
_BESIDE = 520
_LEFT, _RIGHT, _ABOVE, _BELOW, _BETWEEN = 48.0, 14.0, 30.0, 34.0, 26.0
_LABEL_DIGITS = 4


class Line(NamedTuple):
    """One function: its name, its numbers, and its place in the comparison, which gives colour and dashes."""

    name: str
    sampled: Sampled
    place: int = 0


class Point(NamedTuple):
    """Where a neuron works: z, f(z) and f′(z); `name` is that of the neuron."""

    z: float
    value: float
    slope: float
    name: str = ""


class Words(NamedTuple):
    """What a plot says, in the reader's language."""

    value: str = "f(z)"
    slope: str = "f′(z)"
    dead: str = "f′ = 0"
    saturated: str = "|f′| < 0.01"


class ActivationPlot(NamedTuple):
    """Functions over one interval. The flat regions and kinks shown are those of the line in `front`.

    `point` is the operating point of a neuron on that line, `others` are the z of its other samples.
    """

    lines: tuple[Line, ...]
    low: float
    high: float
    front: int = 0
    point: Point | None = None
    others: tuple[float, ...] = ()
    words: Words = Words()


class ActivationChart(Chart[ActivationPlot]):
    """Draws f and f′ beside each other, or one above the other where there is little room."""

    def _fixed(self, plot: ActivationPlot) -> Hashable:
        return plot.low, plot.high, *_heights(plot), plot.words

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
            axes.locator_params(axis="y", nbins=6)
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

    def _moving(self, axes: list[Any], plot: ActivationPlot, look: Look) -> list[Any]:
        if not plot.lines:
            return []
        front = plot.lines[min(plot.front, len(plot.lines) - 1)]
        artists: list[Any] = []
        for one in axes:
            for region in front.sampled.regions:
                artists += _shade(one, region, plot, look)
        for line in (*(line for line in plot.lines if line is not front), front):
            artists += _line(axes, line, look, heavy=line is front)
        for kink in front.sampled.kinks:
            artists += _kink(axes, kink, line_colour(look.palette, front.place), look)
        if plot.others:
            artists += _others(axes, plot, look)
        if plot.point is not None:
            artists += _point(axes, plot.point, plot, look)
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


def _shade(axes: Any, region: Region, plot: ActivationPlot, look: Look) -> list[Any]:
    """Shade a flat region; hatched as well as tinted, and named where its name has room."""
    is_dead = region.kind == "dead"
    shade = look.palette.tones["error" if is_dead else "quiet"]
    span = axes.axvspan(
        region.start,
        region.end,
        facecolor=shade.halo,
        edgecolor=shade.line,
        hatch="////" if is_dead else "...",
        linewidth=0,
        alpha=0.35 if is_dead else 0.5,
        zorder=0,
    )
    span.set_hatch_linewidth(0.5)
    share = (region.end - region.start) / (plot.high - plot.low)
    if share < 0.22:
        return [span]
    word = plot.words.dead if is_dead else plot.words.saturated
    label = axes.text(
        (region.start + region.end) / 2,
        0.985,
        word,
        transform=axes.get_xaxis_transform(),
        ha="center",
        va="top",
        color=shade.text,
        fontproperties=font_of((TEXT - 1) * look.zoom),
        bbox={"boxstyle": "round,pad=0.25", "facecolor": look.palette.paper, "linewidth": 0},
    )
    return [span, label]


def _line(axes: list[Any], line: Line, look: Look, *, heavy: bool) -> list[Any]:
    found: list[Any] = []
    for one, numbers in zip(axes, (line.sampled.value, line.sampled.slope), strict=True):
        found += one.plot(
            line.sampled.z,
            numbers,
            color=line_colour(look.palette, line.place),
            linestyle=DASHES[line.place],
            linewidth=2.6 if heavy else 1.9,
            solid_capstyle="round",
        )
    return found


def _kink(axes: list[Any], kink: Kink, colour: str, look: Look) -> list[Any]:
    """Mark a kink: hollow where a side ends, full where the convention puts the value."""
    found: list[Any] = []
    for one, own, sides, broken in (
        (axes[0], kink.value, kink.values, kink.jumps),
        (axes[1], kink.slope, kink.slopes, kink.bends),
    ):
        if not broken:
            continue
        style = {"linestyle": "none", "markeredgecolor": colour, "markeredgewidth": 1.6}
        ends = [side for side in sides if abs(side - own) > 1e-6]
        found += one.plot([kink.z] * len(ends), ends, "o", ms=7, mfc=look.palette.paper, **style)
        found += one.plot([kink.z], [own], "o", ms=7, mfc=colour, **style)
    return found


def _others(axes: list[Any], plot: ActivationPlot, look: Look) -> list[Any]:
    """Mark the z of the other samples by short strokes at the bottom."""
    colour = look.palette.soft
    return [
        one.vlines(
            plot.others, 0, 0.045, transform=one.get_xaxis_transform(), color=colour, linewidth=1.4
        )
        for one in axes
    ]


def _point(axes: list[Any], point: Point, plot: ActivationPlot, look: Look) -> list[Any]:
    """Mark the operating point on both curves, with the tangent whose slope is f′."""
    palette, found = look.palette, list[Any]()
    reach = 0.16 * (plot.high - plot.low)
    ends = [point.z - reach, point.z + reach]
    found += axes[0].plot(
        ends,
        [point.value + point.slope * (z - point.z) for z in ends],
        color=palette.tones["backward"].line,
        linewidth=1.8,
        linestyle=(0, (5, 2.5)),
    )
    bottom = axes[1].get_ylim()[0]
    found += axes[1].plot(
        [point.z, point.z], [bottom, point.slope], color=palette.soft, linewidth=1.0, linestyle=":"
    )
    inside = plot.low <= point.z <= plot.high
    for one, number, name, tone in (
        (axes[0], point.value, "f", "forward"),
        (axes[1], point.slope, "f′", "backward"),
    ):
        shade = palette.tones[tone]
        found += one.plot([point.z], [number], "o", ms=10, mfc=shade.line, mec=palette.paper, mew=2)
        if inside:
            found.append(_said(one, point, number, f"{name} = {shown(number, _LABEL_DIGITS, look.language)}", shade, plot, look))  # fmt: skip
    return found


def _said(
    axes: Any, point: Point, number: float, text: str, shade: Any, plot: ActivationPlot, look: Look
) -> Any:
    """Write a number beside its point, on the side where there is room."""
    low, high = axes.get_ylim()
    is_right = point.z > plot.low + 0.6 * (plot.high - plot.low)
    is_top = number > low + 0.8 * (high - low)
    return axes.annotate(
        text,
        (point.z, number),
        xytext=(-12 if is_right else 12, -16 if is_top else 12),
        textcoords="offset points",
        ha="right" if is_right else "left",
        va="center",
        color=shade.text,
        fontproperties=font_of(TEXT * look.zoom, bold=True),
        bbox={"boxstyle": "round,pad=0.3", "facecolor": shade.tint, "edgecolor": shade.line, "linewidth": 0.8},
    )  # fmt: skip
