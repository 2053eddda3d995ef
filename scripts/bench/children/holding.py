"""Hold memory until the standard input ends, then end. Argument: whose.

`lesson` is the window with the lecture example, stepped through once; `window` an empty main window and `libraries`
SymPy and ziamath imported, which together are the floor.
"""

from __future__ import annotations

import os
import sys

from scripts.bench.children.said import say


def main() -> None:
    """Get hold of the memory, say so, wait."""
    holders = {"lesson": _lesson, "window": _window, "libraries": _libraries}
    held = holders[sys.argv[1]]()
    say("ready", len(held))
    sys.stdin.read()
    # Nothing is left to be measured, and the worker ends with its window.
    os._exit(0)


def _lesson() -> list[object]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from explainer.gui.app import Program, make_application
    from explainer.lesson.examples import example
    from scripts.patience import Patience

    application = make_application()
    program = Program(example("lecture-2-2-1"), None, "en")
    patience = Patience(program, application)
    program.window.show()
    patience.settle()
    while not program.stage.frame.is_at_end:
        QTest.keyClick(program.window, Qt.Key.Key_Right)
        patience.settle()
    return [application, program, patience]


def _window() -> list[object]:
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    application.processEvents()
    return [application, window]


def _libraries() -> list[object]:
    import sympy
    import ziamath

    return [sympy, ziamath]


if __name__ == "__main__":
    main()
