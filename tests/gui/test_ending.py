"""What the program does when the system ends it: in order, at once, and nothing is lost."""

import os
import re
import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")

# Trains and edits, then waits, perhaps with a dialog over it.
_PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox
import explainer.gui.app as app
from explainer.lesson.examples import example

begun = app.Program.furnish

def furnish(program):
    begun(program)
    QTimer.singleShot(0, lambda: begin(program))

def begin(program):
    actions = program.furniture.actions
    actions["training"].trigger()
    actions["train"].trigger()
    if "edited" in sys.argv:
        program.stage.do(program.stage.session.set_learning_rate, 0.125)
    wait(program)

def wait(program):
    conductor = program.window.side.training.conductor
    if conductor.moment is None or program.stage.frame.one_pass is None:
        QTimer.singleShot(20, lambda: wait(program))
        return
    print(conductor.process_id, flush=True)
    if "asking" in sys.argv:
        QMessageBox.question(program.window, "?", "?")

app.Program.furnish = furnish
sys.exit(app.run(example("xor-2-2-1"), language="en"))
"""


def _ended(tmp_path, number, *how):
    """Start the program, end it by a signal; return its exit code and what it left in recovery files."""
    settings = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path)}  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, *how],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **settings},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        trainer = int(process.stdout.readline())
        process.send_signal(number)
        code = process.wait(30)
    finally:
        process.kill()
        process.stdout.close()
    with pytest.raises(ProcessLookupError):
        os.kill(trainer, 0)
    return code, [path.read_text() for path in tmp_path.rglob("*.recovery")]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_it_ends_in_order_while_it_trains(tmp_path, name):
    assert _ended(tmp_path, getattr(signal, name)) == (0, [])


def test_what_is_unsaved_waits_in_its_recovery_file_and_no_dialog_keeps_it(tmp_path):
    code, left = _ended(tmp_path, signal.SIGTERM, "edited", "asking")
    assert code == 0
    assert len(left) == 1
    assert re.search(r'"learning_rate":\s*0\.125\b', left[0])
