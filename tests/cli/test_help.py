"""Help is quick, loads nothing heavy, and speaks the language of the user."""

import re
import subprocess
import sys

import pytest

from explainer.cli.language import language_for
from explainer.cli.names import COMMANDS
from tests.cli.helpers import ROOT, run

HEAVY = {
    "PySide6",
    "numpy",
    "sympy",
    "mpmath",
    "matplotlib",
    "ziamath",
    "pypandoc",
    "typst",
    "msgspec",
}
SCRIPT = """
import sys
from explainer.cli import main
code = main(sys.argv[1:])
print(sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], *([name, "-h"] for name in COMMANDS)]
)
def test_help_loads_nothing_heavy(arguments):
    process = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert process.returncode == 0
    loaded = process.stderr
    assert not [name for name in HEAVY if f"'{name}'" in loaded]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_both_languages(command):
    english = run(command, "--help").stdout.decode()
    russian = run(command, "--help", language="ru_RU.UTF-8").stdout.decode()
    assert english.startswith(f"usage: explainer {command}")
    assert russian.startswith(f"использование: explainer {command}")
    for line in russian.splitlines()[1:]:
        # A word to type, in brackets, may have come to stand alone on its line.
        words = re.sub(r"\([a-z0-9]+\)", "", line.split("  ")[-1]).strip()
        if words.startswith("--"):
            continue
        assert not words.islower() or any("а" <= letter <= "я" for letter in words), line


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru"}, "ru"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ru_RU"}, "ru"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "fr:ru:en"}, "ru"),
        ({"LANG": "C", "LANGUAGE": "ru"}, "en"),
        ({"LANG": "../ru"}, "en"),
    ],
)
def test_the_language_follows_the_locale(monkeypatch, variables, language):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language_for([]) == language


@pytest.mark.parametrize(
    "arguments", [["trace", "--lang", "ru"], ["--lang=ru"], ["x", "--lang", "ru", "-h"]]
)
def test_the_language_can_be_asked_for(arguments):
    assert language_for(arguments) == "ru"


def test_after_two_dashes_there_are_no_options():
    assert language_for(["trace", "--", "--lang", "ru"]) == "en"
