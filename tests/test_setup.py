"""The commands of the Makefile install what a machine lacks, or say in one line what that is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="system packages are Debian's")

# A Python that finds libraries missing: asked with "-" it is given the list of them.
POOR_PYTHON = f"""#!/bin/sh
[ "$1" = - ] || exec {sys.executable} "$@"
cat >/dev/null
echo libgl1
echo libegl1
"""


@pytest.fixture
def commands(tmp_path):
    """Return a function that puts a command of ours before the machine's."""

    def add(name: str, text: str) -> None:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    add("python3", POOR_PYTHON)
    return add


@pytest.fixture
def setup(tmp_path):
    """Return a function that runs the setup with our commands first."""

    def run(**environment: str) -> subprocess.CompletedProcess[str]:
        path = f"{tmp_path}:{os.environ['PATH']}"
        return subprocess.run(
            ["bash", ROOT / "scripts" / "setup.sh"],
            env={**os.environ, "PATH": path, **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def test_without_a_new_enough_python_it_says_so_in_one_line(commands, setup):
    commands("old-python", "#!/bin/sh\nexit 1\n")
    result = setup(PYTHON="old-python")
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert "3.11" in result.stderr


def test_without_rights_it_names_the_packages_in_one_line(commands, setup):
    commands("id", "#!/bin/sh\necho 1000\n")
    commands("apt-get", "#!/bin/sh\necho must not be called\nexit 1\n")
    result = setup()
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        "System packages are missing. On Debian or Ubuntu:  sudo apt-get install -y libgl1 libegl1"
    ]


def test_with_rights_it_installs_exactly_what_is_missing(commands, setup):
    commands("id", "#!/bin/sh\necho 0\n")
    commands("apt-get", '#!/bin/sh\necho "apt-get $*"\necho "as $DEBIAN_FRONTEND"\nexit 100\n')
    result = setup()
    assert result.returncode == 1
    assert result.stderr.splitlines()[1:] == [
        "apt-get update -qq",
        "as noninteractive",
        "apt-get install -y -qq --no-install-recommends libgl1 libegl1",
        "as noninteractive",
        "System packages are missing. On Debian or Ubuntu:  sudo apt-get install -y libgl1 libegl1",
    ]


@pytest.mark.parametrize("script", ["setup.sh", "run.sh"])
def test_the_scripts_are_sound_bash(script):
    subprocess.run(["bash", "-n", ROOT / "scripts" / script], check=True, timeout=30)


@pytest.mark.parametrize("display", ["", ":4711", "nonsense"])
def test_a_display_that_does_not_answer_is_none(display):
    environment = {**os.environ, "DISPLAY": display, "WAYLAND_DISPLAY": ""}
    program = [sys.executable, ROOT / "scripts" / "has_display.py"]
    assert subprocess.run(program, env=environment, timeout=30, check=False).returncode == 1
