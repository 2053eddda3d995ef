"""What differs between two versions of a lesson, as sentences for its author."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from explainer.lesson.faults import quoted
from explainer.lesson.lesson import Lesson
from explainer.lesson.shape import tree_from_lesson
from explainer.messages import Message, message, plural

_Tree = dict[str, Any]
# Fields as people call them; the others stand as they do in the file.
_WORDS: dict[str, Message] = {
    "title": message("title"),
    "title.en": message("title (English)"),
    "title.ru": message("title (Russian)"),
    "description": message("description"),
    "notes": message("notes"),
    "expression.formula": message("formula"),
    "loss.name": message("error function"),
    "loss.reduction": message("reduction over the batch"),
    "penalty": message("penalty"),
    "penalty.name": message("penalty"),
    "update.rule": message("update rule"),
    "update.learning_rate": message("learning rate"),
    "update.batch_size": message("batch size"),
    "update.order": message("order of the updates"),
    "update.schedule": message("schedule of the learning rate"),
    "update.shuffle": message("shuffling"),
    "arithmetic.mode": message("arithmetic"),
    "seed": message("seed"),
    "activation": message("activation"),
    "activation.name": message("activation"),
    "bias": message("bias"),
    "label": message("label"),
    "role": message("role"),
    "group": message("softmax group"),
    "weight": message("weight"),
    "trainable": message("trainable"),
}
_LONGEST = 80


def differences(before: Lesson, after: Lesson, point: str = ".") -> tuple[Message, ...]:
    """Return one sentence for each difference, the structure first; none where the lessons are equal.

    `point` is the decimal mark of the reader.
    """
    if before == after:
        return ()
    return tuple(_Comparison(point).of(tree_from_lesson(before), tree_from_lesson(after)))


class _Comparison:
    """Goes through two trees of a lesson side by side."""

    def __init__(self, point: str) -> None:
        self._point = point

    def of(self, before: _Tree, after: _Tree) -> Iterator[Message]:
        """Yield every difference of two lessons."""
        network = [before.pop("network", {}), after.pop("network", {})]
        data = [before.pop("data", {}), after.pop("data", {})]
        values = [tree.get("expression", {}).pop("values", {}) for tree in (before, after)]
        yield from self._neurons(*(tree.get("neurons", []) for tree in network))
        yield from self._edges(*(tree.get("edges", []) for tree in network))
        yield from self._parameters(*(tree.get("parameters", {}) for tree in network))
        yield from self._parameters(*values)
        yield from self._fields(before, after)
        for name, word in (("inputs", message("input")), ("targets", message("target"))):
            yield from self._rows(word, *(tree.get(name, []) for tree in data))
        yield from self._samples(*(len(tree.get("inputs", [])) for tree in data))

    def _neurons(self, before: list[_Tree], after: list[_Tree]) -> Iterator[Message]:
        old, new = ({neuron["id"]: neuron for neuron in tree} for tree in (before, after))
        yield from (message("neuron {name} removed", name=name) for name in old if name not in new)
        yield from (message("neuron {name} added", name=name) for name in new if name not in old)
        for name in new:
            if name in old:
                yield from self._fields(old[name], new[name], name)
        kept = [[name for name in tree if name in old and name in new] for tree in (old, new)]
        if kept[0] != kept[1]:
            yield message("the neurons stand in another order")

    def _edges(self, before: list[_Tree], after: list[_Tree]) -> Iterator[Message]:
        old, new = ({_edge(edge): edge for edge in tree} for tree in (before, after))
        yield from (message("edge {name} removed", name=name) for name in old if name not in new)
        yield from (message("edge {name} added", name=name) for name in new if name not in old)
        for name in new:
            if name in old:
                yield from self._fields(old[name], new[name], name)

    def _parameters(
        self, before: Mapping[str, object], after: Mapping[str, object]
    ) -> Iterator[Message]:
        for name, value in before.items():
            if name not in after:
                yield message("{name} removed (it was {value})", name=name, value=self._text(value))
        for name, value in after.items():
            if name not in before:
                yield message("{name} added: {value}", name=name, value=self._text(value))
                continue
            old = before[name]
            if old != value:
                yield from self._fields(_as_field(name, old), _as_field(name, value))

    def _rows(
        self, word: Message, before: list[list[float]], after: list[list[float]]
    ) -> Iterator[Message]:
        for sample, (old, new) in enumerate(zip(before, after, strict=False), start=1):
            if old == new:
                continue
            for column in range(max(len(old), len(new))):
                was, now = (
                    self._text(row[column]) if column < len(row) else "–" for row in (old, new)
                )
                if was != now:
                    yield message(
                        "sample {sample}, {what} {column}: {before} → {after}",
                        sample=sample, what=word, column=column + 1, before=was, after=now,
                    )  # fmt: skip

    def _samples(self, before: int, after: int) -> Iterator[Message]:
        if after > before:
            yield plural("{count} sample added", "{count} samples added", after - before)
        if after < before:
            yield plural("{count} sample removed", "{count} samples removed", before - after)

    def _fields(self, before: _Tree, after: _Tree, owner: str = "") -> Iterator[Message]:
        """Yield the differences of two objects, whatever fields they have."""
        old, new = _leaves(before), _leaves(after)
        for name in dict.fromkeys((*old, *new)):
            if name in old and name in new and old[name] == new[name]:
                continue
            what: Message | str = _WORDS.get(name, name)
            was, now = (
                self._text(leaves[name]) if name in leaves else "–" for leaves in (old, new)
            )
            if owner:
                what = message("{owner}, {what}", owner=owner, what=what)
            yield message("{what}: {before} → {after}", what=what, before=was, after=now)

    def _text(self, value: object) -> str:
        if isinstance(value, bool) or value is None:
            return str(value).lower()
        if isinstance(value, int | float):
            return repr(value).removesuffix(".0").replace(".", self._point).replace("-", "−")
        if isinstance(value, list | tuple):
            return quoted("[" + "; ".join(self._text(item) for item in value) + "]", _LONGEST)
        if isinstance(value, dict):
            return self._text(value["value"]) if "value" in value else quoted(value, _LONGEST)
        return quoted(value, _LONGEST)


def _edge(edge: _Tree) -> str:
    piece = f" ({edge['piece']})" if "piece" in edge else ""
    return f"{edge['from']} → {edge['to']}{piece}"


def _as_field(name: str, value: object) -> _Tree:
    """Return a parameter as fields: its value under its own name, whether it is trained under one below."""
    if not isinstance(value, dict):
        return {name: value, f"{name}.trainable": True}
    return {name: value["value"], f"{name}.trainable": value.get("trainable", True)}


def _leaves(tree: _Tree, path: str = "") -> _Tree:
    """Return what stands at the end of every path; lists count as one value."""
    found: _Tree = {}
    for key, value in tree.items():
        place = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            found.update(_leaves(value, place))
        else:
            found[place] = value
    return found
