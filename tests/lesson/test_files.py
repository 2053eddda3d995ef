"""A lesson survives the disk to the last bit; the file is the same however often it is written."""

import errno
import json
import os
import random
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given

from explainer.lesson.disk import reason
from explainer.lesson.examples import example, example_names
from explainer.lesson.files import lesson_from_json, lesson_to_json, read_lesson, write_lesson
from explainer.lesson.lesson import Localised
from explainer.messages import NotWritten, Refused
from explainer.resources import resource
from tests.counts import count
from tests.lesson.strategies import lessons, numbers

ROOT = Path(__file__).resolve().parents[2]

LECTURE = example("lecture-2-2-1")


@given(lessons(values=numbers))
def test_reading_back_gives_the_same_lesson_and_the_same_bytes(lesson):
    written = lesson_to_json(lesson)
    read = lesson_from_json(written)
    assert read == lesson
    assert lesson_to_json(read) == written


@given(lessons(values=numbers))
def test_the_file_is_json_that_other_programs_read(lesson):
    tree = json.loads(lesson_to_json(lesson))
    assert tree["format"] == "explainer-lesson"
    assert [neuron["id"] for neuron in tree["network"]["neurons"]] == [
        neuron.id for neuron in lesson.network.neurons
    ]
    values = {
        name: value["value"] if isinstance(value, dict) else value
        for name, value in tree["network"]["parameters"].items()
    }
    assert values == {name: lesson.network.value(name) for name in lesson.network.parameters}


def test_the_file_reads_well():
    text = lesson_to_json(LECTURE).decode()
    assert text.startswith('{\n  "format": "explainer-lesson",\n  "version": 1,\n')
    assert '      {"from": "i1", "to": "h1", "weight": "w1"},\n' in text
    assert '  "data": {"inputs": [[2, 3]], "targets": [[1]]},\n' in text
    assert "Пример из лекции" in text
    assert text.endswith("}\n")


@pytest.mark.parametrize("name", example_names())
def test_the_built_in_files_are_written_as_the_program_writes_them(name):
    (file,) = resource("examples").glob(f"*-{name}.json")
    assert lesson_to_json(example(name)) == file.read_bytes()


def test_minus_zero_keeps_its_sign():
    content = lesson_to_json(LECTURE).replace(b"0.11", b"-0.0")
    assert lesson_to_json(lesson_from_json(content)) == content


def test_short_forms_mean_the_same_as_long_ones():
    tree = json.loads(lesson_to_json(LECTURE))
    tree["loss"] = "half_squared_error"
    tree["update"] = {"rule": "sgd", "learning_rate": 0.05}
    tree["network"]["neurons"][2]["activation"] = "identity"
    tree["network"]["neurons"][3]["activation"] = {"name": "identity"}
    tree["network"]["parameters"]["w1"] = 0.11
    assert lesson_from_json(json.dumps(tree).encode()) == LECTURE


def test_a_byte_order_mark_is_skipped():
    assert lesson_from_json(b"\xef\xbb\xbf" + lesson_to_json(LECTURE)) == LECTURE


def test_a_title_is_text_and_nothing_else():
    title = "<script>alert(1)</script> $\\input{x}$ \u202eright to left"
    tree = json.loads(lesson_to_json(LECTURE))
    tree["title"] = title
    assert lesson_from_json(json.dumps(tree).encode()).title == title
    assert isinstance(LECTURE.title, Localised)


def test_saving_and_opening(tmp_path):
    path = tmp_path / "урок 1.json"
    write_lesson(LECTURE, path)
    assert read_lesson(path) == LECTURE
    assert [file.name for file in tmp_path.iterdir()] == ["урок 1.json"]


def test_saving_keeps_permissions_and_links(tmp_path):
    (tmp_path / "folder").mkdir()
    real = tmp_path / "folder" / "real.json"
    real.write_text("old")
    real.chmod(0o640)
    link = tmp_path / "link.json"
    link.symlink_to(real)
    write_lesson(LECTURE, link)
    assert link.is_symlink()
    assert read_lesson(real) == LECTURE
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_new_file_gets_the_usual_permissions(tmp_path):
    path = tmp_path / "new.json"
    plain = tmp_path / "plain"
    plain.touch()
    write_lesson(LECTURE, path)
    assert path.stat().st_mode == plain.stat().st_mode


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda folder: folder / "none" / "a.json", "there is no such file or folder"),
        (lambda folder: folder, "this is a folder"),
        (lambda folder: folder / "a\0b.json", "the name cannot be a file name"),
        (lambda folder: folder / ("a" * 300 + ".json"), "the name is too long"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is_left(tmp_path, make, reason):
    with pytest.raises(NotWritten, match=reason):
        write_lesson(LECTURE, make(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_failed_save_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "lesson.json"
    path.write_bytes(b"old")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWritten, match="there is no space left on the disk"):
        write_lesson(LECTURE, path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_read_is_said(tmp_path):
    with pytest.raises(Refused, match="there is no such file or folder"):
        read_lesson(tmp_path / "none.json")
    with pytest.raises(Refused, match="this is a folder"):
        read_lesson(tmp_path)
    with pytest.raises(Refused, match="cannot be a file name"):
        read_lesson("a\0b")


def test_a_large_file_is_not_read(tmp_path):
    path = tmp_path / "large.json"
    with path.open("wb") as stream:
        stream.truncate(60 * 1024 * 1024)
    with pytest.raises(Refused, match=r"large\.json: the file is larger than 8 MB"):
        read_lesson(path)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_save_cut_short_leaves_the_old_file_or_the_new_one(tmp_path):
    path = tmp_path / "lesson.json"
    write_lesson(LECTURE, path)
    script = """
import sys
from explainer.lesson.examples import example, example_names
from explainer.lesson.files import write_lesson
print("ready", flush=True)
while True:
    for name in example_names():
        write_lesson(example(name), sys.argv[1])
"""
    chance = random.Random(1)
    for _ in range(count(10, 300)):
        command = [sys.executable, "-c", script, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.05))
            process.kill()
        assert read_lesson(path) in [example(name) for name in example_names()]


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_a_file_beyond_the_limit_of_the_system_leaves_the_old_one(tmp_path):
    path = tmp_path / "lesson.json"
    path.write_bytes(b"old")
    script = """
import resource, sys
from explainer.lesson.examples import example
from explainer.lesson.files import write_lesson
from explainer.messages import NotWritten
lesson = example("lecture-2-2-1")
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    write_lesson(lesson, sys.argv[1])
except NotWritten as error:
    print(error)
"""
    command = [sys.executable, "-c", script, str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert said == f"{path}: not written: the file would be larger than is allowed here\n"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "there is no space left on the disk"),
        (errno.EROFS, "the disk can only be read"),
        (errno.EMFILE, "too many files are open"),
        (errno.ENAMETOOLONG, "the name is too long"),
        (errno.EACCES, "it is not permitted"),
        (errno.EIO, "the disk reports a fault"),
        (errno.EXDEV, f"the system says: {os.strerror(errno.EXDEV)}"),
    ],
)
def test_reasons_are_plain_words(number, sentence):
    assert str(reason(OSError(number, os.strerror(number)))) == sentence
