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
from explainer.lesson.choice import Choice as Row
from explainer.lesson.examples import example
from explainer.lesson.lesson import Lesson, Localised, Update
from explainer.training.build import lesson_for
from explainer.training.datasets import FEATURES, dataset, together
from scripts.closing import close
from scripts.patience import Patience, rest

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
SIZE = (1440, 900)
# What it has on a screen of that size; the one without a screen is smaller.
GALLERY_SIZE = QSize(1240, 820)


class Trains(NamedTuple):
    """What the network of a picture is trained on, with which page of training in front, and for how many epochs."""

    data: str
    epochs: int
    page: str = "surface"


class Shot(NamedTuple):
    """One picture: the window at a step (counted from 1) with one of its tabs, or the dialog that an action opens over it."""

    name: str
    lesson: str = "lecture-2-2-1"
    step: int = 9
    language: str = "en"
    theme: Choice = "light"
    action: str | None = None
    tab: str = "derivation"
    trains: Trains | None = None
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
    Shot("training", tab="training", trains=Trains("spiral", 900)),
    Shot(
        "training-russian",
        language="ru",
        theme="dark",
        tab="training",
        trains=Trains("circle", 120),
    ),
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
    lesson = example(shot.lesson) if shot.trains is None else _lesson_on(shot.trains.data)
    program = Program(lesson, None, shot.language, preferences)
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
    if shot.trains is not None:
        _train(program, shot.trains, patience)
    if shot.action is None:
        picture = program.window.grab()
    else:
        picture = _picture_of_dialog(program, shot.action)
    close(program, application)
    return picture


def _lesson_on(name: str) -> Lesson:
    """Return a lesson on a built-in data set, with the settings of TensorFlow Playground."""
    spiral = name == "spiral"
    data = together(
        dataset(name, 500, seed=1, noise=0.0 if spiral else 0.1), FEATURES if spiral else ()
    )
    update = Update(
        Row("adam") if spiral else Row("sgd"), learning_rate=0.01 if spiral else 0.03, batch_size=10
    )
    title = Localised("Two spirals", "Две спирали") if spiral else Localised("A circle", "Круг")
    return lesson_for(
        data, (8, 6) if spiral else (4, 2), title=title, output=Row("tanh"), update=update, seed=2
    )


def _train(program: Program, wanted: Trains, patience: Patience) -> None:
    """Train for so many epochs and show a page."""
    panel = program.window.side.training
    if panel is None:
        raise RuntimeError("training did not open")
    conductor = panel.conductor
    patience.wait_while(lambda: conductor.moment is None)
    conductor.run()
    patience.wait_while(lambda: conductor.moment is None or conductor.moment.epoch < wanted.epochs)
    conductor.visit(wanted.epochs)
    patience.wait_while(lambda: conductor.moment is None or conductor.moment.epoch != wanted.epochs)
    panel.show_page(wanted.page)
    rest(400)


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
