"""The words of the command line: commands, options, their help, and complaints about them in both languages."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from explainer import __version__
from explainer.cli.export_options import add_export_options
from explainer.cli.names import COMMANDS, WINDOW
from explainer.cli.parser import (
    Parser,
    add_digits,
    add_json,
    add_language,
    add_lesson,
    whole_number,
)
from explainer.cli.sheet_arguments import SHEET_PARSERS
from explainer.cli.train_arguments import train_parser
from explainer.messages import message

MOST_PASSES = 10_000


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
    if command in ("trace", "check", "export", "share"):
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


def _check_subject(options: argparse.Namespace, parser: Parser) -> None:
    """Complain unless either a lesson is named or a formula is given."""
    if options.expr is None and options.lesson is None:
        parser.error("the following arguments are required: LESSON")
    if options.expr is not None and options.lesson is not None:
        parser.refuse(
            message("--expr stands for LESSON; {name} is one too many", name=options.lesson)
        )
    if options.expr is None and options.at:
        parser.refuse(message("--at needs --expr"))


def _window_parser(language: str) -> Parser:
    closing = message(
        """commands (explainer COMMAND --help tells more):
  explainer [LESSON]              open the desktop program, on a lesson
  explainer examples [NAME]       list the built-in lessons, or print one
  explainer catalogue             list activations, losses and update rules
  explainer trace LESSON          print every step of an update
  explainer check LESSON          compare every gradient three ways
  explainer export LESSON -o FILE write the worked example
  explainer worksheet LESSON -o FOLDER
                                  write worksheets with their keys
  explainer grade ANSWERS LESSON  mark filled tables of answers
  explainer train LESSON          train without stepping, also a table (CSV)
  explainer share LESSON          print it as one line of text, to be pasted
  explainer install-desktop       put the program into the menu of the desktop

LESSON is a file, example:NAME for a built-in lesson, or - for standard input,
where a file or a text made by "share" may stand.
exit codes: 0 done; 1 a check failed; 2 the input was refused; 3 could not write"""
    )
    summary = message("Explain back-propagation step by step, in symbols and then in numbers.")
    parser = Parser(language=language, summary=summary, closing=closing)
    parser.prog = "explainer"
    parser.usage = "explainer [LESSON]\n       explainer COMMAND …"
    parser.option("lesson", nargs="?", metavar="LESSON", help=message("the lesson to open"))
    # The window remembers its own language, which goes before that of the system.
    add_language(parser, None)
    parser.option(
        "--version",
        action="version",
        version=f"explainer {__version__}",
        help=message("show the version and exit"),
    )
    return parser


def _examples_parser(language: str) -> Parser:
    summary = message("List the built-in lessons, or print one as a lesson file.")
    parser = Parser(language=language, summary=summary)
    parser.option("name", nargs="?", metavar="NAME", help=message("the lesson to print"))
    add_language(parser, language)
    return parser


def _catalogue_parser(language: str) -> Parser:
    summary = message("List every activation, loss and update rule with its formula and source.")
    parser = Parser(language=language, summary=summary)
    add_json(parser)
    add_language(parser, language)
    return parser


def _trace_parser(language: str) -> Parser:
    summary = message("Print every step of an update: forward, error, backward, update.")
    parser = Parser(language=language, summary=summary)
    add_lesson(parser)
    parser.option(
        "--passes",
        type=whole_number(1, MOST_PASSES, language),
        default=1,
        metavar="N",
        help=message("how many updates (default 1)"),
    )
    add_json(parser)
    add_language(parser, language)
    add_digits(parser)
    return parser


def _check_parser(language: str) -> Parser:
    summary = message(
        "Compare every gradient three ways: back-propagation, symbolic, finite differences."
    )
    parser = Parser(language=language, summary=summary)
    add_lesson(parser)
    add_language(parser, language)
    return parser


def _share_parser(language: str) -> Parser:
    summary = message(
        "Print a lesson as one line of text: paste it into the window, or pipe it into any command (-)."
    )
    parser = Parser(language=language, summary=summary)
    add_lesson(parser)
    add_language(parser, language)
    return parser


def _export_parser(language: str) -> Parser:
    summary = message("Write the worked example; the ending of each file chooses its format.")
    parser = Parser(language=language, summary=summary)
    # argparse would put LESSON last, where -o takes it for another file.
    parser.usage = (
        "explainer export LESSON -o FILE [FILE …] [--force] [--lang LANG] [--digits D] [--paper PAPER]\n"
        "                        [--phases PHASES] [--steps STEPS] [--depth DEPTH] [--numpy]\n"
        "       explainer export --expr FORMULA --at NAME=VALUE … -o FILE [FILE …] …"
    )
    add_lesson(parser)
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
    add_language(parser, language)
    add_digits(parser)
    return parser


def _install_desktop_parser(language: str) -> Parser:
    summary = message(
        "Put Explainer into the menu of the desktop, with its icon and its lesson files (Linux)."
    )
    parser = Parser(language=language, summary=summary)
    parser.option(
        "--uninstall", action="store_true", help=message("remove what was put there, nothing else")
    )
    add_language(parser, language)
    return parser


_PARSERS: dict[str, Callable[[str], Parser]] = {
    "examples": _examples_parser,
    "catalogue": _catalogue_parser,
    "trace": _trace_parser,
    "check": _check_parser,
    "export": _export_parser,
    **SHEET_PARSERS,
    "train": train_parser,
    "share": _share_parser,
    "install-desktop": _install_desktop_parser,
}
