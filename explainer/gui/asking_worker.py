"""What parts of the window ask the worker for beside the pages: formulas of menus, slips of a prediction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from explainer.lesson.lesson import Functions
from explainer.protocol import Reply, Request

if TYPE_CHECKING:
    from explainer.gui.formulas import MenuFormulas


class Asker(Protocol):
    """Has wishes that can wait for the pages; `wanted` says that there are new ones."""

    @property
    def wanted(self) -> SignalInstance:
        """Emitted when something is missing."""

    def wishes(self) -> Iterator[Request]:
        """Yield the requests for what is missing, the most wanted first."""

    def keep(self, request: Request, reply: Reply | None) -> bool:
        """Take an answer in, None where there will be none; tell whether it was one's own request."""


class Askers(QObject):
    """All of them together, the first one served first."""

    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._askers: list[Asker] = []
        self._formulas: MenuFormulas | None = None

    @property
    def formulas(self) -> MenuFormulas:
        """The formulas of menus, made when the first menu asks for one."""
        if self._formulas is None:
            from explainer.gui.formulas import MenuFormulas

            self._formulas = MenuFormulas(self)
            self.add(self._formulas)
        return self._formulas

    def write(self, functions: Functions) -> None:
        """Have formulas written with the names of functions that the lesson has."""
        if self._formulas is not None:
            self._formulas.functions = functions

    def add(self, asker: Asker) -> None:
        """Serve somebody from now on."""
        self._askers.append(asker)
        asker.wanted.connect(self.wanted)

    def wishes(self) -> Iterator[Request]:
        """Yield everything that is wished for."""
        for asker in self._askers:
            yield from asker.wishes()

    def keep(self, request: Request, reply: Reply | None) -> bool:
        """Hand an answer to whoever asked; tell whether anybody did."""
        return any(asker.keep(request, reply) for asker in self._askers)
