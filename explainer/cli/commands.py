"""One function per command: options in, exit code out. Heavy rooms are imported where they are used."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import Any

from msgspec import json

from explainer.cli.lessons import lesson_asked, lesson_named, path_of
from explainer.cli.names import WINDOW
from explainer.lesson.examples import OPENING, example
from explainer.messages import Refused, message, translate

DONE, CHECK_FAILED = 0, 1


def examples(options: argparse.Namespace) -> int:
    """List the built-in lessons, or print one as JSON."""
    from explainer.cli.examples_text import examples_text
    from explainer.lesson.files import lesson_to_json

    if options.name is not None:
        _print_text(lesson_to_json(example(options.name.removeprefix("example:"))))
        return DONE
    print(examples_text(options.lang))
    return DONE


def catalogue(options: argparse.Namespace) -> int:
    """Print the tables of activations, losses, rules, as text or JSON."""
    from explainer.cli.catalogue_text import catalogue_text
    from explainer.maths.catalogue import catalogue as rows

    if options.json:
        _print_json(rows())
    else:
        print(catalogue_text(rows(), options.lang))
    return DONE


def trace(options: argparse.Namespace) -> int:
    """Print every step of the asked number of passes, as text or JSON."""
    from explainer.trace.run import trace as run

    lesson = lesson_asked(options)
    runs = run(lesson, options.passes)
    if options.json:
        from explainer.pages.trace_file import trace_to_builtins

        _print_json(trace_to_builtins(runs, options.lang, options.digits))
    else:
        from explainer.cli.trace_text import trace_text

        for part in trace_text(runs, options.lang, options.digits):
            print(part)
    return DONE


def check(options: argparse.Namespace) -> int:
    """Compare every gradient three ways; exit code 1 where they disagree."""
    from explainer.cli.check_text import check_text
    from explainer.trace.check import check as compare

    report = compare(lesson_asked(options))
    print(check_text(report, options.lang))
    return DONE if report.agrees else CHECK_FAILED


def export(options: argparse.Namespace) -> int:
    """Write the worked example into every asked file, or into none."""
    from explainer.cli.export import Shown, export_to

    written = export_to(
        options.output,
        lambda: lesson_asked(options),
        options.lang,
        options.digits,
        force=options.force,
        shown=Shown(options.phases, options.steps, options.depth, options.paper, options.numpy),
    )
    for path in written:
        print(translate(message("written: {path}", path=path), options.lang))
    return DONE


def install_desktop(options: argparse.Namespace) -> int:
    """Put the program into the menu of the desktop, or take it out; one line for each file."""
    from explainer.cli.desktop import install, uninstall

    for line in uninstall() if options.uninstall else install():
        print(translate(line, options.lang))
    return DONE


def worksheet(options: argparse.Namespace) -> int:
    """Write worksheets with their keys and the table of answers, or nothing."""
    from explainer.cli.worksheet import write_worksheets

    paths, language = write_worksheets(lesson_named(options.lesson), options)
    for path in paths:
        print(translate(message("written: {path}", path=path), language))
    return DONE


def grade(options: argparse.Namespace) -> int:
    """Mark filled tables of answers."""
    from explainer.cli.grade import grade_answers

    print(grade_answers(lesson_named(options.lesson), options))
    return DONE


def train(options: argparse.Namespace) -> int:
    """Train without stepping, and print the loss of every epoch."""
    from explainer.cli.train import train as run

    return run(options)


def share(options: argparse.Namespace) -> int:
    """Print a lesson as text that can be pasted."""
    from explainer.lesson.shared_text import text_from_lesson

    print(text_from_lesson(lesson_asked(options)))
    return DONE


def window(options: argparse.Namespace) -> int:
    """Open the desktop program, on a built-in lesson where none is named."""
    named: str | None = options.lesson
    lesson = example(OPENING) if named is None else lesson_named(named)
    path = None if named is None else path_of(named)
    _check_display()
    from explainer.gui.app import run

    return run(lesson, path, options.lang, welcomes=named is None)


def _check_display() -> None:
    """Refuse where there is no screen: Qt would abort the process with a page of its own."""
    said = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in said):
        fault = message(
            "there is no display for the window; the commands (explainer --help) need none"
        )
        raise Refused(fault)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    WINDOW: window,
    "examples": examples,
    "catalogue": catalogue,
    "trace": trace,
    "check": check,
    "export": export,
    "worksheet": worksheet,
    "grade": grade,
    "train": train,
    "share": share,
    "install-desktop": install_desktop,
}


def _print_json(value: Any) -> None:
    _print_text(json.format(json.encode(value), indent=2) + b"\n")


def _print_text(content: bytes) -> None:
    print(content.decode(), end="")
