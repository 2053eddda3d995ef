"""The fonts that come with the program hold every character it writes, and the table of widths is theirs."""

import gettext
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from msgspec import json

from explainer.lesson.examples import example, example_names
from explainer.lesson.greek import LETTER_OF
from explainer.resources import resource

FOLDER = resource("fonts")
FONT_FILES = sorted(
    path.name for path in Path(str(FOLDER)).iterdir() if path.suffix in (".otf", ".ttf")
)
SIZE_LIMIT = 600_000
MEASURED = {
    "Regular": "Inter-Regular.otf",
    "SemiBold": "Inter-SemiBold.otf",
    "Maths": "ExplainerMaths.ttf",
}


@cache
def font(name: str) -> TTFont:
    return TTFont(FOLDER / name)


def characters(text: str) -> set[str]:
    return {character for character in text if character.isprintable()}


def test_the_fonts_are_small_and_carry_their_licence():
    assert sum((FOLDER / name).stat().st_size for name in FONT_FILES) < SIZE_LIMIT
    licence = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Inter" in licence
    assert "STIX" in licence


@pytest.mark.parametrize("name", [name for name in FONT_FILES if name.startswith("Inter")])
def test_text_faces_have_every_character_of_the_catalogues_and_lessons(name):
    wanted = characters("0123456789−·⁰¹²³⁴⁵⁶⁷⁸⁹⁻∂δη≈≤≥✓…—–«»“”‘’„№∞√→←×")
    with resource("lang", "ru.mo").open("rb") as stream:
        catalogue = gettext.GNUTranslations(stream)
    for key, value in catalogue._catalog.items():
        wanted |= characters(key if isinstance(key, str) else key[0]) | characters(value)
    for lesson in (example(known) for known in example_names()):
        wanted |= characters(json.encode([lesson.title, lesson.description]).decode())
    assert wanted - {chr(code) for code in font(name).getBestCmap()} == set()


def test_the_maths_face_has_every_letter_of_a_symbol_with_every_accent():
    held = {chr(code) for code in font("ExplainerMaths.ttf").getBestCmap()}
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" + "".join(
        LETTER_OF.values()
    )
    assert set(letters + "()+−-*,′") - held == set()
    accented = json.decode(resource("fonts", "accented.json").read_bytes())
    for letter in "yxhij" + "δϵ":
        for accent in "\u0302\u0304\u0303":
            assert accented[letter + accent] in held


@pytest.mark.parametrize("face", MEASURED)
def test_the_widths_are_those_of_the_fonts(face):
    table = json.decode(resource("fonts", "widths.json").read_bytes())[face]
    known = font(MEASURED[face])
    units, metrics, cmap = known["head"].unitsPerEm, known["hmtx"], known.getBestCmap()
    assert len(table) > 150
    for character, width in table.items():
        assert width == pytest.approx(metrics[cmap[ord(character)]][0] / units, abs=1e-4), character


def test_the_script_that_made_them_is_there():
    assert (Path(__file__).parents[2] / "scripts" / "make_fonts.py").is_file()
