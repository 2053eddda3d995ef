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
# Remarks are smaller and quieter than the text.
QUIET = '<w:rPr><w:color w:val="5A6472"/><w:sz w:val="20"/></w:rPr>'
QUIET_OPEN = '<style:text-properties fo:color="#5a6472" fo:font-size="10pt"/>'


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
            {
                "word/document.xml": partial(with_page, page=page),
                "word/styles.xml": partial(with_word_styles, width=width - 2 * MARGIN),
            },
        )
        changes = {
            "fo:page-width": width_in,
            "fo:page-height": height_in,
            "fo:margin-left": "0.9in",
            "fo:margin-right": "0.9in",
        }
        line = f"{float(width_in.removesuffix('in')) - 1.8:.2f}in"
        write(
            f"{paper}.odt", "odt", {"styles.xml": partial(open_styles, values=changes, line=line)}
        )
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
    """Replace the values of attributes of pages; paragraphs have margins of their own."""

    def page(found: re.Match[str]) -> str:
        properties = found[0]
        for name, value in values.items():
            properties = re.sub(rf'{name}="[^"]*"', f'{name}="{value}"', properties)
        return properties

    return re.sub(r"<style:page-layout-properties[^>]*>", page, text)


def with_word_styles(text: str, width: int) -> str:
    """Add what formulas and worksheets are written in: lines that stay together, a line to its end, a box of empty lines."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="6" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right")
    )
    box = (
        f'<w:pBdr>{sides}</w:pBdr><w:spacing w:before="0" w:after="0"/>'
        '<w:ind w:left="140" w:right="140"/>'
    )
    properties = {
        "FormulaLine": '<w:keepNext/><w:keepLines/><w:spacing w:before="60" w:after="60"/><w:ind w:left="280"/>',
        "Formula": '<w:keepLines/><w:spacing w:before="60" w:after="120"/><w:ind w:left="280"/>',
        "Lead": "<w:keepNext/>",
        "AnswerLine": f'<w:keepLines/><w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="{width}"/></w:tabs>'
        '<w:spacing w:before="200" w:after="240"/>',
        "AnswerLabel": '<w:keepNext/><w:spacing w:before="200" w:after="160"/>',
        "AnswerBox": f"<w:keepNext/>{box}",
        "AnswerBoxEnd": box,
        "Note": "",
        "NoteLead": "<w:keepNext/>",
    }
    styles = "".join(
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="BodyText"/><w:qFormat/><w:pPr>{inside}</w:pPr>{QUIET if name.startswith("Note") else ""}</w:style>'
        for name, inside in properties.items()
    )
    return text.replace("</w:styles>", f"{styles}</w:styles>")


def open_styles(text: str, values: dict[str, str], line: str) -> str:
    """Set the paper's size and add what formulas and worksheets are written in, as for Word; `line` is how long a line is."""
    box = (
        'fo:margin-top="0in" fo:margin-bottom="0in" fo:padding="0.08in" fo:border="0.75pt solid #000000" '
        'style:join-border="true"'
    )
    properties = {
        "FormulaLine": '<style:paragraph-properties fo:margin-left="0.2in" fo:margin-top="0.04in" fo:margin-bottom="0.04in" '
        'fo:keep-with-next="always"/>',
        "Formula": '<style:paragraph-properties fo:margin-left="0.2in" fo:margin-top="0.04in" fo:margin-bottom="0.1in"/>',
        "Lead": '<style:paragraph-properties fo:keep-with-next="always"/>',
        "AnswerLine": '<style:paragraph-properties fo:margin-top="0.15in" fo:margin-bottom="0.15in"><style:tab-stops>'
        f'<style:tab-stop style:position="{line}" style:type="right" style:leader-style="solid" style:leader-text="_"/>'
        "</style:tab-stops></style:paragraph-properties>",
        "AnswerLabel": '<style:paragraph-properties fo:margin-top="0.15in" fo:margin-bottom="0.1in" fo:keep-with-next="always"/>',
        "AnswerBox": f'<style:paragraph-properties {box} fo:keep-with-next="always"/>',
        "AnswerBoxEnd": f"<style:paragraph-properties {box}/>",
        "Note": QUIET_OPEN,
        "NoteLead": f'<style:paragraph-properties fo:keep-with-next="always"/>{QUIET_OPEN}',
        "PageBreak": '<style:paragraph-properties fo:break-before="page" fo:margin-top="0in" fo:margin-bottom="0in"/>'
        '<style:text-properties fo:font-size="2pt"/>',
    }
    styles = "".join(
        f'<style:style style:name="{name}" style:display-name="{name}" style:family="paragraph" '
        f'style:parent-style-name="Text_20_body" style:class="text">{inside}</style:style>'
        for name, inside in properties.items()
    )
    text = with_attributes(text, values)
    return text.replace("</office:styles>", f"{styles}</office:styles>")


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
