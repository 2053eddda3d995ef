"""Plain lists and dictionaries to the types of a lesson and back, with sentences for what does not fit.

msgspec compares the shape with the types; this module puts the flat entries of the file
(`{"name": "leaky_relu", "alpha": 0.1}`) where the types have them.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import replace

from explainer.lesson.choice import Choice
from explainer.lesson.faults import below, refused
from explainer.lesson.lesson import FORMAT, VERSION, Arithmetic, Lesson, Notation, State, Update
from explainer.lesson.own_parameters import with_own_parameters
from explainer.lesson.shape_faults import expected, kind_of, translated
from explainer.maths.activations import ACTIVATIONS
from explainer.messages import message

_LOSS_FIELDS = ("reduction",)
_UPDATE_FIELDS = (
    "learning_rate", "order", "batch_size", "schedule", "shuffle", "clip", "only_on_error",
)  # fmt: skip
# Fields that stand in the file where they differ from their default, in this order.
_BEFORE_LOSS = (
    "format", "version", "title", "description", "notes", "network", "initialise", "expression", "data",
)  # fmt: skip
# What a lesson about a formula says.
_OF_A_FORMULA = (
    "format",
    "version",
    "title",
    "description",
    "notes",
    "expression",
    "vary",
    "worksheet",
)
_AFTER_UPDATE = ("mode", "seed", "state", "arithmetic", "notation", "vary", "worksheet")


def lesson_from_tree(tree: Any, place: str) -> Lesson:
    """Return the lesson a parsed file describes; `place` is what to call the whole of it.

    Raises Refused where a field is missing, unknown, or of the wrong kind. Whether the values make
    sense together is for `checks` to say.
    """
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        fault = message('this is not a lesson: the field "format" is not "{format}"', format=FORMAT)
        raise refused(place, fault)
    _check_version(tree.get("version"), place)
    _check_subject(tree, place)
    try:
        lesson = msgspec.convert(_lifted(tree), Lesson)
    except msgspec.ValidationError as error:
        raise translated(str(error), tree, place) from None
    return replace(lesson, network=with_own_parameters(lesson.network))


def tree_from_lesson(lesson: Lesson) -> dict[str, Any]:
    """Return the lesson as the file has it: loss and update in full, other defaults left out."""
    tree: dict[str, Any] = msgspec.to_builtins(lesson, enc_hook=Choice.to_file)
    if lesson.expression is not None:
        stated = ["arithmetic"] if lesson.arithmetic != Arithmetic() else []
        stated += ["notation"] if lesson.notation != Notation() else []
        return {name: tree[name] for name in (*_OF_A_FORMULA, *stated) if name in tree}
    loss = lesson.loss
    for neuron in tree["network"]["neurons"]:
        if neuron.get("activation") == "identity":
            del neuron["activation"]
    # Equal, not identical: msgspec leaves out only the very default object.
    defaults = {"state": State(), "arithmetic": Arithmetic(), "notation": Notation()}
    for name, default in defaults.items():
        if getattr(lesson, name) == default:
            tree.pop(name, None)
    tree["loss"] = {
        "name": loss.choice.name,
        **dict(loss.choice.parameters),
        "reduction": loss.reduction,
    }
    tree["update"] = _update_tree(lesson.update)
    order = (*_BEFORE_LOSS, "loss", "penalty", "update", *_AFTER_UPDATE)
    return {name: tree[name] for name in order if name in tree}


def _update_tree(update: Update) -> dict[str, Any]:
    """Return the update as the file has it: the three fields everybody asks for, others where they are not the default."""
    tree = msgspec.to_builtins(update, enc_hook=Choice.to_file)
    always = ("learning_rate", "order", "batch_size")
    default = Update()
    stated = [
        name
        for name in _UPDATE_FIELDS
        if name in always or getattr(update, name) != getattr(default, name)
    ]
    return {
        "rule": update.choice.name,
        **dict(update.choice.parameters),
        **{name: tree[name] for name in stated},
    }


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


def _check_subject(tree: dict[str, Any], place: str) -> None:
    """Raise Refused unless the lesson is about a network with its data, or about a formula and nothing else."""
    if "expression" not in tree:
        for name in ("network", "data"):
            if name not in tree:
                raise refused(place, message('the field "{name}" is missing', name=name))
        return
    for name in tree:
        if name == "network":
            fault = message("a lesson is about a network or about an expression, not about both")
            raise refused("expression", fault)
        if name in Lesson.__struct_fields__ and name not in (
            *_OF_A_FORMULA,
            "arithmetic",
            "notation",
        ):
            raise refused(name, message("a lesson about an expression has no such field"))


def _lifted(tree: dict[str, Any]) -> dict[str, Any]:
    """Return the tree with every flat entry put into a Choice."""
    result = dict(tree)
    if "loss" in tree:
        result["loss"] = _with_choice(tree["loss"], "loss", "name", _LOSS_FIELDS)
    if "update" in tree:
        update = _with_choice(tree["update"], "update", "rule", _UPDATE_FIELDS)
        if "schedule" in update:
            update["schedule"] = _choice(update["schedule"], "update.schedule")
        result["update"] = update
    for name in ("penalty", "initialise"):
        if name in tree:
            result[name] = _choice(tree[name], name)
    network = tree.get("network")
    if isinstance(network, dict) and isinstance(network.get("neurons"), list):
        neurons = [_neuron(item, index) for index, item in enumerate(network["neurons"])]
        result["network"] = network | {"neurons": neurons}
    return result


def _neuron(item: Any, index: int) -> Any:
    if not isinstance(item, dict) or "activation" not in item:
        return item
    place = f"network.neurons[{index}].activation"
    return item | {"activation": _activation(item["activation"], place)}


def _activation(entry: Any, place: str) -> Choice:
    """Return an activation: a row, one typed as a formula, or one whose learnt parameters the network names."""
    if not isinstance(entry, dict):
        return _choice(entry, place)
    if "expression" in entry:
        for name, value in entry.items():
            if name != "expression":
                raise refused(below(place, name), message("a typed activation has no such field"))
            if not isinstance(value, str):
                raise refused(below(place, name), expected("str", kind_of(value)))
        return Choice.typed(entry["expression"])
    row = ACTIVATIONS.get(str(entry.get("name")))
    learnt = row.trained if row is not None else ()
    named = {name: entry[name] for name in learnt if isinstance(entry.get(name), str)}
    choice = _choice({name: entry[name] for name in entry if name not in named}, place)
    return Choice(choice.name, {**dict(choice.parameters), **named})


def _choice(entry: Any, place: str) -> Choice:
    """Return an entry all of whose fields but its name are parameters."""
    lifted: Choice = _with_choice(entry, place, "name", ())["choice"]
    return lifted


def _with_choice(entry: Any, place: str, key: str, own: tuple[str, ...]) -> dict[str, Any]:
    """Return `{"choice": Choice, …}`; `own` names the fields that are not parameters of the entry."""
    if isinstance(entry, str):
        return {"choice": Choice(entry)}
    if not isinstance(entry, dict):
        raise refused(place, expected("str | object", kind_of(entry)))
    if key not in entry:
        raise refused(place, message('the field "{name}" is missing', name=key))
    if not isinstance(entry[key], str):
        raise refused(below(place, key), expected("str", kind_of(entry[key])))
    parameters = {}
    for name, value in entry.items():
        if name == key or name in own:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise refused(below(place, name), expected("float", kind_of(value)))
        parameters[name] = float(value)
    choice = Choice(entry[key], parameters)
    return {"choice": choice, **{name: entry[name] for name in own if name in entry}}
