"""What the studio does for the curves: sample the functions, draw them, write them into files. Touches no widget."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from explainer.render.curves.activation import ActivationChart
from explainer.render.curves.activation_plot import ActivationPlot, Line, Point, Words
from explainer.render.curves.chart import Raster
from explainer.render.curves.files import PlotFormat, as_csv, saved
from explainer.render.curves.look import Look, Size

if TYPE_CHECKING:
    from explainer.lesson.choice import Choice
    from explainer.maths.sampling import Sampler
    from explainer.session.looking.comparison import Compared

# Points of a curve: when it rests, while a slider moves, in a file of numbers.
_FINE, _COARSE, _LISTED = 361, 121, 241
FILE_SIZE = Size(900, 380)


class Scene(NamedTuple):
    """What the curves are to show: functions and their names, the interval, the neuron's own z on the one in front."""

    functions: tuple[Compared, ...]
    names: tuple[str, ...]
    front: int
    low: float
    high: float
    z: float | None
    others: tuple[float, ...]
    words: Words
    sketched: bool = False


@lru_cache(maxsize=32)
def sampler(choice: Choice) -> Sampler:
    """Return the sampler of an activation; compiled once."""
    # Imported here: the thread of the studio is the first to need SymPy.
    from explainer.maths.sampling import Sampler

    return Sampler(choice)


def numbers_at(function: Compared, z: float) -> tuple[float, float]:
    """Return f(z) and f′(z), the numbers of the operation itself."""
    return sampler(function.choice).at(z, dict(function.parameters))


def plot_of(scene: Scene, count: int) -> ActivationPlot:
    """Return the plot of a scene, each function at so many points."""
    lines = tuple(
        Line(
            name,
            sampler(one.choice).over(scene.low, scene.high, count, dict(one.parameters)),
            place,
            (one, count),
        )
        for place, (name, one) in enumerate(zip(scene.names, scene.functions, strict=True))
    )
    point = None
    if scene.z is not None and scene.functions:
        point = Point(scene.z, *numbers_at(scene.functions[scene.front], scene.z))
    others = tuple(z for z in scene.others if scene.low <= z <= scene.high)
    return ActivationPlot(
        lines, scene.low, scene.high, scene.front, point, others, scene.words, scene.sketched
    )


class Drawer:
    """Draws scenes; keeps the chart with what of it stays. Used by the studio's thread alone."""

    def __init__(self) -> None:
        self._chart = ActivationChart()

    def draw(self, scene: Scene, look: Look, size: Size) -> tuple[Raster, Point | None]:
        """Return the pixels, and the point at which the neuron works."""
        plot = plot_of(scene, _COARSE if scene.sketched else _FINE)
        return self._chart.drawn(plot, look, size), plot.point


def file_of(kind: PlotFormat, scene: Scene, look: Look) -> bytes:
    """Return the curves as a file."""
    if kind == "csv":
        return _csv(scene)
    plot = plot_of(scene, _FINE)
    return saved(ActivationChart().figure(plot, look, FILE_SIZE), kind)


def _csv(scene: Scene) -> bytes:
    """List z, f and f′ of every function at the same z, each number that of the operation itself."""
    step = (scene.high - scene.low) / (_LISTED - 1)
    heads = ["z", *(f"{part} {name}" for name in scene.names for part in ("f", "f'"))]
    rows = []
    for place in range(_LISTED):
        z = round(scene.low + place * step, 12)
        found = [number for one in scene.functions for number in numbers_at(one, z)]
        rows.append([z, *found])
    return as_csv(heads, rows)
