"""Networks with scikit-learn's conventions, trained by this program's engine: `MLPRegressor`, `MLPClassifier`.

scikit-learn is not needed. Where it is installed, they work in its pipelines and searches. X is (samples, features), y
(samples,) or (samples, outputs); everything returned has the same number of rows. What was learnt is a lesson, `lesson_`,
that can be saved, opened and stepped.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Self

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import Data, Lesson, Update
from explainer.messages import Refused
from explainer.training.arrays import (
    as_classes,
    as_matrix,
    as_numbers,
    not_fitted,
    scikit_learn,
)
from explainer.training.build import lesson_for
from explainer.training.settings import settings_of
from explainer.training.trainer import Trainer, trained_lesson

if TYPE_CHECKING:
    from explainer.training.kernels import Array

_PLAYED_OUT = "the numbers grew too large; use a smaller learning rate or scaled inputs"


class _Network:
    """What both estimators share: parameters as scikit-learn handles them, and training.

    `hidden_layer_sizes`: neurons of each hidden layer. `activation`: a name of the catalogue, or scikit-learn's
    "logistic". `solver`: an update rule of the catalogue. `learning_rate` is the same as `learning_rate_init` and goes
    before it where it is a number; of scikit-learn's schedules there is "constant" alone. `alpha`: the rate of an L2 penalty. `batch_size`: "auto" are at most 200 samples.
    `max_iter`: epochs. Training ends early where the loss fell by less than `tol` in `n_iter_no_change` epochs.
    `random_state`: the seed of weights and order, a number or a NumPy generator; None draws another every time.
    """

    _estimator_type: str

    def __init__(
        self,
        hidden_layer_sizes: int | Sequence[int] = (100,),
        activation: str = "relu",
        *,
        solver: str = "adam",
        alpha: float = 0.0001,
        batch_size: int | Literal["auto"] = "auto",
        learning_rate: float | Literal["constant"] = "constant",
        learning_rate_init: float = 0.001,
        max_iter: int = 200,
        shuffle: bool = True,
        random_state: Any = None,
        tol: float = 1e-4,
        n_iter_no_change: int = 10,
    ) -> None:
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.solver = solver
        self.alpha = alpha
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.learning_rate_init = learning_rate_init
        self.max_iter = max_iter
        self.shuffle = shuffle
        self.random_state = random_state
        self.tol = tol
        self.n_iter_no_change = n_iter_no_change

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the parameters by name."""
        names = inspect.signature(type(self).__init__).parameters
        return {name: getattr(self, name) for name in names if name != "self"}

    def set_params(self, **parameters: Any) -> Self:
        """Set parameters by name; ValueError for one there is none of."""
        known = self.get_params()
        for name, value in parameters.items():
            if name not in known:
                raise ValueError(
                    f"Invalid parameter {name!r} for estimator {type(self).__name__}; valid are {sorted(known)}"
                )
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        defaults = inspect.signature(type(self).__init__).parameters
        stated = {
            name: value
            for name, value in self.get_params().items()
            if value is not defaults[name].default and value != defaults[name].default
        }
        inside = ", ".join(f"{name}={value!r}" for name, value in stated.items())
        return f"{type(self).__name__}({inside})"

    def __sklearn_tags__(self) -> Any:
        """Tell scikit-learn what this is; only it asks."""
        part = partial(scikit_learn, "utils")
        is_classifier = self._estimator_type == "classifier"
        return part("Tags")(
            estimator_type=self._estimator_type,
            target_tags=part("TargetTags")(required=True, multi_output=not is_classifier),
            transformer_tags=None,
            classifier_tags=part("ClassifierTags")() if is_classifier else None,
            regressor_tags=None if is_classifier else part("RegressorTags")(),
            input_tags=part("InputTags")(),
        )

    def _train(self, X: Array, targets: Array, loss: Choice) -> None:
        """Train on inputs (samples, features) and targets (samples, outputs)."""
        data = Data(tuple(map(tuple, X.tolist())), tuple(map(tuple, targets.tolist())))
        lesson = self._lesson(data, loss)
        trainer = Trainer(lesson)
        self.loss_curve_: list[float] = []
        best, stale = math.inf, 0

        def watch(losses: Any) -> bool:
            nonlocal best, stale
            self.loss_curve_.append(losses.training)
            stale = stale + 1 if losses.training > best - self.tol else 0
            best = min(best, losses.training)
            return stale < self.n_iter_no_change

        trainer.run(self.max_iter, watch)
        if trainer.explosion is not None:
            raise ValueError(f"{trainer.explosion.message_in('en')} ({_PLAYED_OUT})")
        self._trainer = trainer
        self.lesson_: Lesson = trained_lesson(trainer)
        self.n_iter_ = len(self.loss_curve_)
        self.loss_ = self.loss_curve_[-1]
        self.n_features_in_ = X.shape[1]
        self.n_outputs_ = targets.shape[1]

    def _lesson(self, data: Data, loss: Choice) -> Lesson:
        settings = settings_of(self.get_params())
        try:
            return lesson_for(
                data,
                settings.hidden,
                title=type(self).__name__,
                activation=Choice(settings.activation),
                loss=loss,
                penalty=Choice("l2", {"rate": settings.penalty}) if settings.penalty else None,
                update=Update(
                    Choice(self.solver),
                    learning_rate=settings.rate,
                    batch_size=min(settings.batch, len(data.inputs)),
                    shuffle=settings.shuffle,
                ),
                seed=settings.seed,
            )
        except Refused as error:
            # What callers of estimators know how to catch.
            raise ValueError(str(error)) from None

    def _outputs(self, X: Any) -> Array:
        """Return what the outputs say, of shape (samples, outputs)."""
        if not hasattr(self, "lesson_"):
            raise not_fitted(type(self).__name__)
        matrix = as_matrix(X, type(self).__name__)
        if matrix.shape[1] != self.n_features_in_:
            raise ValueError(
                f"X has {matrix.shape[1]} features, but {type(self).__name__} is expecting {self.n_features_in_} features as input"
            )
        return self._trainer.predict(matrix.tolist())

    def __getstate__(self) -> dict[str, Any]:
        """Leave out the engine, whose buffers cannot be copied; the lesson holds all that was learnt."""
        return {name: value for name, value in self.__dict__.items() if name != "_trainer"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        if "lesson_" in state:
            self._trainer = Trainer(self.lesson_)


class MLPRegressor(_Network):
    """A network that predicts numbers by least squares; `predict` gives (samples,) or, for several outputs, (samples, outputs)."""

    _estimator_type = "regressor"

    def fit(self, X: Any, y: Any) -> Self:
        """Train on X (samples, features) and y (samples,) or (samples, outputs); ValueError for what is neither."""
        matrix = as_matrix(X, type(self).__name__)
        numbers = as_numbers(y, len(matrix))
        self._is_flat = numbers.ndim == 1
        self._train(matrix, numbers.reshape(len(numbers), -1), Choice("half_squared_error"))
        return self

    def predict(self, X: Any) -> Array:
        """Return the predictions for X (samples, features)."""
        found = self._outputs(X)
        return found[:, 0] if self._is_flat else found

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """Return R², 1 where every prediction is right, 0 where the mean of y would do as well."""
        import numpy as np

        found = self._outputs(X)
        wanted = as_numbers(y, len(found)).reshape(len(found), -1)
        if wanted.shape != found.shape:
            raise ValueError(
                f"y has {wanted.shape[1]} outputs, but {type(self).__name__} has learnt {found.shape[1]}"
            )
        weight = np.ones(len(found)) if sample_weight is None else np.asarray(sample_weight, float)
        mean = np.average(wanted, axis=0, weights=weight)
        lost = (weight[:, None] * (wanted - found) ** 2).sum(axis=0)
        spread = (weight[:, None] * (wanted - mean) ** 2).sum(axis=0)
        return float(np.mean(1 - lost / np.where(spread > 0, spread, np.where(lost > 0, lost, 1))))


class MLPClassifier(_Network):
    """A network that predicts classes: two by a sigmoid and the binary cross-entropy, more by a softmax and the cross-entropy."""

    _estimator_type = "classifier"

    def fit(self, X: Any, y: Any) -> Self:
        """Train on X (samples, features) and the classes y (samples,), numbers or texts; ValueError for what is neither."""
        import numpy as np

        matrix = as_matrix(X, type(self).__name__)
        wanted = as_classes(y, len(matrix), warns=True)
        if wanted.dtype.kind == "f":
            if not np.isfinite(wanted).all():
                raise ValueError("Input y contains NaN or infinity.")
            if (wanted != np.floor(wanted)).any():
                raise ValueError(
                    "Unknown label type: continuous. Classes are whole numbers or texts."
                )
        try:
            self.classes_, places = np.unique(wanted, return_inverse=True)
        except TypeError:
            raise ValueError(
                "y must hold classes of one kind, whole numbers or texts, and none may be missing."
            ) from None
        if len(self.classes_) < 2:
            raise ValueError(
                "Classifier can't train when only one class is present: there is nothing to tell apart."
            )
        if len(self.classes_) == 2:
            self._train(matrix, places.reshape(-1, 1).astype(float), Choice("binary_cross_entropy"))
        else:
            shares = np.eye(len(self.classes_))[places.ravel()]
            self._train(matrix, shares, Choice("cross_entropy"))
        return self

    def predict_proba(self, X: Any) -> Array:
        """Return the probability of every class, of shape (samples, classes), in the order of `classes_`."""
        import numpy as np

        found = self._outputs(X)
        if len(self.classes_) == 2:
            return np.hstack((1 - found, found))
        return found

    def predict(self, X: Any) -> Array:
        """Return the most probable class for X (samples, features)."""
        best = self.predict_proba(X).argmax(axis=1)
        found: Array = self.classes_[best]
        return found

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """Return the share of right predictions."""
        import numpy as np

        found = self.predict(X)
        return float(np.average(found == as_classes(y, len(found)), weights=sample_weight))
