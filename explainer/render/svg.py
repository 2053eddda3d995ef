"""A drawing as a standalone SVG that looks the same in browsers, Qt, Typst, office programs and editors.

Text is drawn as outlines of the program's own fonts, each defined once and used where it stands: viewers
without these fonts would else let labels run over their pills. What it says stays readable for machines:
the picture has a title and a description, every label carries its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from explainer.render.glyphs import Glyph, outline_of, set_text
from explainer.render.metrics import label_width
from explainer.render.palette import PALETTES, Palette, underline
from explainer.render.shapes import HALO, Box, Circle, Curve, Drawing, Label, Shape, Underline
from explainer.render.strokes import (
    NEGATIVE_DASHES,
    UNDERLINE_DASHES,
    UNDERLINE_SWING,
    UNDERLINE_WIDTH,
    WAVE_LENGTH,
    fill,
    is_straight,
    outline,
    text_colour,
)

_SVG = "http://www.w3.org/2000/svg"
_LINK = "http://www.w3.org/1999/xlink"


def to_svg(drawing: Drawing, palette: str = "print") -> str:
    """Return a drawing as SVG text in one of the palettes of `palette.PALETTES`; KeyError for another name."""
    colours = PALETTES[palette]
    root = ET.Element(
        "svg",
        {
            "xmlns": _SVG,
            "xmlns:xlink": _LINK,
            "width": _number(drawing.width),
            "height": _number(drawing.height),
            "viewBox": f"0 0 {_number(drawing.width)} {_number(drawing.height)}",
            "role": "graphics-document document",
        },
    )
    ET.SubElement(root, "title").text = drawing.title
    ET.SubElement(root, "desc").text = description(drawing.shapes)
    definitions = ET.SubElement(root, "defs")
    ET.SubElement(
        root,
        "rect",
        {
            "width": _number(drawing.width),
            "height": _number(drawing.height),
            "fill": colours.ground,
        },
    )
    writer = _Writer(root, definitions, colours)
    for shape in drawing.shapes:
        if isinstance(shape, Curve) and shape.active:
            writer.halo(shape)
    for shape in drawing.shapes:
        writer.shape(shape)
    return ET.tostring(root, encoding="unicode", short_empty_elements=True) + "\n"


def description(shapes: Sequence[Shape]) -> str:
    """Return what the labels of a drawing say, in painting order; a symbol and the value under it are one phrase."""
    phrases: list[str] = []
    last = ""
    for shape in shapes:
        if not isinstance(shape, Label):
            continue
        text = spoken(shape)
        subject = shape.key.replace(":symbol", "").replace("symbol:", "value:")
        if phrases and shape.key in (last, f"{last}:value"):
            phrases[-1] += f" {text}"
        else:
            phrases.append(text)
        last = subject
    return "; ".join(phrases)


def spoken(label: Label) -> str:
    """Return the text of a label on one line, subscripts marked."""
    marks = {"sub": "_", "sup": "^"}
    return "".join(marks.get(run.style, "") + run.text for run in label.runs)


class _Writer:
    """Writes shapes into the picture and outlines, each once, into its definitions."""

    def __init__(self, root: ET.Element, definitions: ET.Element, palette: Palette) -> None:
        self._root = root
        self._definitions = definitions
        self._palette = palette
        self._defined: set[str] = set()

    def shape(self, shape: Shape) -> None:
        """Write one shape."""
        match shape:
            case Circle():
                self._circle(shape)
            case Box():
                self._box(shape)
            case Curve():
                line = self._palette.shade(shape.tone).line
                self._curve(shape, line, shape.width, dashed=shape.dashed)
            case Label():
                self._label(shape)
            case Underline():
                self._underline(shape)

    def halo(self, curve: Curve) -> None:
        """Write the halo of an active curve."""
        self._curve(curve, self._palette.shade(curve.tone).halo, curve.width + HALO, dashed=False)

    def _circle(self, circle: Circle) -> None:
        place = {"cx": circle.x, "cy": circle.y, "r": circle.radius}
        self._element("circle", place, self._filled(circle))

    def _box(self, box: Box) -> None:
        place = {
            "x": box.x - box.width / 2,
            "y": box.y - box.height / 2,
            "width": box.width,
            "height": box.height,
            "rx": box.corner,
        }
        self._element("rect", place, self._filled(box))

    def _filled(self, shape: Circle | Box) -> dict[str, str]:
        paint = {"fill": fill(shape, self._palette)}
        line = outline(shape, self._palette)
        if line is not None:
            paint |= {"stroke": line.colour, "stroke-width": _number(line.width)}
            if line.dashes:
                paint["stroke-dasharray"] = _dashes(line.dashes)
        return paint

    def _curve(self, curve: Curve, colour: str, width: float, *, dashed: bool) -> None:
        x0, y0, x1, y1, x2, y2, x3, y3 = (_number(value) for value in curve.points)
        way = f"L{x3} {y3}" if is_straight(curve) else f"C{x1} {y1} {x2} {y2} {x3} {y3}"
        paint = {"d": f"M{x0} {y0}{way}", **_stroke(colour, width)}
        if dashed:
            paint["stroke-dasharray"] = _dashes(NEGATIVE_DASHES)
        ET.SubElement(self._root, "path", paint)

    def _label(self, label: Label) -> None:
        width = label_width(label.runs, label.size, label.bold, label.tracking)
        left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
        group = ET.SubElement(
            self._root,
            "g",
            {"role": "img", "aria-label": spoken(label), "fill": text_colour(label, self._palette)},
        )
        for glyph in set_text(label.runs, label.size, label.bold, label.tracking):
            path, units = outline_of(glyph.face, glyph.character)
            if path:
                self._define(glyph, path)
                place = f"{_number(left + glyph.x)} {_number(label.y + glyph.y)}"
                ET.SubElement(
                    group,
                    "use",
                    {
                        "xlink:href": f"#{glyph.name}",
                        "transform": f"translate({place}) scale({glyph.scale / units:.5f})",
                    },
                )

    def _define(self, glyph: Glyph, path: str) -> None:
        if glyph.name not in self._defined:
            self._defined.add(glyph.name)
            ET.SubElement(self._definitions, "path", {"id": glyph.name, "d": path})

    def _underline(self, mark: Underline) -> None:
        kind = underline(mark.factor)
        paint = _stroke(self._palette.on_solid, UNDERLINE_WIDTH)
        if kind in UNDERLINE_DASHES:
            paint["stroke-dasharray"] = _dashes(UNDERLINE_DASHES[kind])
        path = f"M{_number(mark.x)} {_number(mark.y)}"
        if kind == "wavy":
            waves = max(2, round(mark.width / WAVE_LENGTH))
            half = _number(mark.width / waves / 2)
            for wave in range(waves):
                swing = UNDERLINE_SWING if wave % 2 else -UNDERLINE_SWING
                path += f"q{half} {_number(swing)} {_number(mark.width / waves)} 0"
        else:
            path += f"h{_number(mark.width)}"
        if kind == "double":
            path += f"m{_number(-mark.width)} {_number(UNDERLINE_SWING)}h{_number(mark.width)}"
        ET.SubElement(self._root, "path", {"d": path, **paint})

    def _element(self, tag: str, place: dict[str, float], paint: dict[str, str]) -> None:
        numbers = {name: _number(value) for name, value in place.items()}
        ET.SubElement(self._root, tag, {**numbers, **paint})


def _stroke(colour: str, width: float) -> dict[str, str]:
    return {"fill": "none", "stroke": colour, "stroke-width": _number(width)}


def _dashes(lengths: tuple[float, ...]) -> str:
    return " ".join(_number(length) for length in lengths)


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
