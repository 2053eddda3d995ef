"""How every plot looks: colours of the palette, the fonts of the window, numbers as people write them."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from explainer.maths.numbers import shown
from explainer.render.palette import Palette
from explainer.resources import resource

# px at a scale of 1, where a point is a px.
TEXT, TITLE = 12.0, 13.0
_TICK_DIGITS = 6

# The lines of several functions are told apart by their dashes as well as by their colours.
DASHES: tuple[Any, ...] = ("solid", (0, (6, 3)), (0, (1.4, 2)), (0, (7, 2.5, 1.4, 2.5)))
# Which of the six colours of the factors they wear: the four that differ most.
_COLOURS = (2, 0, 1, 3)
MOST_LINES = len(_COLOURS)


class Look(NamedTuple):
    """Palette, language of numbers, and how much larger text is than usual."""

    palette: Palette
    language: str
    zoom: float = 1.0


class Size(NamedTuple):
    """Width and height of a plot in px as the window counts them, and how many real ones each has."""

    width: int
    height: int
    ratio: float = 1.0


def line_colour(palette: Palette, place: int) -> str:
    """Return the colour of the line at this place of a comparison."""
    return palette.factors[_COLOURS[place % MOST_LINES]].line


@cache
def font_of(size: float, *, bold: bool = False) -> Any:
    """Return the window's font in this size."""
    from matplotlib.font_manager import FontProperties

    name = "Inter-SemiBold.otf" if bold else "Inter-Regular.otf"
    return FontProperties(fname=str(resource("fonts", name)), size=size)


def new_figure(size: Size, palette: Palette) -> Any:
    """Return an empty figure whose points are px, with a canvas that can be read."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(
        figsize=(size.width / 72, size.height / 72), dpi=72 * size.ratio, facecolor=palette.paper
    )
    FigureCanvasAgg(figure)
    return figure


def dress(axes: Any, look: Look, *, grid: bool = True) -> None:
    """Give axes the calm look: hairlines, quiet numbers, no box."""
    from matplotlib.ticker import FuncFormatter

    palette = look.palette
    axes.set_facecolor(palette.paper)
    for name, spine in axes.spines.items():
        spine.set_visible(name in ("left", "bottom"))
        spine.set_color(palette.pill_line)
        spine.set_linewidth(1.0)
    if grid:
        axes.grid(visible=True, color=palette.hairline, linewidth=0.8, alpha=_grid_alpha(palette))
        axes.set_axisbelow(True)
    axes.tick_params(
        which="both", colors=palette.soft, length=0, pad=5, labelcolor=palette.soft, width=0
    )
    numbers = FuncFormatter(lambda value, _place: written(value, look.language))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(numbers)
    style_ticks(axes, look)


def style_ticks(axes: Any, look: Look) -> None:
    """Write the numbers of axes in the window's font; again after they have changed."""
    font = font_of(TEXT * look.zoom)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font)


def written(value: float, language: str) -> str:
    """Return a number of an axis: a real minus sign, a comma in Russian; no 0.30000000000000004."""
    return shown(float(value) + 0.0, _TICK_DIGITS, language)


def _grid_alpha(palette: Palette) -> float:
    # In high contrast hairlines are white; behind curves they must stay behind.
    return 0.3 if palette.name == "contrast" else 1.0
