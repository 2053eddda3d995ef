"""The catalogue: its formulas are text that SymPy's users can read, and worth what the tables say."""

import ast
import json
import operator

import mpmath
import pytest

from explainer.maths import operations
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.catalogue import catalogue
from explainer.maths.initialisers import INITIALISERS
from explainer.maths.losses import LOSSES
from explainer.maths.penalties import PENALTIES
from explainer.maths.schedules import SCHEDULES
from explainer.maths.updates import LEARNING_RULES, UPDATES
from explainer.maths.vector_activations import VECTOR_ACTIVATIONS

CATALOGUE = catalogue()
OPERATORS = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: operator.pow, ast.USub: operator.neg, ast.LtE: operator.le, ast.Lt: operator.lt,
    ast.GtE: operator.ge, ast.Gt: operator.gt, ast.BitOr: operator.or_, ast.BitAnd: operator.and_,
}  # fmt: skip


def piecewise(*cases):
    return next(value for value, condition in cases if condition)


def worth(text, **values):
    """Return the value of SymPy text in mpmath, reading it as Python's grammar does."""
    functions = {"Piecewise": piecewise, "Abs": abs, "Max": max, "Min": min}

    def of(node):
        match node:
            case ast.Constant(value=value):
                return value if isinstance(value, bool) else mpmath.mpf(value)
            case ast.Name(id=name):
                return mpmath.pi if name == "pi" else values[name]
            case ast.BinOp(left=left, op=op, right=right):
                return OPERATORS[type(op)](of(left), of(right))
            case ast.UnaryOp(op=op, operand=operand):
                return OPERATORS[type(op)](of(operand))
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return OPERATORS[type(op)](of(left), of(right))
            case ast.Tuple(elts=parts):
                return tuple(of(part) for part in parts)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                function = functions.get(name) or getattr(mpmath, name)
                return function(*[of(argument) for argument in arguments])
        raise AssertionError(f"unreadable: {ast.dump(node)}")

    return of(ast.parse(text, mode="eval").body)


def numbers(row):
    return {name: mpmath.mpf(value) for name, value in row.parameters.items()}


def test_every_table_is_there_with_every_row():
    assert list(CATALOGUE) == [
        "activations",
        "losses",
        "updates",
        "penalties",
        "initialisers",
        "schedules",
    ]
    assert [entry["name"] for entry in CATALOGUE["updates"]] == [*UPDATES, *LEARNING_RULES]
    for key, table in (
        ("activations", ACTIVATIONS | VECTOR_ACTIVATIONS),
        ("losses", LOSSES),
        ("updates", UPDATES),
        ("penalties", PENALTIES),
        ("initialisers", INITIALISERS),
        ("schedules", SCHEDULES),
    ):
        entries = [entry for entry in CATALOGUE[key] if entry["name"] not in LEARNING_RULES]
        assert [entry["name"] for entry in entries] == list(table)
        for entry in entries:
            assert list(entry) == ["name", "formula", "derivative", "parameters", "source"]
            assert entry["parameters"] == dict(table[entry["name"]].parameters)
            assert entry["source"] == table[entry["name"]].source


def test_it_is_json():
    assert json.loads(json.dumps(CATALOGUE)) == CATALOGUE


SCALAR = [entry for entry in CATALOGUE["activations"] if entry["name"] in ACTIVATIONS]


@pytest.mark.parametrize("entry", SCALAR, ids=lambda entry: entry["name"])
def test_the_text_of_an_activation(entry):
    operation = operations.activation(entry["name"])
    for z in (-2.5, -0.5, 0.0, 0.75, 3.0):
        place = numbers(ACTIVATIONS[entry["name"]]) | {"z": mpmath.mpf(z)}
        assert mpmath.almosteq(worth(entry["formula"], **place), operation.value([z]), 1e-14)
        assert mpmath.almosteq(
            worth(entry["derivative"], **place), operation.partials([z])[0], 1e-14
        )


@pytest.mark.parametrize("entry", CATALOGUE["losses"], ids=lambda entry: entry["name"])
def test_the_text_of_a_loss(entry):
    operation = operations.loss(entry["name"], 1)
    for prediction, target in ((0.25, 1.0), (0.75, 0.0), (0.5, 0.25)):
        place = numbers(LOSSES[entry["name"]])
        place |= {"prediction": mpmath.mpf(prediction), "target": mpmath.mpf(target)}
        value, slope = worth(entry["formula"], **place), worth(entry["derivative"], **place)
        assert mpmath.almosteq(value, operation.value([prediction, target]), 1e-14)
        assert mpmath.almosteq(slope, operation.partials([prediction, target])[0], 1e-14)
