"""What is asked of the worker, in which order: what the user waits for, then what may be wanted next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explainer.gui.errands import Errands
from explainer.gui.needs import Needs
from explainer.gui.shelf import Shelf
from explainer.protocol import Request
from explainer.session import Session

if TYPE_CHECKING:
    from explainer.gui.asking_worker import Askers


class Wishes:
    """The requests whose answers are not here yet."""

    def __init__(self, session: Session, needs: Needs, shelf: Shelf, errands: Errands) -> None:
        self._session, self._needs, self._shelf = session, needs, shelf
        self._errands = errands

    def urgent(self) -> Iterator[Request]:
        """Yield what the user waits for."""
        needs = self._needs
        missing = needs.next_pass()
        passes = [missing] if missing is not None and not self._shelf.has(missing) else []
        if self._session.current_pass is None:
            yield from passes
            passes = []
        if self._session.is_place_known and not self._shelf.has(needs.shown_page()):
            yield needs.shown_page()
        yield from passes
        yield from self._errands.wishes

    def later(self, askers: Askers, *, checks: bool) -> Iterator[Request]:
        """Yield what the user may want next, the likeliest first; the check of the gradients only where it `checks`."""
        needs = self._needs
        yield from (page for page in needs.neighbours() if not self._shelf.has(page))
        yield from askers.wishes()
        if checks and not self._shelf.has(needs.check()):
            yield needs.check()
        yield from (page for page in needs.others() if not self._shelf.has(page))
