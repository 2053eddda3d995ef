"""Collect the sentences of the program and bring every catalogue up to date with them.

Writes resources/lang/explainer.pot, updates each <language>.po beside it and compiles that to
<language>.mo. New sentences arrive untranslated, which a test reports; nothing is guessed.
"""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from explainer import __version__

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "lang"
TEMPLATE = FOLDER / "explainer.pot"
HEADER = """# Sentences of Explainer.
# Copyright (C) 2026 The Explainer authors
# This file is distributed under the same license as the Explainer project."""
# The calls that mark a sentence, and which of their arguments are its forms.
KEYWORDS: dict[str, tuple[int, ...] | None] = {"message": None, "plural": (1, 2)}


def collect() -> Catalog:
    """Return every sentence that stands in a marking call somewhere in the program."""
    template = Catalog(
        header_comment=HEADER,
        project="Explainer",
        version=__version__,
        msgid_bugs_address="the issues of the project",
        last_translator="The Explainer authors",
        language_team="The Explainer authors",
        charset="utf-8",
        fuzzy=False,
    )
    found = extract_from_dir(ROOT / "explainer", keywords=KEYWORDS, comment_tags=("Translators:",))
    for file, line, sentence, comments, _context in sorted(found, key=lambda entry: entry[:2]):
        template.add(sentence, locations=[(f"explainer/{file}", line)], auto_comments=comments)
    return template


def read(path: Path) -> Catalog:
    """Return the catalogue of the language the file is named after, or the template."""
    with path.open("rb") as stream:
        return read_po(stream, locale=None if path == TEMPLATE else path.stem)


def compiled(catalogue: Catalog) -> bytes:
    """Return the catalogue as the program reads it."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """Return the sentences without a translation, or with one somebody has to look at."""
    return [
        str(entry.id)
        for entry in catalogue
        if entry.id and (entry.fuzzy or not all(_forms(entry.string)))
    ]


def _forms(translation: object) -> tuple[str, ...]:
    # A sentence that has just been collected has no translation at all.
    return (
        tuple(translation) if isinstance(translation, (tuple, list)) else (str(translation or ""),)
    )


def _write(catalogue: Catalog, path: Path) -> None:
    stream = io.BytesIO()
    # Without line numbers: a sentence that only moved changes nothing.
    write_po(stream, catalogue, width=98, ignore_obsolete=True, include_lineno=False)
    path.write_bytes(stream.getvalue())


def main() -> None:
    """Update the template and all catalogues, and say what is left to translate."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    template = collect()
    if TEMPLATE.is_file():
        # The date says when the sentences changed last, not when somebody looked.
        before = read(TEMPLATE)
        if {entry.id for entry in before} == {entry.id for entry in template}:
            template.creation_date = before.creation_date
    _write(template, TEMPLATE)
    for path in sorted(FOLDER.glob("*.po")):
        catalogue = read(path)
        catalogue.update(template, no_fuzzy_matching=True)
        _write(catalogue, path)
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        left = missing(catalogue)
        print(f"{path.stem}: {len(catalogue) - len(left)} translated, {len(left)} to do")
        print("".join(f"  {sentence}\n" for sentence in left), end="")


if __name__ == "__main__":
    main()
