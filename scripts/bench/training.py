"""What is measured of training: how many samples a second, the grid, the arithmetic of a frame."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.bench.figures import Figure, Target, figure
from scripts.bench.networks import DEEP, SMALL, named
from scripts.bench.processes import measured

_ROUNDS = "60"
_FRAMES, _INPUTS = "200", "45"
_SAMPLES = 250
_FLOOR = "the textbook's loop in NumPy with @, np.tanh and fresh arrays"


def training() -> Iterator[Figure]:
    """Yield the figures of both networks, batches of 10 of 250 points of the circle."""
    for ending, widths, least, grid, frame in (
        ("", SMALL, 4.5, 0.1, 2.0),
        ("_8x6", DEEP, 4.0, 0.5, 6.0),
    ):
        name = named(widths)
        found = measured("training", name, _ROUNDS)
        yield figure(
            f"train{ending}",
            f"an epoch of {name} with tanh, {_SAMPLES} points in batches of 10; {_rate(found['train'])}, the floor {_rate(found['floor'])}",
            "ms",
            [1000 * each for each in found["train"]],
            floors=[1000 * each for each in found["floor"]],
            floor_is=_FLOOR,
            # So many times as fast: the time is at most this part of the floor's.
            target=Target("ratio", round(1 / least, 3)),
        )
        yield figure(
            f"grid{ending}",
            f"100 × 100 points of every neuron of {name}, single precision",
            "ms",
            [1000 * each for each in found["grid"]],
            target=Target("value", grid),
        )
        yield figure(
            f"frame_arithmetic{ending}",
            f"the arithmetic of a frame of {name}: an epoch, both losses, the grid",
            "ms",
            [1000 * each for each in found["frame"]],
            floors=[1000 * each for each in found["floor"]],
            floor_is=f"an epoch alone by {_FLOOR}",
        )
        yield _colouring(ending, name)
        yield from _in_the_window(ending, name, frame)


def _colouring(ending: str, name: str) -> Figure:
    """Return how long the heat maps in the circles take from numbers to pixels."""
    found = measured("colouring", name, _ROUNDS)
    return figure(
        f"colouring{ending}",
        f"the heat maps in the circles of {name}, from the surfaces to pixels",
        "ms",
        [1000 * each for each in found["colouring"]],
        floors=[1000 * each for each in found["floor"]],
        floor_is="looking up as many colours whose places are known",
    )


def _in_the_window(ending: str, name: str, most: float) -> Iterator[Figure]:
    """Yield how long a frame of the training view takes, and how soon the window answers meanwhile."""
    found = measured("training_view", name, _FRAMES, _INPUTS)
    spent = ", ".join(
        f"{found[part][0]:.1f} ms of processor time in the {words}"
        for part, words in (("window", "window"), ("process", "process that trains"))
        if part in found
    )
    yield figure(
        f"frame{ending}",
        f"{name} in the window, from one painted frame to the next, an epoch between them: losses, surfaces of every neuron, heat maps, gradient norms, repaint of what has changed; {spent}",
        "ms",
        found["frame"],
        with_p99=True,
        target=Target("value", most),
    )
    yield figure(
        f"responsive{ending}",
        f"the mouse moved over the graph to the painted frame, {name} training at full speed",
        "ms",
        found["responsive"],
        floors=found["idle"],
        floor_is="the same while nothing is trained",
        paired=False,
        with_p99=True,
        target=Target("p99", 16.0),
    )


def _rate(seconds: list[float]) -> str:
    middle = sorted(seconds)[len(seconds) // 2]
    return f"{round(_SAMPLES / middle, -3):,.0f} samples a second".replace(",", " ")
