"""Reading a lesson's passes both ways they are published: from the program, and from its JSON file."""

import json
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

import msgspec

from explainer.cli import main
from explainer.lesson.files import write_lesson
from explainer.trace.run import trace


def from_the_program(lesson, passes, tmp_path, capsys):
    """Return the passes of a lesson as plain data."""
    return [msgspec.to_builtins(run.summary) for run in trace(lesson, passes)]


def from_the_file(lesson, passes, tmp_path, capsys):
    """Return the passes that `explainer trace --json` prints for the saved lesson."""
    path = tmp_path / "lesson.json"
    write_lesson(lesson, path)
    assert main(["trace", str(path), "--passes", str(passes), "--json", "--digits", "2"]) == 0
    return json.loads(capsys.readouterr().out)["passes"]


BOTH_WAYS = (from_the_program, from_the_file)


class Graph(NamedTuple):
    """What was found at every node of a formula: its value, and the derivative of the result by it."""

    values: dict
    gradients: dict


def graph(lesson, tmp_path, capsys):
    """Return the values and the gradients of a formula's nodes as its JSON file prints them."""
    found = from_the_file(lesson, 1, tmp_path, capsys)[0]
    steps = [step for step in found["steps"] if step["kind"] == "gradient_node"]
    gradients = {step["subject"]: step["value"] for step in steps}
    assert found["gradients"].items() <= gradients.items()
    return Graph(found["values"], gradients)


def prints_as(value, published):
    """Tell whether a number, rounded half up to as many places as the published one shows, is that one."""
    wanted = Decimal(published)
    return Decimal(repr(value)).quantize(wanted, ROUND_HALF_UP) == wanted


def assert_printed(found, published):
    """Compare a table of numbers with one of published texts."""
    wrong = {
        name: (found[name], text)
        for name, text in published.items()
        if not prints_as(found[name], text)
    }
    assert wrong == {}


def negated(table):
    """Return a table with every sign turned, for books whose error terms are −∂E/∂z."""
    return {name: -value for name, value in table.items()}
