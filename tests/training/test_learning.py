"""The four classifications of TensorFlow Playground with its settings are learnt as well as promised."""

from statistics import median

import pytest

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import Update
from explainer.training.build import lesson_for
from explainer.training.datasets import FEATURES, dataset, together
from explainer.training.trainer import Trainer
from tests.counts import count


def loss_on_unseen(name, hidden, epochs, features, seed):
    data = together(dataset(name, 500, seed=seed), features)
    update = Update(learning_rate=0.03, batch_size=10)
    lesson = lesson_for(data, hidden, output=Choice("tanh"), update=update, seed=seed)
    trainer = Trainer(lesson)
    assert trainer.run(epochs)
    return trainer.losses().test


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "hidden", "epochs", "features", "limit"),
    [
        ("circle", (4, 2), 500, (), 0.01),
        ("xor", (4, 2), 500, (), 0.03),
        ("gaussian", (4, 2), 100, (), 0.005),
        ("spiral", (8, 8), 1000, FEATURES, 0.1),
    ],
)
def test_the_median_loss_on_unseen_points(name, hidden, epochs, features, limit):
    losses = [loss_on_unseen(name, hidden, epochs, features, seed) for seed in range(count(3, 10))]
    assert median(losses) < limit
