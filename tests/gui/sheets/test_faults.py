"""A fault that stands alone reads as a sentence; a place in a file stays as it is written there."""

import pytest

from explainer.gui.paper.faults import as_sentence


@pytest.mark.parametrize(
    ("fault", "shown"),
    [
        ('the form ID "X" is mistyped', 'The form ID "X" is mistyped'),
        ("в номере опечатка", "В номере опечатка"),
        ("network.edges[3].from: no neuron", "network.edges[3].from: no neuron"),
        ("", ""),
    ],
)
def test_a_fault_begins_with_a_capital_letter(fault, shown):
    assert as_sentence(fault) == shown
