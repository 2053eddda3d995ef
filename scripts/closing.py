"""Let go of a program as its end does, so that another one can follow in the same process."""

from __future__ import annotations

import gc

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from explainer.gui.app import Program


def close(program: Program, application: QApplication) -> None:
    """Close a window and take it apart; whoever called must hold nothing of it afterwards."""
    program.client.stop()
    program.window.close()
    # Windows that are let go together are taken apart in any order, which Qt does not survive.
    program.window.deleteLater()
    program.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    del program
    gc.collect()
