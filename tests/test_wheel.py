"""A wheel built from the checkout works where nothing of the checkout is in reach."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def pip(*arguments: object) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    subprocess.run([*command, *map(str, arguments)], check=True, capture_output=True, timeout=300)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    # A copy of what the build reads, so that nothing is left behind in the checkout.
    source = tmp_path_factory.mktemp("source") / "checkout"
    unwanted = shutil.ignore_patterns("__pycache__")
    for folder in ("explainer", "resources"):
        shutil.copytree(ROOT / folder, source / folder, ignore=unwanted)
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, source)
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", source, "--no-index", "--no-build-isolation", "--no-deps", "-w", folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def explainer(wheel, tmp_path_factory):
    """Return a function that runs the installed program from a folder of its own."""
    target = tmp_path_factory.mktemp("installed")
    pip("install", wheel, "--no-index", "--no-deps", "--target", target)
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def run(*arguments: str) -> str:
        result = subprocess.run(
            [sys.executable, "-m", "explainer", *arguments],
            cwd=elsewhere,
            env={**os.environ, "PYTHONPATH": str(target)},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    return run


def test_the_wheel_carries_all_resources(wheel):
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    resources = [path for path in (ROOT / "resources").rglob("*") if path.is_file()]
    assert resources
    for path in resources:
        assert f"explainer/{path.relative_to(ROOT).as_posix()}" in inside


def test_it_explains_the_lecture_example(explainer):
    assert "0.191" in explainer("trace", "example:lecture-2-2-1", "--lang", "en")


def test_its_trace_is_the_installed_programs_own(explainer):
    trace = json.loads(explainer("trace", "example:lecture-2-2-1", "--json"))
    assert trace["passes"][0]["values"]["0"]["o1"] == pytest.approx(0.191, rel=1e-12)


def test_it_speaks_russian(explainer):
    russian = explainer("trace", "example:lecture-2-2-1", "--lang", "ru")
    assert russian != explainer("trace", "example:lecture-2-2-1", "--lang", "en")
    assert any("а" <= letter <= "я" for letter in russian)
