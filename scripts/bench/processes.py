"""Start the measuring processes, every one under the same circumstances."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from scripts.bench.children.said import heard

ROOT = Path(__file__).resolve().parent.parent.parent
WORKSHOP = ROOT / "build" / "bench"
# 1920 × 1080; by itself this platform's screen has no room for a window of usual size.
_SCREEN = Path(__file__).with_name("screen.json")
# Seconds.
_LIMIT = 100.0


def environment() -> dict[str, str]:
    """Return what every measuring process finds: a screen nobody sees, English, settings and bytecode of its own.

    Compiled modules are kept even where the environment forbids that, because an installed program has them. Settings are
    empty each time: a process that ended with unsaved edits must not have the next one offer to recover them.
    """
    shutil.rmtree(WORKSHOP / "settings", ignore_errors=True)
    given = {
        "QT_QPA_PLATFORM": f"offscreen:configfile={_SCREEN}",
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "",
        "XDG_CONFIG_HOME": str(WORKSHOP / "settings"),
        "PYTHONPYCACHEPREFIX": str(WORKSHOP / "bytecode"),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPATH": str(ROOT),
    }
    return {**os.environ, **given}


def command(name: str, *arguments: str) -> list[str]:
    """Return the command that starts a measuring process."""
    return [sys.executable, "-m", f"scripts.bench.children.{name}", *arguments]


def measured(name: str, *arguments: str) -> dict[str, list[float]]:
    """Run a measuring process to its end and return the numbers it said by their names."""
    return _run(command(name, *arguments))


def measured_from_start(name: str) -> dict[str, list[float]]:
    """Run a measuring process that is told when it was started."""
    return _run(command(name, repr(time.monotonic())))


def _run(words: list[str]) -> dict[str, list[float]]:
    result = subprocess.run(
        words,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
        timeout=_LIMIT,
        check=True,
    )
    return heard(result.stdout)
