"""constraints.txt pins everything that is installed, and says why each direct part is there."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LINES = [
    line
    for line in ROOT.joinpath("constraints.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
PROJECT = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text("utf-8"))["project"]
DIRECT = [
    Requirement(text)
    for text in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"])
]


def pins() -> dict[str, Requirement]:
    requirements = [Requirement(re.sub(r"\s*#.*", "", line)) for line in LINES]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def needed() -> set[str]:
    """Return the names of all packages this machine needs, direct and behind those."""
    found: set[str] = set()
    waiting = list(DIRECT)
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        applies = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if applies and name not in found:
            found.add(name)
            waiting.extend(map(Requirement, metadata.requires(name) or []))
    return found


def test_every_package_is_pinned_exactly_and_that_version_is_tested() -> None:
    for name in needed():
        assert str(pins()[name].specifier) == f"=={metadata.version(name)}", name


def test_nothing_is_pinned_that_nobody_needs() -> None:
    elsewhere = {name for name, pin in pins().items() if pin.marker and not pin.marker.evaluate()}
    assert set(pins()) - elsewhere == needed()


@pytest.mark.parametrize("name", sorted({requirement.name for requirement in DIRECT}))
def test_a_direct_dependency_has_its_reason_beside_it(name: str) -> None:
    assert any(re.match(rf"{re.escape(name)}==\S+ +# \w", line) for line in LINES)


def test_there_are_no_addresses() -> None:
    assert not [line for line in LINES if "://" in line or "@" in line or line.startswith("-")]


def test_the_broken_qt_is_excluded_where_it_breaks() -> None:
    old = [r for r in DIRECT if r.name == "PySide6-Essentials" and "<" in str(r.marker)]
    assert [("6.12.0" in r.specifier, "6.11.3" in r.specifier) for r in old] == [(False, True)]
