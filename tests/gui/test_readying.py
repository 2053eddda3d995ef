"""What is opened first is imported before anybody opens it, and not before the first frame."""

import json
import os
import subprocess
import sys
from pathlib import Path

from explainer.gui.readying import _FOR_OPENING, ready_for_opening

_PROGRAM = """
import json, sys
from PySide6.QtCore import QTimer
from explainer.gui.app import Program, make_application
from explainer.gui.readying import IDLE, _FOR_OPENING
from explainer.lesson.examples import example
application = make_application()
program = Program(example("lecture-2-2-1"), None, "en")
program.window.show()
program.furnish()
seen = [[name in sys.modules for name in _FOR_OPENING]]
def look():
    if all(name in sys.modules for name in _FOR_OPENING) or len(seen) > 200:
        seen.append([name in sys.modules for name in _FOR_OPENING])
        program.window.close()
        application.quit()
    else:
        seen.append(None)
        QTimer.singleShot(100, look)
QTimer.singleShot(IDLE, look)
application.exec()
print(json.dumps([seen[0], seen[-1]]))
"""


def test_what_is_opened_first_is_there_before_it_is_opened(tmp_path):
    root = Path(__file__).resolve().parents[2]
    given = {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path), "PYTHONPATH": str(root)}  # fmt: skip
    result = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    before, after = json.loads(result.stdout.splitlines()[-1])
    assert not any(before)
    assert all(after)


def test_it_is_imported_once_only():
    usual = sys.getswitchinterval()
    thread = ready_for_opening()
    if thread is not None:
        # Two of them would each restore what the other has set.
        assert not thread.is_alive() or ready_for_opening() is None
        thread.join()
    assert sys.getswitchinterval() == usual
    assert all(name in sys.modules for name in _FOR_OPENING)
    assert ready_for_opening() is None
