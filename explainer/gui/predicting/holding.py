"""Keeps back what is still to be predicted: no step beyond the one that is asked, and nothing of its result."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from explainer.gui.frame import Frame
from explainer.gui.predicting.factors import Missing, missing_in, without_factor
from explainer.gui.predicting.record import Place
from explainer.gui.veil import Veil, lines_of
from explainer.protocol import HerePage
from explainer.session import Session

_KEPT = 60


class ResultsHeld:
    """The last word about frames while results are predicted. `frontier` is the step that is asked.

    What lies before it has been answered or was seen before; what lies behind it cannot be reached, whichever way.
    """

    def __init__(self, frontier: Place, turned_back: Callable[[], None]) -> None:
        self.frontier = frontier
        # Whether a factor is missing instead of the result, where a step has factors.
        self.picks = False
        self._turned_back = turned_back
        self._veil = Veil()
        self._gapped: dict[int, tuple[HerePage, HerePage]] = {}
        self._whole: dict[Place, Frame] = {}

    def hold(self, session: Session) -> None:
        """Bring the session back to the step that is asked."""
        if tuple(session.cursor) > self.frontier:
            session.go_to(*self.frontier)
            self._turned_back()

    def is_held(self, frame: Frame) -> bool:
        """Tell whether a frame's result may not be seen."""
        return (frame.pass_index, frame.step_index) >= self.frontier and frame.step_index >= 0

    def veiled(self, frame: Frame) -> Frame:
        """Return what may be seen of a frame."""
        if not self.is_held(frame):
            asked_here = frame.pass_index == self.frontier[0]
            return self._veil.without_means(frame, self.frontier[1]) if asked_here else frame
        if len(self._whole) > _KEPT:
            self._whole.clear()
        self._whole[frame.pass_index, frame.step_index] = frame
        if frame.page is None:
            return self._veil.without_result(frame)
        lines = lines_of(frame.page.page)
        if "result" not in lines:
            return frame
        cut = self._veil.cut(frame, lines.index("result"))
        missing = self.missing(frame)
        if missing is None or cut.page is None:
            return cut
        return cut._replace(page=self._with_gap(cut.page, missing))

    def whole(self, place: Place) -> Frame | None:
        """Return the frame of a step with everything in it; None where it has not been seen."""
        return self._whole.get(place)

    def missing(self, frame: Frame) -> Missing | None:
        """Return the factor to be picked at a frame that hides nothing; None where the result is typed."""
        if not self.picks:
            return None
        return missing_in(self._veil.without_result(frame))

    def _with_gap(self, page: HerePage, missing: Missing) -> HerePage:
        if id(page) not in self._gapped:
            if len(self._gapped) > _KEPT:
                self._gapped.clear()
            gapped = replace(page, page=without_factor(page.page, missing.factor))
            self._gapped[id(page)] = (page, gapped)
        return self._gapped[id(page)][1]
