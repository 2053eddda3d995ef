"""The words over the columns: role of the layer, its number where there are several, its activation."""

from __future__ import annotations

from explainer.lesson.choice import Choice
from explainer.lesson.lesson import Network, Neuron
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.vector_activations import VECTOR_ACTIVATIONS
from explainer.messages import Message, message, translate
from explainer.render.drawing.layout import Layout
from explainer.render.metrics import label_width
from explainer.render.shapes import Label, Run

_SIZE = 12.5
_TRACKING = 0.55
# From the middle of the line to its baseline.
_DROP = 4.5
# More activations than this in one layer are not listed.
_MOST_NAMES = 2
# A longer formula, or name, would push the columns apart.
_LONGEST_FORMULA = 24
_LONGEST_NAME = 17


def header_texts(network: Network, columns: dict[str, int], language: str) -> tuple[str, ...]:
    """Return the header of each column from the first to the last that a neuron stands in, empty over an empty one."""
    members: dict[int, list[Neuron]] = {}
    for neuron in network.neurons:
        members.setdefault(columns[neuron.id], []).append(neuron)
    hidden = [column for column, group in sorted(members.items()) if _role(group) == "hidden"]
    texts = []
    for column in range(max(members) + 1):
        group = members.get(column, [])
        number = hidden.index(column) + 1 if column in hidden and len(hidden) > 1 else 0
        texts.append(_header(group, number, language) if group else "")
    return tuple(texts)


def header_labels(texts: tuple[str, ...], found: Layout, language: str) -> list[Label]:
    """Return the words over the columns and over the error."""
    error = translate(message("Error"), language).upper()
    names = [*(str(number) for number in range(len(texts))), "error"]
    return [
        Label(
            f"header:{name}", x, y + _DROP, (Run(text),), _SIZE, "quiet", True, tracking=_TRACKING
        )
        for name, text, (x, y) in zip(
            names, (*texts, error), (*found.headers, found.error_header), strict=True
        )
        if text
    ]


def header_width(text: str) -> float:
    """Return the width of a header in px."""
    return label_width((Run(text),), _SIZE, True, _TRACKING) if text else 0.0


def _role(group: list[Neuron]) -> str:
    roles = {neuron.role for neuron in group}
    return next(role for role in ("output", "input", "hidden") if role in roles)


def _header(group: list[Neuron], number: int, language: str) -> str:
    role = _role(group)
    choices = list(dict.fromkeys(neuron.activation for neuron in group if neuron.role != "input"))
    # Parameters are not named here: two slopes of one function are one entry.
    names = list(dict.fromkeys(activation_name(choice, language) for choice in choices))
    if role == "output" and [choice.name for choice in choices] == ["identity"]:
        names = []
    shown = names[:_MOST_NAMES]
    if len(names) > _MOST_NAMES:
        shown.append("…")
    head = translate(_word(role, number), language).upper()
    return f"{head} · {', '.join(shown)}" if shown else head


def _word(role: str, number: int) -> Message:
    if role == "input":
        return message("Input")
    if role == "output":
        return message("Output")
    return message("Hidden {number}", number=number) if number else message("Hidden")


def worn_names(network: Network, columns: dict[str, int], language: str) -> dict[str, str]:
    """Return the activation that each neuron wears as a label of its own: in columns where they differ."""
    members: dict[int, list[Neuron]] = {}
    for neuron in network.neurons:
        if neuron.role != "input":
            members.setdefault(columns[neuron.id], []).append(neuron)
    worn: dict[str, str] = {}
    for group in members.values():
        names = {neuron.id: activation_name(neuron.activation, language) for neuron in group}
        if len({*names.values()}) > 1:
            worn |= names
    return worn


def activation_name(choice: Choice, language: str) -> str:
    """Return the name of an activation in few letters: without its by-names, by its sign where it is still long."""
    if choice.expression is not None:
        return choice.expression if len(choice.expression) <= _LONGEST_FORMULA else "f(z)"
    vector = VECTOR_ACTIVATIONS.get(choice.name)
    if vector is not None:
        return translate(vector.label, language).partition(" (")[0]
    row = ACTIVATIONS.get(choice.name)
    if row is None:
        return choice.name
    label = translate(row.label, language)
    short = label.partition(" (")[0]
    if len(short) <= _LONGEST_NAME and "," not in short:
        return short
    return row.short or row.name_text or short
