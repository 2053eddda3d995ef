"""The first frame does without the namespace `Qt`, which takes a tenth of the way to it."""

import subprocess
import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGraphicsView

from explainer.gui import first_numbers

_UNTIL_PAINTED = """
from explainer.gui import plain_imports
from PySide6 import QtCore
from explainer.gui.app import Program, make_application
from explainer.lesson.examples import example
application = make_application()
program = Program(example("lecture-2-2-1"), None, "en")
def painted():
    print("Qt" in vars(QtCore))
    QtCore.Qt.Key.Key_A
    print("Qt" in vars(QtCore))
    program.furnished.connect(program.window.close)
program.window.painted.connect(painted)
program.window.show()
application.exec()
program.client.stop()
"""


def test_nothing_names_qt_before_the_first_frame_is_painted():
    done = subprocess.run(
        [sys.executable, "-c", _UNTIL_PAINTED],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    # The second word shows that the first one could have been another.
    assert done.stdout.split() == ["False", "True"], done.stderr


def test_the_numbers_are_qts(qtbot):
    view = QGraphicsView()
    qtbot.addWidget(view)
    assert view.setProperty("horizontalScrollBarPolicy", first_numbers.NO_SCROLL_BAR)
    assert view.setProperty("alignment", first_numbers.TOP_LEFT)
    assert view.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert view.alignment() == Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
