"""The estimators learn, follow scikit-learn's conventions, and pass its checks where it is installed."""

import pickle
import warnings

import numpy as np
import pytest

from explainer import MLPClassifier, MLPRegressor
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.trace.run import trace
from explainer.training.arrays import NotFittedError

DRAW = np.random.default_rng(3)
X = DRAW.uniform(-1, 1, (120, 2))
SETTINGS = {"learning_rate": 0.02, "batch_size": 20, "random_state": 1, "max_iter": 150}


def regressor(**changes):
    return MLPRegressor((8,), "tanh", **{**SETTINGS, **changes})


def classifier(**changes):
    return MLPClassifier((8,), "tanh", **{**SETTINGS, **changes})


def test_a_regressor_learns_a_surface():
    y = X[:, 0] * 2 - X[:, 1] ** 2
    model = regressor().fit(X, y)
    assert model.score(X, y) > 0.97
    assert model.predict(X).shape == (120,)
    assert model.loss_curve_[-1] < model.loss_curve_[0]
    assert model.n_iter_ == len(model.loss_curve_) <= 150


def test_several_outputs():
    y = np.column_stack((X[:, 0], X.sum(axis=1), -X[:, 1]))
    model = regressor().fit(X, y)
    assert model.predict(X).shape == (120, 3)
    assert model.score(X, y) > 0.97


@pytest.mark.parametrize("names", [("no", "yes"), ("a", "b", "c"), (3, 1, 7, 5)])
def test_a_classifier_learns_classes_of_any_name(names):
    places = np.minimum(((X[:, 0] + 1) / 2 * len(names)).astype(int), len(names) - 1)
    y = np.array(names)[places]
    model = classifier().fit(X, y)
    assert model.score(X, y) > 0.9
    shares = model.predict_proba(X)
    assert shares.shape == (120, len(names))
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert set(model.predict(X)) <= set(names)
    assert list(model.classes_) == sorted(names)


def test_a_seed_trains_the_same_and_what_was_learnt_can_be_stepped():
    y = X[:, 0]
    one, other = regressor().fit(X, y), regressor().fit(X, y)
    assert one.lesson_ == other.lesson_
    assert one.lesson_ != regressor(random_state=2).fit(X, y).lesson_
    run = trace(one.lesson_)[0]
    sample = run.graph.samples[0]
    assert run.values[run.graph.output_of[sample, "o1"]] == pytest.approx(one.predict(X)[sample])


def test_parameters_are_handled_as_scikit_learn_does():
    model = regressor()
    assert MLPRegressor(**model.get_params()).get_params() == model.get_params()
    assert model.set_params(alpha=0.5).alpha == 0.5
    with pytest.raises(ValueError, match="Invalid parameter"):
        model.set_params(alpa=1)
    assert repr(MLPClassifier(alpha=0.5)) == "MLPClassifier(alpha=0.5)"


def test_a_copy_predicts_the_same():
    model = classifier().fit(X, X[:, 0] > 0)
    copy = pickle.loads(pickle.dumps(model))  # noqa: S301 - its own
    np.testing.assert_array_equal(copy.predict_proba(X), model.predict_proba(X))


def test_far_away_points_do_not_break_the_logarithm():
    model = classifier(max_iter=5).fit(1e4 * X, X[:, 0] > 0)
    assert np.isfinite(model.loss_curve_).all()


@pytest.mark.parametrize(
    ("make", "x", "y", "word"),
    [
        (regressor, X[:, 0], X[:, 0], "2D"),
        (regressor, X, X[:5, 0], "inconsistent"),
        (regressor, X, np.full(120, np.nan), "NaN"),
        (regressor, X, ["a"] * 120, "numbers, but one is 'a'"),
        (regressor, [[1, 2], [3]], [1, 2], "X must hold rows of the same length"),
        (regressor, [["1", "two"], ["3", "4"]], [1, 2], "numbers, but one is 'two'"),
        (regressor, [[1, 2], [3, 4]], [[1, 2], [3]], "y must hold one target"),
        (classifier, X, [None, "a"] * 60, "classes of one kind"),
        (classifier, X, np.ones(120), "one class"),
        (classifier, X, X[:, 0], "continuous"),
        (lambda: regressor(solver="magic"), X, X[:, 0], "solver"),
        (lambda: regressor(max_iter=0), X, X[:, 0], "max_iter"),
        (lambda: regressor(max_iter=2.5), X, X[:, 0], "max_iter=2.5"),
        (lambda: regressor(batch_size=2.5), X, X[:, 0], "batch_size=2.5"),
        (lambda: regressor(learning_rate="adaptive"), X, X[:, 0], "learning_rate='adaptive'"),
        (lambda: regressor(learning_rate="0.1"), X, X[:, 0], "learning_rate='0.1'"),
        (lambda: regressor(learning_rate=0), X, X[:, 0], "learning_rate=0 "),
        (lambda: regressor(alpha=-1), X, X[:, 0], "alpha=-1"),
        (lambda: regressor(alpha="x"), X, X[:, 0], "alpha='x'"),
        (lambda: regressor(tol=None), X, X[:, 0], "tol=None"),
        (lambda: regressor(n_iter_no_change=0), X, X[:, 0], "n_iter_no_change=0"),
        (lambda: regressor(shuffle="yes"), X, X[:, 0], "shuffle='yes'"),
        (lambda: regressor(random_state="a"), X, X[:, 0], "random_state='a'"),
        (
            lambda: regressor().set_params(hidden_layer_sizes="12"),
            X,
            X[:, 0],
            "hidden_layer_sizes='12'",
        ),
        (
            lambda: regressor().set_params(hidden_layer_sizes=2.5),
            X,
            X[:, 0],
            "hidden_layer_sizes=.* whole numbers",
        ),
        (
            lambda: regressor().set_params(hidden_layer_sizes=None),
            X,
            X[:, 0],
            "hidden_layer_sizes=None",
        ),
        (
            lambda: regressor().set_params(hidden_layer_sizes=(4, 0)),
            X,
            X[:, 0],
            "hidden_layer_sizes=",
        ),
        (
            lambda: regressor().set_params(hidden_layer_sizes=(400,)),
            X,
            X[:, 0],
            "at most 300 neurons",
        ),
        (lambda: regressor().set_params(activation=["relu"]), X, X[:, 0], "activation="),
    ],
)
def test_bad_input_gives_one_sentence(make, x, y, word):
    with pytest.raises(ValueError, match=word):
        make().fit(x, y)


def test_numbers_may_be_those_of_numpy():
    stated = {"learning_rate": np.float32(0.5), "batch_size": np.int32(7), "alpha": np.float32(0.5)}
    model = MLPRegressor(np.int64(3), max_iter=np.int64(2), shuffle=np.False_, **stated).fit(
        X, X[:, 0]
    )
    lesson = lesson_from_json(lesson_to_json(model.lesson_), "")
    assert (lesson.update.learning_rate, lesson.update.batch_size) == (0.5, 7)
    assert lesson.update.shuffle is False
    assert len(lesson.network.of_role("hidden")) == 3


def test_a_score_is_of_as_many_answers_as_there_are_questions():
    kinds, numbers = X[:, 0] > 0, X[:, 0]
    one, other = classifier(max_iter=3).fit(X, kinds), regressor(max_iter=3).fit(X, numbers)
    assert one.score(X, kinds[:, None]) == one.score(X, kinds)
    assert other.score(X, numbers[:, None]) == other.score(X, numbers)
    for model, y in ((one, kinds), (other, numbers)):
        for wrong in (y[:1], y[:7], [*y, *y]):
            with pytest.raises(ValueError, match="inconsistent numbers of samples"):
                model.score(X, wrong)
    with pytest.raises(ValueError, match="y has 2 outputs"):
        other.score(X, np.column_stack((numbers, numbers)))


def test_predicting_before_learning():
    for model in (regressor(), classifier()):
        with pytest.raises(NotFittedError):
            model.predict(X)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [MLPRegressor, MLPClassifier])
def test_scikit_learns_own_checks(kind):
    checks = pytest.importorskip("sklearn.utils.estimator_checks", reason="no scikit-learn here")
    model = kind((10,), learning_rate_init=0.01, batch_size=20, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report = checks.check_estimator(model, on_fail=None)
    assert [row["check_name"] for row in report if row["status"] == "failed"] == []
