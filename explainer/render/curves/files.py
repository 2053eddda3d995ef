"""A plot as a file: SVG, PNG, or its numbers as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Any, Literal

PlotFormat = Literal["svg", "png", "csv"]
FORMATS: tuple[PlotFormat, ...] = ("svg", "png", "csv")
_PNG_DENSITY = 216


def saved(figure: Any, kind: PlotFormat) -> bytes:
    """Return a figure as SVG or PNG; the same figure gives the same bytes."""
    from matplotlib import rc_context

    buffer = BytesIO()
    # Letters as shapes: whoever opens the file may not have the fonts.
    with rc_context({"svg.fonttype": "path", "svg.hashsalt": "explainer"}):
        metadata = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
        figure.savefig(
            buffer,
            format=kind,
            dpi=_PNG_DENSITY,
            metadata=metadata,
            facecolor=figure.get_facecolor(),
        )
    return buffer.getvalue()


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[str | float]]) -> bytes:
    """Return a table as CSV: every number with all its digits, a point in every language."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([cell if isinstance(cell, str) else repr(float(cell)) for cell in row])
    return text.getvalue().encode("utf-8")
