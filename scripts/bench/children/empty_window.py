"""The floor of the first frame: a process that shows an empty main window. Argument: when it was started."""

from __future__ import annotations

import os
import sys
import time

from PySide6.QtWidgets import QApplication, QMainWindow

from scripts.bench.children.frames import FrameWatch
from scripts.bench.children.said import say


def main() -> None:
    """Show the window, say how long that took, end."""
    started = float(sys.argv[1])
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1440, 900)

    def finished(_seen: object) -> None:
        say("first_paint", time.monotonic() - started)
        # Nothing is left to be measured, and an orderly end takes time.
        os._exit(0)

    watch = FrameWatch(window, lambda: None, finished)
    window.show()
    watch.setObjectName("watch")
    application.exec()


if __name__ == "__main__":
    main()
