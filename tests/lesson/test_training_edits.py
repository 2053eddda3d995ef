import pytest

from explainer.lesson.choice import Choice
from explainer.lesson.continuing import continued
from explainer.lesson.examples import example
from explainer.lesson.lesson import State, Update
from explainer.lesson.training_edits import set_loss, set_penalty, set_update
from explainer.messages import Refused

MAZUR = example("mazur-2-2-2")
ADAM = set_update(MAZUR, Update(Choice("adam"), learning_rate=0.1))


def test_training_goes_on_with_parameters_memory_and_number_of_the_pass():
    memory = {"w1": {"m": 0.5, "v": 0.25}, "w2": {}}
    later = continued(continued(ADAM, 3, {}, {}), 2, {"w1": 9.0}, memory)
    assert later.network.value("w1") == 9.0
    assert later.state == State(5, {"w1": {"m": 0.5, "v": 0.25}})


def test_what_the_rule_does_not_remember_is_left_out():
    assert continued(MAZUR, 1, {}, {"w1": {"m": 1.0}}).state == State(1)


def test_another_rule_forgets_what_the_old_one_remembered():
    trained = continued(ADAM, 4, {}, {"w1": {"m": 0.5, "v": 0.25}})
    faster = set_update(trained, Update(Choice("adam"), learning_rate=0.2))
    assert faster.state == trained.state
    assert set_update(trained, Update(Choice("momentum"))).state == State(4)


def test_the_error_and_the_penalty_are_exchanged():
    lesson = set_penalty(set_loss(MAZUR, Choice("huber", {"delta": 2.0})), Choice("l1"))
    assert (lesson.loss.choice, lesson.penalty) == (Choice("huber", {"delta": 2.0}), Choice("l1"))
    assert lesson.loss.reduction == MAZUR.loss.reduction
    assert set_penalty(lesson, None).penalty is None


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (lambda: set_update(MAZUR, Update(Choice("perceptron"))), "update.rule: the rule"),
        (lambda: set_loss(MAZUR, Choice("hubris")), 'loss: "hubris" is not one of'),
        (lambda: set_penalty(MAZUR, Choice("l2", {"alpha": 1.0})), "penalty.alpha: there is no"),
    ],
)
def test_what_the_format_refuses_is_refused(edit, sentence):
    with pytest.raises(Refused) as caught:
        edit()
    assert str(caught.value).startswith(sentence)
