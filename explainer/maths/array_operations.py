"""Operations over NumPy arrays: the same expressions as for one number, compiled for many at once.

Where a double comes out infinite or NaN though its arguments are finite, the scalar operation decides, which counts in
mpmath. NumPy and SymPy are imported when an operation is first compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from explainer.maths.extremum import Extremum
from explainer.maths.operation import Operation, Scalar
from explainer.maths.power import Power
from explainer.maths.product import Product
from explainer.maths.shifted import Shifted
from explainer.maths.signed_sum import SignedSum

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]
else:
    Array = Any


def array_value(operation: Operation, arguments: Sequence[Array]) -> Array:
    """Return the value of an operation for arrays of one shape, elementwise; TypeError for one that is none of ours."""
    import numpy as np

    shape = np.broadcast_shapes(*(np.shape(argument) for argument in arguments))
    result = np.array(np.broadcast_to(_value(operation, arguments), shape), dtype=float)
    bad = ~np.isfinite(result)
    if bad.any():
        _again(result, bad, arguments, lambda numbers: operation.value(numbers))
    return result


def array_partials(operation: Operation, arguments: Sequence[Array]) -> list[Array]:
    """Return the derivative by each argument, elementwise, arrays of the arguments' shape."""
    import numpy as np

    shape = np.broadcast_shapes(*(np.shape(argument) for argument in arguments))
    results = []
    for place, found in enumerate(_partials(operation, arguments)):
        result = np.array(np.broadcast_to(found, shape), dtype=float)
        bad = ~np.isfinite(result)
        if bad.any():
            _again(result, bad, arguments, partial_by(operation, place))
        results.append(result)
    return results


def partial_by(operation: Operation, place: int) -> Callable[[list[float]], float]:
    """Return one derivative of an operation as a function of its arguments."""
    return lambda numbers: operation.partials(numbers)[place]


def _again(
    result: Array, bad: Any, arguments: Sequence[Array], by_one: Callable[[list[float]], float]
) -> None:
    """Compute the bad elements one by one, those of finite arguments; where one is not, neither is the result."""
    import numpy as np

    spread = np.broadcast_arrays(*arguments)
    for at in zip(*np.nonzero(bad), strict=True):
        numbers = [float(part[at]) for part in spread]
        if all(np.isfinite(numbers)):
            result[at] = by_one(numbers)


def _value(operation: Operation, x: Sequence[Array]) -> Array:
    import numpy as np

    match operation:
        case Scalar():
            return _compiled(operation)[0](*x)[0]
        case Power():
            return _compiled(operation.scalar)[0](*x)[0]
        case Shifted():
            return _compiled(operation.open)[0](*x, _largest(x))[0]
        case SignedSum():
            total = operation.signs[0] * x[0]
            for sign, part in zip(operation.signs[1:], x[1:], strict=True):
                total = total + sign * part
            return total
        case Product():
            return np.prod(np.broadcast_arrays(*x), axis=0)  # type: ignore[no-any-return]  # NumPy's stubs
        case Extremum():
            stacked = np.stack(np.broadcast_arrays(*x))
            return stacked.max(axis=0) if operation.is_largest else stacked.min(axis=0)  # type: ignore[no-any-return]  # NumPy's stubs
    raise TypeError(f"no array form of {type(operation).__name__}")


def _partials(operation: Operation, x: Sequence[Array]) -> Sequence[Array]:
    import numpy as np

    match operation:
        case Scalar():
            return _compiled(operation)[1](*x)
        case Power():
            return _compiled(operation.scalar)[1](*x)
        case Shifted():
            return _compiled(operation.open)[1](*x, _largest(x))[: operation.arity]
        case SignedSum():
            return [np.float64(sign) for sign in operation.signs]  # type: ignore[misc]  # spread by the caller
        case Product():
            return [
                np.prod(np.broadcast_arrays(*x[:at], *x[at + 1 :]), axis=0)
                if len(x) > 1
                else np.ones_like(x[0])
                for at in range(len(x))
            ]
        case Extremum():
            return _shares(operation, np.stack(np.broadcast_arrays(*x)))
    raise TypeError(f"no array form of {type(operation).__name__}")


def _shares(operation: Extremum, stacked: Array) -> list[Array]:
    """Return who gets the derivative of a largest or smallest value, by the operation's convention at a tie."""
    best = stacked.max(axis=0) if operation.is_largest else stacked.min(axis=0)
    equal = stacked == best
    if operation.share == "each":
        return list(equal.astype(float))
    if operation.share == "equal":
        return list(equal / equal.sum(axis=0))
    first = equal.argmax(axis=0)
    return [(first == at).astype(float) for at in range(len(stacked))]


def _largest(x: Sequence[Array]) -> Array:
    import numpy as np

    return np.max(np.stack(np.broadcast_arrays(*x)), axis=0)  # type: ignore[no-any-return]  # NumPy's stubs


_Compiled = tuple[Callable[..., Sequence[Array]], Callable[..., Sequence[Array]]]


@lru_cache(maxsize=256)
def _compiled(operation: Scalar) -> _Compiled:
    """Return value and derivatives of an operation as functions of arrays; operations are kept, so identity will do."""
    symbols, value, derivatives = operation.numeric_forms
    return _for_arrays(symbols, [value]), _for_arrays(symbols, derivatives)


def _for_arrays(symbols: list[Any], expressions: list[Any]) -> Callable[..., Sequence[Array]]:
    import numpy
    from sympy import Piecewise, lambdify

    shared = not any(part.has(Piecewise) for part in expressions)
    function = lambdify(
        symbols,
        expressions,
        modules=[_special_functions(), "numpy"],
        printer=_printer(),
        cse=shared,
    )

    def quiet(*arrays: Array) -> Sequence[Array]:
        # Every branch of a case distinction is computed; those that do not hold may overflow.
        with numpy.errstate(all="ignore"):
            return function(*arrays)  # type: ignore[no-any-return]  # SymPy has no types here

    return quiet


@cache
def _special_functions() -> dict[str, Callable[[Array], Array]]:
    """Return the functions that NumPy lacks, applied to one element after the other."""
    import math

    import numpy

    def spread(function: Callable[[float], float]) -> Callable[[Array], Array]:
        each = numpy.frompyfunc(function, 1, 1)
        return lambda x: numpy.asarray(each(x), dtype=float)

    return {"erf": spread(math.erf), "erfc": spread(math.erfc)}


@cache
def _printer() -> Any:
    """Return a printer that writes a case distinction as nested choices, several times as fast as SymPy's list of cases."""
    from sympy.printing.numpy import NumPyPrinter

    class Printer(NumPyPrinter):  # type: ignore[misc]  # SymPy has no types
        def _print_Piecewise(self, expression: Any) -> str:  # noqa: N802 - SymPy's own name for it
            text = "numpy.nan"
            for value, condition in reversed(expression.args):
                text = (
                    self._print(value)
                    if condition == True  # noqa: E712 - SymPy's own truth
                    else f"numpy.where({self._print(condition)}, {self._print(value)}, {text})"
                )
            return text

        def _print_erf(self, expression: Any) -> str:
            return f"erf({self._print(expression.args[0])})"

        def _print_erfc(self, expression: Any) -> str:
            return f"erfc({self._print(expression.args[0])})"

    return Printer(
        {"fully_qualified_modules": True, "inline": True, "allow_unknown_functions": True}
    )
