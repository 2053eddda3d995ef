"""What is measured, how often and in which order.

Value and floor are measured in turn, so that a busy machine slows both alike.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator

from scripts.bench.arithmetic import growth
from scripts.bench.figures import Figure, Target, figure
from scripts.bench.memory import held
from scripts.bench.networks import DEEP, GROWING, SMALL, named
from scripts.bench.processes import measured, measured_from_start

Samples = dict[str, list[float]]

_EMPTY = "a process that shows an empty main window"


def warm_up() -> None:
    """Run once what is measured, so that everything is compiled and on its way from the disk."""
    measured_from_start("empty_window")
    measured_from_start("first_frames")
    measured("exporting", "0")


def first_frames() -> Iterator[Figure]:
    """Yield how long after its start the program shows the graph, values, and the first formulas."""
    seen: Samples = defaultdict(list)
    floors: list[float] = []
    for _ in _rounds(8, 25):
        floors += [1000 * seconds for seconds in measured_from_start("empty_window")["first_paint"]]
        for name, seconds in measured_from_start("first_frames").items():
            seen[name] += [1000 * each for each in seconds]
    about = {
        "first_paint": "process start to the first frame with the graph, its weights and inputs",
        "first_values": "process start to the first frame with computed values, → pressed at first paint",
        "first_derivation": "process start to the first frame with the formulas of step 1",
    }
    targets = {"first_paint": Target("ratio", 1.7)}
    for name, words in about.items():
        yield figure(
            name, words, "ms", seen[name], floors=floors, floor_is=_EMPTY, target=targets.get(name)
        )


def steps() -> Iterator[Figure]:
    """Yield how long a step takes from the key to the frame with its own formulas."""
    for name, widths, count, rounds, target in (
        ("step", SMALL, 0, 3, Target("p99", 8.0)),
        ("step_8x6", DEEP, 60, 1, None),
    ):
        found: Samples = defaultdict(list)
        for _ in _rounds(rounds, 20):
            for kind, numbers in measured("stepping", named(widths), str(count)).items():
                found[kind] += numbers
        yield figure(
            name,
            "→ pressed to the finished frame with this step's own formulas, neighbours prepared; "
            + (f"the first {count} steps of " if count else "all steps of ")
            + named(widths),
            "ms",
            found["step"],
            floors=found["floor"],
            floor_is="painting the same graph and page again",
            paired=False,
            with_p99=True,
            target=target,
        )


def jumps() -> Iterator[Figure]:
    """Yield how long a jump to a page takes that is not prepared."""
    found = measured("jumping", named(DEEP))
    yield figure(
        "step_cold",
        f"a jump in {named(DEEP)} to the finished frame, the page not prepared",
        "ms",
        found["step_cold"],
        floors=found["floor"],
        floor_is="the same jump with the page prepared",
    )


def sliders() -> Iterator[Figure]:
    """Yield how long a curve of the lab takes to follow its slider, on a screen with two pixels for each."""
    found = measured("sliding", "2")
    yield figure(
        "lab_slider",
        "a slider of the activation lab moved, four functions compared at 200 %, to the painted frame",
        "ms",
        found["slide"],
        with_p99=True,
        target=Target("value", 33.0),
    )


def derivations() -> Iterator[Figure]:
    """Yield how the time to derive every step grows from layer to layer."""
    seconds = measured("deriving", "15", *map(named, GROWING))
    # Within a round the three were measured next to each other.
    first, second = zip(*map(growth, zip(*seconds.values(), strict=True)), strict=True)
    names = ", ".join(seconds)
    yield figure(
        "derivation_growth",
        f"what the last layer adds to the processor time of deriving every step ({names})",
        "ms",
        [1000 * each for each in second],
        floors=[1000 * each for each in first],
        floor_is="what the layer before it adds",
        paired=False,
        target=Target("ratio", 1.3),
    )


def export() -> Iterator[Figure]:
    """Yield how long a PDF takes."""
    found = measured("exporting", "9")
    yield figure(
        "export_pdf",
        "the worked example of the lecture as PDF, warm",
        "ms",
        found["export"],
        floors=found["floor"],
        floor_is="pandoc and Typst alone on the same finished page",
        target=Target("ratio", 1.5),
    )


def worksheets() -> Iterator[Figure]:
    """Yield how long a set of worksheets for a class takes."""
    found = measured("worksheets", "30", "1", "12")
    yield figure(
        "worksheets_30",
        "30 variants of Mazur's example with keys as PDF, drawn, checked three ways and set",
        "s",
        found["worksheets"],
        floors=found["floor"],
        floor_is="pandoc and Typst alone on the same finished pages, as many at a time",
        target=Target("value", 20.0),
    )


def memory() -> Iterator[Figure]:
    """Yield how much memory the window and its worker hold."""
    empty, libraries = held("window"), held("libraries")
    lesson = held("lesson")
    about = "peak resident memory, the lecture example open and stepped through once: "
    floor_is = "an empty main window, and a process with SymPy and ziamath imported"
    yield figure(
        "memory",
        f"{about}window and worker together",
        "MB",
        [lesson.both],
        floors=[empty.both + libraries.both],
        floor_is=floor_is,
        target=Target("value", 250.0),
    )
    yield figure(
        "memory_window",
        f"{about}the window",
        "MB",
        [lesson.first],
        floors=[empty.first],
        floor_is="an empty main window",
    )
    yield figure(
        "memory_worker",
        f"{about}the worker",
        "MB",
        [lesson.started],
        floors=[libraries.first],
        floor_is="a process with SymPy and ziamath imported",
    )
    yield figure(
        "memory_shared_once",
        "both at the end, pages they share counted once (PSS; elsewhere than on Linux USS)",
        "MB",
        [lesson.shared_once],
        floors=[empty.shared_once + libraries.shared_once],
        floor_is=floor_is,
    )


def one_trace() -> Iterator[Figure]:
    """Yield how long the trace of a pass takes."""
    found = measured("tracing", named(DEEP), "15")
    yield figure(
        "trace_8x6",
        f"the trace of one pass of {named(DEEP)} with all its steps, without formulas, warm",
        "ms",
        found["trace"],
        floors=found["floor"],
        floor_is="a textbook's loops for the same gradients, in plain Python",
        target=Target("value", 150.0),
    )


def any_derivation() -> Iterator[Figure]:
    """Yield how long the slowest derivation of a step takes, of a short activation and of the longest."""
    for name, activation in (("derivation", "tanh"), ("derivation_long", "gelu_tanh")):
        found = measured("one_derivation", named(DEEP), activation)
        yield figure(
            name,
            f"the slowest derivation of all steps of {named(DEEP)} with {activation}, formulas written, not drawn",
            "ms",
            found["derivation"],
            floors=found["floor"],
            floor_is="SymPy alone differentiating and printing one neuron",
            target=Target("value", 30.0),
        )


def _rounds(most: int, seconds: float) -> Iterator[int]:
    """Yield the numbers of the rounds: at most so many, on a slow machine as many as fit, at least one."""
    began = time.monotonic()
    for number in range(most):
        if number and time.monotonic() - began > seconds:
            return
        yield number
