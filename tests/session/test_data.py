"""The table in the session: every edit one undo step with a name; the sample that is stepped is chosen."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explainer.lesson.examples import example
from explainer.lesson.files import lesson_to_json
from explainer.lesson.lesson import Data, Feature
from explainer.messages import Refused
from explainer.session import Session
from tests.session.helpers import deliver, go_to_pass, ready

EDITS = {
    "change of the table": lambda session: session.set_cells(0, 0, [[5.0]]),
    "pasting into the table": lambda session: session.set_cells(5, 0, [[5.0], [6.0]], pasted=True),
    "adding of samples": lambda session: session.insert_rows(2),
    "deleting of samples": lambda session: session.delete_rows({1, 2}),
    "moving of samples": lambda session: session.move_rows({1}, -1),
    "choice of test samples": lambda session: session.split_test(3, 1),
    "noise": lambda session: session.add_noise("inputs", 0.25, 3),
    "import of a table": lambda session: session.replace_data(Data(((1.0, 2.0),), ((1.0,),))),
    "choice of columns": lambda session: session.set_features([Feature("p", "x1*x2")], {0, 1}),
}


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=8), st.booleans())
def test_undoing_all_gives_the_start_byte_for_byte_and_redoing_all_the_end(names, later):
    session = ready("circle-features", 2)
    if later:
        go_to_pass(session, 1)
    start = lesson_to_json(session.lesson)
    done = 0
    for name in names:
        try:
            changed = EDITS[name](session)
        except Refused:
            continue
        if changed:
            done += 1
            assert str(session.undo_name) == name
        deliver(session, 1)
    end = lesson_to_json(session.lesson)
    for _ in range(done):
        session.undo()
    assert lesson_to_json(session.lesson) == start
    assert not session.can_undo
    for _ in range(done):
        session.redo()
    assert lesson_to_json(session.lesson) == end


def test_an_edit_in_a_later_pass_starts_from_its_weights():
    session = ready("circle-features", 2)
    go_to_pass(session, 1)
    weights = session.passes[1].parameters_before
    session.insert_rows(3)
    assert session.lesson.network.value("w1") == weights["w1"]
    assert session.lesson.state.passes == 1


def test_another_sample_of_the_batch_is_stepped_at_the_same_kind():
    session = ready("circle-features", 1)
    session.go_to(0, session.passes[0].steps[4].index)
    step = session.current_step
    assert session.step_sample(5)
    found = session.current_step
    assert (found.kind, found.subject, found.sample) == (step.kind, step.subject, 5)


def test_a_sample_of_a_later_pass_is_gone_to_as_soon_as_it_is_known():
    one = Session(example("circle-features"))
    one.open(_of_single_samples(one.lesson))
    deliver(one, 1)
    one.go_to(0, 2)
    kind = one.current_step.kind
    assert one.step_sample(2)
    deliver(one, 3)
    assert one.cursor.pass_index == 2
    assert (one.current_step.kind, one.current_step.sample) == (kind, 2)
    assert one.lesson == _of_single_samples(example("circle-features"))
    # Back it is known already.
    assert one.step_sample(1)
    assert (one.cursor.pass_index, one.current_step.sample) == (1, 1)


def test_a_sample_far_away_changes_places_with_the_one_stepped():
    session = Session(_of_single_samples(example("circle-features")))
    session.insert_rows(1, 200)
    session.set_cells(150, 0, [[0.125]])
    deliver(session, 1)
    session.go_to(0, 1)
    assert not session.step_sample(150)
    assert str(session.undo_name) == "exchange of two samples"
    deliver(session, 1)
    assert session.lesson.data.inputs[0][0] == 0.125
    assert session.cursor == (0, 1)


def _of_single_samples(lesson):
    return replace(lesson, update=replace(lesson.update, batch_size=1))
