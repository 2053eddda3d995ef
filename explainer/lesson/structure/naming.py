"""Fresh names in the style of the lesson: after w1 … w6 comes w7, beside w_h1_o1 stands w_h2_o1."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

from explainer.lesson.lesson import Edge, Network, Neuron
from explainer.lesson.limits import MAX_NAME
from explainer.lesson.symbols import LONGEST_LABEL

_Found = TypeVar("_Found")

_DIGITS = "0123456789"
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
        self._taken: set[str] = set()
        self._greatest: dict[str, int] = {}
        for name in taken:
            self.take(name)

    def take(self, name: str) -> str:
        """Note that a name is taken, and return it."""
        self._taken.add(name)
        stem = stem_of(name)
        digits = name[len(stem) :]
        number = int(digits) if 0 < len(digits) < 9 else 1
        self._greatest[stem] = max(self._greatest.get(stem, 0), number)
        return name

    def numbered(self, stem: str) -> str:
        """Return the stem with the next number."""
        number = self._greatest.get(stem, 0) + 1
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
        self._into: dict[str, Counter[str]] = {}
        self._out_of: dict[str, Counter[str]] = {}
        self._anywhere: Counter[str] = Counter()
        self._by_ends = Counter(_prefix_by_ends(edge) for edge in network.edges)
        for edge in network.edges:
            stem = stem_of(edge.weight)
            self._into.setdefault(edge.target, Counter())[stem] += 1
            self._out_of.setdefault(edge.source, Counter())[stem] += 1
            self._anywhere[stem] += 1
        self._biases = Counter(stem_of(name) for name in _biases(network))
        self._biases_by_id = Counter(
            name[: -len(neuron.id) - 1] if name.endswith(f"_{neuron.id}") else None
            for neuron in network.neurons
            for name in neuron.biases
        )

    def wanted(self, name: str) -> str:
        """Return the very name where it is free, else one like it."""
        # The number at the end of w_h1_o1 is the neuron's; another one is put behind it.
        is_plain = "_" not in name or name not in self._taken
        return super().wanted(name) if is_plain else self.numbered(f"{name[: MAX_NAME - 6]}_")

    def weight(self, source: str, target: str, piece: int = 0) -> str:
        """Return a name for the weight of a new edge: by its ends where most names are so, else numbered."""
        prefix = _most_common(self._by_ends)
        if prefix is not None:
            ending = f"_{piece}" if piece else ""
            return self.wanted(f"{prefix}_{source}_{target}{ending}")
        near = self._into.get(target) or self._out_of.get(source) or self._anywhere
        return self.numbered(_most_common(near) or "w")

    def bias(self, neuron_id: str) -> str:
        """Return a name for a new bias: with the neuron's id where most are so, else numbered."""
        prefix = _most_common(self._biases_by_id)
        if prefix is None and not self._biases and _most_common(self._by_ends) is not None:
            prefix = "b"
        if prefix is not None:
            return self.wanted(f"{prefix}_{neuron_id}")
        return self.numbered(_most_common(self._biases) or "b")


def _prefix_by_ends(edge: Edge) -> str | None:
    """Return the w of w_h1_o1, None where the weight is not named by its ends."""
    ending = f"_{edge.source}_{edge.target}"
    name = edge.weight
    if edge.piece and name.endswith(f"_{edge.piece}"):
        name = name[: -len(f"_{edge.piece}")]
    return name[: -len(ending)] if name.endswith(ending) else None


def _biases(network: Network) -> Iterator[str]:
    return (name for neuron in network.neurons for name in neuron.biases)


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
