"""Open a window on a screen that is scaled, and tell what is cut in it and which pictures are blurred. Run by the test."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QSettings

from explainer.gui.app import Program, make_application
from explainer.gui.preferences import Preferences
from explainer.lesson.examples import example
from scripts.closing import close
from scripts.looking.faults import faults_of
from scripts.patience import Patience

SMALLEST = (640, 400)


def main() -> None:
    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        program = Program(example("mazur-2-2-2"), None, "ru", Preferences(settings))
        program.window.resize(*SMALLEST)
        patience = Patience(program, application)
        program.window.show()
        patience.settle()
        program.stage.go_to_step(18)
        patience.settle()
        window = program.window
        sheet = window.derivation.sheet
        shown = sheet._shown
        assert shown is not None
        page = sheet._pages.picture(shown, sheet._setting(sheet.width()))
        found = {
            "ratio": window.devicePixelRatioF(),
            "size": [window.width(), window.height()],
            "faults": [list(fault) for fault in faults_of(window)],
            "page": None if page is None else page.devicePixelRatio(),
            "grabbed": window.grab().width(),
        }
        close(program, application)
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()
    # Nothing is left to be taken apart in order.
    os._exit(0)


if __name__ == "__main__":
    main()
