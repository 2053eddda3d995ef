"""Worksheets for the window: one sheet or key to look at, or all files of a series."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from explainer.lesson.worksheet import Paper
from explainer.lesson.worksheet_checks import MOST_VARIANTS
from explainer.pages.sheets.form import read_form
from explainer.pages.sheets.preset import heads_of, options_of, steps_for
from explainer.protocol import HereFile, HereProgress, HereSheet, HereSheets, Stage

if TYPE_CHECKING:
    from explainer.lesson.lesson import Lesson
    from explainer.lesson.worksheet import Worksheet
    from explainer.pages.sheets.model import Sheet
    from explainer.protocol import WantSheet, WantSheets

Tell = Callable[[HereFile | HereProgress], None]
# Series that the preview goes back and forth between while options are tried.
_KEPT = 4


class SheetMaker:
    """Makes sheets; remembers the series looked at last, whose every variant needs all before it."""

    def __init__(self) -> None:
        self._series: dict[tuple[bytes, Worksheet], tuple[Iterator[Sheet], list[Sheet]]] = {}

    def preview(self, request: WantSheet, lesson: Lesson) -> HereSheet:
        """Return the pages of one sheet or key. Raises Refused where there is none."""
        from explainer.pages.sheets.sheet import key, worksheet
        from explainer.render.printed import printed_pages

        asked = request.worksheet
        sheet, paper = self._asked(request, lesson)
        if request.part == "sheet":
            document = worksheet(sheet)
        else:
            document = key(sheet, short=asked.key == "short")
        pages = printed_pages(
            document, sheet.run.lesson, [sheet.run], sheet.language, sheet.digits, paper
        )
        return HereSheet(request.number, pages, sheet.form, len(sheet.questions.answers))

    def files(self, request: WantSheets, lesson: Lesson, tell: Tell) -> HereSheets:
        """Tell every file of a series, and on the way how far it is; every key is checked before any file is made.

        Raises Refused, NotWritten, CheckFailed.
        """
        from explainer.pages.sheets.series import must_be_right
        from explainer.render.publish_sheets import sheet_files

        asked, number = request.worksheet, request.number

        def progress(stage: Stage) -> Callable[[int, int], None]:
            return lambda done, total: tell(HereProgress(number, stage, done, total))

        drawn, paper = self._all(request, lesson)
        for place, sheet in enumerate(drawn.values()):
            must_be_right(sheet)
            progress("checking")(place + 1, len(drawn))
        # The first pages take a while: a full bar would say that all is done.
        progress("setting")(0, 0)
        numbers, sheets = list(drawn), list(drawn.values())
        files = sheet_files(
            sheets,
            numbers,
            asked.format,
            paper,
            combined=asked.combined,
            short_keys=asked.key == "short",
            progress=progress("setting"),
        )
        for name, content in files.items():
            tell(HereFile(number, name, content))
        return HereSheets(number, len(files))

    def _asked(self, request: WantSheet, lesson: Lesson) -> tuple[Sheet, Paper]:
        """Return one sheet, and its paper."""
        if request.form:
            return self._of_form(request, lesson)
        asked = replace(request.worksheet, language=request.worksheet.language or request.language)
        return self._variants(request.lesson, lesson, asked, request.variant)[-1], asked.paper

    def _all(self, request: WantSheets, lesson: Lesson) -> tuple[dict[int, Sheet], Paper]:
        """Return all sheets by their numbers."""
        if request.form:
            sheet, paper = self._of_form(request, lesson)
            steps = steps_for(request.form, request.worksheet.steps)
            return {read_form(request.form, steps).variant: sheet}, paper
        asked = replace(request.worksheet, language=request.worksheet.language or request.language)
        found = self._variants(request.lesson, lesson, asked, asked.variants)
        return dict(enumerate(found, start=1)), asked.paper

    def _of_form(self, request: WantSheet | WantSheets, lesson: Lesson) -> tuple[Sheet, Paper]:
        from explainer.pages.sheets.series import sheet_of_form

        steps = steps_for(request.form, request.worksheet.steps)
        form, sheet = sheet_of_form(lesson, request.form, heads_of(request.worksheet), steps)
        return sheet, form.paper

    def _variants(
        self, content: bytes, lesson: Lesson, asked: Worksheet, count: int
    ) -> list[Sheet]:
        """Return the first variants of a series, as many as are wanted."""
        from explainer.pages.sheets.series import series

        # What changes only how files are written makes no other series.
        place = content, replace(asked, variants=1, key="full", format="pdf", combined=False)
        known = self._series.pop(place, None)
        if known is None:
            known = (
                series(
                    lesson,
                    MOST_VARIANTS,
                    asked.seed,
                    options_of(asked),
                    asked.language,
                    asked.digits,
                    asked.paper,
                    heads_of(asked),
                ),
                [],
            )
        coming, found = known
        while len(found) < count:
            # Where this is refused the series is forgotten: what has raised yields nothing more.
            found.append(next(coming))
        self._series[place] = known
        while len(self._series) > _KEPT:
            del self._series[next(iter(self._series))]
        return found[:count]
