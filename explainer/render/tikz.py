"""A drawing as TikZ for LaTeX documents: the same list of shapes that the window and the SVG show."""

from __future__ import annotations

import unicodedata

from explainer.lesson.greek import COMMAND_OF
from explainer.render.palette import PRINT, underline
from explainer.render.shapes import (
    HALO,
    Box,
    Circle,
    Curve,
    Drawing,
    Label,
    Run,
    Shape,
    Underline,
)
from explainer.render.strokes import (
    NEGATIVE_DASHES,
    UNDERLINE_DASHES,
    UNDERLINE_WIDTH,
    Stroke,
    fill,
    outline,
    text_colour,
)

_ANCHORS = {"start": "base west", "middle": "base", "end": "base east"}
_ACCENTS = {"\u0302": "\\hat", "\u0304": "\\bar", "\u0303": "\\tilde"}
_SPECIAL = {
    "\\": "\\textbackslash{}",
    "{": "\\{",
    "}": "\\}",
    "$": "\\$",
    "&": "\\&",
    "#": "\\#",
    "%": "\\%",
    "_": "\\_",
    "^": "\\textasciicircum{}",
    "~": "\\textasciitilde{}",
    "<": "\\textless{}",
    ">": "\\textgreater{}",
    "−": "$-$",
    "·": "$\\cdot$",
    "′": "$'$",
    "∞": "$\\infty$",
}


def to_tikz(drawing: Drawing, scale: float) -> str:
    """Return a tikzpicture in the colours of print; one unit of the drawing becomes `scale` pt."""
    lines = [f"\\begin{{tikzpicture}}[x={scale:.4f}pt,y=-{scale:.4f}pt,line cap=round]"]
    lines.append(f"\\useasboundingbox (0,0) rectangle {_point(drawing.width, drawing.height)};")
    for shape in drawing.shapes:
        if isinstance(shape, Curve) and shape.active:
            halo = PRINT.shade(shape.tone).halo
            lines.append(_way(shape, Stroke(halo, shape.width + HALO), (), scale))
    lines.extend(_shape(shape, scale) for shape in drawing.shapes)
    return "\n".join([*lines, "\\end{tikzpicture}"])


def escaped(text: str) -> str:
    """Return text that LaTeX prints as it is."""
    return "".join(_SPECIAL.get(character, character) for character in text)


def _shape(shape: Shape, scale: float) -> str:
    match shape:
        case Circle():
            way = f"{_point(shape.x, shape.y)} circle[radius={shape.radius * scale:.2f}pt]"
            return f"\\path[{_filled(shape, scale)}] {way};"
        case Box():
            left, top = shape.x - shape.width / 2, shape.y - shape.height / 2
            way = f"{_point(left, top)} rectangle {_point(left + shape.width, top + shape.height)}"
            corners = f"rounded corners={shape.corner * scale:.2f}pt"
            return f"\\path[{_filled(shape, scale)},{corners}] {way};"
        case Curve():
            stroke = Stroke(PRINT.shade(shape.tone).line, shape.width)
            return _way(shape, stroke, NEGATIVE_DASHES if shape.dashed else (), scale)
        case Label():
            return _label(shape, scale)
        case Underline():
            return _underline(shape, scale)


def _filled(shape: Circle | Box, scale: float) -> str:
    line = outline(shape, PRINT)
    inside = f"fill={_colour(fill(shape, PRINT))}"
    if line is None:
        return inside
    return f"{inside},{_pen(line, scale)}{_dashes(line.dashes, scale)}"


def _way(curve: Curve, stroke: Stroke, dashes: tuple[float, ...], scale: float) -> str:
    start, first, second, end = (
        _point(x, y) for x, y in zip(curve.points[::2], curve.points[1::2], strict=True)
    )
    style = _pen(stroke, scale) + _dashes(dashes, scale)
    return f"\\path[{style}] {start} .. controls {first} and {second} .. {end};"


def _underline(mark: Underline, scale: float) -> str:
    # A wave and a second stroke are too fine for print; the dashes tell the factors apart.
    dashes = UNDERLINE_DASHES.get(underline(mark.factor), ())
    style = _pen(Stroke(PRINT.on_solid, UNDERLINE_WIDTH), scale) + _dashes(dashes, scale)
    return f"\\path[{style}] {_point(mark.x, mark.y)} -- {_point(mark.x + mark.width, mark.y)};"


def _pen(stroke: Stroke, scale: float) -> str:
    return f"draw={_colour(stroke.colour)},line width={stroke.width * scale:.2f}pt"


def _dashes(lengths: tuple[float, ...], scale: float) -> str:
    steps = [
        f"{'off' if place % 2 else 'on'} {length * scale:.2f}pt"
        for place, length in enumerate(lengths)
    ]
    return f",dash pattern={' '.join(steps)}" if steps else ""


def _label(label: Label, scale: float) -> str:
    colour = text_colour(label, PRINT)
    size = label.size * scale
    bold = "\\bfseries\\boldmath" if label.bold else ""
    style = (
        f"anchor={_ANCHORS[label.anchor]},inner sep=0pt,text={_colour(colour)},"
        f"font=\\sffamily{bold}\\fontsize{{{size:.2f}pt}}{{{size:.2f}pt}}\\selectfont"
    )
    return f"\\node[{style}] at {_point(label.x, label.y)} {{{''.join(map(_run, label.runs))}}};"


def _run(run: Run) -> str:
    match run.style:
        case "text":
            return escaped(run.text)
        case "italic":
            return f"${''.join(map(_letter, run.text))}$"
        case "sub":
            return f"$_{{{''.join(map(_letter, run.text))}}}$"
        case "sup":
            return f"$^{{{''.join(map(_letter, run.text))}}}$"


def _letter(character: str) -> str:
    """Return one character inside a formula."""
    apart = unicodedata.normalize("NFD", character)
    if apart[1:] in _ACCENTS:
        return f"{_ACCENTS[apart[1:]]}{{{apart[0]}}}"
    if character in COMMAND_OF:
        return COMMAND_OF[character] + " "
    if character in "−-":
        return "-"
    return (
        character
        if character.isascii() and character.isalnum()
        else f"\\text{{{escaped(character)}}}"
    )


def _point(x: float, y: float) -> str:
    return f"({x:.2f},{y:.2f})"


def _colour(code: str) -> str:
    red, green, blue = (int(code[place : place + 2], 16) for place in (1, 3, 5))
    return f"{{rgb,255:red,{red};green,{green};blue,{blue}}}"
