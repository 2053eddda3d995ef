"""Make the reference documents of Word, OpenDocument and PowerPoint: pandoc's own, on the two papers, with our type sizes.

Run from the project's folder after a new version of pandoc: `.venv/bin/python scripts/reference_documents.py`.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pypandoc

FOLDER = Path("resources/templates")
# Width and height in twentieths of a point, and in inches.
PAPERS = {"a4": (11906, 16838, "8.27in", "11.69in"), "letter": (12240, 15840, "8.5in", "11in")}
MARGIN = 1304


def main() -> None:
    """Write the five files."""
    for paper, (width, height, width_in, height_in) in PAPERS.items():
        page = (
            f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" '
            f'w:bottom="{MARGIN}" w:left="{MARGIN}" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
        )
        write(
            f"{paper}.docx",
            "docx",
            {"word/document.xml": partial(with_page, page=page)},
        )
        changes = {
            "fo:page-width": width_in,
            "fo:page-height": height_in,
            "fo:margin-left": "0.9in",
            "fo:margin-right": "0.9in",
        }
        write(f"{paper}.odt", "odt", {"styles.xml": partial(with_attributes, values=changes)})
    write(
        "pptx",
        "pptx",
        {
            "ppt/slideLayouts/slideLayout4.xml": two_columns,
            "ppt/slideMasters/slideMaster1.xml": smaller,
        },
    )


def write(ending: str, kind: str, changes: dict[str, Callable[[str], str]]) -> None:
    """Change some parts of pandoc's reference document and write it without dates."""
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", f"reference.{kind}"]
    content = subprocess.run(command, capture_output=True, check=True).stdout
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            part = old.read(entry.filename)
            if entry.filename in changes:
                part = changes[entry.filename](part.decode()).encode()
            info = zipfile.ZipInfo(entry.filename)
            stored = entry.filename == "mimetype"
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            new.writestr(info, part)
    (FOLDER / f"worked-example.{ending}").write_bytes(made.getvalue())


def with_page(text: str, page: str) -> str:
    """Put the paper's size into a Word document."""
    text = re.sub(r"<w:sectPr.*?</w:sectPr>|<w:sectPr[^>]*/>", "", text, flags=re.DOTALL)
    return text.replace("</w:body>", f"{page}</w:body>")


def with_attributes(text: str, values: dict[str, str]) -> str:
    """Replace the values of attributes."""
    for name, value in values.items():
        text = re.sub(rf'{name}="[^"]*"', f'{name}="{value}"', text)
    return text


def two_columns(text: str) -> str:
    """Set both columns in small type without bullets, under a low title."""
    text = re.sub(
        r'<a:lvl1pPr><a:defRPr sz="2100"/></a:lvl1pPr>',
        '<a:lvl1pPr marL="0" indent="0"><a:buNone/><a:defRPr sz="1200"/></a:lvl1pPr>',
        text,
    )
    text = text.replace(
        "<p:txBody><a:bodyPr/><a:lstStyle><a:lvl1pPr",
        "<p:txBody><a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle><a:lvl1pPr",
    )
    return text.replace('y="1200151"', 'y="950000"').replace('cy="3394472"', 'cy="3760000"')


def smaller(text: str) -> str:
    """Set titles in 20 points at the left."""
    text = text.replace('<p:titleStyle><a:lvl1pPr algn="ctr"', '<p:titleStyle><a:lvl1pPr algn="l"')
    text = re.sub(r'(<p:titleStyle>.*?<a:defRPr sz=")3300"', r'\g<1>2000"', text)
    return text.replace('cx="8229600" cy="857250"', 'cx="8229600" cy="640000"')


if __name__ == "__main__":
    main()
