"""The source that Typst sets a document from; of many documents at once, so that pandoc starts twice and not for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import json

from explainer.messages import NotWritten
from explainer.render.dialects import Typst
from explainer.render.pandoc_tree import API_VERSION, Node, element, tree
from explainer.render.publish_job import Job
from explainer.render.typesetting import run_pandoc, run_typst, template
from explainer.render.typst_formulas import in_typst

# A comment that no document has: pandoc writes it as it is, and escapes it where somebody typed it.
_BETWEEN = "//--8<-- next document"
Set = tuple[str, dict[str, str]]


def set_for_typst(jobs: Sequence[Job]) -> list[Set]:
    """Return, for each document, its Typst source, and the texts of users that it reads as data. Raises NotWritten."""
    dialects = [Typst() for _ in jobs]
    trees = [
        tree(job.document, job.drawing, dialect)
        for job, dialect in zip(jobs, dialects, strict=True)
    ]
    found = in_typst(source for dialect in dialects for source in dialect.formulas)
    for dialect in dialects:
        dialect.settle(found)
    style = template("typ").read_text("utf-8")
    return [
        (style + dialect.finished(body), _data(job, dialect))
        for job, dialect, body in zip(jobs, dialects, _bodies(trees), strict=True)
    ]


def as_pdf(made: Set) -> bytes:
    """Return the PDF of a source: tagged for readers who hear it, wherever its letters allow that. Raises NotWritten."""
    source, data = made
    # A letter that none of the program's fonts has may be in one of the computer's; where it is in none, the
    # accessibility standard refuses the document, and the reader still gets one without that promise.
    attempts: tuple[dict[str, Any], ...] = (
        {"pdf_standards": "ua-1"},
        {"pdf_standards": "ua-1", "system_fonts": True},
        {"system_fonts": True},
    )
    for settings in attempts[:-1]:
        try:
            pdf: bytes = run_typst(source, data, **settings)
        except NotWritten:
            continue
        return pdf
    return bytes(run_typst(source, data, **attempts[-1]))


def _bodies(trees: Sequence[Node]) -> list[str]:
    """Return what pandoc makes of each tree, from one run."""
    between = element("RawBlock", "typst", _BETWEEN)
    blocks = [node for whole in trees for node in (between, *whole["blocks"])]
    document = {"pandoc-api-version": API_VERSION, "meta": {}, "blocks": blocks}
    text = run_pandoc(json.encode(document), "typst", ()).decode()
    _, *bodies = text.split(_BETWEEN)
    return bodies


def _data(job: Job, dialect: Typst) -> dict[str, str]:
    return {
        "title": job.document.title,
        "lang": job.document.language,
        "paper": "us-letter" if job.paper == "letter" else "a4",
        "words": json.encode(dialect.words).decode(),
        "pictures": json.encode(dialect.pictures).decode(),
    }
