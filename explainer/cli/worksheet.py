"""`explainer worksheet`: every question that can be refused is asked first; then all files are written, or none."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from explainer.lesson.disk_many import must_be_free, write_all
from explainer.lesson.lesson import Lesson
from explainer.lesson.worksheet_checks import LONGEST_HEAD
from explainer.messages import Refused, message, translate
from explainer.pages.sheets.form import Form, Paper
from explainer.pages.sheets.model import Heads, Sheet
from explainer.pages.sheets.plan import KINDS, BlankKind, Options
from explainer.pages.sheets.series import must_be_right, series, sheet_of_form
from explainer.render.publish_sheets import sheet_files, sheet_format


def write_worksheets(lesson: Lesson, options: argparse.Namespace) -> list[Path]:
    """Write what the command line asks for and return the files. Raises Refused, NotWritten, CheckFailed."""
    folder = Path(options.output)
    heads = Heads(_line(options.school), _line(options.course), _line(options.date))
    form_of_files = sheet_format(options.format)
    if options.form is None:
        count = options.variants
        numbers = list(range(1, count + 1))
        wanted = _wanted(options)
        paper: Paper = options.paper
        names = form_of_files.names(numbers, options.combined)
        must_be_free(folder, names, force=options.force)
        made = series(
            lesson, count, options.seed, wanted, options.lang, options.digits, paper, heads
        )
        sheets = [_checked(sheet) for sheet in made]
    else:
        form, sheet = _again(lesson, options, heads)
        numbers, paper = [form.variant], form.paper
        names = form_of_files.names(numbers, options.combined)
        must_be_free(folder, names, force=options.force)
        sheets = [_checked(sheet)]
    files = _published(sheets, numbers, paper, options)
    write_all(folder, files)
    return [folder / name for name in files]


def _again(lesson: Lesson, options: argparse.Namespace, heads: Heads) -> tuple[Form, Sheet]:
    """Return the sheet of a form ID, which says everything but the head and the steps chosen by hand."""
    for name, value in (
        ("--variants", options.variants),
        ("--seed", options.seed),
        ("--blank", options.blank),
        ("--share", options.share),
        ("--space", options.space),
        ("--paper", options.paper),
    ):
        if value is not None:
            raise Refused(message("--form says it all; {name} is one too many", name=name))
    return sheet_of_form(lesson, options.form, heads, tuple(options.step))


def _wanted(options: argparse.Namespace) -> Options:
    kinds: list[BlankKind] = []
    for name in options.blank:
        if name not in KINDS:
            words = ", ".join(KINDS)
            raise Refused(message('"{found}" is not one of {words}', found=name[:40], words=words))
        kinds.append(name)
    share = {"30": 30, "60": 60, "all": 100}[options.share]
    return Options(
        tuple(kind for kind in KINDS if kind in kinds),
        share,
        tuple(options.step),
        options.space,
        options.points,
    )


def _checked(sheet: Sheet) -> Sheet:
    must_be_right(sheet)
    return sheet


def _published(
    sheets: list[Sheet], numbers: list[int], paper: Paper, options: argparse.Namespace
) -> dict[str, bytes]:
    shows = sys.stderr is not None and sys.stderr.isatty()

    def progress(done: int, total: int) -> None:
        words = translate(message("{done} of {total} files", done=done, total=total), options.lang)
        end = "\n" if done == total else ""
        if shows:
            print(f"\r{words}", end=end, file=sys.stderr, flush=True)
        elif done == total or done % _EVERY == 0:
            print(words, file=sys.stderr, flush=True)

    return sheet_files(
        sheets,
        numbers,
        options.format,
        paper,
        combined=options.combined,
        short_keys=options.key == "short",
        progress=progress,
    )


# Where nobody looks on, a line now and then will do.
_EVERY = 20


def _line(text: str) -> str:
    """Return a text of the head in one line of a length that fits."""
    line = " ".join(text.split())
    if len(line) > LONGEST_HEAD or not line.isprintable():
        fault = message(
            "a text for the head is one line of at most {limit} characters", limit=LONGEST_HEAD
        )
        raise Refused(fault)
    return line
