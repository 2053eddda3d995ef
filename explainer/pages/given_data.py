"""The samples a worked example starts from: what is given, what is computed from it, the targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from explainer.lesson.inputs import column_names, computed_column, inputs_of, seen_columns
from explainer.lesson.lesson import Feature
from explainer.lesson.symbols import symbol_of
from explainer.maths.expression import positions_of
from explainer.maths.printed import Printed
from explainer.messages import message, plural
from explainer.pages.given_special import listed
from explainer.pages.given_training import Fact, equality
from explainer.pages.names import Names
from explainer.pages.page import Maths, Sentence, Table


def sample_facts(names: Names) -> Iterator[Fact]:
    """Yield inputs and targets of the one sample, or, of several, what is computed of each; the numbers are in a table then."""
    lesson, sample = names.run.lesson, names.run.summary.samples[0]
    is_single = len(names.run.summary.samples) == 1
    data, inputs = lesson.data, names.run.lesson.network.of_role("input")
    if is_single:
        given = data.inputs[sample]
        hidden = [(symbol, given[place]) for place, symbol in _hidden(names)]
        if hidden:
            yield message("Given"), _equalities(names, hidden)
        values = inputs_of(lesson, sample)
        count = len(seen_columns(data))
        seen = [
            (names.neuron(neuron.id), value)
            for neuron, value in zip(inputs[:count], values[:count], strict=True)
        ]
        if seen:
            yield message("Inputs"), _equalities(names, seen)
    if data.features:
        neurons = inputs[-len(data.features) :]
        formulas = [
            _definition(names, names.neuron(neuron.id), feature, sample if is_single else None)
            for neuron, feature in zip(neurons, data.features, strict=True)
        ]
        yield plural("Computed input", "Computed inputs", len(formulas)), listed(formulas)
    if is_single:
        targets = [names.target(neuron.id) for neuron in lesson.network.of_role("output")]
        label = plural("Target", "Targets", len(targets))
        yield label, _equalities(names, zip(targets, data.targets[sample], strict=True))


def sample_table(names: Names) -> Table:
    """Return the samples of the batch, what the network does not see of them first."""
    lesson = names.run.lesson
    hidden = _hidden(names)
    symbols = [symbol for _, symbol in hidden]
    symbols += [names.neuron(neuron.id) for neuron in lesson.network.of_role("input")]
    symbols += [names.target(neuron.id) for neuron in lesson.network.of_role("output")]
    rows = []
    for sample in names.run.summary.samples:
        given = lesson.data.inputs[sample]
        values = (
            *(given[place] for place, _ in hidden),
            *inputs_of(lesson, sample),
            *lesson.data.targets[sample],
        )
        rows.append(((str(sample + 1),), *((names.number(value).text,) for value in values)))
    header = (
        names.say(message("Sample")),
        *((Maths(symbol.latex, symbol.text),) for symbol in symbols),
    )
    return Table(header, tuple(rows), names.say(message("The samples of the batch")))


def _definition(names: Names, symbol: Printed, feature: Feature, sample: int | None) -> Printed:
    """Return p = x₁x₂, with the numbers of a sample put in and its value, where there is one sample."""
    lesson = names.run.lesson
    data = lesson.data
    column = computed_column(feature, data)
    called = _called(names)
    formula = column.formula(called, names.language)
    whole = equality(symbol, formula)
    if sample is None:
        return whole
    places = positions_of(column_names(data))
    numbers = {name: names.number(data.inputs[sample][places[name]]) for name in called}
    put_in = column.formula(numbers, names.language)
    value = inputs_of(lesson, sample)[len(seen_columns(data)) + data.features.index(feature)]
    result = names.number(value)
    if put_in.text != result.text:
        whole = equality(whole, put_in)
    return equality(whole, result)


def _called(names: Names) -> Mapping[str, Printed]:
    """Return the symbol of each name a column may have: that of the neuron that takes it, else its own."""
    data, inputs = names.run.lesson.data, names.run.lesson.network.of_role("input")
    own = column_names(data)
    neuron_of = {
        place: neuron.id for place, neuron in zip(seen_columns(data), inputs, strict=False)
    }
    return {
        name: names.neuron(neuron_of[place]) if place in neuron_of else _symbol(own[place])
        for name, place in positions_of(own).items()
    }


def _hidden(names: Names) -> list[tuple[int, Printed]]:
    """Return the given columns that the network does not see and a feature may use, with their symbols."""
    data = names.run.lesson.data
    seen = set(seen_columns(data))
    return [
        (place, _symbol(name)) for place, name in enumerate(column_names(data)) if place not in seen
    ]


def _symbol(name: str) -> Printed:
    symbol = symbol_of(name)
    return Printed(symbol.latex, symbol.text)


def _equalities(names: Names, pairs: Iterable[tuple[Printed, float]]) -> Sentence:
    return listed([equality(symbol, names.number(value)) for symbol, value in pairs])
