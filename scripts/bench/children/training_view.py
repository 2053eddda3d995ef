"""The window while it trains. Arguments: the widths of the layers, such as 2-4-2-1, how many frames, how many inputs.

Says `frame`, ms from one painted frame to the next where each shows an epoch more; `window` and `process`, ms of processor
time that each of the two spends on such a frame; and `responsive`, ms from a movement of the mouse over the graph to the
painted frame while training goes at full speed. `idle` is the latter while nothing is trained.

A frame is all of this, at 1440 × 900 with the page of the surface in front. In the process that trains: an epoch; both losses
with the outputs for every sample, accuracy and confusion; the norms of the gradients of every layer; every neuron at 100 × 100
points, the output with all of them, the others sampled to as many as their circles are pixels wide; all of it on its way through
a pipe. In the window: taking it off the pipe; the losses added to their curve and the norms to theirs; the heat map of every
neuron coloured anew; the surface of the output coloured from all of its points; whatever has
changed on the screen repainted, by the window's own paint events and not by calls of this program. That is every circle with
its ring and its name and the surface with the samples, in every frame; the edges where the width of one has changed, at most 30
times a second; the number of the epoch at most 10 times a second, since nobody reads more. Meanwhile both processes work at the
same time: while a moment is painted the next one is computed, and no clock of the screen is waited for. What the platform
without a screen does not do, bringing the finished pixels to one, is not in it.
"""

from __future__ import annotations

import random
import sys
import time
from itertools import pairwise

import psutil
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from explainer.gui.app import Program, make_application
from explainer.gui.training.conductor import Conductor
from explainer.training.datasets import dataset, together
from scripts.bench.children.frames import FrameWatch
from scripts.bench.children.said import say
from scripts.bench.children.training import lesson_on
from scripts.bench.networks import widths_of
from scripts.closing import close
from scripts.patience import Patience, rest

_WARM = 20
_LIMIT = 30.0


class Frames:
    """Notes when each frame that shows another moment is painted."""

    def __init__(self, program: Program, conductor: Conductor) -> None:
        self.times: list[float] = []
        self.painted = 0
        self._shown: object = None
        self._conductor = conductor
        FrameWatch(program.window, lambda: conductor.moment, self._finished)

    def _finished(self, moment: object) -> None:
        self.painted += 1
        if moment is not self._shown:
            self._shown = moment
            self.times.append(time.perf_counter())


def main() -> None:
    """Open the window, train, say how long frames and inputs take."""
    widths = widths_of(sys.argv[1])
    application = make_application()
    data = together(dataset("circle", 500, seed=1))
    program = Program(lesson_on(widths, data), None, "en")
    patience = Patience(program, application)
    program.window.resize(1440, 900)
    program.window.show()
    patience.wait_while(lambda: program.stage.frame.page is None)
    # Nothing of the lesson's steps is prepared meanwhile.
    program.client.stop()
    program.furniture.actions["training"].trigger()
    conductor = program.furniture.commands.training.conductor
    if conductor is None:
        raise RuntimeError("there is no training")
    patience.wait_while(lambda: conductor.moment is None)
    rest(500)
    frames = Frames(program, conductor)
    _inputs(program, frames, "idle", int(sys.argv[3]) // 3)
    _count_frames(conductor, frames, int(sys.argv[2]))
    conductor.set_pace(None)
    conductor.run()
    rest(500)
    _inputs(program, frames, "responsive", int(sys.argv[3]))
    close(program, application)


def _count_frames(conductor: Conductor, frames: Frames, count: int) -> None:
    """Show one epoch after the other, as fast as they come."""
    usual, conductor.gaze.frame_time = conductor.gaze.frame_time, 0
    conductor.set_pace(0.0)
    conductor.run()
    rest(200)
    frames.times.clear()
    process = conductor.process_id
    began = (time.process_time(), _processor_time(process))
    end = time.monotonic() + _LIMIT
    while len(frames.times) < count + _WARM and time.monotonic() < end:
        rest(20)
    count = len(frames.times)
    own, other = time.process_time() - began[0], _processor_time(process)
    say("window", 1000 * own / count)
    say("process", 1000 * (other - began[1]) / count)
    conductor.pause()
    conductor.gaze.frame_time = usual
    times = frames.times[_WARM:]
    for before, after in pairwise(times):
        say("frame", 1000 * (after - before))
    rest(200)


def _processor_time(process: int | None) -> float:
    """Return the seconds of processor time of another process."""
    if process is None:
        raise RuntimeError("nothing is trained")
    times = psutil.Process(process).cpu_times()
    return float(times.user + times.system)


def _inputs(program: Program, frames: Frames, name: str, count: int) -> None:
    """Move the mouse between two neurons at times that nobody foresees."""
    draw = random.Random(3)  # noqa: S311 - any moments will do
    graph = program.window.graph
    viewport = graph.viewport()
    middle = QPoint(viewport.width() // 2, viewport.height() // 2)
    loop = QEventLoop()
    for number in range(count):
        wait = draw.randint(20, 60)
        due = time.perf_counter() + wait / 1000
        spot = middle + QPoint(0, (-1) ** number * viewport.height() // 6)

        def happen(spot: QPoint = spot) -> None:
            QTest.mouseMove(viewport, spot)
            viewport.update()

        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setSingleShot(True)
        timer.timeout.connect(happen)
        timer.start(wait)
        while timer.isActive():
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        before = frames.painted
        while frames.painted == before and time.perf_counter() < due + 1:
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        say(name, 1000 * (time.perf_counter() - due))


if __name__ == "__main__":
    main()
