"""Worksheets for the window: one sheet or key to look at, or all files of a series."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from explainer.lesson.worksheet_checks import MOST_VARIANTS
from explainer.pages.sheets.preset import steps_for
from explainer.protocol import HereFile, HereProgress, HereSheet, HereSheets, Stage

if TYPE_CHECKING:
    from explainer.lesson.lesson import Lesson
    from explainer.lesson.worksheet import Worksheet
    from explainer.pages.sheets.asked import Asked
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

        asked = self._asked(request, lesson, request.variant)
        *_, sheet = asked.sheets
        short = request.worksheet.key == "short"
        document = worksheet(sheet) if request.part == "sheet" else key(sheet, short=short)
        pages = printed_pages(
            document, sheet.run.lesson, [sheet.run], sheet.language, sheet.digits, asked.paper
        )
        return HereSheet(request.number, pages, sheet.form, len(sheet.questions.answers))

    def files(self, request: WantSheets, lesson: Lesson, tell: Tell) -> HereSheets:
        """Tell every file of a series, and on the way how far it is; every key is checked before any file is made.

        Raises Refused, NotWritten, CheckFailed.
        """
        from explainer.render.publish_sheets import checked_files

        number, settings = request.number, request.worksheet

        def progress(stage: Stage) -> Callable[[int, int], None]:
            return lambda done, total: tell(HereProgress(number, stage, done, total))

        asked = self._asked(request, lesson, settings.variants)
        files = checked_files(asked, settings, progress("checking"), progress("setting"))
        for name, content in files.items():
            tell(HereFile(number, name, content))
        return HereSheets(number, len(files))

    def _asked(self, request: WantSheet | WantSheets, lesson: Lesson, variants: int) -> Asked:
        """Return the sheets of a request, so many where no form ID asks for one."""
        from explainer.pages.sheets.asked import asked_sheets

        settings, form = request.worksheet, request.form
        settings = replace(
            settings,
            variants=variants,
            language=settings.language or request.language,
            steps=steps_for(form, settings.steps) if form else settings.steps,
        )
        return asked_sheets(lesson, settings, form, partial(self._variants, request.lesson))

    def _variants(
        self, content: bytes, lesson: Lesson, asked: Worksheet, count: int
    ) -> list[Sheet]:
        """Return the first variants of a series, as many as are wanted."""
        from explainer.pages.sheets.asked import variants_of

        # What changes only how files are written makes no other series.
        place = content, replace(asked, variants=1, key="full", format="pdf", combined=False)
        known = self._series.pop(place, None)
        if known is None:
            known = variants_of(lesson, asked, MOST_VARIANTS), []
        coming, found = known
        while len(found) < count:
            # Where this is refused the series is forgotten: what has raised yields nothing more.
            found.append(next(coming))
        self._series[place] = known
        while len(self._series) > _KEPT:
            del self._series[next(iter(self._series))]
        return found[:count]
