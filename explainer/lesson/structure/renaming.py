"""Other names: of neurons and parameters, and everything that refers to them; the texts of a lesson."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Literal, TypeVar

from msgspec.structs import replace

from explainer.lesson import vary
from explainer.lesson.choice import Choice
from explainer.lesson.entries import check_name
from explainer.lesson.lesson import Lesson, Localised, Network, Neuron, Text
from explainer.lesson.structure.ground import checked, fault_in, network_of
from explainer.lesson.symbols import parse_label
from explainer.lesson.worksheet import with_names
from explainer.messages import Refused, message

_Value = TypeVar("_Value")
TextField = Literal["title", "description", "notes"]


def rename_neuron(lesson: Lesson, neuron_id: str, new: str) -> Lesson:
    """Return the lesson with another id of a neuron; Refused where it is no name or taken, KeyError for an unknown neuron.

    A neuron without a label is shown by its id. Which neurons chance switches off depends on their ids.
    """
    network = network_of(lesson)
    network.neuron(neuron_id)
    if new == neuron_id:
        return lesson
    _must_be_free(new, {neuron.id for neuron in network.neurons})

    def called(name: str) -> str:
        return new if name == neuron_id else name

    renamed = replace(
        network,
        neurons=tuple(
            replace(neuron, id=new) if neuron.id == neuron_id else neuron
            for neuron in network.neurons
        ),
        edges=tuple(
            replace(edge, source=called(edge.source), target=called(edge.target))
            if neuron_id in (edge.source, edge.target)
            else edge
            for edge in network.edges
        ),
    )
    memory = _with_key(lesson.state.neurons, called)
    return replace(
        lesson,
        network=renamed,
        state=replace(lesson.state, neurons=memory),
        worksheet=with_names(lesson.worksheet, called, _as_it_is),
    )


def rename_parameter(lesson: Lesson, name: str, new: str) -> Lesson:
    """Return the lesson with another name of a weight, a bias or a neuron's own parameter; as `rename_neuron`."""
    network = network_of(lesson)
    if name not in network.parameters:
        raise KeyError(name)
    if new == name:
        return lesson
    _must_be_free(new, network.parameters)

    def called(old: str) -> str:
        return new if old == name else old

    renamed = replace(
        with_parameters_called(network, called), parameters=_with_key(network.parameters, called)
    )
    memory = _with_key(lesson.state.parameters, called)
    state = replace(lesson.state, parameters=memory)
    return replace(
        lesson,
        network=renamed,
        state=state,
        vary=vary.renamed(lesson.vary, called),
        worksheet=with_names(lesson.worksheet, _as_it_is, called),
    )


def with_parameters_called(network: Network, called: Callable[[str], str]) -> Network:
    """Return the network that names its parameters anew wherever an edge or a neuron does; the values are left alone."""
    edges = tuple(
        edge if called(edge.weight) == edge.weight else replace(edge, weight=called(edge.weight))
        for edge in network.edges
    )
    neurons = tuple(neuron_with_parameters_called(neuron, called) for neuron in network.neurons)
    return replace(network, neurons=neurons, edges=edges)


def neuron_with_parameters_called(neuron: Neuron, called: Callable[[str], str]) -> Neuron:
    """Return the neuron with other names of its bias, its scale and shift, and of what its activation learns."""
    if all(called(name) == name for name in neuron.own_parameters):
        return neuron
    bias, settings, choice = neuron.bias, neuron.normalise, neuron.activation
    if isinstance(bias, str):
        bias = called(bias)
    elif bias is not None:
        bias = tuple(called(name) for name in bias)
    if settings is not None:
        settings = replace(settings, gamma=called(settings.gamma), beta=called(settings.beta))
    if choice.named:
        named = {key: called(name) for key, name in choice.named}
        choice = Choice(choice.name, {**dict(choice.parameters), **named}, choice.expression)
    return replace(neuron, bias=bias, normalise=settings, activation=choice)


def _as_it_is(name: str) -> str:
    return name


def _with_key(table: dict[str, _Value], called: Callable[[str], str]) -> dict[str, _Value]:
    """Return the dictionary with another key at the place of the old one."""
    return {called(key): value for key, value in table.items()}


def _must_be_free(name: str, taken: Collection[str]) -> None:
    try:
        check_name(name, "")
    except Refused as error:
        raise Refused(message("This cannot be a name: {fault}.", fault=fault_in(error))) from None
    if name in taken:
        raise Refused(message('The name "{name}" is taken.', name=name))


def set_label(lesson: Lesson, neuron_id: str, label: str | None) -> Lesson:
    """Return the lesson with another symbol of a neuron, None or nothing for its id; Refused where it cannot be one."""
    network = network_of(lesson)
    network.neuron(neuron_id)
    wanted = label.strip() if label is not None else ""
    if wanted:
        parse_label(wanted)
    neurons = tuple(
        replace(neuron, label=wanted or None) if neuron.id == neuron_id else neuron
        for neuron in network.neurons
    )
    return replace(lesson, network=replace(network, neurons=neurons))


def set_text(lesson: Lesson, field: TextField, text: Text, language: str | None = None) -> Lesson:
    """Return the lesson with another title, description or notes for the presenter.

    Where the lesson has the text in two languages and one language is named, a plain text takes the place of that one
    alone. Refused for an empty title, and for text that is too long or holds what a file must not.
    """
    old = getattr(lesson, field)
    if isinstance(text, str) and isinstance(old, Localised) and language is not None:
        text = replace(old, **{"ru" if language == "ru" else "en": text})
    for part in (text,) if isinstance(text, str) else (text.en, text.ru):
        _must_be_writable(part)
    return checked(replace(lesson, **{field: text}))


def _must_be_writable(text: str) -> None:
    # Imported here: the first frame shows a lesson of the program, which is not read so strictly.
    from explainer.lesson.json_text import fault_of_text

    fault = fault_of_text(text)
    if fault is not None:
        raise Refused(message("This text cannot be saved: {fault}.", fault=fault))
