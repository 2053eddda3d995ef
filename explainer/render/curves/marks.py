"""What is drawn of one activation: its two lines, its flat regions and kinks, the point at which a neuron works."""

from __future__ import annotations

from typing import Any

from explainer.maths.numbers import shown
from explainer.maths.sampling import Kink, Region
from explainer.render.curves.activation_plot import ActivationPlot, Line, Point
from explainer.render.curves.look import DASHES, TEXT, Look, font_of, line_colour

_LABEL_DIGITS = 4


def shade(axes: Any, region: Region, plot: ActivationPlot, look: Look) -> list[Any]:
    """Shade a flat region; hatched as well as tinted, and named where its name has room."""
    is_dead = region.kind == "dead"
    shade = look.palette.tones["error" if is_dead else "quiet"]
    span = axes.axvspan(
        region.start,
        region.end,
        facecolor=shade.halo,
        edgecolor=shade.line,
        hatch=None if plot.sketched else "////" if is_dead else "...",
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


def add_line(axes: list[Any], line: Line, look: Look, *, heavy: bool) -> list[Any]:
    """Draw f and f′ of a line."""
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


def kink(axes: list[Any], kink: Kink, colour: str, look: Look) -> list[Any]:
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


def others(axes: list[Any], plot: ActivationPlot, look: Look) -> list[Any]:
    """Mark the z of the other samples by short strokes at the bottom."""
    colour = look.palette.soft
    return [
        one.vlines(
            plot.others, 0, 0.045, transform=one.get_xaxis_transform(), color=colour, linewidth=1.4
        )
        for one in axes
    ]


def point(axes: list[Any], point: Point, plot: ActivationPlot, look: Look) -> list[Any]:
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
    # Under a rising tangent at the right there is room.
    is_below = is_top or (
        number is point.value and not is_right and number > low + 0.2 * (high - low)
    )
    return axes.annotate(
        text,
        (point.z, number),
        xytext=(-12 if is_right else 12, -18 if is_below else 14),
        textcoords="offset points",
        ha="right" if is_right else "left",
        va="center",
        color=shade.text,
        fontproperties=font_of(TEXT * look.zoom, bold=True),
        bbox={"boxstyle": "round,pad=0.3", "facecolor": shade.tint, "edgecolor": shade.line, "linewidth": 0.8},
    )  # fmt: skip
