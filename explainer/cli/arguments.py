"""The words of the command line: commands, options, their help, and complaints about them in both languages."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Any, NoReturn

from explainer import __version__
from explainer.cli.complaints import translated
from explainer.cli.export_options import add_export_options
from explainer.cli.names import COMMANDS, WINDOW
from explainer.messages import Message, languages, message, translate

MOST_PASSES = 10_000
DEFAULT_DIGITS = 5
_LEAST_DIGITS, _MOST_DIGITS = 2, 15


class UsageError(Exception):
    """The command line cannot be understood; holds the sentence to print."""


class _Parser(argparse.ArgumentParser):
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
        self._complain(translated(message, self.language))

    def refuse(self, fault: Message) -> NoReturn:
        """Complain of what argparse cannot know."""
        self._complain(translate(fault, self.language))

    def _complain(self, sentence: str) -> NoReturn:
        raise UsageError(f"{sentence} ({self.prog} --help)")


def parse(arguments: list[str], language: str) -> argparse.Namespace:
    """Return the parsed command line, `command` being one of `COMMANDS` or `WINDOW`.

    Prints the help and exits where that is asked for. Raises UsageError.
    """
    command = arguments[0] if arguments and arguments[0] in COMMANDS else None
    if command is None:
        parser = _window_parser(language)
        return parser.parse_args(arguments, argparse.Namespace(command=WINDOW))
    parser = _PARSERS[command](language)
    parser.prog = f"explainer {command}"
    options = parser.parse_args(_joined(arguments[1:]), argparse.Namespace(command=command))
    if command in ("trace", "check", "export"):
        _check_subject(options, parser)
    return options


def _joined(words: list[str]) -> list[str]:
    """Join `--expr` with the formula behind it, which may begin with a minus sign as an option does."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "--expr":
            joined[-1] = f"--expr={word}"
        else:
            joined.append(word)
    return joined


def _check_subject(options: argparse.Namespace, parser: _Parser) -> None:
    """Complain unless either a lesson is named or a formula is given."""
    if options.expr is None and options.lesson is None:
        parser.error("the following arguments are required: LESSON")
    if options.expr is not None and options.lesson is not None:
        parser.refuse(
            message("--expr stands for LESSON; {name} is one too many", name=options.lesson)
        )
    if options.expr is None and options.at:
        parser.refuse(message("--at needs --expr"))


def _formatter(language: str) -> Any:
    class Formatter(argparse.RawDescriptionHelpFormatter):
        def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # argparse's own hook, untyped there
            prefix = translate(message("usage: "), language) if prefix is None else prefix
            super().add_usage(usage, actions, groups, prefix)

    def formatter(*, prog: str) -> Formatter:
        return Formatter(prog, max_help_position=28, width=96)

    return formatter


def _window_parser(language: str) -> _Parser:
    closing = message(
        """commands (explainer COMMAND --help tells more):
  explainer [LESSON]              open the desktop program, on a lesson
  explainer examples [NAME]       list the built-in lessons, or print one
  explainer catalogue             list activations, losses and update rules
  explainer trace LESSON          print every step of an update
  explainer check LESSON          compare every gradient three ways
  explainer export LESSON -o FILE write the worked example
  explainer install-desktop       put the program into the menu of the desktop

LESSON is a file, example:NAME for a built-in lesson, or - for standard input.
exit codes: 0 done; 1 a check failed; 2 the input was refused; 3 could not write"""
    )
    summary = message("Explain back-propagation step by step, in symbols and then in numbers.")
    parser = _Parser(language=language, summary=summary, closing=closing)
    parser.prog = "explainer"
    parser.usage = "explainer [LESSON]\n       explainer COMMAND …"
    parser.option("lesson", nargs="?", metavar="LESSON", help=message("the lesson to open"))
    # The window remembers its own language, which goes before that of the system.
    _add_language(parser, None)
    parser.option(
        "--version",
        action="version",
        version=f"explainer {__version__}",
        help=message("show the version and exit"),
    )
    return parser


def _examples_parser(language: str) -> _Parser:
    summary = message("List the built-in lessons, or print one as a lesson file.")
    parser = _Parser(language=language, summary=summary)
    parser.option("name", nargs="?", metavar="NAME", help=message("the lesson to print"))
    _add_language(parser, language)
    return parser


def _catalogue_parser(language: str) -> _Parser:
    summary = message("List every activation, loss and update rule with its formula and source.")
    parser = _Parser(language=language, summary=summary)
    _add_json(parser)
    _add_language(parser, language)
    return parser


def _trace_parser(language: str) -> _Parser:
    summary = message("Print every step of an update: forward, error, backward, update.")
    parser = _Parser(language=language, summary=summary)
    _add_lesson(parser)
    parser.option(
        "--passes",
        type=_whole_number(1, MOST_PASSES, language),
        default=1,
        metavar="N",
        help=message("how many updates (default 1)"),
    )
    _add_json(parser)
    _add_language(parser, language)
    _add_digits(parser)
    return parser


def _check_parser(language: str) -> _Parser:
    summary = message(
        "Compare every gradient three ways: back-propagation, symbolic, finite differences."
    )
    parser = _Parser(language=language, summary=summary)
    _add_lesson(parser)
    _add_language(parser, language)
    return parser


def _export_parser(language: str) -> _Parser:
    summary = message("Write the worked example; the ending of each file chooses its format.")
    parser = _Parser(language=language, summary=summary)
    # argparse would put LESSON last, where -o takes it for another file.
    parser.usage = (
        "explainer export LESSON -o FILE [FILE …] [--force] [--lang LANG] [--digits D] [--paper PAPER]\n"
        "                        [--phases PHASES] [--steps STEPS] [--depth DEPTH] [--numpy]\n"
        "       explainer export --expr FORMULA --at NAME=VALUE … -o FILE [FILE …] …"
    )
    _add_lesson(parser)
    parser.option(
        "-o",
        "--output",
        nargs="+",
        action="extend",
        required=True,
        metavar="FILE",
        help=message("the files to write, such as example.pdf"),
    )
    parser.option("--force", action="store_true", help=message("replace files that exist"))
    add_export_options(parser, language)
    _add_language(parser, language)
    _add_digits(parser)
    return parser


def _install_desktop_parser(language: str) -> _Parser:
    summary = message(
        "Put Explainer into the menu of the desktop, with its icon and its lesson files (Linux)."
    )
    parser = _Parser(language=language, summary=summary)
    parser.option(
        "--uninstall", action="store_true", help=message("remove what was put there, nothing else")
    )
    _add_language(parser, language)
    return parser


_PARSERS: dict[str, Callable[[str], _Parser]] = {
    "examples": _examples_parser,
    "catalogue": _catalogue_parser,
    "trace": _trace_parser,
    "check": _check_parser,
    "export": _export_parser,
    "install-desktop": _install_desktop_parser,
}


def _add_lesson(parser: _Parser) -> None:
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


def _add_json(parser: _Parser) -> None:
    parser.option("--json", action="store_true", help=message("print JSON"))


def _add_language(parser: _Parser, default: str | None) -> None:
    parser.option(
        "--lang",
        choices=languages(),
        default=default,
        help=message("the language (default: that of the system, else English)"),
    )


def _add_digits(parser: _Parser) -> None:
    parser.option(
        "--digits",
        type=_whole_number(_LEAST_DIGITS, _MOST_DIGITS, parser.language),
        default=DEFAULT_DIGITS,
        metavar="D",
        help=message("significant digits shown (default {default})", default=DEFAULT_DIGITS),
    )


def _whole_number(least: int, most: int, language: str) -> Callable[[str], int]:
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
