"""The order of any feed-forward graph, whatever order the file has."""

from hypothesis import given

from explainer.lesson.examples import example
from explainer.lesson.layers import columns, depths, first_cycle, in_order
from explainer.lesson.lesson import Edge, Network, Neuron
from tests.lesson.strategies import networks


def chain(*edges, roles):
    neurons = tuple(Neuron(name, role, bias="b") for name, role in roles.items())
    return Network(neurons, tuple(Edge(a, b, "b") for a, b in edges), {"b": 1.0})


def test_columns_of_a_layered_network():
    found = columns(example("mazur-2-2-2").network)
    assert found == (("i1", "i2"), ("h1", "h2"), ("o1", "o2"))


def test_depth_is_the_longest_way():
    roles = {"o": "output", "i": "input", "h": "hidden"}
    network = chain(("i", "o"), ("i", "h"), ("h", "o"), roles=roles)
    assert depths(network) == {"o": 2, "i": 0, "h": 1}
    assert [neuron.id for neuron in in_order(network)] == ["i", "h", "o"]


def test_a_neuron_with_only_a_bias_is_no_input():
    network = chain(("i", "o"), ("c", "o"), roles={"i": "input", "c": "hidden", "o": "output"})
    assert depths(network) == {"i": 0, "c": 1, "o": 2}


def test_a_cycle_is_given_in_the_order_of_travel():
    network = chain(
        ("i", "a"), ("a", "b"), ("b", "c"), ("c", "a"), ("c", "o"),
        roles={"i": "input", "a": "hidden", "b": "hidden", "c": "hidden", "o": "output"},
    )  # fmt: skip
    assert [(edge.source, edge.target) for edge in first_cycle(network)] == [
        ("a", "b"), ("b", "c"), ("c", "a"),
    ]  # fmt: skip


@given(networks(max_hidden=10))
def test_every_edge_leads_forward(network):
    assert first_cycle(network) == ()
    depth = depths(network)
    place = {neuron.id: position for position, neuron in enumerate(in_order(network))}
    for edge in network.edges:
        assert depth[edge.source] < depth[edge.target]
        assert place[edge.source] < place[edge.target]
    assert sorted(place) == sorted(name for column in columns(network) for name in column)
