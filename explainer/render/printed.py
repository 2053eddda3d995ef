"""The worked example as pages to be painted: SVG in which everything, also the pictures, is lines.

Typst puts a picture of the network into a page as an embedded file, which SVG readers for the screen turn into dots.
Here it becomes part of the page.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from explainer.render.publish import pages_as_svg

if TYPE_CHECKING:
    from explainer.lesson.lesson import Lesson
    from explainer.lesson.worksheet import Paper
    from explainer.pages.page import Document
    from explainer.trace.record import Run

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_EMBEDDED = "data:image/svg+xml;base64,"
_TRANSLATION = re.compile(r"translate\(([^ ,)]+)(?:[ ,]+([^)]+))?\)")


def printed_pages(
    document: Document,
    lesson: Lesson,
    runs: Sequence[Run],
    language: str,
    digits: int,
    paper: Paper = "a4",
) -> tuple[str, ...]:
    """Return the pages of the worked example as SVG without embedded files. Raises as `publish.publish`."""
    return tuple(
        with_pictures_inside(page, number)
        for number, page in enumerate(pages_as_svg(document, lesson, runs, language, digits, paper))
    )


def with_pictures_inside(page: str, number: int) -> str:
    """Return a page with each embedded SVG drawn in its place; `number` keeps the names of pages apart."""
    ET.register_namespace("", _SVG.strip("{}"))
    ET.register_namespace("xlink", _LINK.partition("}")[0].strip("{"))
    root = ET.fromstring(page)  # noqa: S314 - written by Typst from our own pictures
    parents = {child: parent for parent in root.iter() for child in parent}
    images = list(root.iter(f"{_SVG}image"))
    for index, image in enumerate(images):
        address = image.get(_LINK, "")
        if address.startswith(_EMBEDDED):
            drawn = _drawn(image, b64decode(address.removeprefix(_EMBEDDED)), f"p{number}i{index}-")
            parent = parents[image]
            parent[list(parent).index(image)] = drawn
    return ET.tostring(root, encoding="unicode")


def _drawn(image: ET.Element, content: bytes, prefix: str) -> ET.Element:
    """Return a picture as a group where the image stood, as large as it was, its names made its own."""
    picture = ET.fromstring(content)  # noqa: S314 - our own picture of the network
    width, height = (float(picture.get(side, "1")) for side in ("width", "height"))
    across = float(image.get("width", "1")) / width
    down = float(image.get("height", "1")) / height
    found = _TRANSLATION.search(image.get("transform", ""))
    right, below = (found.group(1), found.group(2) or "0") if found else ("0", "0")
    group = ET.Element(
        f"{_SVG}g", {"transform": f"translate({right} {below}) scale({across:.6f} {down:.6f})"}
    )
    for element in picture.iter():
        if "id" in element.attrib:
            element.set("id", prefix + element.attrib["id"])
        if element.get(_LINK, "").startswith("#"):
            element.set(_LINK, f"#{prefix}{element.attrib[_LINK][1:]}")
    group.extend(list(picture))
    return group
