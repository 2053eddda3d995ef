"""Make the fonts that come with the program, and the table of their advance widths.

Inputs:
  --inter FOLDER  the static OpenType fonts of Inter (`Inter-Regular.otf` …); on Debian the package
                  `fonts-inter` puts them into /usr/share/fonts/opentype/inter.
  --stix FILE     STIX Two Math; by default the copy that ziamath carries.

Outputs, in resources/fonts: subsets of four weights of Inter, `ExplainerMaths.ttf` (STIX Two's mathematical
italic under the ordinary letters, so that "w" is drawn as a mathematical w by any program that can draw text),
`widths.json`, which lays text out where there is no font engine, and `accented.json`, the private codes of the
letters under an accent. The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import unicodedata
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

OUTPUT = Path(__file__).resolve().parent.parent / "resources" / "fonts"
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
# The weights whose widths the diagram needs.
MEASURED = ("Regular", "SemiBold")
INTER_CHARACTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x370, 0x400),
    *range(0x400, 0x460),
    *(0x490, 0x491, 0x302, 0x304, 0x1E84, 0x1E85),
    *range(0x2010, 0x2028),
    *range(0x202F, 0x203B),
    *range(0x2070, 0x20A0),
    *(0x20AC, 0x2116, 0x2122, 0x2318),
    *range(0x2190, 0x219A),
    *(0x21A9, 0x21AA, 0x21D0, 0x21D2, 0x21D4, 0x27F5, 0x27F6),
    *range(0x1D62, 0x1D6B),
    *range(0x2200, 0x2270),
    *(0x22C5, 0x25A0, 0x25A1, 0x25B2, 0x25B6, 0x25B8, 0x25BA, 0x25BC, 0x25C0, 0x25CB, 0x25CF),
    *(0x26A0, 0x2713, 0x2714, 0x2717, 0x2C7C),
)
MATHS_UPRIGHT = "0123456789 !()[]{}<>+−-=±×·⋅/|,.:;′″*∗∂∇∑∏√∞≈≠≤≥→ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"
GREEK_SMALL = "αβγδεζηθικλμνξοπρςστυφχψω"
GREEK_VARIANTS = {"ϵ": 0x1D716, "ϑ": 0x1D717, "ϕ": 0x1D719}
ACCENTS = {"hat": 0x302, "bar": 0x304, "tilde": 0x303}
# An accent takes the place of the dot of i and j.
DOTLESS = {"u1D456": "u1D6A4", "u1D457": "u1D6A5"}
# Most letters under an accent have no code of their own; these private ones name their glyphs.
FIRST_PRIVATE, LAST_PRIVATE = 0xE000, 0xF900


def main() -> None:
    """Read the arguments, write the fonts, tell their sizes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inter", type=Path, default=Path("/usr/share/fonts/opentype/inter"))
    parser.add_argument("--stix", type=Path, default=None)
    arguments = parser.parse_args()
    # fontTools writes the time of saving into a font unless told another.
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    OUTPUT.mkdir(parents=True, exist_ok=True)
    widths: dict[str, dict[str, float]] = {}
    for weight in WEIGHTS:
        font = inter_subset(arguments.inter / f"Inter-{weight}.otf")
        font.save(OUTPUT / f"Inter-{weight}.otf")
        if weight in MEASURED:
            widths[weight] = advance_widths(font)
    maths, clusters = maths_font(arguments.stix or stix_of_ziamath())
    maths.save(OUTPUT / "ExplainerMaths.ttf")
    widths["Maths"] = advance_widths(maths)
    write_table("widths.json", widths)
    write_table("accented.json", clusters)
    for path in sorted(OUTPUT.iterdir()):
        print(f"{path.stat().st_size:8d}  {path.name}")


def write_table(name: str, table: object) -> None:
    """Write a table as JSON; private codes are escaped, for no editor can show them."""
    text = json.dumps(table, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    (OUTPUT / name).write_text(text + "\n", encoding="utf-8")


def stix_of_ziamath() -> Path:
    """Return the path of the STIX Two Math that ziamath carries; SystemExit where it is missing."""
    found = importlib.util.find_spec("ziamath")
    if found is None or found.origin is None:
        raise SystemExit("ziamath is not installed: give STIX Two Math with --stix")
    return Path(found.origin).parent / "fonts" / "STIXTwoMath-Regular.ttf"


def inter_subset(path: Path) -> TTFont:
    """Return Inter with the characters of INTER_CHARACTERS, kerning, accents and tabular digits."""
    options = subset.Options(
        layout_features=["kern", "ccmp", "locl", "mark", "mkmk", "tnum"],
        name_IDs=["*"],
        hinting=False,
        desubroutinize=False,
        notdef_outline=True,
    )
    font = TTFont(path, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=INTER_CHARACTERS)
    subsetter.subset(font)
    return font


def advance_widths(font: TTFont) -> dict[str, float]:
    """Return the advance of every character of a font in em."""
    units = font["head"].unitsPerEm
    metrics = font["hmtx"]
    return {
        chr(code): round(metrics[glyph][0] / units, 4)
        for code, glyph in sorted(font.getBestCmap().items())
        if not FIRST_PRIVATE <= code < LAST_PRIVATE
    }


def maths_font(path: Path) -> tuple[TTFont, dict[str, str]]:
    """Return STIX Two's mathematical italic under ordinary letters, and the private code of each accented letter."""
    font = TTFont(path, recalcTimestamp=False)
    source = font.getBestCmap()
    cmap = {ord(letter): source[italic_code(letter)] for letter in _letters()}
    cmap |= {ord(character): source[ord(character)] for character in MATHS_UPRIGHT}
    cmap |= {accent: source[accent] for accent in ACCENTS.values()}
    clusters: dict[str, str] = {}
    rules = []
    for accent_name, accent in ACCENTS.items():
        for letter in _letters():
            base = cmap[ord(letter)]
            accented = add_accent(font, base, source[accent], f"{base}.{accent_name}")
            private = FIRST_PRIVATE + len(clusters)
            clusters[letter + chr(accent)] = chr(private)
            cmap[private] = accented
            composed = unicodedata.normalize("NFC", letter + chr(accent))
            if len(composed) == 1:
                cmap[ord(composed)] = accented
            rules.append(f"sub {base} {source[accent]} by {accented};")
    set_cmap(font, cmap)
    font.setGlyphOrder(list(font["glyf"].glyphOrder))
    for table in ("MATH", "GPOS", "GSUB", "GDEF", "DSIG", "fpgm", "prep", "cvt ", "gasp"):
        del font[table]
    addOpenTypeFeaturesFromString(font, "feature ccmp {" + " ".join(rules) + "} ccmp;")
    options = subset.Options(
        layout_features=["ccmp"], name_IDs=["*"], hinting=False, notdef_outline=True
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=list(cmap))
    subsetter.subset(font)
    rename(font)
    return font, clusters


def _letters() -> str:
    latin = "abcdefghijklmnopqrstuvwxyz"
    return latin + latin.upper() + GREEK_SMALL + "".join(GREEK_VARIANTS)


def italic_code(letter: str) -> int:
    """Return the code of a letter's mathematical italic form."""
    if letter == "h":
        # Planck's constant took the place of the italic h before there was an alphabet.
        return 0x210E
    if letter in GREEK_VARIANTS:
        return GREEK_VARIANTS[letter]
    if letter in GREEK_SMALL:
        return 0x1D6FC + GREEK_SMALL.index(letter)
    return (
        0x1D434 + ord(letter) - ord("A") if letter.isupper() else 0x1D44E + ord(letter) - ord("a")
    )


def add_accent(font: TTFont, base: str, accent: str, name: str) -> str:
    """Add the glyph `name` of a letter under an accent, placed as the font's MATH table says; return the name."""
    constants = font["MATH"].table.MathConstants
    attachment = font["MATH"].table.MathGlyphInfo.MathTopAccentAttachment
    records = (record.Value for record in attachment.TopAccentAttachment)
    places = dict(zip(attachment.TopAccentCoverage.glyphs, records, strict=True))
    letter = DOTLESS.get(base, base)
    advance, _ = font["hmtx"][base]
    glyphs: Any = font["glyf"]
    right = places.get(base, advance // 2) - places.get(accent, 0)
    up = max(0, glyphs[letter].yMax - constants.AccentBaseHeight.Value)
    pen = TTGlyphPen(font.getGlyphSet())
    pen.addComponent(letter, (1, 0, 0, 1, 0, 0))
    pen.addComponent(accent, (1, 0, 0, 1, right, up))
    glyphs[name] = pen.glyph()
    glyphs[name].recalcBounds(glyphs)
    font["hmtx"][name] = (advance, glyphs[name].xMin)
    return name


def set_cmap(font: TTFont, cmap: dict[int, str]) -> None:
    """Replace the characters of a font; all of them lie in the basic plane."""
    table = newTable("cmap")
    table.tableVersion = 0
    table.tables = []
    for platform, encoding in ((0, 3), (3, 1)):
        part = CmapSubtable.newSubtable(4)
        part.platformID, part.platEncID, part.language, part.cmap = platform, encoding, 0, cmap
        table.tables.append(part)
    font["cmap"] = table


def rename(font: TTFont) -> None:
    """Give the derived font its own name and the line height of a text font."""
    family = "Explainer Maths"
    for record in font["name"].names:
        text = {1: family, 3: f"{family} 1", 4: family, 6: "ExplainerMaths", 16: family}.get(
            record.nameID
        )
        if text is not None:
            record.string = text
    for table, top, bottom in (
        ("hhea", "ascent", "descent"),
        ("OS/2", "sTypoAscender", "sTypoDescender"),
    ):
        setattr(font[table], top, 1000)
        setattr(font[table], bottom, -300)
    font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = 1000, 300


if __name__ == "__main__":
    main()
