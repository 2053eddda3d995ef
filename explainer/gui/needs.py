"""Which requests to the worker a session gives rise to: what is shown, what may be shown next."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.gui.shelf import PREPARED_AROUND
from explainer.gui.written import for_worker
from explainer.protocol import WantCheck, WantPage, WantPass, WantPrint
from explainer.session import Session

# With more edges and samples a lesson takes part of a millisecond to write, and up to some ten of them.
_MANY = 500


class Needs:
    """Puts the session's wishes into requests. Requests of equal content are equal: they serve as keys.

    `in_matrices` says whether pages are to tell about whole layers.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.in_matrices = False

    @property
    def content(self) -> bytes:
        """The lesson as the worker reads it."""
        return for_worker(self._session.lesson)

    @property
    def takes_long(self) -> bool:
        """Whether to put a request takes longer than a frame can spare: the first one about a large lesson."""
        lesson = self._session.lesson
        size = len(lesson.network.edges) + len(lesson.data.inputs)
        return size > _MANY and not for_worker.has(lesson)

    @property
    def language(self) -> str:
        """The user's language."""
        return self._session.language

    def next_pass(self) -> WantPass | None:
        """Return the request for the pass that is missing, None while there are enough."""
        index = self._session.wanted()
        return None if index is None else WantPass(0, self.content, index, self._session.language)

    def shown_page(self) -> WantPage:
        """Return the request for the page of the step the cursor stands at."""
        return self._page(*self._session.cursor)

    def neighbours(self) -> list[WantPage]:
        """Return the pages that Next and Back lead to, where their passes are known."""
        session, (index, step) = self._session, self._session.cursor
        if session.current_pass is None:
            return []
        found: list[WantPage] = []
        if step < len(session.current_pass.steps) - 1:
            found.append(self._page(index, step + 1))
        elif index + 1 < len(session.passes):
            found.append(self._page(index + 1, 0))
        if step > 0 or (step == 0 and index == 0):
            found.append(self._page(index, step - 1))
        elif index > 0:
            found.append(self._page(index - 1, len(session.passes[index - 1].steps) - 1))
        return found

    def others(self) -> Iterator[WantPage]:
        """Yield the pages of the other steps around in this pass, nearest first."""
        one_pass, (index, step) = self._session.current_pass, self._session.cursor
        if one_pass is None:
            return
        first, last = (-1 if index == 0 else 0), len(one_pass.steps) - 1
        for distance in range(2, PREPARED_AROUND):
            for other in (step + distance, step - distance):
                if first <= other <= last:
                    yield self._page(index, other)

    def check(self) -> WantCheck:
        """Return the request to check the gradients."""
        return WantCheck(0, self.content, self._session.language)

    def pages_to_print(self) -> WantPrint:
        """Return the request for the worked example as pages to paint."""
        return WantPrint(0, self.content, self._session.language, self._session.digits)

    def _page(self, pass_index: int, step_index: int) -> WantPage:
        session = self._session
        return WantPage(
            0,
            self.content,
            pass_index,
            step_index,
            session.language,
            session.digits,
            self.in_matrices,
        )
