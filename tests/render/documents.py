"""Documents to publish, and how tests read them back."""

import io
import re
from html.parser import HTMLParser

from pypdf import PdfReader

from explainer.lesson.examples import example
from explainer.pages.page import (
    Document,
    Figure,
    Formula,
    Heading,
    Maths,
    Paragraph,
    Piece,
    Row,
    Table,
)
from explainer.trace.run import trace

HOSTILE = (
    '<script>alert(1)</script> \\input{/etc/passwd} #read("/etc/passwd") {{7*7}} *x* _y_ $z$ ${v}$ '
    "%d & ~ ^ `c` @ref [a](b) </title> 'q' ... -- -5 ,, \\end{document} ] #] $body$ //c /*d*/ <l> = h"
)
LESSON = example("lecture-2-2-1")
RUNS = trace(LESSON, 1)
EQUALS = Piece("=", "=", "relation")


def handmade(title: str = HOSTILE) -> Document:
    row = Row("result", (Piece("w", "w"),), EQUALS, (Piece("-1.5", "−1.5"),))
    return Document(
        title,
        "en",
        (
            Heading(1, (title,)),
            Paragraph((title,)),
            Paragraph(("Checked.",), "check"),
            Paragraph((title,), "note"),
            Figure(0, None, (title,), title),
            Heading(3, (title, Maths("h_1", "h₁"))),
            Formula((row,)),
            Table(((title,), ("n",)), (((title,), ("1.25",)), (("b",), ("−10",))), (title,)),
        ),
    )


class Page(HTMLParser):
    """What a reader of a page can meet: its tags with attributes, its text."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def words_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))
