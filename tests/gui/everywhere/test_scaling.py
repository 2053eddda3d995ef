"""From 100 to 300 percent: the smallest window is whole and sharp on a screen of 1280 by 800 at 200, of 1920 by 1200 at 300."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.counts import MODE
from tests.gui.everywhere.scaled import SMALLEST

ROOT = Path(__file__).resolve().parents[3]
FACTORS = (1.0, 1.25, 1.5, 2.0, 3.0) if MODE == "long" else (1.25, 3.0)


@pytest.mark.parametrize("factor", FACTORS)
def test_a_scaled_screen_cuts_nothing_and_blurs_nothing(factor):
    environment = {**os.environ, "QT_SCALE_FACTOR": str(factor), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.everywhere.scaled"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found = json.loads(done.stdout)
    assert found["ratio"] == pytest.approx(factor)
    assert tuple(found["size"]) == SMALLEST
    assert found["faults"] == []
    assert found["page"] in (None, pytest.approx(factor))
    assert found["grabbed"] == pytest.approx(factor * SMALLEST[0], abs=1)
