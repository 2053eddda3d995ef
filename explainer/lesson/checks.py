"""Whether a lesson of the right shape makes sense: names, edges, sizes, entries of the tables.

What is deliberately allowed: neurons in any order, several components, hidden neurons that lead
nowhere, outputs that feed later neurons, a neuron that has only a bias, parameters that nothing
uses (their gradient is zero; removing an edge need not lose its weight).
"""

from __future__ import annotations

from explainer.lesson.choice import Choice
from explainer.lesson.data_checks import check_data
from explainer.lesson.entries import check_choice, check_count, check_finite, check_name
from explainer.lesson.faults import below, quoted, refused
from explainer.lesson.layers import first_cycle
from explainer.lesson.lesson import Arithmetic, Lesson, Network, Neuron, Notation, Text
from explainer.lesson.limits import (
    MAX_DESCRIPTION,
    MAX_EDGES,
    MAX_NEURONS,
    MAX_NOTES,
    MAX_PARAMETERS,
    MAX_ROUNDING_DIGITS,
    MAX_TITLE,
)
from explainer.lesson.special_checks import (
    check_biases,
    check_extras,
    check_groups,
    check_piece,
    check_pieces,
    pieces_of,
)
from explainer.lesson.symbols import parse_label
from explainer.lesson.training_checks import check_training
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.losses import LOSSES
from explainer.maths.vector_activations import VECTOR_ACTIVATIONS
from explainer.messages import Refused, message


def check_lesson(lesson: Lesson) -> None:
    """Raise Refused, naming the place, unless the lesson can be traced as it stands."""
    _check_text(lesson.title, "title", MAX_TITLE, one_line=True)
    _check_text(lesson.description, "description", MAX_DESCRIPTION)
    _check_text(lesson.notes, "notes", MAX_NOTES)
    if lesson.expression is not None:
        # Reading formulas takes rooms that most lessons do without; they would cost the first frame.
        from explainer.lesson.formula_checks import check_formula

        check_formula(lesson.expression)
        _check_arithmetic(lesson.arithmetic)
        _check_notation(lesson.notation)
        _check_for_worksheets(lesson)
        return
    _check_neurons(lesson.network)
    _check_roles(lesson.network)
    _check_parameters(lesson.network)
    _check_edges(lesson.network)
    check_pieces(lesson.network)
    _check_flow(lesson.network)
    check_data(lesson.data, lesson.network)
    check_choice(lesson.loss.choice, "loss", "name", LOSSES)
    check_training(lesson)
    _check_arithmetic(lesson.arithmetic)
    _check_notation(lesson.notation)
    _check_for_worksheets(lesson)


def _check_notation(notation: Notation) -> None:
    for field in notation.__struct_fields__:
        if field != "functions":
            _check_label(getattr(notation, field), f"notation.{field}")


def _check_for_worksheets(lesson: Lesson) -> None:
    if lesson.vary is not None:
        # Most lessons say nothing of worksheets; asking would cost the first frame.
        from explainer.lesson.vary_checks import check_vary

        check_vary(lesson)
    if lesson.worksheet is not None:
        from explainer.lesson.worksheet_checks import check_worksheet

        check_worksheet(lesson.worksheet)


def check_part(network: Network) -> None:
    """Raise Refused unless these neurons and edges may be part of a network; what feeds them may stand elsewhere."""
    _check_neurons(network)
    _check_parameters(network)
    _check_edges(network)
    _check_forward(network)


def check_change(lesson: Lesson) -> None:
    """Check, in less time, a lesson whose network alone has changed, and in which names, edges and order are sound."""
    check_count(len(lesson.network.neurons), MAX_NEURONS, "network.neurons")
    check_count(len(lesson.network.edges), MAX_EDGES, "network.edges")
    check_count(len(lesson.network.parameters), MAX_PARAMETERS, "network.parameters")
    if any(neuron.group is not None for neuron in lesson.network.neurons):
        check_groups(lesson.network)
    check_training(lesson)


def _check_text(text: Text, place: str, limit: int, *, one_line: bool = False) -> None:
    parts = {place: text}
    if not isinstance(text, str):
        parts = {f"{place}.en": text.en, f"{place}.ru": text.ru}
    for where, part in parts.items():
        if one_line and not str(part).strip():
            raise refused(where, message("it is empty"))
        if len(str(part)) > limit:
            raise refused(where, message("it is longer than {limit} characters", limit=limit))
        if one_line and not set("\n\t").isdisjoint(str(part)):
            raise refused(where, message("it must be one line"))


def _check_label(label: str, place: str) -> None:
    try:
        parse_label(label)
    except Refused as error:
        raise refused(place, error.message) from None


def _check_neurons(network: Network) -> None:
    check_count(len(network.neurons), MAX_NEURONS, "network.neurons")
    seen: set[str] = set()
    for index, neuron in enumerate(network.neurons):
        place = f"network.neurons[{index}]"
        check_name(neuron.id, f"{place}.id")
        if neuron.id in seen:
            raise refused(f"{place}.id", message('"{name}" stands there twice', name=neuron.id))
        seen.add(neuron.id)
        _check_neuron(neuron, place, network)


def _check_roles(network: Network) -> None:
    if not network.of_role("input"):
        raise refused("network.neurons", message("there is no input neuron"))
    if not network.of_role("output"):
        raise refused("network.neurons", message("there is no output neuron"))


def _check_neuron(neuron: Neuron, place: str, network: Network) -> None:
    if neuron.role == "input":
        if neuron.activation != Choice("identity"):
            raise refused(f"{place}.activation", message("an input neuron has no activation"))
        if neuron.bias is not None:
            raise refused(f"{place}.bias", message("an input neuron has no bias"))
    _check_activation(neuron.activation, f"{place}.activation", network)
    check_biases(neuron, place, network)
    check_extras(neuron, place, network)
    if neuron.label is not None:
        _check_label(neuron.label, f"{place}.label")


def _check_activation(choice: Choice, place: str, network: Network) -> None:
    if choice.expression is not None:
        from explainer.maths.expression import parse_activation

        try:
            parse_activation(choice.expression)
        except Refused as error:
            raise refused(f"{place}.expression", error.message) from None
        return
    check_choice(choice, place, "name", {**ACTIVATIONS, **VECTOR_ACTIVATIONS})
    trained = ACTIVATIONS[choice.name].trained if choice.name in ACTIVATIONS else ()
    for field, name in choice.named:
        if field not in trained:
            raise refused(below(place, field), message("there is no such field"))
        if name not in network.parameters:
            fault = message('no parameter "{name}"', name=quoted(name))
            raise refused(below(place, field), fault)


def _check_parameters(network: Network) -> None:
    check_count(len(network.parameters), MAX_PARAMETERS, "network.parameters")
    for name in network.parameters:
        place = below("network.parameters", name)
        check_name(name, place)
        check_finite(network.value(name), place)


def _check_edges(network: Network) -> None:
    check_count(len(network.edges), MAX_EDGES, "network.edges")
    roles = {neuron.id: neuron.role for neuron in network.neurons}
    pieces = pieces_of(network)
    seen: set[tuple[str, str, int]] = set()
    for index, edge in enumerate(network.edges):
        place = f"network.edges[{index}]"
        for side, neuron_id in (("from", edge.source), ("to", edge.target)):
            if neuron_id not in roles:
                raise refused(
                    f"{place}.{side}", message('no neuron "{name}"', name=quoted(neuron_id))
                )
        if edge.weight not in network.parameters:
            raise refused(
                f"{place}.weight", message('no parameter "{name}"', name=quoted(edge.weight))
            )
        if roles[edge.target] == "input":
            fault = message('"{name}" is an input and has no incoming edges', name=edge.target)
            raise refused(f"{place}.to", fault)
        check_piece(edge, f"{place}.piece", pieces)
        if (edge.source, edge.target, edge.piece) in seen:
            fault = message(
                "there is already an edge {route}", route=f"{edge.source} → {edge.target}"
            )
            raise refused(place, fault)
        seen.add((edge.source, edge.target, edge.piece))


def _check_flow(network: Network) -> None:
    _check_forward(network)
    fed = {edge.target for edge in network.edges}
    for index, neuron in enumerate(network.neurons):
        if neuron.role != "input" and neuron.bias is None and neuron.id not in fed:
            fault = message('"{name}" has neither an incoming edge nor a bias', name=neuron.id)
            raise refused(f"network.neurons[{index}]", fault)
    check_groups(network)


def _check_forward(network: Network) -> None:
    cycle = first_cycle(network)
    if cycle:
        index = network.edges.index(cycle[-1])
        route = " → ".join([cycle[0].source, *(edge.target for edge in cycle)])
        fault = message("the edge closes a cycle: {route}", route=route)
        raise refused(f"network.edges[{index}]", fault)


def _check_arithmetic(arithmetic: Arithmetic) -> None:
    digits = {"decimals": arithmetic.decimals, "significant": arithmetic.significant}
    stated = {name: count for name, count in digits.items() if count is not None}
    if arithmetic.mode == "exact":
        if arithmetic != Arithmetic():
            fault = message("decimals, significant and ties are for the rounded mode")
            raise refused("arithmetic", fault)
        return
    if len(stated) != 1:
        fault = message("the rounded mode needs either decimals or significant")
        raise refused("arithmetic", fault)
    for name, count in stated.items():
        least = 0 if name == "decimals" else 1
        if not least <= count <= MAX_ROUNDING_DIGITS:
            fault = message(
                "it must lie between {least} and {most}", least=least, most=MAX_ROUNDING_DIGITS
            )
            raise refused(f"arithmetic.{name}", fault)
