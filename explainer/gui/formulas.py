"""The formulas that menus show, as they come from the worker: first as text, then as pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject, Signal

from explainer.lesson.lesson import Functions
from explainer.protocol import HereFormulas, MenuFormula, Reply, Request, WantFormulas
from explainer.session.options import FormulaKey

# So few pictures at a time that a page never waits long behind them.
_DRAWN_AT_ONCE = 3
# The language and the names of functions it is written with, and which one it is.
_Key = tuple[str, Functions, FormulaKey]


class MenuFormulas(QObject):
    """Keeps formulas for as long as the window lives; `came` says that there are more, `wanted` that some are missing."""

    came = Signal()
    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts: dict[_Key, str] = {}
        self._drawn: dict[_Key, MenuFormula | None] = {}
        self._asked: dict[_Key, None] = {}
        # How the lesson writes tangent and arctangent.
        self.functions: Functions = "international"

    def get(self, key: FormulaKey, language: str) -> MenuFormula | None:
        """Return a formula as far as it is known, None where not even its text has come."""
        place = (language, self.functions, key)
        drawn = self._drawn.get(place)
        if drawn is not None:
            return drawn
        text = self._texts.get(place)
        return None if text is None else MenuFormula(text)

    def ask(self, keys: Iterable[FormulaKey], language: str) -> None:
        """Ask for formulas that are not here yet; the first are wanted most, before those asked for earlier."""
        places = [(language, self.functions, key) for key in keys]
        missing = [place for place in places if place not in self._drawn]
        if any(key not in self._asked for key in missing):
            self._asked = dict.fromkeys((*missing, *self._asked))
            self.wanted.emit()

    def wishes(self) -> Iterator[WantFormulas]:
        """Yield the requests for what is missing: all texts, then the pictures a few at a time."""
        yield from _requests((key for key in self._asked if key not in self._texts), drawn=False)
        yield from _requests((key for key in self._asked if key not in self._drawn), drawn=True)

    def keep(self, request: Request, reply: Reply | None) -> bool:
        """Take formulas in; None where they will not come, which is not asked again."""
        if not isinstance(request, WantFormulas):
            return False
        found = reply.formulas if isinstance(reply, HereFormulas) else {}
        for name in request.names:
            key = (request.language, request.functions, FormulaKey(request.table, name))
            formula = found.get(name)
            self._texts[key] = formula.text if formula is not None else self._texts.get(key, "")
            if request.drawn:
                self._drawn[key] = formula
                self._asked.pop(key, None)
        self.came.emit()
        return True


def _requests(keys: Iterable[_Key], *, drawn: bool) -> Iterator[WantFormulas]:
    tables: dict[tuple[str, Functions, str], list[str]] = {}
    for language, functions, key in keys:
        tables.setdefault((language, functions, key.table), []).append(key.name)
    for (language, functions, table), names in tables.items():
        size = _DRAWN_AT_ONCE if drawn else len(names)
        for first in range(0, len(names), size):
            wanted = tuple(names[first : first + size])
            yield WantFormulas(0, table, wanted, language, drawn, functions)
