"""What every command's arguments are made with: a parser in the user's language, and the options that several commands share."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Any, NoReturn

from explainer.cli.complaints import translated
from explainer.messages import Message, languages, message, translate

DEFAULT_DIGITS = 5
_LEAST_DIGITS, _MOST_DIGITS = 2, 15


class UsageError(Exception):
    """The command line cannot be understood; holds the sentence to print."""


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks the user's language and complains in one line."""

    def __init__(self, *, language: str, summary: Message, closing: Message | None = None) -> None:
        self.language = language
        super().__init__(
            description=translate(summary, language),
            epilog=translate(closing, language) if closing else None,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_formatter(language),
        )
        self._positionals.title = translate(message("arguments"), language)
        self._optionals.title = translate(message("options"), language)
        self.option("-h", "--help", action="help", help=message("show this help and exit"))

    def option(self, *names: str, help: Message, **settings: object) -> None:  # noqa: A002 - argparse's word
        """Add an argument whose help is a message."""
        self.add_argument(*names, help=translate(help, self.language), **settings)  # type: ignore[arg-type]  # passed through

    def error(self, message: str) -> NoReturn:
        """Complain of what argparse found, in the user's language."""
        self._complain(translated(message, self.language))

    def refuse(self, fault: Message) -> NoReturn:
        """Complain of what argparse cannot know."""
        self._complain(translate(fault, self.language))

    def _complain(self, sentence: str) -> NoReturn:
        raise UsageError(f"{sentence} ({self.prog} --help)")


def _formatter(language: str) -> Any:
    class Formatter(argparse.RawDescriptionHelpFormatter):
        def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # argparse's own hook, untyped there
            prefix = translate(message("usage: "), language) if prefix is None else prefix
            super().add_usage(usage, actions, groups, prefix)

    def formatter(*, prog: str) -> Formatter:
        return Formatter(prog, max_help_position=28, width=96)

    return formatter


def add_lesson(parser: Parser) -> None:
    """Add LESSON and the formula that may stand for it."""
    words = message("a lesson file, example:NAME, or - for standard input")
    parser.option("lesson", nargs="?", metavar="LESSON", help=words)
    parser.option(
        "--expr",
        metavar="FORMULA",
        help=message("a formula in place of LESSON, such as 'sin(x+y)/(x*y)'"),
    )
    parser.option(
        "--at",
        action="append",
        default=[],
        type=_value_of_name(parser.language),
        metavar="NAME=VALUE",
        help=message("the value of a variable of the formula, once for each"),
    )


def add_json(parser: Parser) -> None:
    """Add --json."""
    parser.option("--json", action="store_true", help=message("print JSON"))


def add_language(parser: Parser, default: str | None) -> None:
    """Add --lang."""
    parser.option(
        "--lang",
        choices=languages(),
        default=default,
        help=message("the language (default: that of the system, else English)"),
    )


def add_digits(parser: Parser, default: int = DEFAULT_DIGITS) -> None:
    """Add --digits."""
    parser.option(
        "--digits",
        type=whole_number(_LEAST_DIGITS, _MOST_DIGITS, parser.language),
        default=default,
        metavar="D",
        help=message("significant digits shown (default {default})", default=default),
    )


def whole_number(least: int, most: int, language: str) -> Callable[[str], int]:
    """Return what reads a whole number within limits."""

    def read(text: str) -> int:
        # A longer text is out of every range, and converting it could take long.
        if re.fullmatch(r"[0-9]{1,9}", text) and least <= int(text) <= most:
            return int(text)
        fault = message("it must be a whole number from {least} to {most}", least=least, most=most)
        raise argparse.ArgumentTypeError(translate(fault, language))

    return read


def _value_of_name(language: str) -> Callable[[str], tuple[str, float]]:
    def read(text: str) -> tuple[str, float]:
        name, _, value = text.partition("=")
        # A decimal comma is as good as a point.
        value = value.replace(",", ".", 1) if "." not in value else value
        if re.fullmatch(r"\s*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?\s*", value):
            return name.strip(), float(value)
        fault = message("write NAME=VALUE with a number, such as x=1.5")
        raise argparse.ArgumentTypeError(translate(fault, language))

    return read
