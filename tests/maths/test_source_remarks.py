"""What a source says beside authors and titles is said in the reader's language."""

from __future__ import annotations

from explainer.maths.catalogue import TABLES
from explainer.maths.sources import _REMARKS, source_in

_PARTS = {part for rows in TABLES.values() for row in rows.values() for part in row.source.split("; ")}  # fmt: skip


def test_every_remark_is_one_of_a_row():
    assert {remark.key for remark in _REMARKS} <= _PARTS


def test_only_names_and_titles_are_left_as_they_are():
    known = {remark.key for remark in _REMARKS}
    others = _PARTS - known - {""}
    # A name of PyTorch alone, or authors, a title and a year.
    assert not {part for part in others if part.startswith("torch") and " " in part}
    assert not {part for part in others if part[0].islower() and not part.startswith("torch")}
    assert not {part for part in others if part[0].isupper() and ":" not in part and "(" not in part}  # fmt: skip


def test_english_sources_are_as_they_are_written():
    for rows in TABLES.values():
        for row in rows.values():
            assert source_in(row.source, "en") == row.source
