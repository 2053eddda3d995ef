"""Tidying up: fewer crossings, never more, and nothing else changed."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from explainer.lesson.checks import check_lesson
from explainer.lesson.examples import example, example_names
from explainer.lesson.layers import columns, depths
from explainer.lesson.lesson import Neuron
from explainer.lesson.tidying import crossings, tidied
from explainer.messages import Refused
from explainer.trace.run import trace
from tests.properties.lessons import lessons
from tests.render.networks import dense, lesson


def counted(network) -> int:
    """Count crossings pair by pair."""
    depth = depths(network)
    at = {name: place for column in columns(network) for place, name in enumerate(column)}
    found = 0
    for one, other in combinations(network.edges, 2):
        same = all(
            depth[getattr(one, end)] == depth[getattr(other, end)] for end in ("source", "target")
        )
        if same:
            across = (at[one.source] - at[other.source]) * (at[one.target] - at[other.target])
            found += across < 0
    return found


@st.composite
def sparse(draw):
    sizes = draw(st.lists(st.integers(1, 5), min_size=3, max_size=4))
    layers = [[f"n{depth}_{row}" for row in range(size)] for depth, size in enumerate(sizes)]
    neurons = [
        Neuron(name, "input" if not depth else "output" if depth == len(sizes) - 1 else "hidden")
        for depth, layer in enumerate(layers)
        for name in layer
    ]
    ends = [(layers[d - 1][0], name) for d in range(1, len(sizes)) for name in layers[d]]
    possible = [
        (a, b)
        for left, right in pairwise(layers)
        for a in left
        for b in right
        if (a, b) not in ends
    ]
    ends += draw(st.lists(st.sampled_from(possible), unique=True)) if possible else []
    return lesson(neurons, ends)


@given(sparse())
def test_there_are_never_more_crossings_than_before(drawn):
    tidy = tidied(drawn)
    assert crossings(drawn.network) == counted(drawn.network)
    assert counted(tidy.network) <= counted(drawn.network)
    assert tidied(tidy).network == tidy.network or counted(tidied(tidy).network) < counted(
        tidy.network
    )


@given(lessons())
def test_only_the_order_of_hidden_neurons_changes(drawn):
    tidy = tidied(drawn)
    check_lesson(tidy)
    assert sorted(tidy.network.neurons, key=lambda n: n.id) == sorted(
        drawn.network.neurons, key=lambda n: n.id
    )
    for role in ("input", "output"):
        assert tidy.network.of_role(role) == drawn.network.of_role(role)
    assert tidy.network.edges == drawn.network.edges
    try:
        one = trace(drawn, 1)[0].summary
    except Refused:
        # The numbers grow too large, in whatever order.
        return
    other = trace(tidy, 1)[0].summary
    assert other.loss == one.loss
    assert set(other.gradients) == set(one.gradients)


def test_two_neurons_that_stand_crosswise_change_places():
    neurons = [
        Neuron("a", "input"),
        Neuron("b", "input"),
        Neuron("h1", "hidden"),
        Neuron("h2", "hidden"),
        Neuron("y", "output"),
        Neuron("z", "output"),
    ]
    crossed = lesson(neurons, [("a", "h2"), ("b", "h1"), ("h2", "y"), ("h1", "z")])
    assert crossings(crossed.network) == 2
    tidy = tidied(crossed)
    assert crossings(tidy.network) == 0
    assert [neuron.id for neuron in tidy.network.of_role("hidden")] == ["h2", "h1"]


def test_a_dense_network_stays_as_it_is():
    drawn = dense(3, 4, 2)
    assert tidied(drawn) is drawn


def test_no_built_in_lesson_gets_worse():
    for name in example_names():
        drawn = example(name)
        assert crossings(tidied(drawn).network) <= crossings(drawn.network)
