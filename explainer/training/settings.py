"""What an estimator is set to, checked when it is fitted as scikit-learn does: a ValueError that names the parameter."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from numbers import Integral, Real
from typing import Any, NamedTuple

from explainer.maths.activations import ACTIVATIONS
from explainer.maths.updates import UPDATES

# What scikit-learn calls differently.
_ACTIVATIONS = {"logistic": "sigmoid"}
_AUTOMATIC_BATCH = 200


class Settings(NamedTuple):
    """The parameters of an estimator as Python's own numbers, whatever kind they were given in."""

    hidden: tuple[int, ...]
    activation: str
    rate: float
    penalty: float
    batch: int
    shuffle: bool
    seed: int


def settings_of(given: Mapping[str, Any]) -> Settings:
    """Return the settings that parameters stand for; ValueError, naming it, for the first that makes no sense."""
    activation = given["activation"]
    if isinstance(activation, str):
        activation = _ACTIVATIONS.get(activation, activation)
    _one_of("activation", activation, {*ACTIVATIONS, "maxout"})
    _one_of("solver", given["solver"], UPDATES)
    # NumPy's True and False are other objects that are equal to Python's.
    if isinstance(given["shuffle"], str) or given["shuffle"] not in (True, False):
        raise _fault("shuffle", given["shuffle"], "be True or False")
    _whole("max_iter", given["max_iter"])
    if not (_is_number(given["n_iter_no_change"]) and given["n_iter_no_change"] == math.inf):
        _whole("n_iter_no_change", given["n_iter_no_change"])
    if not _is_number(given["tol"]):
        raise _fault("tol", given["tol"], "be a number")
    return Settings(
        _layers(given["hidden_layer_sizes"]),
        activation,
        _rate(given),
        _penalty(given["alpha"]),
        _AUTOMATIC_BATCH
        if _is_text(given["batch_size"], "auto")
        else _whole("batch_size", given["batch_size"], ' or "auto"'),
        bool(given["shuffle"]),
        _seed(given["random_state"]),
    )


def _fault(name: str, value: object, wanted: str) -> ValueError:
    return ValueError(f"{name}={value!r} must {wanted}.")


def _one_of(name: str, value: object, known: Collection[str]) -> None:
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"{name}={value!r} is not one of {sorted(known)}")


def _is_text(value: object, text: str) -> bool:
    """Tell whether a value is this text; an array would compare itself place by place."""
    return isinstance(value, str) and value == text


def _is_number(value: Any) -> bool:
    return not isinstance(value, bool) and isinstance(value, Real) and not math.isnan(value)


def _is_whole(value: Any) -> bool:
    return not isinstance(value, bool) and isinstance(value, Integral) and int(value) >= 1


def _whole(name: str, value: Any, otherwise: str = "") -> int:
    if not _is_whole(value):
        raise _fault(name, value, f"be a whole number of at least 1{otherwise}")
    return int(value)


def _layers(sizes: Any) -> tuple[int, ...]:
    """Return the neurons of each hidden layer; one number is one layer, as in scikit-learn."""
    wanted = "be whole numbers of at least 1, one for each hidden layer, such as (12, 8)"
    if isinstance(sizes, Real):
        sizes = (sizes,)
    if isinstance(sizes, str) or not hasattr(sizes, "__iter__"):
        raise _fault("hidden_layer_sizes", sizes, wanted)
    layers = tuple(sizes)
    if not all(map(_is_whole, layers)):
        raise _fault("hidden_layer_sizes", sizes, wanted)
    return tuple(map(int, layers))


def _rate(given: Mapping[str, Any]) -> float:
    name = "learning_rate"
    # A schedule that is not carried out must not look as if it were.
    if _is_text(given[name], "constant"):
        name = "learning_rate_init"
    rate = given[name]
    if not _is_number(rate) or not 0 < rate < math.inf:
        otherwise = ' or "constant"' if name == "learning_rate" else ""
        raise _fault(name, rate, f"be a number above 0{otherwise}")
    return float(rate)


def _penalty(alpha: Any) -> float:
    if not _is_number(alpha) or not 0 <= alpha < math.inf:
        raise _fault("alpha", alpha, "be a number of at least 0")
    return float(alpha)


def _seed(random_state: Any) -> int:
    """Return the seed of a lesson for what scikit-learn calls a random state."""
    import numpy as np

    if random_state is None:
        return int(np.random.default_rng().integers(2**31))
    if isinstance(random_state, Integral):
        return int(random_state) % 2**31
    draw = getattr(random_state, "integers", None) or getattr(random_state, "randint", None)
    if draw is None:
        raise _fault("random_state", random_state, "be a whole number, a NumPy generator or None")
    return int(draw(2**31 - 1))
