"""Plain lists and dictionaries to the types of a lesson and back, with sentences for what does not fit.

msgspec compares the shape with the types; this module puts the flat entries of the file
(`{"name": "leaky_relu", "alpha": 0.1}`) where the types have them and turns msgspec's
`$.network.neurons[0]` into the words of the file.
"""

from __future__ import annotations

import re
from typing import Any, get_args, get_type_hints

import msgspec

from explainer.lesson.choice import Choice
from explainer.lesson.faults import quoted, refused
from explainer.lesson.json_text import below
from explainer.lesson.lesson import (
    FORMAT,
    VERSION,
    Arithmetic,
    Lesson,
    Loss,
    Neuron,
    Notation,
    Parameter,
    Update,
)
from explainer.messages import Message, Refused, message

_LOSS_FIELDS = ("reduction",)
_UPDATE_FIELDS = ("learning_rate", "order", "batch_size")

# Fields that the format has and that this version of the program does not understand yet.
_NOT_SUPPORTED = frozenset(
    {"clip", "dropout", "expression", "features", "group", "initialise", "mode", "normalise"}
    | {"penalty", "piece", "schedule", "seed", "shuffle", "state", "test"}
)


def lesson_from_tree(tree: Any, place: str) -> Lesson:
    """Return the lesson a parsed file describes; `place` is what to call the whole of it.

    Raises Refused where a field is missing, unknown, or of the wrong kind. Whether the values make
    sense together is for `checks` to say.
    """
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        fault = message('this is not a lesson: the field "format" is not "{format}"', format=FORMAT)
        raise refused(place, fault)
    _check_version(tree.get("version"), place)
    try:
        return msgspec.convert(_lifted(tree), Lesson)
    except msgspec.ValidationError as error:
        raise _translated(str(error), tree, place) from None


def tree_from_lesson(lesson: Lesson) -> dict[str, Any]:
    """Return the lesson as the file has it: loss and update in full, other defaults left out."""
    tree: dict[str, Any] = msgspec.to_builtins(lesson, enc_hook=Choice.to_file)
    loss, update = lesson.loss, lesson.update
    body = {
        "loss": {
            "name": loss.choice.name,
            **dict(loss.choice.parameters),
            "reduction": loss.reduction,
        },
        "update": {
            "rule": update.choice.name,
            **dict(update.choice.parameters),
            "learning_rate": update.learning_rate,
            "order": update.order,
            "batch_size": update.batch_size,
        },
    }
    for neuron in tree["network"]["neurons"]:
        if neuron.get("activation") == "identity":
            del neuron["activation"]
    # Equal, not identical: msgspec leaves out only the very default object.
    if lesson.arithmetic != Arithmetic():
        body["arithmetic"] = tree["arithmetic"]
    if lesson.notation != Notation():
        body["notation"] = tree["notation"]
    head = ("format", "version", "title", "description", "notes", "network", "data")
    return {name: tree[name] for name in head if name in tree} | body


def _check_version(version: object, place: str) -> None:
    if version is None:
        raise refused(place, message('the field "{name}" is missing', name="version"))
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise refused("version", message("it must be a whole number from 1"))
    if version > VERSION:
        fault = message(
            "the file has version {found}, this program reads up to version {known};"
            " a newer Explainer can open it",
            found=version,
            known=VERSION,
        )
        raise refused("version", fault)


def _lifted(tree: dict[str, Any]) -> dict[str, Any]:
    """Return the tree with every flat entry put into a Choice."""
    result = dict(tree)
    if "loss" in tree:
        result["loss"] = _with_choice(tree["loss"], "loss", "name", _LOSS_FIELDS)
    if "update" in tree:
        result["update"] = _with_choice(tree["update"], "update", "rule", _UPDATE_FIELDS)
    network = tree.get("network")
    if isinstance(network, dict) and isinstance(network.get("neurons"), list):
        neurons = [_neuron(item, index) for index, item in enumerate(network["neurons"])]
        result["network"] = network | {"neurons": neurons}
    return result


def _neuron(item: Any, index: int) -> Any:
    if not isinstance(item, dict) or "activation" not in item:
        return item
    place = f"network.neurons[{index}].activation"
    lifted = _with_choice(item["activation"], place, "name", ())
    return item | {"activation": lifted["choice"]}


def _with_choice(entry: Any, place: str, key: str, own: tuple[str, ...]) -> dict[str, Any]:
    """Return `{"choice": Choice, …}`; `own` names the fields that are not parameters of the entry."""
    if isinstance(entry, str):
        return {"choice": Choice(entry)}
    if not isinstance(entry, dict):
        raise refused(place, _expected("str | object", _kind(entry)))
    for name in entry:
        if name in _NOT_SUPPORTED:
            raise refused(below(place, name), _not_supported())
    if key not in entry:
        raise refused(place, message('the field "{name}" is missing', name=key))
    if not isinstance(entry[key], str):
        raise refused(below(place, key), _expected("str", _kind(entry[key])))
    parameters = {}
    for name, value in entry.items():
        if name == key or name in own:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise refused(below(place, name), _expected("float", _kind(value)))
        parameters[name] = float(value)
    choice = Choice(entry[key], parameters)
    return {"choice": choice, **{name: entry[name] for name in own if name in entry}}


_KINDS = {
    "str": message("text"),
    "int": message("a whole number"),
    "float": message("a number"),
    "bool": message("true or false"),
    "null": message("nothing"),
    "object": message("an object"),
    "array": message("a list"),
}


def _kind(value: object) -> str:
    """Return msgspec's name of what stands in the file."""
    if value is None:
        return "null"
    names = {bool: "bool", int: "int", float: "float", str: "str", list: "array", dict: "object"}
    return names[type(value)]


def _expected(wanted: str, found: str) -> Message:
    # An optional field may be left out; nobody is told to write null.
    kinds = [_KINDS[name] for name in wanted.split(" | ") if name != "null" and name in _KINDS]
    if not kinds:
        return message("{found} cannot stand here", found=_KINDS[found])
    phrase = kinds[0]
    for kind in kinds[1:]:
        phrase = message("{one} or {other}", one=phrase, other=kind)
    return message("this must be {wanted}, not {found}", wanted=phrase, found=_KINDS[found])


def _not_supported() -> Message:
    return message("this version of Explainer does not support it yet")


_FAULT = re.compile(r"(?P<what>.*?)(?: - at `\$(?P<path>.*)`)?", re.DOTALL)
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>.*)`", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(?P<name>.*)`")
_WRONG_KIND = re.compile(r"Expected `(?P<wanted>[^`]*)`, got `(?P<found>[^`]*)`")
_WRONG_LENGTH = re.compile(r"Expected `array` of length (?P<wanted>\d+), got (?P<found>\d+)")


def _translated(text: str, tree: dict[str, Any], root: str) -> Refused:
    """Return what msgspec found as a refusal in our words."""
    parts = _FAULT.fullmatch(text)
    what, path = parts.group("what", "path") if parts else (text, "")
    place = (path or "").lstrip(".")
    if "[...]" in place:
        return _parameter_fault(tree["network"]["parameters"])
    return _shape_fault(what, place, root, _value_at(tree, place))


def _parameter_fault(parameters: dict[str, Any]) -> Refused:
    """Return the fault of the first parameter that is wrong; msgspec does not say which it is."""
    for name, value in parameters.items():
        try:
            msgspec.convert(value, float | Parameter)
        except msgspec.ValidationError as error:
            parts = _FAULT.fullmatch(str(error))
            what, path = parts.group("what", "path") if parts else (str(error), "")
            place = below("network.parameters", name) + (path or "")
            return _shape_fault(what, place, place, None)
    raise AssertionError("a parameter was refused in company and accepted alone")


def _shape_fault(what: str, place: str, root: str, value: object) -> Refused:
    unknown, missing = _UNKNOWN.fullmatch(what), _MISSING.fullmatch(what)
    if unknown:
        name = unknown["name"]
        fault = (
            message("there is no such field") if name not in _NOT_SUPPORTED else _not_supported()
        )
        return refused(below(place, name), fault)
    if missing:
        return refused(
            place or root, message('the field "{name}" is missing', name=missing["name"])
        )
    if place == "update.batch_size":
        return refused(place, batch_size_fault())
    kind, length = _WRONG_KIND.fullmatch(what), _WRONG_LENGTH.fullmatch(what)
    if kind:
        return refused(place or root, _expected(kind["wanted"], kind["found"]))
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


def _words_of(place: str) -> tuple[str, ...]:
    """Return the words that may stand in a field, read from the types."""
    field = place.rpartition(".")[2]
    for struct in (Neuron, Loss, Update, Arithmetic):
        annotation = get_type_hints(struct).get(field)
        words = [word for part in (annotation, *get_args(annotation)) for word in get_args(part)]
        found = tuple(word for word in words if isinstance(word, str))
        if found:
            return found
    return ()


def _value_at(tree: Any, place: str) -> Any:
    for step in re.findall(r"[^.\[\]]+", place):
        try:
            tree = tree[int(step)] if isinstance(tree, list) else tree[step]
        except (KeyError, IndexError, TypeError, ValueError):
            return None
    return tree
