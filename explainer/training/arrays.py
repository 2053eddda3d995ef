"""What callers from Python hand over as arrays: checked, with sentences that scikit-learn's own checks look for."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from explainer.training.kernels import Array


def as_matrix(X: Any, name: str) -> Array:
    """Return X as doubles of shape (samples, features); ValueError, or TypeError for a sparse one, where it is none."""
    import numpy as np

    if hasattr(X, "toarray"):
        raise TypeError("Sparse data was passed, but dense data is required: use '.toarray()'.")
    given = _array(X, "X", "rows of the same length")
    if given.dtype.kind == "c":
        raise ValueError("Complex data not supported")
    if given.ndim != 2:
        raise ValueError(
            f"Expected 2D array, got {given.ndim}D array instead. Reshape your data: X is (samples, features)."
        )
    if given.shape[0] == 0:
        raise ValueError(
            f"Found array with 0 sample(s) while a minimum of 1 is required by {name}."
        )
    if given.shape[1] == 0:
        raise ValueError(
            f"Found array with 0 feature(s) (shape={given.shape}) while a minimum of 1 is required."
        )
    try:
        matrix = given.astype(float)
    except TypeError as error:
        raise TypeError(
            f"X must hold numbers: argument must be a string or a number: {error}"
        ) from None
    except ValueError:
        raise ValueError(f"X must hold numbers, but one is {no_number(given)!r}.") from None
    if not np.isfinite(matrix).all():
        raise ValueError("Input X contains NaN or infinity.")
    return matrix


def as_targets(y: Any, samples: int) -> Array:
    """Return y as an array of so many rows, (samples,) or (samples, outputs). ValueError where it does not fit."""
    if y is None:
        raise ValueError("requires y to be passed, but the target y is None.")
    if hasattr(y, "toarray"):
        raise TypeError("Sparse targets were passed, but dense ones are required.")
    wanted = _array(y, "y", "one target, or as many as the others, for every sample")
    if wanted.dtype.kind == "c":
        raise ValueError("Complex data not supported")
    if wanted.ndim not in (1, 2):
        raise ValueError(f"y should be a 1d array, got an array of shape {wanted.shape} instead.")
    if len(wanted) != samples:
        raise ValueError(
            f"Found input variables with inconsistent numbers of samples: [{samples}, {len(wanted)}]"
        )
    return wanted


def as_numbers(y: Any, samples: int) -> Array:
    """Return y as doubles, (samples,) or (samples, outputs); ValueError where it does not fit or holds anything else."""
    import numpy as np

    wanted = as_targets(y, samples)
    try:
        numbers = wanted.astype(float)
    except (TypeError, ValueError):
        raise ValueError(f"y must hold numbers, but one is {no_number(wanted)!r}.") from None
    if not np.isfinite(numbers).all():
        raise ValueError("Input y contains NaN or infinity.")
    return numbers


def as_classes(y: Any, samples: int, *, warns: bool = False) -> Array:
    """Return y as (samples,), a column too, of which the caller is warned if asked for. ValueError where it does not fit."""
    wanted = as_targets(y, samples)
    if wanted.ndim == 1:
        return wanted
    if wanted.shape[1] != 1:
        raise ValueError(f"y should be a 1d array, got an array of shape {wanted.shape} instead.")
    if warns:
        _warn_of_column()
    return wanted.ravel()


def _array(given: Any, name: str, what: str) -> Array:
    import numpy as np

    try:
        return np.asarray(given)
    except ValueError:
        raise ValueError(f"{name} must hold {what}.") from None


def no_number(values: Array) -> object:
    """Return the first value that is no number."""
    for value in values.ravel().tolist():
        try:
            float(value)
        except (TypeError, ValueError):
            return value
    return None


def _warn_of_column() -> None:
    import warnings

    category = scikit_learn("exceptions", "DataConversionWarning") or UserWarning
    warnings.warn(
        "A column-vector y was passed when a 1d array was expected.", category, stacklevel=4
    )


def not_fitted(name: str) -> Exception:
    """Return the complaint about predicting before fitting, of scikit-learn's own kind where it is in use."""
    kind = scikit_learn("exceptions", "NotFittedError") or NotFittedError
    found: Exception = kind(
        f"This {name} instance is not fitted yet. Call 'fit' with appropriate arguments before using this estimator."
    )
    return found


class NotFittedError(ValueError, AttributeError):
    """Raised where predictions are asked of an estimator that has learnt nothing."""


def scikit_learn(module: str, name: str) -> Any:
    """Return something of scikit-learn where the caller uses it, None where not: it is no dependency."""
    if "sklearn" not in sys.modules:
        return None
    return getattr(import_module(f"sklearn.{module}"), name, None)
