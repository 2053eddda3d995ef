"""The commands of the Makefile say in one line what a machine lacks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the Makefile is for Linux and macOS"
)


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", ROOT / "scripts" / script],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_without_a_new_enough_python_it_says_so_in_one_line(tmp_path):
    old = tmp_path / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    result = run("setup.sh", PYTHON=str(old))
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert "3.11" in result.stderr


@pytest.mark.parametrize("script", ["setup.sh", "run.sh"])
def test_the_scripts_are_sound_bash(script):
    subprocess.run(["bash", "-n", ROOT / "scripts" / script], check=True, timeout=30)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is one")
@pytest.mark.parametrize("display", ["", ":4711", "nonsense"])
def test_a_display_that_does_not_answer_is_none(display):
    environment = {**os.environ, "DISPLAY": display, "WAYLAND_DISPLAY": ""}
    program = [sys.executable, ROOT / "scripts" / "has_display.py"]
    assert subprocess.run(program, env=environment, timeout=30, check=False).returncode == 1
