"""The command line as a program of its own, and inside the test's process."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments, stdin=b"", language="C.UTF-8", **settings):
    """Run `python -m explainer` and return the finished process, its streams as bytes."""
    environment = os.environ | {"LC_ALL": language, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "explainer", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env=environment,
        timeout=120,
        **settings,
    )
