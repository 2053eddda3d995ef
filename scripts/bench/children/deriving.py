"""Deriving every step of several networks in turn. Arguments: how often, then the widths of the layers of each.

Says, under the widths of each network, how many seconds of processor time the trace and the pages of one pass take,
formulas written but not drawn. Each network has been derived once before, so that only what grows with it is counted.
"""

from __future__ import annotations

import gc
import sys
import time

from explainer.lesson.lesson import Lesson
from explainer.pages.narrate import narrate
from explainer.trace.run import trace
from scripts.bench.children.said import say
from scripts.bench.networks import layered, widths_of


def main() -> None:
    """Derive each once, then again and again, and say how long it took."""
    rounds, *named = sys.argv[1:]
    lessons = {name: layered(widths_of(name), "sigmoid") for name in named}
    for lesson in lessons.values():
        _derive(lesson)
    for _ in range(int(rounds)):
        for name, lesson in lessons.items():
            gc.collect()
            began = time.process_time()
            _derive(lesson)
            say(name, time.process_time() - began)


def _derive(lesson: Lesson) -> None:
    runs = trace(lesson, 1)
    for step in range(-1, len(runs[0].summary.steps)):
        narrate(runs, 0, step, "en", 5)


if __name__ == "__main__":
    main()
