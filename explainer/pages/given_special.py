"""What a worked example says beforehand of neurons that look across units and samples, and of how weights were drawn."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.lesson.initialise import Fans, Spread, fans, spread_of
from explainer.lesson.lesson import Dropout, Neuron
from explainer.maths.initialisers import INITIALISERS
from explainer.maths.letters import letter
from explainer.maths.printed import Printed
from explainer.messages import Message, message
from explainer.pages.given_training import Fact, equality, with_numbers
from explainer.pages.names import Names, with_subscript
from explainer.pages.page import Inline, Maths, Sentence, Table
from explainer.trace.running import SEEN, running_before

# Of more weights the fans are told by groups that share them, and only so many of these.
_MOST_ROWS = 12


def special_facts(names: Names) -> Iterator[Fact]:
    """Yield the mode, the softmax groups, dropout with its masks, batch normalisation with its running averages."""
    network = names.run.lesson.network
    special = [neuron for neuron in network.neurons if not neuron.is_plain]
    if names.run.lesson.mode == "apply":
        yield (
            message("Mode"),
            names.say(
                message(
                    "applied: nothing is switched off, and running averages stand in for the batch"
                )
            ),
        )
    elif any(neuron.dropout or neuron.normalise for neuron in special):
        yield message("Mode"), names.say(message("training"))
    for group in _groups(names):
        yield message("One softmax"), listed([names.neuron(name) for name in group])
    for neuron in special:
        if neuron.dropout is not None:
            yield message("Dropout"), _dropout(names, neuron, neuron.dropout)
    for neuron in special:
        if neuron.normalise is not None:
            yield message("Batch normalisation"), _normalisation(names, neuron)


def initialiser_facts(names: Names) -> Iterator[Fact]:
    """Yield how the weights were drawn, nothing where the lesson does not say."""
    lesson = names.run.lesson
    if lesson.initialise is None:
        return
    row = INITIALISERS[lesson.initialise.name]
    numbers = with_numbers(names, row.parameters, lesson.initialise)
    drawn = message(
        "{name}, drawn from the seed {seed}; biases start at 0", name=row.label, seed=lesson.seed
    )
    if row.distribution == "constant":
        drawn = message("{name}; biases start at 0", name=row.label)
    yield message("Initial weights"), (*names.say(drawn), *numbers)


def initialiser_table(names: Names) -> Iterator[Table]:
    """Yield for the weights of each fan-in and fan-out the distribution they are drawn from."""
    lesson = names.run.lesson
    if lesson.initialise is None:
        return
    groups: dict[Fans, list[str]] = {}
    for weight, fan in fans(lesson.network).items():
        groups.setdefault(fan, []).append(weight)
    rows: list[tuple[Sentence, ...]] = []
    for fan, weights in list(groups.items())[:_MOST_ROWS]:
        shown = names.say(_spread(names, spread_of(lesson.initialise, fan)))
        cells = (listed([names.parameter(name) for name in weights]),)
        rows.append((*cells, (str(fan.fan_in),), (str(fan.fan_out),), shown))
    header = (message("Weights"), message("Fan-in"), message("Fan-out"), message("Drawn from"))
    caption = message(
        "How the weights were drawn: the fan-in counts the edges into the neuron, the fan-out those out of its source"
    )
    yield Table(tuple(map(names.say, header)), tuple(rows), names.say(caption))


def listed(symbols: list[Printed]) -> Sentence:
    """Return symbols separated by commas."""
    parts: list[Inline] = []
    for symbol in symbols:
        parts += [", "] if parts else []
        parts.append(Maths(symbol.latex, symbol.text))
    return tuple(parts)


def _spread(names: Names, spread: Spread) -> Message:
    """Say a distribution with its numbers."""
    first, *rest = (names.number(number) for number in spread.numbers)
    if spread.distribution == "constant":
        return message("all {value}", value=first)
    if spread.distribution == "uniform":
        return message("evenly from {low} to {high}", low=first, high=rest[0])
    return message(
        "a normal distribution, mean {mean}, standard deviation {deviation}",
        mean=first,
        deviation=rest[0],
    )


def _groups(names: Names) -> list[list[str]]:
    found: dict[object, list[str]] = {}
    for neuron in names.run.lesson.network.neurons:
        if neuron.activation.name == "softmax":
            key = (names.run.graph.depth[neuron.id], neuron.group)
            found.setdefault(key, []).append(neuron.id)
    return list(found.values())


def _dropout(names: Names, neuron: Neuron, dropout: Dropout) -> Sentence:
    rate = equality(letter("p"), names.number(dropout.rate))
    text = message(
        "{x} is switched off with probability {rate}", x=names.neuron(neuron.id), rate=rate
    )
    scaling = (
        message("scaled by 1/(1 − p) in training")
        if dropout.scaling == "inverted"
        else message("scaled by 1 − p when applied")
    )
    parts: list[Inline] = [*names.say(text), ", ", *names.say(scaling)]
    if names.run.lesson.mode == "apply":
        return tuple(parts)
    mask = with_subscript("m", names.neuron(neuron.id))
    masks = []
    for sample in names.run.graph.samples:
        drawn = names.run.values[names.run.graph.place[sample, f"{neuron.id}.mask"]]
        masks.append(equality(names.of_sample(mask, sample), names.number(drawn)))
    seed = message("; the mask of this pass, from the seed {seed}: ", seed=names.run.lesson.seed)
    return (*parts, *names.say(seed), *listed(masks))


def _normalisation(names: Names, neuron: Neuron) -> Sentence:
    settings = neuron.normalise
    if settings is None:
        raise ValueError(f"{neuron.id} is not normalised")
    text = message(
        "of {z}, scale {gamma}, shift {beta}, {epsilon}, share of the newest batch {alpha}; running averages ",
        z=names.z_of(neuron.id),
        gamma=_called("gamma", names.parameter(settings.gamma)),
        beta=_called("beta", names.parameter(settings.beta)),
        epsilon=equality(letter("epsilon"), names.number(settings.epsilon)),
        alpha=equality(letter("alpha"), names.number(settings.momentum)),
    )
    averages = [
        equality(
            names.average(neuron.id, which, running=True),
            names.number(running_before(names.run, neuron, cell)),
        )
        for cell, which in SEEN.items()
    ]
    return (*names.say(text), *listed(averages))


def _called(name: str, own: Printed) -> Printed:
    """Return γ = g₁ where the lesson calls by another name what this letter stands for."""
    usual = letter(name)
    return usual if usual.text == own.text else equality(usual, own)
