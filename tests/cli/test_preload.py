"""Loading Qt's libraries ahead: only for the window, and without it everything goes as ever."""

import subprocess
import sys

import pytest

from explainer.cli.names import opens_window
from tests.cli.helpers import ROOT

LOADED = """
import sys, threading
from explainer.cli.preload import preload
{before}
preload()
for thread in threading.enumerate():
    if thread is not threading.current_thread():
        thread.join()
assert "PySide6" not in sys.modules
maps = open("/proc/self/maps").read()
print("libQt6Widgets" in maps, "QtWidgets.abi3" in maps)
"""


def loaded(before=""):
    return subprocess.run(
        [sys.executable, "-c", LOADED.format(before=before)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout.split()


@pytest.mark.parametrize("words", [[], ["lesson.json"], ["example:xor"], ["--lang", "ru"]])
def test_the_window_is_asked_for(words):
    assert opens_window(words)


@pytest.mark.parametrize(
    "words", [["--help"], ["-h"], ["--version"], ["trace", "x.json"], ["examples"], ["export"]]
)
def test_the_window_is_not_asked_for(words):
    assert not opens_window(words)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the import loads them")
def test_the_libraries_that_the_import_needs_are_loaded():
    assert loaded() == ["True", "True"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the import loads them")
def test_without_pyside_nothing_happens():
    assert loaded("sys.path[:] = [p for p in sys.path if 'site-packages' not in p]") == [
        "False",
        "False",
    ]
