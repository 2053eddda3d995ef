"""The first frames of the program, opened from the command line. Argument: when the process was started.

Says how long it took to the first frame with the graph, to the first with computed values, and to the first with the
formulas of step 1, the key → being pressed as soon as there is something to see.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from explainer.gui import app
from scripts.bench.children.frames import FrameWatch
from scripts.bench.children.said import say

STARTED = float(sys.argv[1])


class WatchedProgram(app.Program):
    """The program with somebody watching its frames."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._watch = FrameWatch(self.window, self._what_is_shown, self._frame_finished)
        self._seen: set[str] = set()

    def _what_is_shown(self) -> list[str]:
        """Return which of the frames waited for is the one that is about to be painted."""
        frame = self.stage.frame
        if frame.step_index != 0:
            drawn = self.window.graph.shown.shapes
            return ["first_paint"] if any(key.startswith("weight:") for key in drawn) else []
        return ["first_values"] + (["first_derivation"] if frame.page is not None else [])

    def _frame_finished(self, shown: list[str]) -> None:
        now = time.monotonic() - STARTED
        for name in shown:
            if name not in self._seen:
                self._seen.add(name)
                say(name, now)
                if name == "first_paint":
                    QTimer.singleShot(0, self._press)
                elif name == "first_derivation":
                    self.window.close()

    def _press(self) -> None:
        QTest.keyClick(self.window, Qt.Key.Key_Right)


def main() -> None:
    """Run the program as the command `explainer` does, until everything was seen."""
    vars(app)["Program"] = WatchedProgram
    from explainer.cli import main as explainer

    explainer(["example:lecture-2-2-1"])


if __name__ == "__main__":
    main()
