"""The local derivatives of a pass: of each quantity by those it is made of, as a computation graph has them on its edges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explainer.trace.record import Run

# The quantities of a neuron in the order in which they are computed; weighted sums of pieces count as z.
_ORDER = {"z": 0, "mean": 1, "variance": 2, "normalised": 3, "scaled": 4, "a": 5, "": 6}


def local_slopes(run: Run) -> dict[str, dict[str, float]]:
    """Return by sample, then by "source>target", the derivative of a quantity by another of the same sample or batch.

    The slopes of weighted sums are left out: they are the weights. A learning rule without a gradient has none.
    """
    nodes = run.graph.nodes
    found: dict[str, dict[str, float]] = {str(sample): {} for sample in run.graph.samples}
    for position, terms in enumerate(run.terms):
        source = nodes[position]
        if source.role in ("parameter", "target", "constant"):
            continue
        for term in terms:
            target = nodes[term.consumer]
            samples = {source.sample, target.sample} - {None}
            if target.role == "pre_activation" or len(samples) > 1:
                continue
            key = f"{source.address}>{target.address}"
            for sample in samples or set(run.graph.samples):
                slopes = found[str(sample)]
                slopes[key] = slopes.get(key, 0.0) + term.local
    return found


def known_slopes(slopes: Mapping[str, float], derivatives: Mapping[str, float]) -> dict[str, float]:
    """Return the slopes that the way back has used: a derivative by their source, or by something before it, is known.

    Not every quantity has a step of its own: the first derivative of a sigmoid neuron is that by its weighted sum.
    """
    reached: dict[str, int] = {}
    for address in derivatives:
        neuron, _, quantity = address.partition(".")
        rank = _rank(quantity)
        reached[neuron] = min(rank, reached.get(neuron, rank))
    found = {}
    for key, value in slopes.items():
        neuron, _, quantity = key.partition(">")[0].partition(".")
        if neuron in reached and _rank(quantity) >= reached[neuron]:
            found[key] = value
    return found


def _rank(quantity: str) -> int:
    return 0 if quantity.startswith("z") else _ORDER.get(quantity, 0)
