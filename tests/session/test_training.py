"""What the training view takes over and changes: each is one undo step."""

import pytest
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.edits import set_learning_rate
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.lesson.lesson import Update
from explainer.lesson.symbols import neuron_symbol, symbol_of
from explainer.lesson.training_edits import set_rule
from explainer.messages import Refused
from explainer.session import Session
from explainer.session.training.edits import Trained
from explainer.session.training.fitting import Wanted, features_for, fitted
from explainer.session.training.sameness import change_for_training
from explainer.training.build import lesson_for
from explainer.training.classes import classes_of
from explainer.training.datasets import DATASETS, dataset
from explainer.training.trainer import Trainer
from tests.session.helpers import deliver

CIRCLE = lesson_for(
    dataset("circle", 40, seed=1).training,
    (3, 2),
    update=Update(Choice("adam"), learning_rate=0.05, batch_size=10),
)


def stood(trainer):
    return Trained(trainer.passes, trainer.parameters(), trainer.state())


def test_the_update_that_is_explained_is_the_one_that_training_makes():
    trainer = Trainer(CIRCLE)
    trainer.run(4)
    trainer.step_batch()
    session = Session(CIRCLE)
    assert session.explain_update(stood(trainer))
    deliver(session)
    assert session.current_pass.samples == tuple(range(10, 20))
    assert (session.cursor.pass_index, session.cursor.step_index) == (0, 0)
    trainer.step_batch()
    after = session.current_pass.parameters_after
    for name, value in trainer.parameters().items():
        assert after[name] == pytest.approx(value, rel=1e-12, abs=1e-15)
    assert session.undo_name is not None
    session.undo()
    assert session.lesson == CIRCLE
    assert not session.can_undo


@pytest.mark.parametrize("left", [(0, -1), (0, 20), (2, 7)])
def test_taking_back_an_explanation_leads_to_where_one_was(left):
    trainer = Trainer(CIRCLE)
    trainer.run(4)
    session = Session(CIRCLE)
    session.go_to(*left)
    deliver(session)
    session.explain_update(stood(trainer))
    deliver(session)
    session.next()
    session.undo()
    deliver(session)
    assert session.cursor == left
    session.redo()
    deliver(session)
    assert session.cursor == (0, 0)
    assert session.lesson.state.passes == trainer.passes


def test_an_explosion_is_stepped_at_its_own_step():
    wild = replace(CIRCLE, update=Update(learning_rate=1e9, batch_size=10))
    wild = replace(
        wild,
        network=lesson_for(
            dataset("plane", 40).training, (3, 2), activation=Choice("relu")
        ).network,
    )
    trainer = Trainer(wild)
    trainer.run(50)
    found = trainer.explosion
    session = Session(wild)
    deliver(session)
    session.explain_update(stood(trainer), (found.kind, found.place))
    deliver(session)
    step = session.current_step
    assert (step.phase, step.subject) == (found.kind, found.place)


def test_kept_weights_are_where_the_lesson_starts():
    trainer = Trainer(CIRCLE)
    trainer.run(3)
    session = Session(CIRCLE)
    deliver(session)
    assert session.keep_trained(stood(trainer))
    assert {
        n: session.lesson.network.value(n) for n in trainer.parameters()
    } == trainer.parameters()
    assert session.lesson.state.passes == trainer.passes
    assert not session.keep_trained(stood(trainer))
    session.undo()
    assert session.lesson == CIRCLE


def test_new_weights_are_drawn_by_the_next_seed():
    session = Session(CIRCLE)
    assert session.draw_new_weights()
    assert session.lesson.seed == CIRCLE.seed + 1
    assert session.lesson.network.parameters != CIRCLE.network.parameters
    session.undo()
    assert session.lesson == CIRCLE


@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize(
    "start", ["lecture-2-2-1", "softmax-classifier", "logistic-regression-1d", "xor-2-2-1"]
)
def test_every_data_set_fits_every_kind_of_lesson(name, start):
    features = tuple(feature.name for feature in features_for(name))[:2]
    wanted = Wanted(name, 30, 0.1, 0.4, 3, features, 7)
    session = Session(example(start))
    before = session.lesson
    assert session.take_fitted(session.fitting(wanted)())
    lesson = session.lesson
    assert lesson_from_json(lesson_to_json(lesson)) == lesson
    row = DATASETS[name]
    assert len(lesson.data.inputs[0]) == row.inputs
    assert tuple(f.name for f in lesson.data.features) == features
    assert (classes_of(lesson) is not None) >= (row.task == "classification")
    trainer = Trainer(lesson)
    assert trainer.step_epoch()
    assert abs(trainer.losses().training) < float("inf")
    session.undo()
    assert session.lesson == before


def test_test_samples_and_batches_are_as_wanted():
    lesson = fitted(CIRCLE, Wanted("spiral", 200, 0.0, 0.25, 1, (), "all"))
    assert (len(lesson.data.inputs), len(lesson.data.test.inputs)) == (150, 50)
    assert lesson.update.batch_size == "all"
    assert fitted(CIRCLE, Wanted("xor_table", test_share=0.5)).data.test is None


def test_numbers_get_an_output_that_reaches_them():
    shares = lesson_for(
        dataset("circle", 40, zero_one=True).training, (3,), loss=Choice("binary_cross_entropy")
    )
    lesson = fitted(shares, Wanted("linear", 30))
    assert lesson.loss.choice.name == "half_squared_error"
    assert [n.activation.name for n in lesson.network.of_role("output")] == ["identity"]


@pytest.mark.parametrize(
    ("last", "reaches"),
    [
        (Choice("arctan"), False),
        (Choice("heaviside"), False),
        (Choice("hard_tanh"), False),
        (Choice("hard_tanh", {"minimum": -1000.0, "maximum": 1000.0}), True),
    ],
)
def test_a_last_layer_stays_where_it_reaches_the_numbers(last, reaches):
    network = CIRCLE.network
    neurons = tuple(
        replace(each, activation=last) if each.role == "output" else each
        for each in network.neurons
    )
    lesson = fitted(
        replace(CIRCLE, network=replace(network, neurons=neurons)), Wanted("linear", samples=40)
    )
    (output,) = lesson.network.of_role("output")
    assert output.activation == (last if reaches else Choice("identity"))


@pytest.mark.parametrize("last", ["sigmoid", "heaviside", "piecewise_linear", "tanh"])
def test_classes_are_shares_where_the_last_layer_says_shares(last):
    network = CIRCLE.network
    neurons = tuple(
        replace(each, activation=Choice(last)) if each.role == "output" else each
        for each in network.neurons
    )
    lesson = replace(
        CIRCLE,
        network=replace(network, neurons=neurons),
        loss=replace(CIRCLE.loss, choice=Choice("squared_error")),
    )
    found = {target for (target,) in fitted(lesson, Wanted("circle", samples=40)).data.targets}
    assert found == ({-1.0, 1.0} if last == "tanh" else {0.0, 1.0})


@pytest.mark.parametrize("wanted", [Wanted("moon"), Wanted("circle", 1), Wanted("circle", 9, 3.0)])
def test_what_there_cannot_be_is_refused(wanted):
    session = Session(CIRCLE)
    with pytest.raises(Refused):
        session.fitting(wanted)()
    assert session.lesson is CIRCLE


def test_a_formula_has_nothing_to_train():
    with pytest.raises(Refused, match="nothing to train"):
        fitted(example("graph-sin"), Wanted("circle"))


def test_only_settings_let_training_go_on():
    assert change_for_training(CIRCLE, replace(CIRCLE, title="Other")) == "nothing"
    assert change_for_training(CIRCLE, set_learning_rate(CIRCLE, 0.5)) == "settings"
    assert change_for_training(CIRCLE, replace(CIRCLE, seed=5)) == "start"
    moved = replace(CIRCLE.network.neurons[2], at=(1.0, 1.0))
    neurons = (*CIRCLE.network.neurons[:2], moved, *CIRCLE.network.neurons[3:])
    network = replace(CIRCLE.network, neurons=neurons)
    assert change_for_training(CIRCLE, replace(CIRCLE, network=network)) == "nothing"
    other = replace(CIRCLE.network.neurons[2], activation=Choice("relu"))
    neurons = (*CIRCLE.network.neurons[:2], other, *CIRCLE.network.neurons[3:])
    network = replace(CIRCLE.network, neurons=neurons)
    assert change_for_training(CIRCLE, replace(CIRCLE, network=network)) == "start"


def test_another_rule_goes_on_although_what_the_old_one_remembered_is_gone():
    trainer = Trainer(CIRCLE)
    trainer.run(2)
    session = Session(CIRCLE)
    session.explain_update(stood(trainer))
    explained = session.lesson
    assert explained.state.parameters
    momentum = set_rule(explained, Choice("momentum"))
    assert not momentum.state.parameters
    assert change_for_training(explained, momentum) == "settings"
    forgetful = replace(explained, state=replace(explained.state, parameters={}))
    assert change_for_training(explained, forgetful) == "start"


def test_offered_features_are_written_as_their_formula():
    names = ("x1_squared", "product", "sin_x2")
    session = Session(fitted(CIRCLE, Wanted("spiral", 40, features=names)))

    def written():
        return [neuron_symbol(neuron).text for neuron in session.lesson.network.of_role("input")]

    assert written()[2:] == ["x₁²", "x₁x₂", "sinx₂"]
    # Something else by the same name is not that formula.
    square, product, sine = session.lesson.data.features
    assert session.set_features([replace(square, expression="x1^3"), product, sine])
    assert written()[2:] == [symbol_of("x1_squared").text, "x₁x₂", "sinx₂"]
    # What somebody has called it stays.
    assert session.set_label("product", "p")
    assert session.set_features([square, product, sine])
    assert written()[2:] == ["x₁²", "p", "sinx₂"]
