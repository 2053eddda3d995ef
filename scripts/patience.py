"""Let the program finish what it does in the background, as it does while its user thinks."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from explainer.gui.app import Program

# Seconds after which a measurement is given up.
_LIMIT = 60.0
# How long the program must have been quiet, ms; longer than any of its own delays but that of the check.
_QUIET = 30


def settle(program: Program, application: QApplication) -> None:
    """Return when the gradients are checked, the neighbouring pages are here and nothing is under way."""

    def is_busy() -> bool:
        frame = program.stage.frame
        is_checked = frame.verdict.check is not None or frame.verdict.trouble is not None
        return not is_checked or frame.page is None or program.client.under_way is not None

    wait_while(is_busy, application)
    rest(_QUIET)
    wait_while(is_busy, application)


def wait_while(condition: Callable[[], bool], application: QApplication) -> None:
    """Handle events until the condition no longer holds; TimeoutError after a minute."""
    end = time.monotonic() + _LIMIT
    while condition():
        if time.monotonic() > end:
            raise TimeoutError("the program did not come to rest")
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)


def rest(milliseconds: int) -> None:
    """Handle events for so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
