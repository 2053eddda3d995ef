"""`install-desktop` tells a Linux desktop of the program, and takes back exactly that."""

import configparser
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from explainer.cli import desktop
from explainer.messages import Refused
from tests.cli.helpers import ROOT, run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="desktops of Linux")

NAMES = {
    "applications/explainer.desktop",
    "icons/hicolor/scalable/apps/explainer.svg",
    "icons/hicolor/scalable/mimetypes/application-x-explainer-lesson+json.svg",
    "mime/packages/explainer.xml",
}


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    folder = Path(tmp_path) / "share"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    return folder


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_file_is_written_and_named(home):
    process = run("install-desktop")
    assert process.returncode == 0
    assert process.stderr == b""
    assert process.stdout.decode().splitlines() == [
        f"written: {home / name}"
        for name in (
            "applications/explainer.desktop",
            "icons/hicolor/scalable/apps/explainer.svg",
            "icons/hicolor/scalable/mimetypes/application-x-explainer-lesson+json.svg",
            "mime/packages/explainer.xml",
        )
    ]
    assert files(home) >= NAMES


def test_uninstalling_removes_exactly_that(home):
    other = home / "applications" / "other.desktop"
    other.parent.mkdir(parents=True)
    other.write_text("[Desktop Entry]\n")
    run("install-desktop")
    process = run("install-desktop", "--uninstall")
    assert process.returncode == 0
    assert (
        process.stdout.decode().splitlines()[0] == f"removed: {home}/applications/explainer.desktop"
    )
    assert not files(home) & NAMES
    assert other.is_file()
    again = run("install-desktop", "--uninstall")
    assert (again.returncode, again.stdout) == (0, b"there is nothing to remove\n")


def test_the_menu_entry_starts_this_program(home):
    list(desktop.install())
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str
    parser.read(home / "applications" / "explainer.desktop", encoding="utf-8")
    entry = parser["Desktop Entry"]
    assert shlex.split(entry["Exec"]) == [sys.executable, "-m", "explainer", "%f"]
    assert entry["MimeType"] == "application/x-explainer-lesson+json;"
    assert entry["Icon"] == "explainer"
    assert "Comment[ru]" in entry


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="needs desktop-file-utils")
def test_the_validator_of_the_standard_accepts_it(home):
    list(desktop.install())
    command = ["desktop-file-validate", str(home / "applications" / "explainer.desktop")]
    process = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (process.returncode, process.stdout) == (0, "")


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("/usr/bin/python3", "/usr/bin/python3"),
        ("/home/a b/python", '"/home/a b/python"'),
        ("/home/50%/python", '"/home/50%%/python"'),
        ('a"$`b', '"a\\\\"\\\\$\\\\`b"'),
        ("a\\b", '"a\\\\\\\\b"'),
    ],
)
def test_special_characters_of_a_path_are_taken_literally(word, written):
    assert desktop.command_line([word]) == written


def test_lessons_are_known_by_name_and_content(home, tmp_path):
    list(desktop.install())
    ElementTree.parse(home / "mime" / "packages" / "explainer.xml")  # noqa: S314 - the program's own file
    for name in ("a.lesson.json", "plain.json", "no-ending"):
        content = ROOT.joinpath("resources/examples").glob("*lecture-2-2-1.json")
        (tmp_path / name).write_bytes(next(content).read_bytes())
    (tmp_path / "other").write_text('{"format": "something else"}')
    script = """
import sys
from PySide6.QtCore import QMimeDatabase
for name in sys.argv[1:]:
    print(QMimeDatabase().mimeTypeForFile(name).name())
"""
    names = [str(tmp_path / name) for name in ("a.lesson.json", "no-ending", "other")]
    process = subprocess.run(
        [sys.executable, "-c", script, *names],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"XDG_DATA_HOME": str(home)},
    )
    ours, by_content, other = process.stdout.split()
    assert ours == by_content == desktop.MIME_TYPE
    assert other != desktop.MIME_TYPE


def test_a_folder_that_cannot_be_written_is_exit_code_3(home):
    home.write_text("not a folder")
    process = run("install-desktop")
    assert process.returncode == 3
    assert process.stderr.decode().count("\n") == 1
    assert "a part of the path is not a folder" in process.stderr.decode()


def test_other_systems_are_told_that_there_is_nothing_to_install(home, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    for work in (desktop.install, desktop.uninstall):
        with pytest.raises(Refused, match="There is nothing to install"):
            list(work())
