"""Recovery files: what they keep, whose they are, and what becomes of them when a window ends without being asked."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from explainer.lesson.edits import set_parameter
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_to_json
from explainer.messages import Refused
from explainer.session import Session
from explainer.session.holding import Hold, is_held
from explainer.session.recovery import RecoveryFile, left_behind, read_recovery

ROOT = Path(__file__).resolve().parents[2]
LECTURE = example("lecture-2-2-1")
EDITED = set_parameter(LECTURE, "w1", 0.2)


def test_what_is_kept_comes_back(tmp_path):
    file = RecoveryFile.fresh(tmp_path / "recovery")
    file.write(lesson_to_json(EDITED), "Lecture", tmp_path / "урок.json")
    found = read_recovery(file.path)
    assert (found.lesson, found.before, found.path) == (EDITED, None, tmp_path / "урок.json")
    file.write(lesson_to_json(EDITED), "Lecture", None, lesson_to_json(LECTURE))
    found = read_recovery(file.path)
    assert (found.lesson, found.before, found.path) == (EDITED, LECTURE, None)
    file.remove()
    assert list((tmp_path / "recovery").iterdir()) == []


def test_a_running_window_is_left_alone_and_its_file_found_afterwards(tmp_path):
    file = RecoveryFile.fresh(tmp_path)
    file.write(lesson_to_json(EDITED), "Lecture")
    assert left_behind(tmp_path) == []
    assert RecoveryFile.claim(file.path) is None
    file.leave()
    assert left_behind(tmp_path) == [file.path]
    claimed = RecoveryFile.claim(file.path)
    assert claimed is not None
    assert left_behind(tmp_path) == []
    assert RecoveryFile.claim(file.path) is None
    claimed.remove()
    assert RecoveryFile.claim(file.path) is None
    assert list(tmp_path.iterdir()) == []


def test_two_windows_never_share_one(tmp_path):
    names = {RecoveryFile.fresh(tmp_path).path.name for _ in range(100)}
    assert len(names) == 100
    assert all(f"-{os.getpid()}-" in name for name in names)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_killed_process_leaves_its_file_to_the_next(tmp_path):
    script = """
import sys, time
from pathlib import Path
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_to_json
from explainer.session.recovery import RecoveryFile
file = RecoveryFile.fresh(Path(sys.argv[1]))
file.write(lesson_to_json(example("xor-2-2-1")), "XOR", Path("/somewhere/x.json"))
print("ready", flush=True)
time.sleep(100)
"""
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert left_behind(tmp_path) == []
        process.send_signal(signal.SIGKILL)
    (path,) = left_behind(tmp_path)
    assert read_recovery(path).lesson == example("xor-2-2-1")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content[:40],
        lambda content: b"\0" * len(content),
        lambda content: b"\x80\x04pickle",
        lambda content: content.replace(b'"version":1', b'"version":2', 1),
        lambda content: content.replace(b'"lesson_bytes":', b'"lesson_bytes":-', 1),
        lambda content: content.replace(b'"lesson_bytes":', b'"lesson_bytes":9', 1),
        lambda content: content.replace(b'"w1"', b'"w2"'),
    ],
)
def test_damage_is_refused_and_the_file_stays(tmp_path, spoil):
    file = RecoveryFile.fresh(tmp_path)
    file.write(lesson_to_json(EDITED), "Lecture")
    file.path.write_bytes(spoil(file.path.read_bytes()))
    with pytest.raises(Refused):
        read_recovery(file.path)
    assert file.path.exists()


def test_a_hold_keeps_others_out_until_it_is_released(tmp_path):
    path = tmp_path / "a" / "x.lock"
    hold = Hold.take(path, "note")
    assert hold is not None
    assert is_held(path)
    assert Hold.take(path) is None
    hold.release()
    hold.release()
    assert not is_held(path)
    assert not path.exists()
    again = Hold.take(path)
    assert again is not None
    again.release()


def test_recovered_changes_are_unsaved_and_can_be_taken_back():
    session = Session(example("xor-2-2-1"))
    session.recover(EDITED, Path("x.json"), LECTURE)
    assert session.dirty
    assert session.path == Path("x.json")
    session.undo()
    assert session.lesson == LECTURE
    assert not session.dirty
    session.recover(EDITED, None, None)
    assert session.dirty
    assert not session.can_undo


def test_reloading_can_be_taken_back_and_a_lost_file_is_unsaved():
    session = Session(LECTURE, Path("x.json"))
    session.reload(EDITED)
    assert not session.dirty
    session.undo()
    assert session.lesson == LECTURE
    assert session.dirty
    session.redo()
    assert not session.dirty
    session.forget_saved()
    assert session.dirty
    session.saved(Path("x.json"))
    assert not session.dirty
