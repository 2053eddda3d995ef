"""The answer to each request. Heavy rooms are imported when the first request needs them."""

from __future__ import annotations

import traceback
from collections import OrderedDict
from typing import TYPE_CHECKING

from explainer.lesson.files import lesson_from_json
from explainer.messages import ExplainerError, message, translate
from explainer.protocol import (
    Errand,
    Failed,
    HereCheck,
    HereExport,
    HereFormulas,
    HerePage,
    HerePass,
    HerePreview,
    HerePrint,
    HereSlips,
    OnTheWay,
    Reply,
    Request,
    WantCheck,
    WantExport,
    WantFormulas,
    WantPage,
    WantPass,
    WantPreview,
    WantPrint,
    WantSheet,
    WantSheets,
    WantSlips,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from explainer.lesson.lesson import Lesson
    from explainer.trace.check import CheckReport
    from explainer.trace.record import Run
    from explainer.worker.sheets import SheetMaker

# The lesson shown and those that undo or redo leads back to.
_LESSONS_KEPT = 6
# Beside the graph a wider matrix (px of full size) would have to be set too small to be read.
_WIDEST_MATRIX = 900.0


class Answers:
    """Answers requests; remembers the runs of the lessons asked about last."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, tuple[Lesson, list[Run]]] = OrderedDict()
        self._reports: dict[bytes, CheckReport] = {}
        self._sheets: SheetMaker | None = None

    def answer(
        self, request: Request, tell: Callable[[OnTheWay], None] = lambda part: None
    ) -> Reply:
        """Return the reply to a request; never raises, so that one bad request costs only itself.

        `tell` is given what a long piece of work has to say before it is done.
        """
        try:
            return self._answer(request, tell)
        except ExplainerError as error:
            return Failed(request.number, translate(error.message, request.language))
        except Exception:  # noqa: BLE001 - whatever broke is told to the window, which shows it
            sentence = message("Something went wrong while this was computed.")
            return Failed(
                request.number, translate(sentence, request.language), traceback.format_exc()
            )

    def _answer(self, request: Request, tell: Callable[[OnTheWay], None]) -> Reply:
        if isinstance(request, Errand):
            return self._run_errand(request, tell)
        match request:
            case WantPass():
                _, runs = self._run(request.lesson, request.pass_index)
                return HerePass(request.number, runs[request.pass_index].summary)
            case WantPage():
                return self._page(request)
            case WantCheck():
                return self._check(request)
            case WantFormulas():
                from explainer.worker.menus import formulas

                return HereFormulas(request.number, formulas(request))
            case WantSlips():
                return self._slips(request)

    def _slips(self, request: WantSlips) -> HereSlips:
        from explainer.trace.slips.explaining import slips

        _, runs = self._run(request.lesson, request.pass_index)
        run = runs[request.pass_index]
        return HereSlips(request.number, slips(run, run.summary.steps[request.step_index]))

    def _run_errand(self, request: Errand, tell: Callable[[OnTheWay], None]) -> Reply:
        match request:
            case WantExport():
                return self._export(request)
            case WantPrint():
                return self._print(request)
            case WantPreview():
                return self._preview(request)
            case WantSheet():
                return self._sheet_maker().preview(request, self._lesson(request.lesson)[0])
            case WantSheets():
                lesson, _ = self._lesson(request.lesson)
                return self._sheet_maker().files(request, lesson, tell)

    def _sheet_maker(self) -> SheetMaker:
        if self._sheets is None:
            from explainer.worker.sheets import SheetMaker

            self._sheets = SheetMaker()
        return self._sheets

    def _page(self, request: WantPage) -> HerePage:
        from explainer.pages.narrate import narrate
        from explainer.worker.drawing import pictures_of
        from explainer.worker.terms import in_terms

        _, runs = self._run(request.lesson, request.pass_index)
        asked = (request.pass_index, request.step_index, request.language, request.digits)
        if request.in_matrices:
            from explainer.pages.matrices import matrix_page

            page = matrix_page(runs, *asked)
            pictures = {} if page is None else pictures_of(page)
            is_readable = all(picture.width <= _WIDEST_MATRIX for picture in pictures.values())
            if page is not None and is_readable:
                return HerePage(request.number, page, pictures, in_matrices=True)
        page = in_terms(narrate(runs, *asked))
        return HerePage(request.number, page, pictures_of(page))

    def _check(self, request: WantCheck) -> HereCheck | Failed:
        from explainer.worker.verdicts import verdict

        return verdict(self._report(request.lesson), request.number, request.language)

    def _export(self, request: WantExport) -> HereExport:
        from explainer.worker.documents import needs_check, written

        lesson, runs = self._run(request.lesson, 0)
        # The check takes as long as the rest: only where its result is printed.
        report = self._report(request.lesson) if needs_check(request) else None
        return HereExport(request.number, written(request, lesson, runs[:1], report))

    def _preview(self, request: WantPreview) -> HerePreview:
        from explainer.worker.documents import looked_at, needs_check

        wanted = request.export
        lesson, runs = self._run(wanted.lesson, 0)
        # Nobody who only looks waits for a check that was not made yet.
        report = self._reports.get(wanted.lesson) if needs_check(wanted) else None
        return looked_at(request.number, wanted, lesson, runs[:1], report)

    def _print(self, request: WantPrint) -> HerePrint:
        from explainer.pages.worked_example import worked_example
        from explainer.render.printed import printed_pages

        lesson, runs = self._run(request.lesson, 0)
        document = worked_example(lesson, runs[:1], request.language, request.digits)
        pages = printed_pages(document, lesson, runs[:1], request.language, request.digits)
        return HerePrint(request.number, pages)

    def _report(self, content: bytes) -> CheckReport:
        from explainer.trace.check import check

        lesson, _ = self._lesson(content)
        if content not in self._reports:
            self._reports[content] = check(lesson)
        return self._reports[content]

    def _lesson(self, content: bytes) -> tuple[Lesson, list[Run]]:
        known = self._known.pop(content, None)
        if known is None:
            known = lesson_from_json(content), []
        self._known[content] = known
        if len(self._known) > _LESSONS_KEPT:
            forgotten, _ = self._known.popitem(last=False)
            self._reports.pop(forgotten, None)
        return known

    def _run(self, content: bytes, pass_index: int) -> tuple[Lesson, list[Run]]:
        """Return a lesson and its runs up to this pass."""
        from explainer.trace.run import run_pass

        lesson, runs = self._lesson(content)
        while len(runs) <= pass_index:
            runs.append(run_pass(lesson, len(runs), runs[-1] if runs else None))
        return lesson, runs
