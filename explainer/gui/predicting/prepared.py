"""The slips of the step that is asked, made ready by the worker while the learner thinks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal

from explainer.gui.predicting.asked import Asked, allowed
from explainer.gui.written import for_worker
from explainer.messages import Message
from explainer.protocol import HereSlips, Reply, Request, WantSlips
from explainer.trace.slips.slip import Slip
from explainer.trace.slips.verdict import explained

_KEPT = 100


class PreparedSlips(QObject):
    """Asks for slips ahead, and explains numbers by them. `came` says that there are more of them."""

    wanted = Signal()
    came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: OrderedDict[WantSlips, tuple[Slip, ...]] = OrderedDict()
        self._asked: dict[WantSlips, None] = {}

    def prepare(self, asked: Asked, pass_index: int) -> None:
        """Have the slips of a step made ready."""
        request = _request(asked, pass_index)
        if request not in self._known and request not in self._asked:
            # What was asked last is wanted most.
            self._asked = {request: None, **self._asked}
            self.wanted.emit()

    def wishes(self) -> Iterator[Request]:
        """Yield what is still to come."""
        yield from self._asked

    def keep(self, request: Request, reply: Reply | None) -> bool:
        """Take slips in; where none will come, nothing is explained."""
        if not isinstance(request, WantSlips):
            return False
        self._asked.pop(request, None)
        self._known[request] = reply.slips if isinstance(reply, HereSlips) else ()
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        self.came.emit()
        return True

    def explain(
        self, asked: Asked, pass_index: int, number: float, tolerance: float
    ) -> Message | None:
        """Return what was forgotten or mixed up where that gives this number; None where nothing known does, or not yet."""
        known = self._known.get(_request(asked, pass_index), ())
        near = allowed(asked.value, tolerance)
        verdict = explained(known, asked.value, number, near, tolerance)
        return verdict.sentence if verdict.slips else None


def _request(asked: Asked, pass_index: int) -> WantSlips:
    return WantSlips(0, for_worker(asked.lesson), pass_index, asked.step.index, "en")
