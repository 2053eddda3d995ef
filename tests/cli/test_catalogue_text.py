"""The catalogue in the terminal: every row with all that is said of it, no line too wide to read."""

import pytest

from explainer.cli.catalogue_text import catalogue_text
from explainer.maths.catalogue import TABLES, catalogue
from explainer.maths.sources import source_in
from explainer.messages import translate

ENTRIES = catalogue()


def squeezed(text):
    """Return text without its blanks: where a line is broken is not the point."""
    return "".join(text.split())


def blocks(language):
    """Return the text of every entry by kind and name."""
    found, kinds = {}, iter(ENTRIES)
    kind = ""
    for block in catalogue_text(ENTRIES, language).split("\n\n"):
        if "═" in block:
            kind = next(kinds)
        else:
            found[kind, block.partition(" · ")[0]] = block
    return found


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(("columns", "widest"), [(40, 60), (80, 80), (100, 100), (250, 100)])
def test_no_line_is_wider_than_the_terminal(language, columns, widest, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = catalogue_text(ENTRIES, language).splitlines()
    assert max(map(len, lines)) <= widest
    assert not [line for line in lines if line != line.rstrip()]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_row_is_there_with_all_that_is_said_of_it(language):
    found = blocks(language)
    assert list(found) == [(kind, name) for kind, table in TABLES.items() for name in table]
    for kind, entries in ENTRIES.items():
        for entry in entries:
            text, row = squeezed(found[kind, entry["name"]]), TABLES[kind][entry["name"]]
            said = [row.label, *(getattr(row, name, None) for name in ("range", "saturation"))]
            said.append(getattr(row, "convention", None))
            for sentence in filter(None, said):
                assert squeezed(translate(sentence, language)) in text
            assert squeezed(entry["formula"]).replace(";", "") in text.replace(";", "")
            assert squeezed(entry["derivative"]) in text
            assert squeezed(source_in(entry["source"], language)) in text
            assert all(f"{parameter}=" in text for parameter in entry["parameters"])


def test_a_switch_is_shown_as_a_lesson_writes_it():
    assert "only_on_error = false" in blocks("en")["updates", "hebb"]
