"""Every number of a trace as a table for other programs: full doubles, decimal points, whatever the language."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from explainer.render.publish_job import Job

if TYPE_CHECKING:
    from explainer.trace.steps import Pass

HEADER = ("pass", "kind", "sample", "name", "value")
Row = tuple[int, str, str, str, str]


def values_as_csv(job: Job) -> bytes:
    """Return the table as CSV (RFC 4180). Samples count from 0, passes from 1; names are the addresses of the trace."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for run in job.runs:
        writer.writerows(_rows(run.pass_index + 1, run.summary))
    return text.getvalue().encode()


def _rows(at: int, summary: Pass) -> Iterator[Row]:
    tables = (
        ("value", summary.values),
        ("delta", summary.deltas),
        ("input_gradient", summary.input_gradients),
    )
    for kind, table in tables:
        for sample, row in table.items():
            yield from ((at, kind, sample, name, repr(value)) for name, value in row.items())
    for index, loss in zip(summary.samples, summary.loss_per_sample, strict=True):
        yield at, "sample_loss", str(index), "E", repr(loss)
    yield at, "loss", "", "E", repr(summary.loss)
    whole = (
        ("before", summary.parameters_before),
        ("gradient", summary.gradients),
        ("gradient_clipped", summary.gradients_clipped or {}),
        ("after", summary.parameters_after),
    )
    for kind, numbers in whole:
        yield from ((at, kind, "", name, repr(value)) for name, value in numbers.items())
    for kind, state in (
        ("memory_before", summary.state_before),
        ("memory_after", summary.state_after),
    ):
        for name, cells in state.items():
            yield from (
                (at, kind, "", f"{name}.{cell}", repr(held)) for cell, held in cells.items()
            )
