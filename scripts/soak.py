"""Train and switch for a while, and see whether memory grows: `python -m scripts.soak [SECONDS]`, an hour unless said.

The window trains at full speed while somebody switches pages and tabs, goes back, explains and undoes, takes another data
set and other weights. After a warm-up, in which everything is made that stays, both processes together may grow by less than
20 MB in an hour; ends with 1 where they do not.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

# Before Qt is imported, which reads it.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

import psutil
from PySide6.QtCore import QSettings

from explainer.gui.app import Program, make_application
from explainer.gui.preferences import Preferences
from explainer.gui.training.conductor import Conductor
from explainer.lesson.lesson import Update
from explainer.session.training.fitting import Wanted
from explainer.training.build import lesson_for
from explainer.training.datasets import dataset, together
from scripts.closing import close
from scripts.patience import rest

HOUR, MOST = 3600.0, 20.0
_MEGABYTE = 1e6
# Of the time, what is made once is made; and seconds at least and at most.
_WARM_SHARE, _LEAST_WARM, _MOST_WARM = 0.3, 10.0, 120.0
_PAUSE = 250
_DATA = ("circle", "xor", "gaussian", "spiral", "sine", "plane")
_TABS = ("derivation", "choices", "data", "training", "training", "training")


class Soak:
    """A window and what is done in it."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._draw = random.Random(1)  # noqa: S311 - the same walk every time
        self._trigger("training")
        rest(1500)

    @property
    def conductor(self) -> Conductor:
        """The training of the window."""
        found = self._program.furniture.commands.training.conductor
        if found is None:
            raise RuntimeError("there is no training")
        return found

    def acts(self) -> Iterator[Callable[[], object]]:
        """Yield what is done, one thing after the other, without end."""
        conductor, draw = self.conductor, self._draw
        session, stage = self._program.stage.session, self._program.stage
        while True:
            yield lambda: self._trigger("training")
            yield self._keep_running
            for page in ("surface", "loss", "layers", "norms"):
                yield partial(self._show_page, page)
            yield lambda: self._trigger(draw.choice(_TABS))
            yield lambda: conductor.visit(draw.randint(*conductor.epochs))
            # Every edit is taken back: what could be undone is kept on purpose.
            yield conductor.explain
            yield lambda: stage.do(session.undo)
            yield conductor.draw_new_weights
            yield lambda: stage.do(session.undo)
            yield lambda: self._take(Wanted(draw.choice(_DATA), 200))
            yield self._keep_running
            yield lambda: stage.do(session.undo)

    def _take(self, wanted: Wanted) -> None:
        session = self._program.stage.session
        self._program.stage.do(session.take_fitted, session.fitting(wanted)())

    def _keep_running(self) -> None:
        if not self.conductor.is_running:
            self.conductor.run()

    def _show_page(self, page: str) -> None:
        panel = self._program.window.side.training
        if panel is not None:
            panel.show_page(page)

    def walk(self, seconds: float) -> int:
        """Do things for so long; return how many."""
        end, done = time.monotonic() + seconds, 0
        for act in self.acts():
            if time.monotonic() > end:
                return done
            act()
            rest(_PAUSE)
            done += 1
        return done

    def memory(self) -> float:
        """Return the megabytes of the window and of the process that trains."""
        gc.collect()
        own = psutil.Process()
        found = own.memory_info().rss
        number = self.conductor.process_id
        if number is not None:
            found += psutil.Process(number).memory_info().rss
        return float(found) / _MEGABYTE

    def _trigger(self, action: str) -> None:
        self._program.furniture.actions[action].trigger()


def grown(program: Program, seconds: float) -> tuple[float, int]:
    """Return by how many megabytes memory has grown after the warm-up, and how many things were done since."""
    soak = Soak(program)
    warm = min(max(seconds * _WARM_SHARE, _LEAST_WARM), _MOST_WARM)
    soak.walk(warm)
    before = soak.memory()
    done = soak.walk(max(seconds - warm, 1.0))
    return soak.memory() - before, done


def opened(preferences: Preferences) -> Program:
    """Return a window on a lesson that can be trained."""
    data = together(dataset("circle", 200, seed=1))
    update = Update(learning_rate=0.03, batch_size=10)
    program = Program(lesson_for(data, (4, 2), update=update), None, "en", preferences)
    program.window.resize(1280, 720)
    program.window.show()
    rest(2500)
    return program


def main() -> int:
    """Soak, say what came out."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else HOUR
    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(f"{folder}/soak.ini", QSettings.Format.IniFormat)
        program = opened(Preferences(settings))
        taken, done = grown(program, seconds)
        # Nothing is asked about changes.
        program.stage.session.saved(Path("soak"))
        close(program, application)
    print(f"{done} things done in {seconds:.0f} s of training; memory has grown by {taken:.1f} MB")
    return 0 if taken < MOST else 1


if __name__ == "__main__":
    sys.exit(main())
