"""Make the pictures of the README: the real window, without a screen, as it is when its worker is done.

Writes docs/screenshots/*.png.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

# Before Qt is imported, which reads it.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QSettings, QSize, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from explainer.gui.app import Program, make_application
from explainer.gui.dialogs.gallery import Gallery
from explainer.gui.paper.document_dialog import DocumentDialog
from explainer.gui.preferences import Preferences
from explainer.gui.theme import Choice
from explainer.lesson.examples import example
from scripts.closing import close
from scripts.patience import Patience, rest

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
SIZE = (1440, 900)
# What it has on a screen of that size; the one without a screen is smaller.
GALLERY_SIZE = QSize(1240, 820)


class Shot(NamedTuple):
    """One picture: the window at a step (counted from 1) with one of its tabs, or the dialog that an action opens over it."""

    name: str
    lesson: str = "lecture-2-2-1"
    step: int = 9
    language: str = "en"
    theme: Choice = "light"
    action: str | None = None
    tab: str = "derivation"
    view: str = "neurons"


SHOTS = (
    Shot("main-window"),
    Shot("dark", theme="dark"),
    Shot("russian", language="ru"),
    Shot("mazur", lesson="mazur-2-2-2", step=19),
    Shot("gallery", action="gallery"),
    Shot("choices", lesson="softmax-classifier", step=4, tab="choices"),
    Shot("batch-norm", lesson="batch-norm", step=34),
    Shot("export", action="export"),
    Shot("table", view="table"),
    Shot("worksheets", lesson="mazur-2-2-2", action="worksheets"),
    Shot("activation", lesson="mazur-2-2-2", step=4, tab="activation"),
    Shot("by-layer", lesson="vanishing-gradient", step=17, tab="layers"),
    Shot("descent", lesson="logistic-regression-1d", step=4, tab="descent"),
)


def main() -> int:
    """Make every picture."""
    application = make_application()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for shot in SHOTS:
            path = FOLDER / f"{shot.name}.png"
            settings = QSettings(f"{folder}/{shot.name}.ini", QSettings.Format.IniFormat)
            if not taken(shot, application, Preferences(settings)).save(str(path)):
                raise OSError(f"{path} could not be written")
            print(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
    return 0


def taken(shot: Shot, application: QApplication, preferences: Preferences) -> QPixmap:
    """Open a window, bring it to the step, return its picture."""
    preferences.theme = shot.theme
    program = Program(example(shot.lesson), None, shot.language, preferences)
    program.window.resize(*SIZE)
    patience = Patience(program, application)
    program.window.show()
    patience.settle()
    program.stage.go_to_step(shot.step - 1)
    patience.settle()
    program.furniture.actions[shot.tab].trigger()
    program.furniture.actions[f"view_{shot.view}"].trigger()
    patience.settle()
    if shot.tab in ("activation", "layers", "descent"):
        # A plot is drawn again when its place has got its size.
        rest(400)
        while program.window.side.studio.is_busy:
            rest(50)
    if shot.action is None:
        picture = program.window.grab()
    else:
        picture = _picture_of_dialog(program, shot.action)
    close(program, application)
    return picture


def _picture_of_dialog(program: Program, action: str) -> QPixmap:
    """Return the picture of what an action opens; it blocks until it is closed, so a timer does both."""
    found: list[QPixmap] = []

    def take() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, Gallery) and dialog.pictures.is_busy:
            dialog.resize(GALLERY_SIZE)
            QTimer.singleShot(20, take)
        elif isinstance(dialog, DocumentDialog) and not dialog.preview.is_settled:
            QTimer.singleShot(20, take)
        elif isinstance(dialog, QDialog):
            found.append(dialog.grab())
            dialog.reject()

    QTimer.singleShot(0, take)
    program.furniture.actions[action].trigger()
    return found[0]


if __name__ == "__main__":
    sys.exit(main())
