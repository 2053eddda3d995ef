"""What msgspec finds wrong with the shape of a lesson, in the words of the file.

It turns `$.network.neurons[0]` into `network.neurons[0]` and "Expected `int`, got `str`" into a sentence.
"""

from __future__ import annotations

import re
from typing import Any, get_args, get_type_hints

import msgspec

from explainer.lesson.faults import below, quoted, refused
from explainer.lesson.lesson import (
    Arithmetic,
    Clip,
    Dropout,
    Lesson,
    Loss,
    Neuron,
    Notation,
    Parameter,
    Update,
)
from explainer.messages import Message, Refused, message

_KINDS = {
    "str": message("text"),
    "int": message("a whole number"),
    "float": message("a number"),
    "bool": message("true or false"),
    "null": message("nothing"),
    "object": message("an object"),
    "array": message("a list"),
}


def kind_of(value: object) -> str:
    """Return msgspec's name of what stands in the file."""
    if value is None:
        return "null"
    names = {bool: "bool", int: "int", float: "float", str: "str", list: "array", dict: "object"}
    return names[type(value)]


def expected(wanted: str, found: str) -> Message:
    """Return what is said where another kind of value stands; kinds are msgspec's names, alternatives joined by |."""
    # An optional field may be left out; nobody is told to write null.
    kinds = [_KINDS[name] for name in wanted.split(" | ") if name != "null" and name in _KINDS]
    if not kinds:
        return message("{found} cannot stand here", found=_KINDS[found])
    phrase = kinds[0]
    for kind in kinds[1:]:
        phrase = message("{one} or {other}", one=phrase, other=kind)
    return message("this must be {wanted}, not {found}", wanted=phrase, found=_KINDS[found])


# Compiled when something is wrong, not before the first frame.
_FAULT = r"(?s:(?P<what>.*?)(?: - at `\$(?P<path>.*)`)?)"
_UNKNOWN = r"(?s:Object contains unknown field `(?P<name>.*)`)"
_MISSING = r"Object missing required field `(?P<name>.*)`"
_WRONG_KIND = r"Expected `(?P<wanted>[^`]*)`, got `(?P<found>[^`]*)`"
_NAMES_A_PARAMETER = (
    r"network\.(edges\[\d+\]\.weight|neurons\[\d+\]\.(bias(\[\d+\])?|normalise\.(gamma|beta)))"
)
_WRONG_LENGTH = r"Expected `array` of length (?P<wanted>\d+), got (?P<found>\d+)"


def translated(text: str, tree: dict[str, Any], root: str) -> Refused:
    """Return what msgspec found as a refusal in our words."""
    parts = re.fullmatch(_FAULT, text)
    what, path = parts.group("what", "path") if parts else (text, "")
    place = (path or "").lstrip(".")
    if place.startswith("network.parameters[...]"):
        return _parameter_fault(tree["network"]["parameters"])
    place = _named_place(place, what, tree)
    return _shape_fault(what, place, root, _value_at(tree, place))


def _parameter_fault(parameters: dict[str, Any]) -> Refused:
    """Return the fault of the first parameter that is wrong; msgspec does not say which it is."""
    for name, value in parameters.items():
        try:
            msgspec.convert(value, float | Parameter)
        except msgspec.ValidationError as error:
            parts = re.fullmatch(_FAULT, str(error))
            what, path = parts.group("what", "path") if parts else (str(error), "")
            place = below("network.parameters", name) + (path or "")
            return _shape_fault(what, place, place, None)
    raise AssertionError("a parameter was refused in company and accepted alone")


def _shape_fault(what: str, place: str, root: str, value: object) -> Refused:
    unknown, missing = re.fullmatch(_UNKNOWN, what), re.fullmatch(_MISSING, what)
    if unknown:
        return refused(below(place, unknown["name"]), message("there is no such field"))
    if missing:
        return refused(
            place or root, message('the field "{name}" is missing', name=missing["name"])
        )
    if place == "update.batch_size":
        return refused(place, batch_size_fault())
    kind, length = re.fullmatch(_WRONG_KIND, what), re.fullmatch(_WRONG_LENGTH, what)
    if kind and kind["found"] in ("int", "float") and re.fullmatch(_NAMES_A_PARAMETER, place):
        fault = message(
            "this must be the name of a parameter, whose number stands in network.parameters"
        )
        return refused(place, fault)
    if kind:
        return refused(place or root, expected(kind["wanted"], kind["found"]))
    if length:
        fault = message("{wanted} numbers must stand here, not {found}", **length.groupdict())
        return refused(place or root, fault)
    words = _words_of(place)
    if words:
        fault = message(
            '"{found}" is not one of {words}', found=quoted(value), words=", ".join(words)
        )
        return refused(place, fault)
    return refused(place or root, message("{found} cannot stand here", found=quoted(value)))


def batch_size_fault() -> Message:
    """Return what is said of a batch size that is neither a count nor "all"."""
    return message('it must be a whole number from 1, or "all"')


_HOLDERS: dict[str, type[msgspec.Struct]] = {
    "": Lesson,
    "network.neurons": Neuron,
    "network.neurons.dropout": Dropout,
    "loss": Loss,
    "update": Update,
    "update.clip": Clip,
    "arithmetic": Arithmetic,
    "notation": Notation,
}


def _words_of(place: str) -> tuple[str, ...]:
    """Return the words that may stand in a field, read from the types."""
    holder, _, name = re.sub(r"\[\d+\]", "", place).rpartition(".")
    if holder not in _HOLDERS:
        return ()
    annotation = get_type_hints(_HOLDERS[holder]).get(name)
    words = [word for part in (annotation, *get_args(annotation)) for word in get_args(part)]
    return tuple(word for word in words if isinstance(word, str))


def _named_place(place: str, what: str, tree: Any) -> str:
    """Return the place with msgspec's `[...]` replaced by the first key under which the fault can lie."""
    wrong = re.fullmatch(_WRONG_KIND, what)
    before, dots, after = place.partition("[...]")
    if not dots:
        return place
    found = _value_at(tree, before)
    for key in found if isinstance(found, dict) else ():
        deeper = _named_place(below(before, key) + after, what, tree)
        if wrong is None or kind_of(_value_at(tree, deeper)) == wrong["found"]:
            return deeper
    return before


def _value_at(tree: Any, place: str) -> Any:
    for step in re.findall(r"[^.\[\]]+", place):
        try:
            tree = tree[int(step)] if isinstance(tree, list) else tree[step]
        except (KeyError, IndexError, TypeError, ValueError):
            return None
    return tree
