"""A worksheet and its key: the pages of the worked example, with blanks and with the blanks filled."""

from __future__ import annotations

from explainer.messages import Message, message, translate
from explainer.pages.document import without_repetition
from explainer.pages.page import Block, Document, NewPage
from explainer.pages.sheets.model import Sheet
from explainer.pages.sheets.writer import Writer
from explainer.pages.usage import in_usage


def worksheet(sheet: Sheet, pass_index: int = 0) -> Document:
    """Return the page with blanks. `pass_index` is the place of its run among those the document is published with."""
    title = _said(sheet, message("Worksheet: {title}", title=sheet.title))
    return _document(sheet, title, Writer(sheet, pass_index, filled=False))


def key(sheet: Sheet, pass_index: int = 0, *, short: bool = False) -> Document:
    """Return the key: a short table of the answers, then, unless it is `short`, the same pages with every line."""
    title = _said(sheet, message("Key: {title}", title=sheet.title))
    return _document(sheet, title, Writer(sheet, pass_index, filled=True, short=short))


def together(documents: list[Document], title: str) -> Document:
    """Return several documents as one, each beginning on a page of its own."""
    blocks: list[Block] = []
    for document in documents:
        blocks += [NewPage(), *document.blocks] if blocks else document.blocks
    return Document(title, documents[0].language, tuple(blocks))


def _document(sheet: Sheet, title: str, writer: Writer) -> Document:
    blocks = tuple(without_repetition(tuple(writer.blocks())))
    document = Document(f"{title} · {sheet.form}", sheet.language, blocks)
    return in_usage(document, sheet.run.lesson.notation)


def _said(sheet: Sheet, text: Message) -> str:
    return translate(text, sheet.language)
