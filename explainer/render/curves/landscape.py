"""The error over one parameter as a curve, over two as a map; the path taken, and one that would be taken."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any, NamedTuple

from explainer.render.curves.chart import Chart
from explainer.render.curves.look import (
    TEXT,
    TITLE,
    Look,
    Size,
    dress,
    font_of,
    style_ticks,
    written,
)

if TYPE_CHECKING:
    from explainer.maths.array_operations import Array

_LEFT, _RIGHT, _ABOVE, _BELOW = 60.0, 16.0, 30.0, 46.0
_TITLE_ABOVE = 8
_LEVELS = 14
_MOST_DIGITS = 6
# From this ratio of the largest to the smallest error on, the levels of a map are powers apart.
_STEEP = 30.0


class Way(NamedTuple):
    """A path: the numbers of both parameters (of a curve the error is the second) after each step."""

    x: tuple[float, ...]
    y: tuple[float, ...]


class LandscapePlot(NamedTuple):
    """The error over a grid: `error` has a row for each y, or one dimension for a curve, whose `y` is None.

    `key` is equal for equal grids. `names` are those of both parameters.
    """

    x: Array
    y: Array | None
    error: Array
    names: tuple[str, str]
    title: str
    taken: Way
    tried: Way
    key: Hashable = None


class LandscapeChart(Chart[LandscapePlot]):
    """Draws the landscape once and the paths over it."""

    def _fixed(self, plot: LandscapePlot) -> Hashable:
        return plot.key, plot.names, plot.title, float(plot.x[0]), float(plot.x[-1])

    def _furnish(self, figure: Any, plot: LandscapePlot, look: Look, size: Size) -> None:
        width, height = float(size.width), float(size.height)
        left, above, below = (part * look.zoom for part in (_LEFT, _ABOVE, _BELOW))
        axes = figure.add_axes(
            (
                left / width,
                below / height,
                (width - left - _RIGHT) / width,
                (height - above - below) / height,
            )
        )
        palette = look.palette
        dress(axes, look, grid=plot.y is None)
        axes.set_title(
            plot.title,
            loc="left",
            color=palette.tones["error"].text,
            fontproperties=font_of(TITLE * look.zoom, bold=True),
            pad=_TITLE_ABOVE,
        )
        axes.set_xlim(plot.x[0], plot.x[-1])
        if plot.y is None:
            _draw_curve(axes, plot, look)
        else:
            axes.set_ylim(plot.y[0], plot.y[-1])
            _draw_map(axes, plot, look)
        axes.locator_params(axis="x", nbins=7)
        font = font_of((TITLE + 1) * look.zoom)
        axes.set_xlabel(plot.names[0], color=palette.ink, fontproperties=font, labelpad=4)
        # Beside the title, where no number of the axis can stand; what a curve shows is named there.
        axes.annotate(
            plot.names[1],
            (0, 1),
            xytext=(-8, _TITLE_ABOVE),
            xycoords="axes fraction",
            textcoords="offset points",
            ha="right",
            color=palette.ink,
            fontproperties=font,
        )
        style_ticks(axes, look)

    def _moving(self, axes: list[Any], plot: LandscapePlot, look: Look) -> list[Any]:
        palette, one = look.palette, axes[0]
        found: list[Any] = []
        tried, way = palette.tones["update"], palette.tones["backward"]
        if len(plot.tried.x) > 1:
            found += one.plot(plot.tried.x, plot.tried.y, color=palette.paper, linewidth=4.2)
            found += one.plot(
                plot.tried.x,
                plot.tried.y,
                color=tried.line,
                linewidth=2.0,
                linestyle=(0, (4, 2)),
                marker="o",
                markersize=4.5,
                markerfacecolor=palette.paper,
                markeredgecolor=tried.line,
            )
        if len(plot.taken.x) > 1:
            found += one.plot(plot.taken.x, plot.taken.y, color=palette.paper, linewidth=4.6)
            found += one.plot(
                plot.taken.x,
                plot.taken.y,
                color=way.line,
                linewidth=2.4,
                marker="o",
                markersize=5.5,
                markeredgecolor=palette.paper,
            )
        if plot.taken.x:
            found += one.plot(
                plot.taken.x[-1:],
                plot.taken.y[-1:],
                "o",
                ms=12,
                mfc=way.line,
                mec=palette.paper,
                mew=2.2,
            )
        return found


def _draw_curve(axes: Any, plot: LandscapePlot, look: Look) -> None:
    import numpy as np

    colour = look.palette.tones["error"].line
    axes.plot(plot.x, plot.error, color=colour, linewidth=2.6, solid_capstyle="round")
    finite = plot.error[np.isfinite(plot.error)]
    if finite.size:
        low, high = float(finite.min()), float(finite.max())
        room = 0.08 * (high - low) or 1.0
        axes.set_ylim(low - room, high + room)


def _draw_map(axes: Any, plot: LandscapePlot, look: Look) -> None:
    import numpy as np
    from matplotlib.colors import LinearSegmentedColormap

    palette = look.palette
    finite = plot.error[np.isfinite(plot.error)]
    if not finite.size or finite.min() == finite.max():
        return
    levels = _levels(float(finite.min()), float(finite.max()))
    tone = palette.tones["error"]
    colours = LinearSegmentedColormap.from_list("error", [palette.paper, tone.tint, tone.halo, tone.line])  # fmt: skip
    axes.contourf(
        plot.x, plot.y, plot.error, levels=levels, cmap=colours, norm=_even(levels), extend="both"
    )
    lines = axes.contour(
        plot.x, plot.y, plot.error, levels=levels, colors=palette.soft, linewidths=0.7, alpha=0.8
    )
    texts = axes.clabel(
        lines,
        levels[::3],
        fmt=_labels(levels[::3], look.language),
        colors=palette.ink,
    )
    for text in texts:
        text.set_fontproperties(font_of((TEXT - 2) * look.zoom))


def _labels(levels: Any, language: str) -> dict[float, str]:
    """Return what is written at each level: as few digits as tell them all apart."""
    for digits in range(2, _MOST_DIGITS + 1):
        found = {float(level): written(float(f"{level:.{digits}g}"), language) for level in levels}
        if len(set(found.values())) == len(found):
            break
    return found


def _levels(low: float, high: float) -> Any:
    """Return the heights of the contour lines: powers apart where the error is steep, so that the valley is seen."""
    import numpy as np

    ground = max(low, high * 1e-6)
    if low >= 0 and high / ground > _STEEP:
        return np.geomspace(ground if low > 0 else high * 1e-4, high, _LEVELS)
    return np.linspace(low, high, _LEVELS)


def _even(levels: Any) -> Any:
    """Give every band between two lines a colour of its own, however far they are apart."""
    from matplotlib.colors import BoundaryNorm

    return BoundaryNorm(levels, 256, extend="both")
