"""`explainer share`: what it prints every command reads from standard input; what is damaged is refused in one line."""

import pytest

from explainer.lesson.examples import example
from explainer.lesson.shared_text import lesson_from_text
from tests.cli.helpers import run


def test_a_lesson_is_printed_as_one_line_that_other_commands_read():
    shared = run("share", "example:mazur-2-2-2")
    assert shared.returncode == 0
    assert shared.stdout.count(b"\n") == 1
    assert lesson_from_text(shared.stdout.decode()) == example("mazur-2-2-2")
    plain = run("trace", "example:mazur-2-2-2")
    piped = run("trace", "-", stdin=shared.stdout)
    assert piped.returncode == 0
    assert piped.stdout == plain.stdout


def test_a_formula_is_shared_too():
    shared = run("share", "--expr", "sin(x)*y", "--at", "x=1", "--at", "y=2")
    lesson = lesson_from_text(shared.stdout.decode())
    assert lesson.expression.formula == "sin(x)*y"
    assert run("check", "-", stdin=shared.stdout).returncode == 0


@pytest.mark.parametrize(
    "content", [b"explainer:1:", b"explainer:1:AAAA", b"explainer:2:AAAA", b"explainer:x", b"explainer:1:\xff"]
)  # fmt: skip
def test_a_damaged_text_is_refused_in_one_line(content):
    found = run("trace", "-", stdin=content)
    assert found.returncode == 2
    assert found.stdout == b""
    assert found.stderr.startswith(b"text: ")
    assert found.stderr.count(b"\n") == 1


def test_nothing_to_share_is_said():
    assert run("share").returncode == 2
