"""The examples in the documentation of Keras and TensorFlow: losses of given predictions, optimisers on w²/2.

https://keras.io/2/api/losses/, https://www.tensorflow.org/versions/r2.8/api_docs/python/tf/keras/optimizers/SGD and its
neighbours RMSprop and Adam.

Keras averages a loss over the outputs of a sample; huber, hinge and binary_cross_entropy are sums here, as their rows say.
"""

import pytest

from explainer.trace.run import trace
from tests.published.lessons import network
from tests.published.printed import prints_as

PREDICTED = [(0.6, 0.4), (0.4, 0.6)]
ZERO_ONE = [(0, 1), (0, 0)]


def loss(name, targets, predictions, activation="identity", **fields):
    """Return the loss of predictions as they are: every output passes on its own input."""
    outputs = range(len(targets[0]))
    lesson = network(
        [" ".join(f"i{n}" for n in outputs), " ".join(f"o{n}" for n in outputs)],
        {f"w{n}": (f"i{n}", f"o{n}", 1) for n in outputs},
        output=activation,
        data=list(zip(predictions, targets, strict=True)),
        loss={"name": name, **fields},
        update={"rule": "sgd", "learning_rate": 0.1, "batch_size": "all"},
    )
    return trace(lesson)[0].summary


@pytest.mark.parametrize(
    ("name", "targets", "predictions", "outputs", "printed"),
    [
        ("mean_squared_error", ZERO_ONE, [(1, 1), (1, 0)], 1, "0.5"),
        ("mean_absolute_error", ZERO_ONE, [(1, 1), (1, 0)], 1, "0.5"),
        ("huber", ZERO_ONE, PREDICTED, 2, "0.155"),
        ("hinge", [(-1, 1), (-1, -1)], PREDICTED, 2, "1.3"),
        ("binary_cross_entropy", ZERO_ONE, PREDICTED, 2, "0.815"),
        ("cross_entropy", [(0, 1, 0), (0, 0, 1)], [(0.05, 0.95, 0), (0.1, 0.8, 0.1)], 1, "1.177"),
    ],
)
def test_losses(name, targets, predictions, outputs, printed):
    assert prints_as(loss(name, targets, predictions).loss / outputs, printed)


def test_binary_cross_entropy_from_logits():
    found = loss("binary_cross_entropy", [(0, 1, 0, 0)], [(-18.6, 0.51, 2.94, -12.8)], "sigmoid")
    assert prints_as(found.loss / 4, "0.865")


def test_every_sample_and_their_sum():
    assert prints_as(loss("huber", ZERO_ONE, PREDICTED, reduction="sum").loss / 2, "0.31")
    found = loss("cross_entropy", [(0, 1, 0), (0, 0, 1)], [(0.05, 0.95, 0), (0.1, 0.8, 0.1)])
    assert prints_as(found.loss_per_sample[0], "0.0513")
    assert prints_as(found.loss_per_sample[1], "2.303")


def weights_on_the_way(start, updates, **update):
    """Return the weight at the start and after each update on w²/2: the squared error of w·1 against 0."""
    lesson = network(
        ["x", "y"], {"w": ("x", "y", start)}, output="identity", data=[((1,), (0,))], update=update
    )
    return [start] + [run.summary.parameters_after["w"] for run in trace(lesson, updates)]


def test_gradient_descent():
    assert prints_as(weights_on_the_way(1, 1, rule="sgd", learning_rate=0.1)[1], "0.9")


def test_momentum():
    w = weights_on_the_way(1, 2, rule="momentum", learning_rate=0.1, momentum=0.9)
    assert prints_as(w[0] - w[1], "0.1")
    assert prints_as(w[1] - w[2], "0.18")


def test_rmsprop():
    w = weights_on_the_way(10, 1, rule="rmsprop", learning_rate=0.1, decay=0.9, epsilon=1e-7)
    assert prints_as(w[1], "9.683772")


def test_adam():
    w = weights_on_the_way(10, 1, rule="adam", learning_rate=0.1, epsilon=1e-7)
    assert prints_as(w[1], "9.9")
