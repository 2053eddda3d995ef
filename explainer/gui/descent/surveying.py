"""What the studio does for the descent: compute the map, follow paths, draw, write files. Touches no widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from explainer.render.curves.chart import Raster
from explainer.render.curves.files import PlotFormat, as_csv, saved
from explainer.render.curves.landscape import LandscapeChart, LandscapePlot, Way
from explainer.render.curves.look import Look, Size
from explainer.session.looking.descent import (
    Path,
    Standing,
    landscape,
    span_of,
    symbol,
    tried,
)
from explainer.trace.landscape import Landscape, Stale

if TYPE_CHECKING:
    from explainer.maths.array_operations import Array

_MAP, _CURVE = 51, 301
# So many points are shown of a path on which the error grows.
_CLIMBING = 3
_NOWHERE = (-1.0, 1.0)
FILE_SIZE = Size(720, 560)


Range = tuple[float, float]


class Survey(NamedTuple):
    """What is wanted: along which parameters and how far, over which samples, and which rate is tried for how many steps.

    A range that is None is to be found: both paths with room around them.
    """

    place: Standing
    x: str
    y: str | None
    x_range: Range | None
    y_range: Range | None
    whole: bool
    taken: Path
    rate: float
    steps: int
    title: str


class Found(NamedTuple):
    """What came out: pixels, the survey with its ranges found, the errors here and at the end of the path tried.

    `steps` is how many that path has, `ended` whether the numbers grew too large.
    """

    raster: Raster
    survey: Survey
    here: float
    there: float
    steps: int
    ended: bool


class Surveyor:
    """Computes and draws; keeps the last map and path, which stay while only the other changes. One thread uses it."""

    def __init__(self) -> None:
        self._chart = LandscapeChart()
        self._map_of: object = None
        self._key = 0
        self._land: Landscape | None = None
        self._grid: tuple[Array, Array | None, Array] | None = None
        self._path_of: object = None
        self._path: Path | None = None

    def survey(
        self, wanted: Survey, look: Look, size: Size, is_stale: Callable[[], bool]
    ) -> Found | None:
        """Return the drawn survey, None where nobody waits any more."""
        try:
            path = self._tried(wanted, is_stale)
            wanted = self._ranged(wanted, path, is_stale)
            plot = self._plot(wanted, path, is_stale)
            here, there = (self._errors(Path(points), is_stale)[-1] for points in (wanted.taken.points[-1:], path.points[-1:]))  # fmt: skip
        except Stale:
            return None
        raster = self._chart.drawn(plot, look, size)
        return Found(raster, wanted, here, there, len(path.points) - 1, path.ended)

    def error_at(self, wanted: Survey, x: float, y: float) -> float:
        """Return the error where the chosen parameters have these values."""
        land = self._land or landscape(wanted.place, whole=wanted.whole)
        return land.at({wanted.x: x} if wanted.y is None else {wanted.x: x, wanted.y: y})

    def file(self, kind: PlotFormat, wanted: Survey, look: Look) -> bytes:
        """Return the survey as a file."""
        path = self._tried(wanted, lambda: False)
        plot = self._plot(wanted, path, lambda: False)
        if kind != "csv":
            return saved(LandscapeChart().figure(plot, look, FILE_SIZE), kind)
        names = (wanted.x,) if wanted.y is None else (wanted.x, wanted.y)
        tables = [as_csv((*names, "E"), _cells(plot))]
        rows: list[tuple[str | float, ...]]
        for title, way in (("taken", wanted.taken), ("tried", path)):
            errors = self._errors(way, lambda: False)
            rows = [
                (title, *(point[name] for name in names), error)
                for point, error in zip(way.points, errors, strict=True)
            ]
            tables.append(as_csv(("path", *names, "E"), rows))
        return b"\n".join(tables)

    def _tried(self, wanted: Survey, is_stale: Callable[[], bool]) -> Path:
        path_of = (wanted.place, wanted.rate, wanted.steps)
        if self._path is None or path_of != self._path_of:
            self._path = tried(wanted.place, wanted.rate, wanted.steps, is_stale)
            self._path_of = path_of
        return self._path

    def _ranged(self, wanted: Survey, path: Path, is_stale: Callable[[], bool]) -> Survey:
        """Return the survey with the ranges that are to be found; a path that climbs is shown with its first steps."""
        if wanted.x_range is not None and (wanted.y is None or wanted.y_range is not None):
            return wanted
        self._land = landscape(wanted.place, whole=wanted.whole)
        errors = self._errors(path, is_stale)
        climbs = path.ended or not errors[-1] <= errors[0]
        shown = path.points[:_CLIMBING] if climbs else path.points
        both = Path((*wanted.taken.points, *shown))
        return wanted._replace(
            x_range=wanted.x_range or span_of(both, wanted.x),
            y_range=wanted.y_range or (span_of(both, wanted.y) if wanted.y else None),
        )

    def _plot(self, wanted: Survey, path: Path, is_stale: Callable[[], bool]) -> LandscapePlot:
        x, y, error = self._mapped(wanted, is_stale)
        names = (symbol(wanted.x), "" if wanted.y is None else symbol(wanted.y))
        done = self._way(wanted, wanted.taken, is_stale)
        ahead = self._way(wanted, path, is_stale)
        return LandscapePlot(x, y, error, names, wanted.title, done, ahead, self._key)

    def _mapped(
        self, wanted: Survey, is_stale: Callable[[], bool]
    ) -> tuple[Array, Array | None, Array]:
        import numpy as np

        map_of = (wanted.place, wanted.x, wanted.y, wanted.x_range, wanted.y_range, wanted.whole)
        if self._grid is not None and map_of == self._map_of:
            return self._grid
        land = landscape(wanted.place, whole=wanted.whole)
        grid: tuple[Array, Array | None, Array]
        x_range, y_range = wanted.x_range or _NOWHERE, wanted.y_range or _NOWHERE
        if wanted.y is None:
            x = np.linspace(*x_range, _CURVE)
            grid = (x, None, land.error({wanted.x: x}, is_stale))
        else:
            x, y = np.linspace(*x_range, _MAP), np.linspace(*y_range, _MAP)
            across, up = np.meshgrid(x, y)
            grid = (x, y, land.error({wanted.x: across, wanted.y: up}, is_stale))
        self._land, self._grid, self._map_of = land, grid, map_of
        self._key += 1
        return grid

    def _way(self, wanted: Survey, path: Path, is_stale: Callable[[], bool]) -> Way:
        x = tuple(point[wanted.x] for point in path.points)
        if wanted.y is None:
            return Way(x, tuple(self._errors(path, is_stale)))
        return Way(x, tuple(point[wanted.y] for point in path.points))

    def _errors(self, path: Path, is_stale: Callable[[], bool]) -> list[float]:
        """Return the error at every point of a path, where all its parameters have moved."""
        import numpy as np

        if self._land is None or not path.points:
            return []
        columns = {name: np.array([point[name] for point in path.points]) for name in path.points[0]}  # fmt: skip
        return [float(error) for error in self._land.error(columns, is_stale)]


def _cells(plot: LandscapePlot) -> list[tuple[float, ...]]:
    if plot.y is None:
        return [(float(x), float(error)) for x, error in zip(plot.x, plot.error, strict=True)]
    return [
        (float(x), float(y), float(plot.error[row, column]))
        for row, y in enumerate(plot.y)
        for column, x in enumerate(plot.x)
    ]
