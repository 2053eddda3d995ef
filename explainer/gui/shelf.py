"""What has come from the worker, by what was asked: pages, verdicts, and why something will not come."""

from __future__ import annotations

from collections import OrderedDict

from explainer.gui.frame import Trouble, Verdict
from explainer.protocol import HereCheck, HerePage, WantCheck, WantPage, WantPass

# Pages of so many steps before and after the one shown are made while nothing else is to be done.
PREPARED_AROUND = 40
# More than these: what is dropped would be asked for again, without end.
PAGES_KEPT = 3 * PREPARED_AROUND
_VERDICTS_KEPT = 40
_TROUBLES_KEPT = 40


class Shelf:
    """Keeps answers, the oldest dropped first: an undo finds the pages of the lesson before."""

    def __init__(self) -> None:
        self._pages: OrderedDict[WantPage, HerePage | Trouble] = OrderedDict()
        self._verdicts: OrderedDict[WantCheck, Verdict] = OrderedDict()
        self._failed_passes: OrderedDict[WantPass, Trouble] = OrderedDict()

    def keep_page(self, request: WantPage, page: HerePage | Trouble) -> None:
        """Keep a page, or why there is none."""
        self._pages[request] = page
        if len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)

    def keep_verdict(self, request: WantCheck, result: HereCheck | Trouble) -> None:
        """Keep what a check found, or why it found nothing."""
        if isinstance(result, Trouble):
            self._verdicts[request] = Verdict(None, result)
        else:
            self._verdicts[request] = Verdict(result)
        if len(self._verdicts) > _VERDICTS_KEPT:
            self._verdicts.popitem(last=False)

    def keep_failed_pass(self, request: WantPass, trouble: Trouble) -> None:
        """Keep why a pass cannot be computed; passes themselves are the session's."""
        self._failed_passes[request] = trouble
        if len(self._failed_passes) > _TROUBLES_KEPT:
            self._failed_passes.popitem(last=False)

    def page(self, request: WantPage) -> HerePage | None:
        """Return a page, None where it is not here."""
        found = self._pages.get(request)
        return found if isinstance(found, HerePage) else None

    def trouble(self, request: WantPage | WantPass) -> Trouble | None:
        """Return why a page or pass will not come."""
        if isinstance(request, WantPass):
            return self._failed_passes.get(request)
        found = self._pages.get(request)
        return found if isinstance(found, Trouble) else None

    def verdict(self, request: WantCheck) -> Verdict:
        """Return what is known about a lesson's gradients."""
        return self._verdicts.get(request, Verdict())

    def has(self, request: WantPage | WantCheck | WantPass) -> bool:
        """Tell whether an answer, or the reason for its absence, is here."""
        match request:
            case WantPage():
                return request in self._pages
            case WantCheck():
                return request in self._verdicts
            case WantPass():
                return request in self._failed_passes
