"""`explainer worksheet`: every question that can be refused is asked first; then all files are written, or none."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from explainer.cli.sheet_preset import settings_of
from explainer.lesson.disk_many import must_be_free, write_all
from explainer.lesson.lesson import Lesson
from explainer.messages import message, translate
from explainer.pages.sheets.asked import asked_sheets
from explainer.render.publish_sheets import checked_files, sheet_format

# Where nobody looks on, a line now and then will do.
_EVERY = 20


def write_worksheets(lesson: Lesson, options: argparse.Namespace) -> tuple[list[Path], str]:
    """Write what the command line asks for; return the files and their language.

    Raises Refused, NotWritten, CheckFailed.
    """
    settings = settings_of(options, lesson.worksheet)
    form_of_files = sheet_format(settings.format)
    asked = asked_sheets(lesson, settings, options.form or "")
    folder = Path(options.output)
    names = form_of_files.names(asked.numbers, settings.combined)
    must_be_free(folder, names, force=options.force)
    progress = _Progress(settings.language)
    files = checked_files(asked, settings, lambda done, total: None, progress.show)
    write_all(folder, files)
    return [folder / name for name in files], settings.language


class _Progress:
    """Says on standard error how many files are made."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._is_watched = sys.stderr is not None and sys.stderr.isatty()

    def show(self, done: int, total: int) -> None:
        """Show how many of the files are made; a total of 0 is not known yet."""
        if total == 0:
            return
        words = translate(
            message("{done} of {total} files", done=done, total=total), self._language
        )
        if self._is_watched:
            end = "\n" if done == total else ""
            print(f"\r{words}", end=end, file=sys.stderr, flush=True)
        elif done == total or done % _EVERY == 0:
            print(words, file=sys.stderr, flush=True)
