"""Every sentence of the program stands in every catalogue, and the compiled ones are current."""

import ast
import string
from pathlib import Path

import pytest

import explainer
from scripts.lang import FOLDER, TEMPLATE, collect, compiled, missing, read

CATALOGUES = sorted(FOLDER.glob("*.po"))


def forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (str(text),)


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_there_is_a_russian_catalogue():
    assert "ru" in [path.stem for path in CATALOGUES]


def test_the_template_is_current():
    assert {entry.id for entry in read(TEMPLATE)} == {entry.id for entry in collect()}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
class TestCatalogue:
    def test_has_exactly_the_sentences_of_the_program(self, path):
        wanted = {entry.id for entry in collect() if entry.id}
        there = {entry.id for entry in read(path) if entry.id}
        assert there == wanted

    def test_leaves_nothing_untranslated_or_doubtful(self, path):
        assert missing(read(path)) == []

    def test_is_compiled(self, path):
        assert path.with_suffix(".mo").read_bytes() == compiled(read(path))

    def test_keeps_the_places_for_arguments(self, path):
        for entry in read(path):
            if entry.id:
                english = set().union(*map(places, forms(entry.id)))
                for form in forms(entry.string):
                    # A counted form may say its number in words: "the only sample".
                    assert places(form) <= english, entry.id
                    assert entry.pluralizable or places(form) == english, entry.id


def test_no_sentence_hides_in_a_text_with_places():
    """The catalogue is collected by a reader that does not look into f-strings."""
    hidden = [
        f"{file}:{call.lineno}"
        for file in Path(explainer.__file__).parent.rglob("*.py")
        for text in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ("message", "plural")
    ]
    assert hidden == []
