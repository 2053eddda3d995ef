"""An OpenDocument text as pandoc writes it, with every formula also in the notation of LibreOffice's own editor."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape

from explainer.render.starmath import starmath

_OBJECT = re.compile(r'xlink:href="(Formula-\d+)/"')
_MATHS = re.compile(r"(<math[^>]*>)(.*)(</math>)", re.DOTALL)
_FRAME = re.compile(r'draw:style-name="fr\d" text:anchor-type="paragraph"([^>]*><draw:object )')
_SHARE = re.compile(r'style:rel-column-width="(\d+)\*"')
# What the shares of all columns add up to, and the width of a line in inches, which fits both papers.
_WHOLE, _LINE = 65535, 6.45
Change = Callable[[bytes], bytes]
# The first moment that a ZIP archive can name: the same document gives the same bytes.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


def finished_text(content: bytes, formulas: Sequence[str]) -> bytes:
    """Return the file with the formulas, in LaTeX and in the order of the text, written beside their MathML.

    Programs that know StarMath take it; others go on reading MathML. Columns of tables get a width that LibreOffice reads.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        objects = _OBJECT.findall(archive.read("content.xml").decode())
    changes: dict[str, Change] = {
        f"{name}/content.xml": partial(_annotated, note=starmath(latex))
        for name, latex in zip(objects, formulas, strict=True)
    }
    return with_parts(content, {**changes, "content.xml": _with_widths})


def with_parts(content: bytes, changes: Mapping[str, Change]) -> bytes:
    """Return an archive with some of its parts changed, without dates: the same document gives the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            change = changes.get(entry.filename)
            part = old.read(entry.filename)
            info = zipfile.ZipInfo(entry.filename, _NO_DATE)
            # Pictures are packed already.
            stored = entry.filename == "mimetype" or entry.filename.endswith(".png")
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            new.writestr(info, part if change is None else change(part))
    return made.getvalue()


def _with_widths(part: bytes) -> bytes:
    """State how wide tables and their columns are: shares of a line alone LibreOffice does not read."""
    text = part.decode()
    text = text.replace(
        'table:align="center" style:rel-width="100%"', f'table:align="left" style:width="{_LINE}in"'
    )

    # A formula stands in its line; a frame beside an empty one would leave as much room again.
    text = _FRAME.sub(r'draw:style-name="fr1" text:anchor-type="as-char"\1', text)

    def width(found: re.Match[str]) -> str:
        return f'style:column-width="{int(found[1]) / _WHOLE * _LINE:.3f}in"'

    return _SHARE.sub(width, text).encode()


def _annotated(part: bytes, note: str) -> bytes:
    annotation = f'<annotation encoding="StarMath 5.0">{escape(note)}</annotation>'

    def whole(found: re.Match[str]) -> str:
        inner = found[2]
        if not inner.startswith("<mrow"):
            inner = f"<mrow>{inner}</mrow>"
        return f"{found[1]}<semantics>{inner}{annotation}</semantics>{found[3]}"

    return _MATHS.sub(whole, part.decode(), count=1).encode()
