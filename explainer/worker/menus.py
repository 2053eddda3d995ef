"""The formulas beside the entries of menus."""

from __future__ import annotations

import contextlib

from explainer.lesson.lesson import Notation
from explainer.maths.menu_formulas import menu_formula
from explainer.messages import Refused
from explainer.pages.page import Maths
from explainer.pages.usage import in_usage
from explainer.protocol import MenuFormula, WantFormulas
from explainer.render.formulas import picture


def formulas(request: WantFormulas) -> dict[str, MenuFormula]:
    """Return what was asked for; a row that does not exist or a text that is no formula is left out."""
    found: dict[str, MenuFormula] = {}
    for name in request.names:
        with contextlib.suppress(Refused, KeyError):
            found[name] = _formula(request, name)
    return found


def _formula(request: WantFormulas, name: str) -> MenuFormula:
    formula = menu_formula(request.table, name, request.language)
    written = in_usage(Maths(formula.latex, formula.text), Notation(functions=request.functions))
    if request.drawn:
        with contextlib.suppress(Refused):
            return MenuFormula(written.text, picture(written.latex))
    return MenuFormula(written.text)
