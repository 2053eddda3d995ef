"""The formulas that menus show, as they come from the worker: first as text, then as pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject, Signal

from explainer.protocol import HereFormulas, MenuFormula, Reply, Request, WantFormulas
from explainer.session.options import FormulaKey

# So few pictures at a time that a page never waits long behind them.
_DRAWN_AT_ONCE = 3
_Key = tuple[str, FormulaKey]


class MenuFormulas(QObject):
    """Keeps formulas for as long as the window lives; `came` says that there are more, `wanted` that some are missing."""

    came = Signal()
    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts: dict[_Key, str] = {}
        self._drawn: dict[_Key, MenuFormula | None] = {}
        self._asked: dict[_Key, None] = {}

    def get(self, key: FormulaKey, language: str) -> MenuFormula | None:
        """Return a formula as far as it is known, None where not even its text has come."""
        drawn = self._drawn.get((language, key))
        if drawn is not None:
            return drawn
        text = self._texts.get((language, key))
        return None if text is None else MenuFormula(text)

    def ask(self, keys: Iterable[FormulaKey], language: str) -> None:
        """Ask for formulas that are not here yet; the first are wanted most, before those asked for earlier."""
        missing = [(language, key) for key in keys if (language, key) not in self._drawn]
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
            key = (request.language, FormulaKey(request.table, name))
            formula = found.get(name)
            self._texts[key] = formula.text if formula is not None else self._texts.get(key, "")
            if request.drawn:
                self._drawn[key] = formula
                self._asked.pop(key, None)
        self.came.emit()
        return True


def _requests(keys: Iterable[_Key], *, drawn: bool) -> Iterator[WantFormulas]:
    tables: dict[tuple[str, str], list[str]] = {}
    for language, key in keys:
        tables.setdefault((language, key.table), []).append(key.name)
    for (language, table), names in tables.items():
        size = _DRAWN_AT_ONCE if drawn else len(names)
        for first in range(0, len(names), size):
            yield WantFormulas(0, table, tuple(names[first : first + size]), language, drawn)
