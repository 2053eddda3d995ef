"""What people wait for: documents and their previews, asked of the worker one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explainer.gui.frame import Trouble
from explainer.protocol import Answer, Errand, WantExport, WantPreview, WantPrint

if TYPE_CHECKING:
    from explainer.gui.needs import Needs


class Errands(QObject):
    """Keeps what is wanted until it comes.

    `done` carries a request and its reply or the trouble, `told` a request and what comes before its reply; `changed`
    comes when something else is wanted, `cancelled` with a request that the worker need not finish.
    """

    done = Signal(object, object)
    told = Signal(object, object)
    changed = Signal()
    cancelled = Signal(object)

    def __init__(self, needs: Needs, parent: QObject) -> None:
        super().__init__(parent)
        self._needs = needs
        self._wanted: list[Errand] = []

    @property
    def wishes(self) -> tuple[Errand, ...]:
        """What is wanted, the oldest first."""
        return tuple(self._wanted)

    @property
    def content(self) -> bytes:
        """The lesson as the worker reads it."""
        return self._needs.content

    def want(self, request: Errand) -> None:
        """Ask for something; `done` answers."""
        if request not in self._wanted:
            self._wanted.append(request)
            self.changed.emit()

    def print_pages(self) -> WantPrint:
        """Ask for the worked example as pages to paint; return the request."""
        request = self._needs.pages_to_print()
        self.want(request)
        return request

    def preview_of(self, wanted: WantExport) -> WantPreview:
        """Return the request for what an export would show."""
        return WantPreview(0, wanted, self._needs.language)

    def drop(self, request: Errand) -> None:
        """Want something no more; where the worker is busy with it, it may finish, and nobody is told."""
        if request in self._wanted:
            self._wanted.remove(request)
            self.changed.emit()

    def cancel(self, request: Errand) -> None:
        """Want something no more, and let the worker do something else at once."""
        if request in self._wanted:
            self._wanted.remove(request)
            self.cancelled.emit(request)

    def tell(self, request: Errand, part: object) -> None:
        """Hand on what comes before a reply."""
        if request in self._wanted:
            self.told.emit(request, part)

    def finish(self, request: Errand, result: Answer | Trouble) -> None:
        """Hand on a reply, or why there is none."""
        if request in self._wanted:
            self._wanted.remove(request)
            self.done.emit(request, result)
