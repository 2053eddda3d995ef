"""The arguments of the commands about worksheets."""

from __future__ import annotations

from argparse import BooleanOptionalAction
from collections.abc import Callable

from explainer.cli.parser import Parser, add_digits, add_language, whole_number
from explainer.messages import message

# As `lesson.worksheet` has it, which help does without.
SHEET_DIGITS = 4
_MOST_VARIANTS, _MOST_SEED = 1000, 2**32 - 1


def _worksheet_parser(language: str) -> Parser:
    summary = message(
        "Write worksheets: the pages of the worked example with blanks, and their keys; numbers are drawn anew for each."
    )
    closing = message(
        """kinds of blanks: sums activations error deltas gradients updates (these by default),
  symbols (the rule or chain rule of a step), factors (one factor of a chain rule).
What is not given is as the lesson says (its field "worksheet").
FOLDER gets sheet-01.pdf, key-01.pdf … and answers.csv, or nothing at all. The form ID on a sheet, given to --form
with the same lesson and head, writes the same sheet again."""
    )
    parser = Parser(language=language, summary=summary, closing=closing)
    parser.usage = (
        "explainer worksheet LESSON -o FOLDER [--variants N] [--seed S] [--blank KIND …] …\n"
        "       explainer worksheet LESSON -o FOLDER --form ID [--school …] [--course …] …"
    )
    words = message("a lesson file, example:NAME, or - for standard input")
    parser.option("lesson", metavar="LESSON", help=words)
    parser.option(
        "-o", "--output", required=True, metavar="FOLDER", help=message("the folder to write into")
    )
    parser.option(
        "--variants",
        type=whole_number(1, _MOST_VARIANTS, language),
        metavar="N",
        help=message("how many sheets, each with numbers of its own (default 1)"),
    )
    parser.option(
        "--seed",
        type=whole_number(0, _MOST_SEED, language),
        metavar="S",
        help=message("what the draw starts from (default 0); the same seed gives the same sheets"),
    )
    _add_blanks(parser)
    _add_files(parser)
    add_language(parser, language)
    add_digits(parser, SHEET_DIGITS)
    # What is not given is the lesson's own to say; `spoken` is for when it says nothing either.
    parser.set_defaults(lang=None, digits=None, spoken=language)
    return parser


def _add_files(parser: Parser) -> None:
    parser.option(
        "--format",
        metavar="FORMAT",
        help=message(
            "pdf (default), html, tex, docx, odt, md, csv (tables to fill in), moodle, or assignment: a file to answer in the program"
        ),
    )
    parser.option("--paper", choices=("a4", "letter"), help=message("the paper (default a4)"))
    parser.option("--school", metavar="TEXT", help=message("the school, at the top"))
    parser.option("--course", metavar="TEXT", help=message("the course, at the top"))
    parser.option("--date", metavar="TEXT", help=message("the date, in place of a line for it"))
    parser.option(
        "--key",
        choices=("full", "short"),
        help=message("what a key shows: all pages (full, default) or the table of answers (short)"),
    )
    parser.option("--form", metavar="ID", help=message("write the sheet with this form ID again"))
    parser.option(
        "--combined",
        action=BooleanOptionalAction,
        help=message("also all sheets in one file, sheets, and all keys in another, keys"),
    )
    parser.option("--force", action="store_true", help=message("replace files that exist"))


def _add_blanks(parser: Parser) -> None:
    parser.option(
        "--blank",
        nargs="+",
        action="extend",
        metavar="KIND",
        help=message("what is blank (see below)"),
    )
    parser.option(
        "--share",
        choices=("30", "60", "all"),
        help=message("how many of these, in per cent (default 60)"),
    )
    parser.option(
        "--step",
        action="append",
        default=[],
        metavar="STEP",
        help=message("blank this step instead, by its number or address, once for each"),
    )
    parser.option(
        "--space",
        choices=("line", "box", "grid"),
        help=message("what to write an answer on (default line)"),
    )
    parser.option(
        "--points",
        action=BooleanOptionalAction,
        help=message("print how many points each answer gives"),
    )


def _grade_parser(language: str) -> Parser:
    summary = message(
        "Mark filled tables of answers: what is right within the tolerance, and which slip explains a wrong number."
    )
    closing = message(
        """ANSWERS is answers.csv of the worksheet with the column "given" filled (and "name", where there are several
learners), or an assignment that was answered. What is right is computed from LESSON and the form IDs."""
    )
    parser = Parser(language=language, summary=summary, closing=closing)
    parser.usage = (
        "explainer grade ANSWERS [ANSWERS …] LESSON [-o MARKS.csv] [--force] [--lang LANG]"
    )
    parser.option("answers", nargs="+", metavar="ANSWERS", help=message("the filled tables"))
    words = message("a lesson file, example:NAME, or - for standard input")
    parser.option("lesson", metavar="LESSON", help=words)
    parser.option("-o", "--output", metavar="FILE", help=message("also write the marks as CSV"))
    parser.option(
        "--step",
        action="append",
        default=[],
        metavar="STEP",
        help=message("a step that was chosen by hand, once for each, as for the worksheet"),
    )
    parser.option("--force", action="store_true", help=message("replace files that exist"))
    add_language(parser, language)
    return parser


SHEET_PARSERS: dict[str, Callable[[str], Parser]] = {
    "worksheet": _worksheet_parser,
    "grade": _grade_parser,
}
