"""A lesson as a Jupyter notebook: the worked example in words and formulas, and cells that recompute and assert it with NumPy."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from msgspec import json

from explainer.lesson.lesson import text_in
from explainer.messages import message, translate
from explainer.pages.page import Block, Heading
from explainer.render.markdown import markdown
from explainer.render.program import must_be_possible, program_of, program_source
from explainer.render.publish_job import Job

_EXPECTED = {
    "forward": ("values",),
    "error": ("loss",),
    "backward": ("deltas", "input_deltas", "gradients"),
    "update": ("parameters", "memory"),
}


def notebook(job: Job) -> bytes:
    """Return the notebook (nbformat 4.5). Refused where NumPy cannot compute as the lesson does."""
    must_be_possible(job.lesson, "numpy")
    words = [_words(job, part) for part in _parts(job.document.blocks)]
    cells = [*_mixed(words, list(_code(job)))]
    content = {
        "cells": [_cell(number, kind, text) for number, (kind, text) in enumerate(cells)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "title": text_in(job.lesson.title, job.language),
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.format(json.encode(content), indent=1) + b"\n"


def _parts(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Cut the document in front of every chapter."""
    part: list[Block] = []
    for block in blocks:
        if part and isinstance(block, Heading) and block.level == 2:
            yield part
            part = []
        part.append(block)
    if part:
        yield part


def _words(job: Job, blocks: Sequence[Block]) -> tuple[str, str]:
    document = replace_blocks(job, tuple(blocks))
    return "markdown", markdown(document).decode().rstrip()


def replace_blocks(job: Job, blocks: tuple[Block, ...]) -> Job:
    """Return a job about a part of its document."""
    from msgspec import structs

    return replace(job, document=structs.replace(job.document, blocks=blocks))


def _code(job: Job) -> Iterator[tuple[str, str]]:
    """Yield the cells of code: setup, each phase with its asserts, training."""
    program = program_of(job.runs[0], "numpy")
    yield "code", "\n".join(program.setup).rstrip()
    if job.lesson.expression is not None:
        for section in program.sections:
            yield "code", "\n".join(section.lines).strip()
        yield "code", "\n".join(program.training)
        return
    begin = [
        "made = {}",
        "parameters, memory = PARAMETERS, MEMORY",
        "first = PASSES[0]",
        'samples, epoch, step = first["samples"], first["epoch"], first["step"]',
        'masks = {name: numpy.array(mask) for name, mask in first["masks"].items()}',
    ]
    for section in program.sections:
        keys = _EXPECTED[section.name]
        asserts = [f'check("{key}", made["{key}"], EXPECTED["{key}"])' for key in keys]
        yield "code", "\n".join([*begin, *section.lines, *asserts])
        begin = []
    source = program_source(job.runs[0], "numpy", job.language)
    whole = source[source.index("def one_pass(") :]
    text = translate(
        message("The same as a function, and training with it: each error is compared."),
        job.language,
    )
    yield "markdown", text
    yield (
        "code",
        whole.replace('if __name__ == "__main__":\n    train(PASSES)', "train(PASSES);").rstrip(),
    )


def _mixed(words: list[tuple[str, str]], code: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield what is given, the setup, then every phase with its cell behind it, and what is left at the end."""
    yield from words[:2]
    yield code[0]
    phases, rest = words[2:], code[1:]
    for number, chapter in enumerate(phases):
        yield chapter
        if number < len(rest):
            yield rest[number]
    yield from rest[len(phases) :]


def _cell(number: int, kind: str, text: str) -> dict[str, Any]:
    lines = text.splitlines(keepends=True)
    name = hashlib.blake2b(f"{number} {text}".encode(), digest_size=4).hexdigest()
    cell: dict[str, Any] = {"cell_type": kind, "id": name, "metadata": {}, "source": lines}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell
