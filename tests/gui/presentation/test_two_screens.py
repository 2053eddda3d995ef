"""A laptop and a projector of other size and sharpness: each shows what is its own, the choice is remembered, none is missed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from explainer.gui.presentation.displays import beside
from explainer.gui.presentation.projection import LEAST_TYPE
from tests.counts import MODE

ROOT = Path(__file__).resolve().parents[3]


def screen(name: str, left: int, width: int, height: int, ratio: int) -> dict[str, object]:
    return {
        "name": name, "x": left, "y": 0, "width": width * ratio, "height": height * ratio,
        "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1,
    }  # fmt: skip


# Places are real pixels; the laptop has two for each that is counted.
RATIOS = {"laptop": 2, "projector": 1, "other": 1}
LAPTOP = screen("laptop", 0, 1440, 900, RATIOS["laptop"])
PROJECTOR = screen("projector", 2880, 1280, 720, RATIOS["projector"])
OTHER = screen("other", 2880, 1920, 1080, RATIOS["other"])


def journey(folder: Path, name: str, *screens: dict[str, object]) -> dict[str, Any]:
    """Run a journey on screens; its settings are those the last one left."""
    config = folder / f"{name}.json"
    config.write_text(json.dumps({"screens": screens}), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.presentation.two_screens", name, str(folder / "set.ini")],
        cwd=ROOT,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": f"offscreen:configfile={config}",
            # Screens of this platform are all as sharp; their scale makes them differ.
            "QT_SCREEN_SCALE_FACTORS": ";".join(f"{each}={RATIOS[each]}" for each in RATIOS),
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("screens")
    both = journey(folder, "two", LAPTOP, PROJECTOR)
    return both, journey(folder, "one", LAPTOP), folder


def on(seen, shown, size, ratio, presenter):
    assert seen["screen"] == shown
    assert seen["place"][2:] == size
    assert seen["ratio"] == ratio
    assert seen["full"]
    assert seen["presenter"] == presenter
    assert seen["smallest"] >= LEAST_TYPE - 1e-6


def test_the_picture_is_on_the_projector_and_the_presenter_window_on_the_laptop(walked):
    both, _, _ = walked
    on(both["first"], "projector", [1280, 720], 1, "laptop")
    assert both["first"]["place"][:2] == [2880, 0]
    assert both["first"]["inside"], both["first"]["beside"]
    assert both["first"]["window"] == "laptop"


def test_a_clicker_works_whichever_window_has_the_keyboard(walked):
    both, _, _ = walked
    # From the whole eighth step: on to the next one, its first line, and that line back.
    last = 800
    for name in ("projector", "presenter", "window", "timeline"):
        places = both["clicks"][name]
        assert len(places) == 3
        assert places[0] > last, name
        assert places[1] > places[0], name
        assert places[2] < places[1], name
        last = places[2]
    assert both["blank"]
    assert both["ended"]


def test_another_display_takes_the_picture_and_gives_the_presenter_window_its_own(walked):
    both, _, _ = walked
    on(both["moved"], "laptop", [1440, 900], 2, "projector")
    assert both["moved"]["inside"], both["moved"]["beside"]


def test_the_projector_is_asked_for_once_and_remembered_by_name(walked):
    both, _, _ = walked
    assert both["asked"] == [1, 1]
    on(both["again"], "projector", [1280, 720], 1, "laptop")
    assert both["kept"] == both["names"]["projector"]


def test_an_unplugged_projector_leaves_the_picture_on_the_laptop(walked):
    both, one, folder = walked
    on(both["unplugged"], "laptop", [1440, 900], 2, both["unplugged"]["presenter"])
    # The next day without it: no question, no error, and it is still remembered.
    on(one["fallback"], "laptop", [1440, 900], 2, "laptop")
    assert one["asked"] == 0
    assert one["kept"] == both["kept"]
    if MODE != "long":
        return
    # With another one in its place somebody has to say.
    three = journey(folder, "three", LAPTOP, OTHER)
    assert three["asked"] == 1
    assert not three["presents"]
    assert three["kept"] == both["kept"]


def test_the_presenter_window_stands_where_the_window_is_unless_that_is_projected():
    screens = ["laptop", "wall", "projector"]
    assert beside("projector", "wall", screens) == "wall"
    assert beside("projector", "projector", screens) == "laptop"
    assert beside("laptop", "laptop", ["laptop"]) == "laptop"
