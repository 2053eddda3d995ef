"""What is measured of large lessons: looking around in them, editing them, opening them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from explainer.lesson.files import lesson_to_json
from explainer.lesson.limits import MAX_SAMPLES
from scripts.bench.figures import Figure, Target, figure
from scripts.bench.largest import largest_lesson
from scripts.bench.networks import HUNDRED, LARGEST, named
from scripts.bench.processes import WORKSHOP, measured

# A frame at 60 a second, ms.
_FRAME = Target("p99", 16.0)


def large_lessons() -> Iterator[Figure]:
    """Yield every figure about large lessons."""
    yield from _looking_around()
    yield from _edits()
    yield from _cells()
    yield from _openings()


def _looking_around() -> Iterator[Figure]:
    found = measured("panning", named(LARGEST))
    about = f"one frame while a network of {_size(LARGEST)} is dragged and zoomed"
    yield figure("pan_300", about, "ms", found["pan"], with_p99=True, target=_FRAME)
    yield figure(
        "sharpen_300",
        "from the last movement to the frame that is sharp again",
        "ms",
        found["sharpen"],
        target=Target("value", 200.0),
    )


def _edits() -> Iterator[Figure]:
    """Yield how long an edit of a large network takes to be seen."""
    dense = measured("editing", named(HUNDRED), "dense", "6", "24", "4")
    sparse = measured("editing", named(HUNDRED), "sparse", "0", "12", "0")
    largest = measured("editing", named(LARGEST), "dense", "8", "0", "0")
    size = f"a network of {_size(HUNDRED)}"
    for name, about, samples, target in (
        ("add_neuron_100", f"a neuron with its edges added to {size}", dense["add"], _FRAME),
        (
            "add_neuron_sparse",
            f"a neuron added to a network of {sum(HUNDRED)} neurons, each fed by three, with edges that skip layers",
            sparse["add"],
            _FRAME,
        ),
        ("undo_neuron_100", "the same neuron taken back", dense["undo"], None),
        ("type_weight_100", f"a weight typed in {size}", dense["type"], _FRAME),
        ("type_weight_300", f"a weight typed in one of {_size(LARGEST)}", largest["type"], None),
    ):
        yield figure(
            name, f"{about}, to the painted frame", "ms", samples, with_p99=True, target=target
        )
    yield figure(
        "settle_100",
        "from the frame with the new neuron to the one in which all have their place",
        "ms",
        dense["settle"],
        with_p99=True,
        target=Target("value", 200.0),
    )


def _cells() -> Iterator[Figure]:
    found = measured("cell", str(MAX_SAMPLES), "15")
    yield figure(
        "edit_cell",
        f"a number typed into a table of {MAX_SAMPLES} samples, to the painted frame",
        "ms",
        found["edit"],
        with_p99=True,
        target=_FRAME,
    )


def _openings() -> Iterator[Figure]:
    """Yield how long the largest file takes to be opened, and how long the window stands still meanwhile."""
    path = WORKSHOP / "largest.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lesson_to_json(largest_lesson()))
    found = measured("opening", str(path), "yes")
    yield figure(
        "open_largest",
        "the largest file there may be opened, with progress, to the painted frame",
        "ms",
        found["open"],
        floors=found["floor"],
        floor_is="json.loads of the same file",
        target=Target("value", 2000.0),
    )
    yield figure(
        "open_largest_pause",
        "the longest time in which the window answers nothing meanwhile",
        "ms",
        found["pause"],
    )


def _size(widths: Sequence[int]) -> str:
    edges = sum(before * after for before, after in pairwise(widths))
    return f"{sum(widths)} neurons and {edges} edges"
