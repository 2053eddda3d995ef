"""Every format of a worked example in both languages: readable, literal, accessible, repeatable."""

import io
import re
import struct
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from explainer.lesson.examples import example, example_names
from explainer.lesson.lesson import text_in
from explainer.pages.worked_example import worked_example
from explainer.render.publish import FORMATS, format_of, publish
from explainer.trace.run import trace
from tests.render.documents import LESSON, RUNS, Page, words_of


@pytest.fixture(scope="module", params=["en", "ru"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def published(language):
    """Return the content of a format, made once."""
    document = worked_example(LESSON, RUNS, language, 5)
    made: dict[str, bytes] = {}

    def content(name: str) -> bytes:
        if name not in made:
            made[name] = publish(document, LESSON, RUNS, name, language, 5)
        return made[name]

    return content


def number(text: str, language: str) -> str:
    return text.replace(".", ",") if language == "ru" else text


def fonts_of(reader):
    found = []
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()
            found.append(inner["/DescendantFonts"][0].get_object()["/FontDescriptor"])
    return found


class TestTable:
    def test_each_row_is_found_by_its_endings(self):
        for name, row in FORMATS.items():
            assert row.name == name
            for ending in row.endings:
                assert format_of(f"Some.file{ending.upper()}") is row

    def test_another_ending_asks_for_none(self):
        assert format_of("picture.jpeg") is None
        assert format_of("pdf") is None

    @pytest.mark.parametrize("name", FORMATS)
    def test_the_same_lesson_gives_the_same_bytes(self, name, published, language):
        document = worked_example(LESSON, trace(LESSON, 1), language, 5)
        assert publish(document, LESSON, RUNS, name, language, 5) == published(name)


class TestHtml:
    def test_is_one_file_without_scripts_and_links(self, published):
        page = Page(published("html"))
        assert not page.all("script") + page.all("link") + page.all("iframe") + page.all("a")
        for _, attributes in page.tags:
            for name, value in attributes.items():
                assert not name.startswith("on")
                if name in ("src", "href"):
                    assert (value or "").startswith("data:")
        addresses = re.findall(r"https?://[^\"'< ]+", published("html").decode())
        assert set(addresses) <= {"http://www.w3.org/1998/Math/MathML"}

    def test_forbids_everything_from_outside(self, published):
        policies = [meta for meta in Page(published("html")).all("meta") if "http-equiv" in meta]
        assert [policy["content"].split(";")[0] for policy in policies] == ["default-src 'none'"]

    def test_has_every_formula_as_mathml(self, published, language):
        page = published("html").decode()
        assert page.count("<math") > 50
        assert f"<mn>{number('0.191', language)}</mn>" in page
        for formula in re.findall(r"<math.*?</math>", page, re.DOTALL):
            ET.fromstring(formula)  # noqa: S314 - made by this program

    def test_has_language_title_and_described_pictures(self, published, language):
        page = Page(published("html"))
        assert page.all("html") == [{"lang": language}]
        pictures = page.all("img")
        assert len(pictures) == 2
        assert all("w₁" in (picture["alt"] or "") for picture in pictures)
        assert len(page.all("h1")) == 1


class TestPdf:
    def test_says_the_numbers(self, published, language):
        text = words_of(published("pdf"))
        for value in ("0.85", "0.48", "0.191", "−0.809", "−0.22652", "0.12133", "0.25575"):
            assert number(value, language) in text

    def test_is_set_in_embedded_fonts(self, published):
        fonts = fonts_of(PdfReader(io.BytesIO(published("pdf"))))
        assert any("Inter" in font["/FontName"] for font in fonts)
        assert any("NewCMMath" in font["/FontName"] for font in fonts)
        assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts)

    def test_is_a_tagged_document_with_bookmarks(self, published, language):
        reader = PdfReader(io.BytesIO(published("pdf")))
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"].startswith(language)
        assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()
        assert reader.metadata is not None
        assert reader.metadata.title == text_in(LESSON.title, language)
        assert len(reader.outline) == 2  # the title and what stands under it
        assert "/CreationDate" not in reader.metadata

    def test_is_a4_with_numbered_pages(self, published):
        pages = PdfReader(io.BytesIO(published("pdf"))).pages
        assert len(pages) > 2
        for place, page in enumerate(pages, start=1):
            assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
            assert f"{place} / {len(pages)}" in page.extract_text()

    def test_keeps_every_step_on_one_page(self, published):
        for page in PdfReader(io.BytesIO(published("pdf"))).pages:
            lines = [line for line in page.extract_text().splitlines() if line.strip()]
            assert not re.match(r"\d+\. ", lines[-2])  # a headline above the page number


class TestTex:
    def test_is_one_self_contained_document(self, published):
        source = published("tex").decode()
        assert source.count("\\begin{document}") == source.count("\\end{document}") == 1
        assert "\\includegraphics" not in source
        assert source.count("\\begin{tikzpicture}") == 2
        for environment in set(re.findall(r"\\begin\{(\w+\*?)\}", source)):
            begun = source.count(f"\\begin{{{environment}}}")
            assert begun == source.count(f"\\end{{{environment}}}"), environment

    def test_names_the_fonts_that_its_letters_need(self, published, language):
        source = published("tex").decode()
        assert ("T2A" in source) is (language == "ru")
        assert ("main=russian" in source) is (language == "ru")

    def test_says_the_numbers(self, published, language):
        comma = "{,}" if language == "ru" else "."
        assert f"-0{comma}22652" in published("tex").decode()


class TestPictures:
    def test_svg_shows_all_values(self, published, language):
        root = ET.fromstring(published("svg"))  # noqa: S314 - made by this program
        labels = {group.get("aria-label") for group in root.iter() if group.get("aria-label")}
        assert {number(value, language) for value in ("0.85", "0.48", "0.191", "0.327")} <= labels

    def test_png_is_at_least_twice_as_fine_as_the_drawing(self, published):
        png = published("png")
        assert png.startswith(b"\x89PNG\r\n")
        width, height = struct.unpack(">II", png[16:24])
        root = ET.fromstring(published("svg"))  # noqa: S314 - made by this program
        assert width >= 2 * float(root.get("width", 0))
        assert height >= 2 * float(root.get("height", 0))


@pytest.mark.parametrize("name", example_names())
def test_every_built_in_lesson_becomes_a_pdf(name):
    lesson = example(name)
    runs = trace(lesson, 1)
    document = worked_example(lesson, runs, "ru", 4)
    pdf = publish(document, lesson, runs, "pdf", "ru", 4)
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 1
