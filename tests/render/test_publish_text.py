"""What a user typed stands in every document as typed; a missing part of the program is one sentence."""

import io
import sys

import pytest
from pypdf import PdfReader

from explainer.messages import NotWritten
from explainer.pages.page import Document, Formula, Heading, Piece, Row, Table
from explainer.render import publish as publishing
from explainer.render import typesetting
from explainer.render.publish import publish
from tests.render.documents import EQUALS, HOSTILE, LESSON, RUNS, Page, handmade, words_of


class TestText:
    def test_stands_in_html_as_typed(self):
        page = Page(publish(handmade(), LESSON, RUNS, "html", "en", 5))
        assert page.text.count(HOSTILE) >= 4
        assert not page.all("script")
        assert page.all("img")[0]["alt"] == HOSTILE

    def test_stands_in_pdf_as_typed(self):
        pdf = publish(handmade(), LESSON, RUNS, "pdf", "en", 5)
        metadata = PdfReader(io.BytesIO(pdf)).metadata
        assert metadata is not None
        assert metadata.title == HOSTILE
        assert words_of(pdf).count(HOSTILE.replace(" ", "")) >= 5

    def test_stands_in_tex_without_a_command_in_it(self):
        source = publish(handmade(), LESSON, RUNS, "tex", "en", 5).decode()
        body = source[source.index("\\begin{document}") :]
        assert "\\input" not in source
        assert "\\textbackslash input\\{/etc/passwd\\}" in body
        assert "\\#read" in body
        assert "\\$z\\$" in body
        assert body.count("\\end{document}") == 1
        assert "\\{\\{7*7\\}\\}" in body

    def test_numbers_of_a_column_stand_under_each_other(self):
        page = Page(publish(handmade(), LESSON, RUNS, "html", "en", 5))
        assert "−10\u2008\u2007\u2007" in page.text

    def test_a_letter_that_no_font_has_does_not_stop_it(self):
        pdf = publish(handmade("\U0010fffd \u4e2d"), LESSON, RUNS, "pdf", "en", 5)
        assert len(PdfReader(io.BytesIO(pdf)).pages) == 1

    def test_a_formula_too_wide_for_its_line_is_not_cut_off(self):
        wide = Row("rule", (Piece("w", "w"),), EQUALS, (Piece("x" * 300, "x"),))
        document = Document("t", "en", (Heading(1, ("t",)), Formula((wide,))))
        pdf = publish(document, LESSON, RUNS, "pdf", "en", 5)
        assert words_of(pdf).count("𝑥") == 300


def test_a_table_taller_than_a_page_is_not_cut_off():
    words = " ".join(f"word{number}" for number in range(2000))
    table = Table(((), ()), ((("Weights",), (words,)), (("Biases",), ("none",))))
    document = Document("t", "en", (Heading(1, ("t",)), table))
    pages = PdfReader(io.BytesIO(publish(document, LESSON, RUNS, "pdf", "en", 5))).pages
    assert len(pages) >= 3
    assert "word1999" in pages[-1].extract_text()
    assert all("word" in page.extract_text() for page in pages)


class TestMissingParts:
    def refused(self, name: str) -> str:
        with pytest.raises(NotWritten) as refusal:
            publish(handmade("t"), LESSON, RUNS, name, "en", 5)
        return str(refusal.value)

    def test_pandoc_that_is_not_installed(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "pypandoc", None)
        typesetting._pandoc_path.cache_clear()
        assert self.refused("html") == "pandoc is missing: install the package pypandoc_binary"

    def test_pandoc_that_cannot_be_started(self, monkeypatch, tmp_path):
        monkeypatch.setattr(typesetting, "_pandoc_path", lambda: str(tmp_path / "pandoc"))
        assert self.refused("tex").startswith("pandoc could not be started: ")

    def test_pandoc_that_fails(self, monkeypatch):
        monkeypatch.setattr(publishing, "template", lambda ending: f"/nowhere.{ending}")
        assert self.refused("tex").startswith("pandoc could not write the document: ")

    def test_pandoc_that_hangs(self, monkeypatch):
        monkeypatch.setattr(typesetting, "_TIME_LIMIT", 0.001)
        assert self.refused("html") == "pandoc did not finish within 0.001 seconds"

    def test_typst_that_is_not_installed(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "typst", None)
        assert self.refused("pdf") == "Typst is missing: install the package typst"


def test_a_picture_needs_no_pandoc(monkeypatch):
    monkeypatch.setattr(typesetting, "_pandoc_path", lambda: pytest.fail("pandoc was asked"))
    assert publish(handmade("t"), LESSON, RUNS, "svg", "en", 5).startswith(b"<svg")
