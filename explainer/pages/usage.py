"""Names of functions as Russian textbooks write them, tg and arctg, where a lesson's notation asks for that."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from msgspec.structs import replace

from explainer.lesson.lesson import Lesson, Notation
from explainer.maths.activations import ACTIVATIONS
from explainer.pages.page import (
    AnswerSpace,
    Document,
    Figure,
    Formula,
    Heading,
    Maths,
    Page,
    Paragraph,
    Piece,
    Row,
    Table,
)

_RUSSIAN = {"tan": "tg", "arctan": "arctg"}
_LATEX = re.compile(r"\\(tan|arctan)(?![A-Za-z])")
_TEXT = re.compile(r"(?<![A-Za-z])(tan|arctan)(?![A-Za-z])")
_FIELDS: dict[type, tuple[str, ...]] = {
    Row: ("left", "relation", "right"),
    Heading: ("text",),
    Paragraph: ("text",),
    Formula: ("rows",),
    Figure: ("caption",),
    Table: ("header", "rows", "caption"),
    AnswerSpace: ("label",),
    Page: ("title", "blocks"),
    Document: ("blocks",),
}
# As they are typed, where arctan has its shorter name.
_TYPED = re.compile(r"(?<![A-Za-z0-9_])(tan|atan)\s*\(")
Told = TypeVar("Told")


def has_tangents(lesson: Lesson) -> bool:
    """Tell whether a lesson writes a tangent or an arctangent, so that their names can be chosen."""
    if lesson.expression is not None:
        return _TYPED.search(lesson.expression.formula) is not None
    for choice in {neuron.activation for neuron in lesson.network.neurons}:
        row = ACTIVATIONS.get(choice.name)
        sign = "" if row is None else row.name_text
        if _TYPED.search(choice.expression or "") or _TEXT.search(sign):
            return True
    return False


def in_usage(told: Told, notation: Notation) -> Told:
    """Return a page, a document or a part of one with the names of functions that the notation asks for.

    Only formulas are changed: words are those of the program's catalogue or of the user.
    """
    return told if notation.functions == "international" else _changed(told)


def text_in_usage(text: str, notation: Notation) -> str:
    """Return the text of a formula with the names of functions that the notation asks for."""
    return text if notation.functions == "international" else _text(text)


def _changed(told: Any) -> Any:
    match told:
        case Maths(latex, text):
            return Maths(_latex(latex), _text(text))
        case Piece():
            return replace(
                told, latex=_latex(told.latex), text=_text(told.text), name=_latex(told.name)
            )
        case tuple():
            return tuple(map(_changed, told))
    fields = _FIELDS.get(type(told), ())
    return (
        replace(told, **{name: _changed(getattr(told, name)) for name in fields})
        if fields
        else told
    )


def _latex(latex: str) -> str:
    return _LATEX.sub(lambda found: f"\\operatorname{{{_RUSSIAN[found[1]]}}}", latex)


def _text(text: str) -> str:
    return _TEXT.sub(lambda found: _RUSSIAN[found[1]], text)
