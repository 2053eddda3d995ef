"""Fresh names in the style of the lesson: after w1 … w6 comes w7, beside w_h1_o1 stands w_h2_o1."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import TypeVar

from explainer.lesson.lesson import Edge, Network, Neuron
from explainer.lesson.limits import MAX_NAME
from explainer.lesson.symbols import LONGEST_LABEL

_Found = TypeVar("_Found")

_DIGITS = "0123456789"
# Longer numbers are part of a name, and nothing to count on from.
_MOST_DIGITS = 9
# Of so many weights the style of all is seen.
_ENOUGH = 12
# The same of all weights of a network: so many of them, from everywhere.
_MANY = 200
_LABEL_WITH_NUMBER = re.compile(r"(.*_)(?:(\d+)|\{(\d+)\})", re.DOTALL)


def stem_of(name: str) -> str:
    """Return a name without the number at its end."""
    return name.rstrip(_DIGITS)


def shortened(stem: str, ending: str) -> str:
    """Return the two together, the stem cut so that they are at most as long as a name may be."""
    return stem[: MAX_NAME - len(ending)] + ending


class Names:
    """The names that are taken, and the next free ones; everything handed out is taken from then on.

    A stem counts on from its greatest number; the bare stem, as in `w`, counts as number 1.
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        # Filled when asked: in a large network most names are never looked at.
        self._greatest: dict[str, int] = {}

    def take(self, name: str) -> str:
        """Note that a name is taken, and return it."""
        self._taken.add(name)
        stem = stem_of(name)
        if stem in self._greatest:
            self._greatest[stem] = max(self._greatest[stem], _number_of(name, stem))
        return name

    def numbered(self, stem: str) -> str:
        """Return the stem with the next number."""
        if stem not in self._greatest:
            numbers = (
                _number_of(name, stem)
                for name in self._taken
                if name.startswith(stem) and stem_of(name) == stem
            )
            self._greatest[stem] = max(numbers, default=0)
        number = self._greatest[stem] + 1
        while (name := shortened(stem, str(number))) in self._taken:
            number += 1
        self._greatest[stem] = number
        return self.take(name)

    def wanted(self, name: str) -> str:
        """Return the very name where it is free, else its stem with the next number."""
        if len(name) <= MAX_NAME and name not in self._taken:
            return self.take(name)
        return self.numbered(stem_of(name))


class ParameterNames(Names):
    """Names for new weights and biases."""

    def __init__(self, network: Network) -> None:
        super().__init__(network.parameters)
        self._network = network
        self._near: dict[str, str] = {}

    @cached_property
    def _some_edges(self) -> tuple[Edge, ...]:
        edges = self._network.edges
        return edges[:: max(1, len(edges) // _MANY)]

    @cached_property
    def _into(self) -> dict[str, list[str]]:
        return _grouped((edge.target, edge.weight) for edge in self._network.edges)

    @cached_property
    def _out_of(self) -> dict[str, list[str]]:
        return _grouped((edge.source, edge.weight) for edge in self._network.edges)

    @cached_property
    def _anywhere(self) -> str:
        weights = (stem_of(edge.weight) for edge in self._some_edges)
        return _most_common(Counter(weights)) or "w"

    @cached_property
    def _by_ends(self) -> str | None:
        return _most_common(Counter(map(_prefix_by_ends, self._some_edges)))

    @cached_property
    def _biases(self) -> list[tuple[str, str]]:
        neurons = self._network.neurons
        return [(neuron.id, name) for neuron in neurons for name in neuron.biases]

    def wanted(self, name: str) -> str:
        """Return the very name where it is free, else one like it."""
        # The number at the end of w_h1_o1 is the neuron's; another one is put behind it.
        is_plain = "_" not in name or name not in self._taken
        return super().wanted(name) if is_plain else self.numbered(f"{name[: MAX_NAME - 6]}_")

    def weight(self, source: str, target: str, piece: int = 0) -> str:
        """Return a name for the weight of a new edge: by its ends where most names are so, else numbered."""
        if self._by_ends is not None:
            ending = f"_{piece}" if piece else ""
            return self.wanted(f"{self._by_ends}_{source}_{target}{ending}")
        return self.numbered(self._stem_near(source, target))

    def _stem_near(self, source: str, target: str) -> str:
        """Return the stem of most weights into the target, of a new one those out of the source, else of all."""
        end, weights = target, self._into.get(target)
        if not weights:
            end, weights = f"{source} →", self._out_of.get(source)
        if not weights:
            return self._anywhere
        if end not in self._near:
            self._near[end] = _most_common(Counter(map(stem_of, weights[:_ENOUGH]))) or "w"
        return self._near[end]

    def bias(self, neuron_id: str) -> str:
        """Return a name for a new bias: with the neuron's id where most are so, else numbered."""
        prefixes = Counter(
            name[: -len(owner) - 1] if name.endswith(f"_{owner}") else None
            for owner, name in self._biases
        )
        prefix = _most_common(prefixes)
        if not self._biases and self._by_ends is not None:
            prefix = "b"
        if prefix is not None:
            return self.wanted(f"{prefix}_{neuron_id}")
        return self.numbered(
            _most_common(Counter(stem_of(name) for _, name in self._biases)) or "b"
        )


def _number_of(name: str, stem: str) -> int:
    digits = name[len(stem) :]
    return int(digits) if 0 < len(digits) < _MOST_DIGITS else 1


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _prefix_by_ends(edge: Edge) -> str | None:
    """Return the w of w_h1_o1, None where the weight is not named by its ends."""
    name = edge.weight
    if "_" not in name:
        return None
    ending = f"_{edge.source}_{edge.target}"
    if edge.piece and name.endswith(f"_{edge.piece}"):
        name = name[: -len(f"_{edge.piece}")]
    return name[: -len(ending)] if name.endswith(ending) else None


def _most_common(counted: Counter[_Found]) -> _Found | None:
    """Return what is there most often; of several the first."""
    return counted.most_common(1)[0][0] if counted else None


def fresh_label(model: Neuron, taken: Collection[str | None]) -> str | None:
    r"""Return a label for a neuron that is made like another: after `h_1` comes `h_2`, after `\hat{y}` comes `\hat{y}_2`."""
    if model.label is None:
        return None
    found = _LABEL_WITH_NUMBER.fullmatch(model.label)
    stem = found.group(1) if found else f"{model.label}_"
    number = 2
    if found is None and set("_^'′") & set(model.label):
        return None
    while any(form in taken for form in (f"{stem}{number}", f"{stem}{{{number}}}")):
        number += 1
    label = f"{stem}{number}" if number < 10 else f"{stem}{{{number}}}"
    return label if len(label) <= LONGEST_LABEL else None
