"""The program with somebody watching its first frames."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QTimer

from scripts.bench.children.frames import FrameWatch
from scripts.bench.children.said import say


def watched(program: Any, started: float) -> Any:
    """Return a class like `program` that says when its first frames are finished, presses → and ends."""

    class Watched(program):  # type: ignore[misc]  # the class is known when the program runs
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            _Observer(self, started)

    return Watched


class _Observer:
    """Looks at what each frame shows."""

    def __init__(self, program: Any, started: float) -> None:
        self._program = program
        self._started = started
        self._seen: set[str] = set()
        self._watch = FrameWatch(program.window, self._what_is_shown, self._finished)

    def _what_is_shown(self) -> list[str]:
        """Return which of the frames waited for is the one that is about to be painted."""
        frame = self._program.stage.frame
        if frame.step_index != 0:
            drawn = self._program.window.graph.shown.shapes
            return ["first_paint"] if any(key.startswith("weight:") for key in drawn) else []
        return ["first_values"] + (["first_derivation"] if frame.page is not None else [])

    def _finished(self, shown: list[str]) -> None:
        now = time.monotonic() - self._started
        for name in shown:
            if name not in self._seen:
                self._seen.add(name)
                say(name, now)
                self._go_on(name)

    def _go_on(self, seen: str) -> None:
        if seen == "first_paint":
            QTimer.singleShot(0, self._press)
        elif seen == "first_derivation":
            self._program.window.close()

    def _press(self) -> None:
        # Imported only now: until the first frame the program itself does without them.
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        QTest.keyClick(self._program.window, Qt.Key.Key_Right)
