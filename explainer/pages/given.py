"""What a worked example starts from: data, parameters, error, update, as a table; the network in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from explainer.lesson.choice import Choice
from explainer.maths.chosen import activation_label, activation_row
from explainer.maths.losses import LOSSES
from explainer.maths.printed import Printed
from explainer.maths.vector_activations import VECTOR_ACTIVATIONS
from explainer.messages import Message, message, translate
from explainer.pages.given_data import sample_facts, sample_table
from explainer.pages.given_special import (
    initialiser_facts,
    initialiser_table,
    listed,
    special_facts,
)
from explainer.pages.given_training import Fact, equality, training_facts, with_numbers
from explainer.pages.names import Names
from explainer.pages.narrate import narrate
from explainer.pages.page import Block, Formula, Inline, Maths, Sentence, Table

_REDUCTIONS = {"mean": message("the mean"), "sum": message("the sum")}


def given(names: Names) -> Iterator[Block]:
    """Yield everything the calculation needs: one table, and one of the samples where there are several."""
    samples = names.run.summary.samples
    facts = [*sample_facts(names), *_parameters(names)]
    facts += [*initialiser_facts(names), *_activations(names), *special_facts(names)]
    facts += [_error(names), *training_facts(names)]
    rows = tuple(
        # A label stands in front of the first of its rows alone.
        (() if place and facts[place - 1][0] == label else names.say(label), content)
        for place, (label, content) in enumerate(facts)
    )
    if len(samples) > 1:
        yield sample_table(names)
    yield Table(((), ()), rows)
    yield from initialiser_table(names)


def in_words(names: Names, *, with_values: bool = False) -> str:
    """Describe the network for those who cannot see it: its edges with their weights, its biases, its values."""
    network, start = names.run.lesson.network, names.run.summary.parameters_before
    parts = [translate(message("A network of neurons in layers."), names.language)]
    for edge in network.edges:
        ends = f"{names.neuron(edge.source).text} → {names.neuron(edge.target).text}"
        if edge.piece:
            piece = message("piece {number}", number=edge.piece + 1)
            ends = f"{ends} ({translate(piece, names.language)})"
        parts.append(
            f"{ends}: {names.parameter(edge.weight).text} = {names.number(start[edge.weight]).text}."
        )
    for neuron in network.neurons:
        for name in neuron.biases:
            bias = f"{names.parameter(name).text} = {names.number(start[name]).text}"
            parts.append(f"{names.neuron(neuron.id).text}: {bias}.")
    sample = names.run.summary.samples[0]
    for neuron in network.neurons:
        if neuron.role == "input" or with_values:
            value = names.run.summary.values[str(sample)][neuron.id]
            parts.append(f"{names.neuron(neuron.id).text} = {names.number(value).text}.")
    return " ".join(parts)


def _parameters(names: Names) -> Iterator[Fact]:
    network, start = names.run.lesson.network, names.run.summary.parameters_before
    biases = {name for neuron in network.neurons for name in neuron.biases}
    weights = {edge.weight for edge in network.edges}
    for label, chosen in (
        (message("Weights"), [name for name in start if name in weights - biases]),
        (message("Biases"), [name for name in start if name in biases]),
        (
            message("Other parameters"),
            [name for name in start if name not in weights and name not in biases],
        ),
        (message("Not updated"), [name for name in start if not network.is_trainable(name)]),
    ):
        if label.key == "Not updated" and chosen:
            yield label, listed([names.parameter(name) for name in chosen])
        elif chosen:
            yield (
                label,
                _equalities(names, ((names.parameter(name), start[name]) for name in chosen)),
            )


def _activations(names: Names) -> Iterator[Fact]:
    neurons = [neuron for neuron in names.run.lesson.network.neurons if neuron.role != "input"]
    used: dict[tuple[Message, Sentence], list[Printed]] = {}
    for neuron in neurons:
        kind = activation_label(neuron.activation), _constants(names, neuron.activation)
        used.setdefault(kind, []).append(names.neuron(neuron.id))
    label = message("Activation")
    for (name, constants), which in used.items():
        described = (translate(name, names.language), *constants)
        yield label, described if len(used) == 1 else (*described, " (", *listed(which), ")")


def _constants(names: Names, choice: Choice) -> Sentence:
    """Return the numbers an activation works with, but for what is learnt: that stands among the parameters."""
    if choice.expression is not None or choice.name in VECTOR_ACTIVATIONS:
        return ()
    row = activation_row(choice)
    fixed = {name: value for name, value in row.parameters.items() if name not in row.trained}
    return with_numbers(names, fixed, choice)


def _error(names: Names) -> Fact:
    loss = names.run.lesson.loss
    first = next(step for step in names.run.summary.steps if step.kind == "loss")
    page = narrate((names.run,), 0, first.index, names.language, names.digits)
    rule = next(block for block in page.blocks if isinstance(block, Formula)).rows[0]
    content: list[Inline] = [
        translate(LOSSES[loss.choice.name].label, names.language),
        ", ",
        Maths(rule.latex, rule.text),
        *with_numbers(names, LOSSES[loss.choice.name].parameters, loss.choice),
    ]
    if len(names.run.summary.samples) > 1:
        whole = message("; of the batch: {reduction}", reduction=_REDUCTIONS[loss.reduction])
        content.extend(names.say(whole))
    return message("Error"), tuple(content)


def _equalities(names: Names, pairs: Iterable[tuple[Printed, float]]) -> Sentence:
    return listed([equality(symbol, names.number(value)) for symbol, value in pairs])
