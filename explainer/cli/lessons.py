"""What stands for LESSON on the command line: a file, `example:NAME`, `-`, or a formula."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from explainer.lesson.examples import example
from explainer.lesson.lesson import FORMAT, VERSION, Expression, Lesson
from explainer.lesson.shared_text import MOST_LETTERS, is_shared_text, lesson_from_text
from explainer.messages import Refused, message

_EXAMPLE = "example:"
# A longer formula is cut where it stands in for a title.
_LONGEST_TITLE = 80


def lesson_asked(options: argparse.Namespace) -> Lesson:
    """Return the lesson that LESSON or --expr names; Refused, with one sentence, where there is none."""
    if options.expr is None:
        return lesson_named(options.lesson)
    return lesson_of_formula(options.expr, options.at)


def lesson_of_formula(formula: str, pairs: Sequence[tuple[str, float]]) -> Lesson:
    """Return a lesson about a formula with these values of its variables; Refused where it cannot be computed."""
    from explainer.lesson.formula_checks import check_formula

    expression = Expression(formula, dict(pairs))
    if len(expression.values) < len(pairs):
        raise Refused(message("--at: a variable has two values"))
    check_formula(expression, "--expr", "--at")
    title = " ".join(formula.split())
    if len(title) > _LONGEST_TITLE:
        title = title[: _LONGEST_TITLE - 1] + "…"
    return Lesson(FORMAT, VERSION, title, expression=expression)


def lesson_named(name: str) -> Lesson:
    """Return the lesson; Refused, with one sentence, where there is none."""
    if name.startswith(_EXAMPLE):
        return example(name.removeprefix(_EXAMPLE))
    # Imported here: the first frame of a lesson of the program does without.
    from explainer.lesson.files import read_lesson

    if name == "-":
        if sys.stdin is None:
            raise Refused(message("there is no standard input"))
        return _lesson_from_input(sys.stdin.buffer.read(MOST_LETTERS + 1))
    return read_lesson(Path(name))


def _lesson_from_input(content: bytes) -> Lesson:
    """Return the lesson that standard input holds: a file, or a text that was made to be pasted."""
    from explainer.lesson.files import lesson_from_json

    text = content.decode("utf-8", "replace")
    if is_shared_text(text):
        return lesson_from_text(text)
    return lesson_from_json(content, "standard input")


def path_of(name: str) -> Path | None:
    """Return the file that the window saves to; None where the lesson came from elsewhere."""
    return None if name.startswith(_EXAMPLE) or name == "-" else Path(name)
