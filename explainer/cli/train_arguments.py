"""The options of `explainer train`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable

from explainer.cli.parser import Parser, add_language, whole_number
from explainer.messages import message, translate

MOST_EPOCHS = 1_000_000
_MOST_NEURONS = 300
_MOST_SEED = 2**29

SUMMARY = message("Train a lesson without stepping, or a network made for a table of samples.")
CLOSING = message(
    """a table is a CSV file whose last column is what is asked for; words in it are classes.
Ctrl+C ends the training; what was trained until then is kept where -o is given.
exit codes: 0 done; 2 refused, or the numbers grew too large; 3 could not write; 130 ended by Ctrl+C"""
)


def train_parser(language: str) -> Parser:
    """Return the parser of the command."""
    parser = Parser(language=language, summary=SUMMARY, closing=CLOSING)
    # argparse would put LESSON last, where --hidden takes it for another number.
    parser.usage = (
        "explainer train LESSON [--epochs N] [--json] [-o FILE] …\n"
        "       explainer train TABLE.csv [--hidden N [N …]] [--loss NAME] [--update NAME] …"
    )
    _add_training(parser)
    add_language(parser, language)
    return parser


def _add_training(parser: Parser) -> None:
    language = parser.language
    parser.option(
        "lesson",
        metavar="LESSON",
        help=message("a lesson, example:NAME, - for standard input, or a CSV table"),
    )
    parser.option(
        "--epochs",
        type=whole_number(1, MOST_EPOCHS, language),
        default=100,
        metavar="N",
        help=message("how often every sample is used (default 100)"),
    )
    parser.option(
        "--early-stopping",
        type=whole_number(1, MOST_EPOCHS, language),
        metavar="N",
        help=message("end when N epochs brought nothing better, and return to the best"),
    )
    parser.option(
        "--seed",
        type=whole_number(0, _MOST_SEED, language),
        metavar="S",
        help=message("draw new starting weights from this seed"),
    )
    parser.option("--weights", metavar="FILE", help=message("start from weights in a safetensors file"))  # fmt: skip
    _add_results(parser)
    _add_network(parser)


def _add_results(parser: Parser) -> None:
    language = parser.language
    parser.option("--json", action="store_true", help=message("print one JSON line for each epoch"))  # fmt: skip
    parser.option("-o", "--output", metavar="FILE", help=message("write the trained lesson"))
    parser.option("--save-weights", metavar="FILE", help=message("write the weights as safetensors"))  # fmt: skip
    parser.option(
        "--checkpoint",
        metavar="FOLDER",
        help=message(
            "write the lesson into this folder again and again; any of them goes on exactly"
        ),
    )
    parser.option(
        "--every",
        type=whole_number(1, MOST_EPOCHS, language),
        default=10,
        metavar="N",
        help=message("epochs between two checkpoints (default 10)"),
    )
    parser.option("--force", action="store_true", help=message("replace files that exist"))


def _add_network(parser: Parser) -> None:
    """Add what only a table needs, because a lesson says it itself."""
    language = parser.language
    parser.option(
        "--hidden",
        nargs="+",
        type=whole_number(1, _MOST_NEURONS, language),
        metavar="N",
        help=message("table: the neurons of each hidden layer (default 8)"),
    )
    for name, words in (
        ("--activation", message("table: the activation of the hidden layers (default tanh)")),
        ("--loss", message("table: the error (default: what suits the column asked for)")),
        ("--update", message("table: the update rule (default adam)")),
    ):
        parser.option(name, metavar="NAME", help=words)
    parser.option(
        "--rate",
        type=_number_above_zero(language),
        metavar="R",
        help=message("table: the learning rate (default 0.01)"),
    )
    parser.option(
        "--batch",
        type=whole_number(1, 10_000, language),
        metavar="N",
        help=message("table: samples in a batch (default 10)"),
    )
    parser.option(
        "--target",
        nargs="+",
        metavar="COLUMN",
        help=message("table: the columns asked for (default: the last)"),
    )
    parser.option(
        "--test-share",
        type=_number_above_zero(language, 1.0),
        metavar="P",
        help=message("table: the part of the samples kept for testing, such as 0.2"),
    )


def _number_above_zero(language: str, below: float | None = None) -> Callable[[str], float]:
    def read(text: str) -> float:
        # A decimal comma is as good as a point.
        pointed = text.replace(",", ".", 1) if "." not in text else text
        is_number = re.fullmatch(r"([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?", pointed)
        if is_number and 0 < float(pointed) < (below or float("inf")):
            return float(pointed)
        fault = (
            message("it must be a number greater than 0")
            if below is None
            else message("it must be a number above 0 and below {limit}", limit=f"{below:g}")
        )
        raise argparse.ArgumentTypeError(translate(fault, language))

    return read
