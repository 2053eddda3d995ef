"""A typed formula as operations: one per node of its tree, or the whole as one activation function."""

from __future__ import annotations

from functools import lru_cache

from explainer.maths.functions import FUNCTIONS
from explainer.maths.operation import Operation, Scalar
from explainer.maths.rows import Expression, SymPy, total
from explainer.maths.signed_sum import SignedSum
from explainer.maths.trees import Apply, Name, Number, Tree


def operation_of_tree(tree: Apply) -> Operation:
    """Return what one node of a tree computes from its arguments."""
    if tree.operation == "sum":
        return SignedSum(tree.signs)
    exponent = fixed_exponent(tree)
    if exponent is not None:
        return _power(exponent.text)
    return _operation(tree.operation, len(tree.arguments))


def arguments_of_tree(tree: Apply) -> tuple[Tree, ...]:
    """Return the parts of a node that are nodes themselves: a number in an exponent belongs to the operation."""
    return tree.arguments[:1] if fixed_exponent(tree) is not None else tree.arguments


def fixed_exponent(tree: Apply) -> Number | None:
    """Return the exponent of x^2, None for any other tree."""
    if tree.operation != "power":
        return None
    exponent = tree.arguments[1]
    return exponent if isinstance(exponent, Number) and exponent.text not in ("pi", "e") else None


@lru_cache(maxsize=256)
def _power(exponent: str) -> Operation:
    def written_partial(
        sp: SymPy, x: list[Expression], result: Expression, index: int
    ) -> Expression:
        power = sp.Rational(exponent)
        with sp.evaluate(True):
            below = power - 1
        return power * x[0] if below == 1 else power * x[0] ** below

    return Scalar(1, lambda sp, x: x[0] ** sp.Rational(exponent), written_partial=written_partial)


@lru_cache(maxsize=256)
def _operation(name: str, count: int) -> Operation:
    if name == "product":
        return Scalar(count, _product)
    if name == "quotient":
        return Scalar(2, lambda sp, x: x[0] / x[1], written_partial=_quotient_partial)
    if name == "power":
        return Scalar(2, lambda sp, x: x[0] ** x[1])
    if name == "negative":
        return Scalar(
            1, lambda sp, x: -x[0], written_partial=lambda sp, x, result, index: sp.Integer(-1)
        )
    function = FUNCTIONS[name]
    return Scalar(
        count,
        function.build,
        stable=function.stable,
        written=function.written,
        written_partial=function.written_partial,
    )


def _product(sp: SymPy, x: list[Expression]) -> Expression:
    result = x[0]
    for factor in x[1:]:
        result = result * factor
    return result


def _quotient_partial(sp: SymPy, x: list[Expression], result: Expression, index: int) -> Expression:
    return 1 / x[1] if index == 0 else -x[0] / x[1] ** 2


def expression_of_tree(tree: Tree, names: dict[str, Expression], sp: SymPy) -> Expression:
    """Return a whole tree as one SymPy expression of the given symbols, for an activation typed by a user."""
    if isinstance(tree, Number):
        return (
            sp.Rational(tree.text)
            if tree.text not in ("pi", "e")
            else {"pi": sp.pi, "e": sp.E}[tree.text]
        )
    if isinstance(tree, Name):
        return names[tree.name]
    arguments = [expression_of_tree(argument, names, sp) for argument in tree.arguments]
    if tree.operation == "sum":
        return total(
            [
                argument if sign > 0 else -argument
                for sign, argument in zip(tree.signs, arguments, strict=True)
            ]
        )
    if tree.operation == "product":
        return _product(sp, arguments)
    if tree.operation == "quotient":
        return arguments[0] / arguments[1]
    if tree.operation == "power":
        return arguments[0] ** arguments[1]
    if tree.operation == "negative":
        return -arguments[0]
    return FUNCTIONS[tree.operation].build(sp, arguments)
