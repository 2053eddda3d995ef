"""Random updates, penalties and states: any rule for any network, with the fields that fit it."""

from hypothesis import strategies as st

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import Clip, State, Update
from explainer.maths.initialisers import INITIALISERS
from explainer.maths.penalties import PENALTIES
from explainer.maths.schedules import SCHEDULES
from explainer.maths.updates import UPDATES

rates = st.sampled_from([0.5, 0.1, 0.05, 1e-3])


def choices(table):
    """Return entries of a table, some with a parameter stated at its default."""

    def stated(row):
        some = st.sets(st.sampled_from(sorted(row.parameters))) if row.parameters else st.just(())
        return some.map(
            lambda names: Choice(row.name, {name: row.parameters[name] for name in names})
        )

    return st.sampled_from(list(table.values())).flatmap(stated)


penalties = st.none() | choices(PENALTIES)
initialisers = st.none() | choices(INITIALISERS)


@st.composite
def updates(draw):
    order = draw(st.sampled_from(["simultaneous", "in_place"]))
    kinds = ["value"] if order == "in_place" else ["norm", "value"]
    clips = st.builds(Clip, st.sampled_from(kinds), st.sampled_from([0.01, 0.5, 3.0]))
    return Update(
        draw(choices(UPDATES)),
        learning_rate=draw(rates),
        order=order,
        batch_size=draw(st.integers(1, 4) | st.just("all")),
        schedule=draw(choices(SCHEDULES)),
        shuffle=draw(st.booleans()),
        clip=draw(st.none() | clips),
    )


@st.composite
def states(draw, network, update):
    """Return a state that fits the rule: passes done and memory of some parameters."""
    cells = UPDATES[update.choice.name].memory
    names = draw(st.sets(st.sampled_from(sorted(network.parameters))))
    parameters = {name: {cell: draw(st.floats(0, 1)) for cell in cells} for name in names if cells}
    return State(draw(st.integers(0, 50)), parameters)
