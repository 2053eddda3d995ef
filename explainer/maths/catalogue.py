"""The tables as data for `explainer catalogue`: formulas as SymPy text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.losses import LOSSES
from explainer.maths.rows import Ingredients
from explainer.maths.updates import UPDATES
from explainer.maths.vector_activations import VECTOR_ACTIVATIONS


def catalogue() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table: name, formula, derivative, parameters, source.

    Activations are in `z`; losses are written for one output, ŷ as `prediction`, y as `target`.
    """
    import sympy

    def symbols(parameters: Mapping[str, float]) -> dict[str, Any]:
        return {name: sympy.Symbol(name, real=True) for name in parameters}

    z, target, prediction = (
        sympy.Symbol(name, real=True) for name in ("z", "target", "prediction")
    )
    activations = [
        _entry(row, row.formula(sympy, z, symbols(row.parameters)), z)
        for row in ACTIVATIONS.values()
    ]
    activations += [
        _row(row, row.formula, row.derivative) for row in VECTOR_ACTIVATIONS.values()
    ]
    losses = [
        _entry(row, row.formula(sympy, [target], [prediction], symbols(row.parameters)), prediction)
        for row in LOSSES.values()
    ]
    updates = []
    for row in UPDATES.values():
        weight, gradient, rate, time = (
            sympy.Symbol(name, real=True) for name in ("w", "g", "eta", "t")
        )
        ingredients = Ingredients(
            weight, gradient, rate, time, symbols(row.memory), symbols(row.parameters)
        )
        formulas = row.formula(sympy, ingredients)
        updates.append(
            _row(
                row,
                "; ".join(f"{_cell(name)} = {formula}" for name, formula in formulas.items()),
                "",
            )
        )
    return {
        "activations": activations,
        "losses": losses,
        "updates": updates,
        "penalties": [],
        "initialisers": [],
    }


def _entry(row: Any, formula: Any, variable: Any) -> dict[str, Any]:
    return _row(row, str(formula), str(formula.diff(variable)))


def _row(row: Any, formula: str, derivative: str) -> dict[str, Any]:
    return {
        "name": row.name,
        "formula": formula,
        "derivative": derivative,
        "parameters": dict(row.parameters),
        "source": row.source,
    }


def _cell(name: str) -> str:
    return "w" if name == "parameter" else name
