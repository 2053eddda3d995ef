"""What the first frame does without and what is done first needs, imported in between: then that is as quick as later."""

from __future__ import annotations

import sys
from importlib import import_module
from threading import Thread
from threading import enumerate as enumerate_threads

# So long after the panels are there, ms: the first pages have come, and nobody has edited anything yet.
AFTER = 400
# So long after them nobody waits for anything.
IDLE = 1500
_FOR_EDITS = (
    "hashlib",
    "explainer.gui.canvas.motion",
    "explainer.lesson.adapting",
    "explainer.lesson.chance",
    "explainer.lesson.checks",
    "explainer.lesson.data_edits",
    "explainer.lesson.structure",
    "explainer.render.drawing.between",
    "explainer.render.drawing.sketch",
    "explainer.session.sharing",
)
# The tab of training, the graph while a network trains, the dialog of worksheets: what they need takes many frames.
_FOR_OPENING = (
    "explainer.gui.training.conductor",
    "explainer.gui.training.panel",
    "explainer.gui.training.live",
    "explainer.gui.dialogs.export",
    "explainer.gui.sheets.dialog",
)
# Seconds; the window never waits longer than this for its turn while a thread imports.
_TURN = 0.0005
_NAME = "readying"


def ready_for_edits() -> None:
    """Import what edits of the lesson need."""
    for name in _FOR_EDITS:
        import_module(name)


def ready_for_opening() -> Thread | None:
    """Import, on a thread of its own, what is opened first; None where all of it is there, or on its way."""
    is_on_its_way = any(thread.name == _NAME for thread in enumerate_threads())
    if is_on_its_way or all(name in sys.modules for name in _FOR_OPENING):
        return None
    # No daemon: a program that ends meanwhile must not cut it off within a library.
    thread = Thread(target=_import_for_opening, name=_NAME)
    thread.start()
    return thread


def _import_for_opening() -> None:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(min(usual, _TURN))
    try:
        for name in _FOR_OPENING:
            import_module(name)
    finally:
        sys.setswitchinterval(usual)
