"""A drawing as TikZ for LaTeX documents: the same list of shapes that the window and the SVG show."""

from __future__ import annotations

import unicodedata

from explainer.lesson.greek import COMMAND_OF
from explainer.render.palette import PRINT, Shade
from explainer.render.shapes import Box, Circle, Curve, Drawing, Label, Run, Shape

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
    """Return a tikzpicture; one unit of the drawing becomes `scale` pt."""
    lines = [f"\\begin{{tikzpicture}}[x={scale:.4f}pt,y=-{scale:.4f}pt,line cap=round]"]
    lines.append(f"\\useasboundingbox (0,0) rectangle {_point(drawing.width, drawing.height)};")
    lines.extend(_shape(shape, scale) for shape in drawing.shapes)
    return "\n".join([*lines, "\\end{tikzpicture}"])


def escaped(text: str) -> str:
    """Return text that LaTeX prints as it is."""
    return "".join(_SPECIAL.get(character, character) for character in text)


def _shape(shape: Shape, scale: float) -> str:
    match shape:
        case Circle():
            return _circle(shape, scale)
        case Box():
            return _box(shape, scale)
        case Curve():
            return _curve(shape, scale)
        case Label():
            return _label(shape, scale)


def _circle(circle: Circle, scale: float) -> str:
    shade = PRINT.shade(circle.tone, circle.factor)
    width = (2.4 if circle.active else 1.6) * scale
    style = f"draw={_colour(shade.line)},fill={_colour(PRINT.paper)},line width={width:.2f}pt"
    return f"\\path[{style}] {_point(circle.x, circle.y)} circle[radius={circle.radius * scale:.2f}pt];"


def _box(box: Box, scale: float) -> str:
    shade = PRINT.shade(box.tone, box.factor)
    width = (2.4 if box.active else 1.4) * scale
    style = (
        f"draw={_colour(shade.line)},fill={_colour(_ground(box, shade))},"
        f"line width={width:.2f}pt,rounded corners={box.corner * scale:.2f}pt"
    )
    left, top = box.x - box.width / 2, box.y - box.height / 2
    return f"\\path[{style}] {_point(left, top)} rectangle {_point(left + box.width, top + box.height)};"


def _ground(box: Box, shade: Shade) -> str:
    return {"paper": PRINT.paper, "tint": shade.tint, "solid": shade.line}[box.fill]


def _curve(curve: Curve, scale: float) -> str:
    shade = PRINT.shade(curve.tone)
    dashes = f",dash pattern=on {7 * scale:.2f}pt off {5 * scale:.2f}pt" if curve.dashed else ""
    style = f"draw={_colour(shade.line)},line width={curve.width * scale:.2f}pt{dashes}"
    start, first, second, end = (
        _point(x, y) for x, y in zip(curve.points[::2], curve.points[1::2], strict=True)
    )
    return f"\\path[{style}] {start} .. controls {first} and {second} .. {end};"


def _label(label: Label, scale: float) -> str:
    shade = PRINT.shade(label.tone, label.factor)
    colour = PRINT.on_solid if label.on_solid else shade.text
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
    base, *marks = unicodedata.normalize("NFD", character)
    if marks and marks[0] in _ACCENTS:
        return f"{_ACCENTS[marks[0]]}{{{base}}}"
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
