"""Pictures as text that can be compared and read: one element per line, outlines left out, numbers short."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

FOLDER = Path(__file__).parent / "golden"
# The numbers a label says are not shortened.
_WORDS = "aria-label"
_NUMBER = re.compile(r"-?\d+\.\d+")


def parsed(svg: str) -> ET.Element:
    """Return a picture that this program wrote as a tree."""
    return ET.fromstring(svg)  # noqa: S314 - our own pictures, not something from outside


def normalised(svg: str) -> str:
    """Return a picture as text; a label is its words and the place of its first glyph. The title is the lesson's."""
    root = parsed(svg)
    shown = (element for element in root if _tag(element) not in ("defs", "title"))
    return "\n".join([_line(root), *(_line(element) for element in shown)]) + "\n"


def _line(element: ET.Element) -> str:
    attributes = dict(element.attrib)
    if _tag(element) == "g" and len(element):
        attributes["at"] = element[0].get("transform", "").partition(" scale")[0]
    words = " ".join(
        f'{name}="{value if name == _WORDS else _short(value)}"'
        for name, value in sorted(attributes.items())
    )
    text = (element.text or "").strip()
    return " ".join(part for part in (_tag(element), words, text) if part)


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _short(value: str) -> str:
    return _NUMBER.sub(lambda found: f"{float(found[0]):.1f}", value)


def compare(name: str, text: str, *, regenerate: bool) -> None:
    """Compare a text with its golden file, or write that file anew."""
    path = FOLDER / f"{name}.txt"
    if regenerate:
        FOLDER.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"{path.name} is missing: run pytest with --regen and look at it"
    assert text == path.read_text(encoding="utf-8"), (
        "if the new picture is right, run pytest with --regen"
    )
