"""The tables as data for `explainer catalogue`: formulas as SymPy text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.initialisers import INITIALISERS
from explainer.maths.losses import LOSSES
from explainer.maths.penalties import PENALTIES
from explainer.maths.schedules import SCHEDULES
from explainer.maths.update_rows import PARAMETER, Ingredients, UpdateRow
from explainer.maths.updates import LEARNING_RULES, UPDATES
from explainer.maths.vector_activations import VECTOR_ACTIVATIONS

Entry = dict[str, Any]

# Every row of every table, by kind and name: what the entries below are made of, with the words about it.
TABLES: dict[str, Mapping[str, Any]] = {
    "activations": {**ACTIVATIONS, **VECTOR_ACTIVATIONS},
    "losses": LOSSES,
    "updates": {**UPDATES, **LEARNING_RULES},
    "penalties": PENALTIES,
    "initialisers": INITIALISERS,
    "schedules": SCHEDULES,
}


def catalogue() -> dict[str, list[Entry]]:
    """Return every row of every table: name, formula, derivative, parameters, source.

    Activations are in `z`; losses are written for one output, ŷ as `prediction`, y as `target`; penalties for one weight
    or prediction; updates in w, g (the gradient), eta, t, where `w_new`, `m_new` are values after the update.
    """
    return {
        "activations": [
            *map(_activation, ACTIVATIONS.values()),
            *(_row(row, row.formula, row.derivative) for row in VECTOR_ACTIVATIONS.values()),
        ],
        "losses": list(map(_loss, LOSSES.values())),
        "updates": [
            *map(_update, UPDATES.values()),
            *map(_learning_rule, LEARNING_RULES.values()),
        ],
        "penalties": list(map(_penalty, PENALTIES.values())),
        "initialisers": list(map(_initialiser, INITIALISERS.values())),
        "schedules": list(map(_schedule, SCHEDULES.values())),
    }


def _activation(row: Any) -> Entry:
    import sympy

    z = _symbol("z")
    formula = row.formula(sympy, z, _symbols(row.parameters))
    return _row(row, formula, formula.diff(z))


def _loss(row: Any) -> Entry:
    import sympy

    target, prediction = _symbol("target"), _symbol("prediction")
    parameters = _symbols(row.parameters)
    formula = (row.textbook or row.formula)(sympy, [target], [prediction], parameters)
    derivative = row.textbook_partial(sympy, target, prediction, 1, parameters)
    return _row(row, formula, derivative)


def _update(row: UpdateRow) -> Entry:
    import sympy

    renewed = {stage.name: _symbol(_result(stage.name, row)) for stage in row.stages}
    w, g, eta, t = (_symbol(name) for name in ("w", "g", "eta", "t"))
    memory, parameters = _symbols(row.memory), _symbols(row.parameters)
    given = Ingredients(w, g, eta, t, memory, parameters, renewed)
    lines = [f"{renewed[stage.name]} = {stage.formula(sympy, given)}" for stage in row.stages]
    return _row(row, "; ".join(lines), "")


def _result(name: str, row: UpdateRow) -> str:
    if name == PARAMETER:
        return "w_new"
    return f"{name}_new" if name in row.memory else name


def _learning_rule(row: Any) -> Entry:
    import sympy

    names = ("w", "eta", "target", "prediction", "z", "x")
    w, eta, target, prediction, z, x = (_symbol(name) for name in names)
    step = eta * row.factor(sympy, target, prediction, z, False) * x
    entry = _row(row, f"w_new = {w + step if row.sign > 0 else w - step}", "")
    entry["parameters"] = dict.fromkeys(row.switches, False)
    return entry


def _penalty(row: Any) -> Entry:
    import sympy

    x = _symbol("w" if row.acts_on == "weights" else "prediction")
    parameters = _symbols(row.parameters)
    formula = row.factor(sympy, parameters) * (row.textbook or row.term)(sympy, x)
    return _row(row, formula, row.textbook_partial(sympy, x, parameters))


def _initialiser(row: Any) -> Entry:
    import sympy

    spread = row.spread(sympy, _symbol("fan_in"), _symbol("fan_out"), _symbols(row.parameters))
    kind = "" if row.distribution == "constant" else row.distribution
    inside = ", ".join(map(str, spread))
    return _row(row, f"{kind}({inside})" if kind else inside, "")


def _schedule(row: Any) -> Entry:
    import sympy

    formula = row.formula(sympy, _symbol("eta"), _symbol("epoch"), _symbols(row.parameters))
    return _row(row, formula, "")


def _symbol(name: str) -> Any:
    import sympy

    return sympy.Symbol(name, real=True)


def _symbols(names: Mapping[str, float]) -> dict[str, Any]:
    return {name: _symbol(name) for name in names}


def _row(row: Any, formula: object, derivative: object) -> Entry:
    return {
        "name": row.name,
        "formula": str(formula),
        "derivative": str(derivative),
        "parameters": dict(row.parameters),
        "source": row.source,
    }
