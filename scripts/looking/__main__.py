"""Take a picture of everything in every language, look and size, and say what cannot be read in it.

Writes build/screenshots/LANGUAGE-THEME-SIZE/*.png and one sheet of them all beside. Ends with 1 where there is a fault.
Arguments choose some: `python -m scripts.looking ru dark 1280x720`.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import NamedTuple

# Before Qt is imported, which reads it: a screen as large as a common one, on which the presentation is shown.
os.environ["QT_QPA_PLATFORM"] = (
    f"offscreen:configfile={Path(__file__).resolve().parent.parent / 'bench' / 'screen.json'}"
)

import psutil
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from explainer.gui.app import Program, make_application
from explainer.gui.preferences import Preferences
from explainer.gui.theme import CHOICES
from explainer.lesson.examples import example
from explainer.messages import languages
from scripts.closing import close
from scripts.looking.faults import faults_of
from scripts.looking.places import Places
from scripts.patience import Patience, rest

FOLDER = Path(__file__).resolve().parent.parent.parent / "build" / "screenshots"
SIZES = ("1280x720", "1440x900", "1920x1080")
THEMES = tuple(choice for choice in CHOICES if choice != "system")
_LESSON, _STEP = "mazur-2-2-2", 19
_COLUMNS, _WIDTH, _HEIGHT, _GAP = 4, 640, 400, 8
# A picture is finished when it was the same so often, looked at every so many ms, and no other process of the program was at
# work in the meantime; given up after so many looks.
_SAME, _PAUSE, _MOST_LOOKS = 5, 100, 300


class Setting(NamedTuple):
    """One run through everything."""

    language: str
    theme: str
    size: str

    @property
    def name(self) -> str:
        """The name of its folder."""
        return "-".join(self)


def main(arguments: Sequence[str]) -> int:
    """Make the pictures; return 1 where something cannot be read."""
    application = make_application()
    # Fields would look different every half second.
    application.setCursorFlashTime(0)
    faults = 0
    for setting in map(Setting._make, product(languages(), THEMES, SIZES)):
        if not set(arguments) <= set(setting):
            continue
        with tempfile.TemporaryDirectory() as folder:
            faults += visit(setting, application, Path(folder) / "settings.ini")
    return 1 if faults else 0


def visit(setting: Setting, application: QApplication, settings: Path) -> int:
    """Go everywhere in one setting; return how much cannot be read."""
    preferences = Preferences(QSettings(str(settings), QSettings.Format.IniFormat))
    preferences.theme = next(choice for choice in CHOICES if choice == setting.theme)
    preferences.took_tour = True
    program = Program(example(_LESSON), None, setting.language, preferences)
    width, height = map(int, setting.size.split("x"))
    program.window.resize(width, height)
    patience = Patience(program, application)
    program.window.show()
    patience.settle()
    program.stage.go_to_step(_STEP - 1)
    patience.settle()
    target = FOLDER / setting.name
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    taken: list[Path] = []
    faults: list[str] = []

    def look(name: str, widget: QWidget) -> None:
        plain = "".join(letter if letter.isalnum() else "-" for letter in name).strip("-").lower()
        path = target / f"{len(taken) + 1:02}-{plain}.png"
        finished(widget).save(str(path))
        taken.append(path)
        faults.extend(f"{name}: {', '.join(fault)}" for fault in faults_of(widget))

    Places(program, patience.settle, look).visit()
    sheet(taken).save(str(FOLDER / f"{setting.name}.png"))
    close(program, application)
    print(f"{setting.name}: {len(taken)} pictures, {len(faults)} faults")
    print("".join(f"  {fault}\n" for fault in dict.fromkeys(faults)), end="")
    return len(faults)


def finished(widget: QWidget) -> QImage:
    """Return the picture of a widget when what other processes draw in it has come."""
    image, work, same = widget.grab().toImage(), _work_done(), 0
    for _ in range(_MOST_LOOKS):
        rest(_PAUSE)
        before, image = (image, work), widget.grab().toImage()
        work = _work_done()
        same = same + 1 if (image, work) == before else 0
        if same == _SAME:
            break
    return image


def _work_done() -> float:
    """Return the seconds that the other processes of the program have worked: on a busy machine they are long about it."""
    seconds = 0.0
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            times = process.cpu_times()
            seconds += times.user + times.system
    return seconds


def sheet(pictures: Sequence[Path]) -> QImage:
    """Return all pictures on one, small, in rows."""
    rows = -(-len(pictures) // _COLUMNS)
    image = QImage(_COLUMNS * _WIDTH, rows * _HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor("#8a8f94"))
    painter = QPainter(image)
    for place, path in enumerate(pictures):
        picture = QImage(str(path)).scaled(
            _WIDTH - _GAP,
            _HEIGHT - _GAP,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        row, column = divmod(place, _COLUMNS)
        painter.drawImage(column * _WIDTH + _GAP // 2, row * _HEIGHT + _GAP // 2, picture)
    painter.end()
    return image


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
