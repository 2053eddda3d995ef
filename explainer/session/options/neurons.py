"""The menus about what neurons compute: whose, and which activation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from explainer.lesson.activation_edits import set_activation, set_activation_parameters
from explainer.lesson.choice import TYPED, Choice
from explainer.lesson.layers import columns
from explainer.lesson.lesson import Lesson, Network, Neuron
from explainer.lesson.symbols import neuron_symbol
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.rows import ActivationRow
from explainer.maths.vector_activations import VECTOR_ACTIVATIONS, VectorActivationRow
from explainer.messages import Message, message
from explainer.session.choosing import Change
from explainer.session.options.menus import FormulaKey, Menu, Option, Quantity, Typed
from explainer.session.options.words import parameter_label, row_notes

# Stands where a layer's neurons do not all have the same activation.
MIXED = ""
_FIRST_TYPED = "z/(1+exp(-z))"


class Target(NamedTuple):
    """Neurons whose activation is chosen together: a layer, or one neuron."""

    key: str
    label: Message
    neurons: tuple[str, ...]


def targets(lesson: Lesson) -> tuple[Target, ...]:
    """Return the layers and, where a layer has several, its neurons; inputs have no activation."""
    found: list[Target] = []
    for layer in _layers(lesson.network):
        found.append(layer)
        if len(layer.neurons) > 1:
            found += [_single(lesson.network.neuron(neuron)) for neuron in layer.neurons]
    return tuple(found)


def target_of(lesson: Lesson, key: str) -> Target | None:
    """Return the target with this key, that of the neuron with this id, else the first; None for a formula."""
    known = targets(lesson)
    named = (target for target in known if target.key == key)
    only = (target for target in known if target.neurons == (key,))
    return next(named, None) or next(only, None) or next(iter(known), None)


def _layers(network: Network) -> Iterator[Target]:
    hidden = 0
    outputs = tuple(neuron.id for neuron in network.of_role("output"))
    for column in columns(network):
        inside = tuple(name for name in column if network.neuron(name).role == "hidden")
        if inside:
            hidden += 1
            yield Target(f"layer {hidden}", message("hidden layer {number}", number=hidden), inside)
    yield Target("outputs", message("output layer"), outputs)


def _single(neuron: Neuron) -> Target:
    return Target(neuron.id, message("{symbol}", symbol=neuron_symbol(neuron).text), (neuron.id,))


def activation_menu(lesson: Lesson, target: Target) -> Menu:
    """Return the menu of the activations of some neurons."""
    neurons = [lesson.network.neuron(name) for name in target.neurons]
    choice = neurons[0].activation
    same = all(_is_alike(neuron.activation, choice) for neuron in neurons)
    options = [_option(target, row) for row in ACTIVATIONS.values()]
    options += [_vector(neurons, target, row) for row in VECTOR_ACTIVATIONS.values()]
    options.append(_typed(target, choice))
    if not same:
        options.insert(0, Option(MIXED, message("different ones")))
    chosen = choice.name if same else MIXED
    is_typed = same and choice.expression is not None
    return Menu(
        "activation",
        message("Activation"),
        tuple(options),
        chosen,
        tuple(_quantities(lesson, target, choice)) if same and not is_typed else (),
        _field(target, choice) if is_typed else None,
    )


def _is_alike(one: Choice, other: Choice) -> bool:
    """Tell whether two neurons have the same activation; what each of them learns may differ."""
    learnt = dict(one.named).keys() == dict(other.named).keys()
    return learnt and (one.name, one.parameters, one.expression) == (
        other.name,
        other.parameters,
        other.expression,
    )


def _change(target: Target, choice: Choice) -> Change:
    title = message("activation of {target}", target=target.label)
    return Change(
        "activation", title, lambda lesson: set_activation(lesson, target.neurons, choice)
    )


def _option(
    target: Target, row: ActivationRow | VectorActivationRow, fault: Message | None = None
) -> Option:
    return Option(
        row.name,
        row.label,
        _change(target, Choice(row.name)),
        FormulaKey("activations", row.name),
        row_notes(row),
        row.source,
        fault,
    )


def _vector(neurons: list[Neuron], target: Target, row: VectorActivationRow) -> Option:
    fault = None
    if row.name == "softmax" and target.key == neurons[0].id:
        fault = message("a softmax is for a whole layer, which can be chosen above")
    if row.name == "maxout" and any(neuron.activation.name != row.name for neuron in neurons):
        fault = message("a maxout needs several weighted sums, and here is only one")
    return _option(target, row, fault)


def _typed(target: Target, choice: Choice) -> Option:
    text = choice.expression or _FIRST_TYPED
    return Option(
        TYPED,
        message("typed by you…"),
        _change(target, Choice.typed(text)),
        FormulaKey("typed", text),
        (message("Any formula in z, such as z/(1+exp(-z)), max(0, z) or z*tanh(z)."),),
    )


def _field(target: Target, choice: Choice) -> Typed:
    return Typed(
        "f(z) =",
        choice.expression or "",
        lambda text: _change(target, Choice.typed(text.strip())),
    )


def _quantities(lesson: Lesson, target: Target, choice: Choice) -> Iterator[Quantity]:
    row = ACTIVATIONS.get(choice.name)
    if row is None:
        return
    named, stated = dict(choice.named), dict(choice.parameters)
    for name, default in row.parameters.items():
        value = lesson.network.value(named[name]) if name in named else stated.get(name, default)
        yield Quantity(name, parameter_label(name), value, _changed(target, name))


def _changed(target: Target, name: str) -> Callable[[float], Change]:
    title = message("{parameter} of {target}", parameter=parameter_label(name), target=target.label)

    def change(value: float) -> Change:
        return Change(
            f"activation {name}",
            title,
            lambda lesson: set_activation_parameters(lesson, target.neurons, {name: value}),
        )

    return change
