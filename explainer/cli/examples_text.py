"""The list of the built-in lessons as text."""

from __future__ import annotations

from explainer.cli.table import table
from explainer.lesson.examples import example_groups, example_heading
from explainer.lesson.lesson import text_in
from explainer.messages import message, translate


def examples_text(language: str) -> str:
    """Return names and titles of the built-in lessons, group by group, each group under its heading."""
    header = [translate(message("name"), language), translate(message("title"), language)]
    groups = [
        (
            translate(group.title, language),
            [(name, text_in(example_heading(name).title, language)) for name in group.names],
        )
        for group in example_groups()
    ]
    lines = [
        f"  {line}"
        for line in table(header, [row for _, rows in groups for row in rows]).splitlines()
    ]
    parts = [lines[:2]]
    start = 2
    for title, rows in groups:
        parts.append([title, *lines[start : start + len(rows)]])
        start += len(rows)
    return "\n\n".join("\n".join(part) for part in parts)
