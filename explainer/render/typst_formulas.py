"""Formulas as Typst writes them, translated from LaTeX by pandoc, each once for as long as the program runs.

Translating formulas is most of what pandoc does for a PDF, and a series of sheets with their keys, or a preview that follows
its options, holds nearly the same formulas again and again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import json

from explainer.render.pandoc_tree import API_VERSION, element, maths
from explainer.render.typesetting import run_pandoc

# A line no formula has: a comment between two of them.
_BETWEEN = "//--8<--"
# More would be megabytes for formulas that hardly come back.
_MOST_KNOWN = 10_000


class Source(NamedTuple):
    """A formula in LaTeX, in a sentence or displayed."""

    latex: str
    display: bool


_known: dict[Source, str] = {}


def in_typst(sources: Iterable[Source]) -> dict[Source, str]:
    """Return formulas in Typst's notation, between its dollar signs. Raises NotWritten as pandoc does."""
    wanted = dict.fromkeys(sources)
    # Asked once: documents are set on several threads, and one of them may forget in between.
    known = ((source, _known.get(source)) for source in wanted)
    found = {source: made for source, made in known if made is not None}
    missing = [source for source in wanted if source not in found]
    if missing:
        found |= zip(missing, _translated(missing), strict=True)
        if len(_known) > _MOST_KNOWN:
            _known.clear()
        _known.update(found)
    return found


def forget() -> None:
    """Forget every translation, as if the program had just started."""
    _known.clear()


def _translated(sources: list[Source]) -> list[str]:
    between = element("RawBlock", "typst", _BETWEEN)
    blocks = []
    for source in sources:
        blocks += [between, element("Para", [maths(source.latex, display=source.display)])]
    tree = {"pandoc-api-version": API_VERSION, "meta": {}, "blocks": blocks}
    _, *parts = run_pandoc(json.encode(tree), "typst", ()).decode().split(_BETWEEN)
    return [part.strip() for part in parts]
