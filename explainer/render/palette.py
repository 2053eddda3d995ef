"""Colours as data: what each meaning looks like in light, dark, high contrast and print.

Text is at least 4.5 : 1 and graphics at least 3 : 1 against their ground; a test holds every palette to it.
Hairlines and pill outlines only decorate and may be fainter.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Underline = Literal["solid", "dashed", "dotted", "double", "wavy", "dash_dot"]

# The six factors of a chain-rule product are told apart by their underline as well as by their colour.
UNDERLINES: tuple[Underline, ...] = ("solid", "dashed", "dotted", "double", "wavy", "dash_dot")


class Shade(Struct, frozen=True):
    """One meaning: `line` for rings and edges, `text` for words, `tint` behind words, `halo` around an active edge."""

    line: str
    text: str
    tint: str
    halo: str


class Palette(Struct, frozen=True):
    """All colours of one appearance.

    `ground` lies under the graph, `paper` under text and inside circles, `hairline` separates, `pill_line` goes
    around what the step does not speak of. `ink`, `body` and
    `soft` are text from headline to side note. `tones` are the shades by `shapes.Tone`, `factors` the six factors
    in order, `on_solid` the text on a surface filled with a tone's or factor's `line`.
    """

    name: str
    dark: bool
    ground: str
    paper: str
    ink: str
    body: str
    soft: str
    hairline: str
    pill_line: str
    on_solid: str
    tones: dict[str, Shade]
    factors: tuple[Shade, ...]

    def shade(self, tone: str, factor: int | None = None) -> Shade:
        """Return the shade of a factor, or of a tone where `factor` is None."""
        return self.tones[tone] if factor is None else self.factors[factor % len(self.factors)]


def underline(factor: int) -> Underline:
    """Return the underline that a factor wears everywhere."""
    return UNDERLINES[factor % len(UNDERLINES)]


LIGHT = Palette(
    name="light",
    dark=False,
    ground="#fbfcfd",
    paper="#ffffff",
    ink="#1d2733",
    body="#455364",
    soft="#566473",
    hairline="#dde3e9",
    pill_line="#d3dbe2",
    on_solid="#ffffff",
    tones={
        "quiet": Shade("#87939f", "#66717d", "#ffffff", "#eceff1"),
        "plain": Shade("#566473", "#1d2733", "#f3f6f8", "#e3e9ee"),
        "forward": Shade("#0b5f93", "#0b5f93", "#e7f0f7", "#cbdfec"),
        "error": Shade("#c2500a", "#ad4507", "#fff6ef", "#f6dccb"),
        "backward": Shade("#9b3f78", "#9b3f78", "#fbf1f7", "#e9d9e5"),
        "update": Shade("#1d7848", "#1b7044", "#ecf7f0", "#cde6d7"),
    },
    factors=(
        Shade("#8a5a00", "#8a5a00", "#fbf4e4", "#eadfc8"),
        Shade("#0a7078", "#0a7078", "#e8f4f5", "#cbe2e4"),
        Shade("#4a48c4", "#4a48c4", "#f0f0fc", "#dbdaf3"),
        Shade("#b02a37", "#b02a37", "#fdf0f1", "#f0d3d6"),
        Shade("#3f6b13", "#3f6b13", "#f0f6e8", "#d9e3cd"),
        Shade("#8136ad", "#8136ad", "#f7effb", "#e5d6ef"),
    ),
)

DARK = Palette(
    name="dark",
    dark=True,
    ground="#0e1318",
    paper="#141a21",
    ink="#e9eef3",
    body="#c3ced8",
    soft="#aab6c2",
    hairline="#26303a",
    pill_line="#434e59",
    on_solid="#141a21",
    tones={
        "quiet": Shade("#5e6974", "#929aa3", "#12181e", "#1c252e"),
        "plain": Shade("#aab6c2", "#e9eef3", "#1b232c", "#26303a"),
        "forward": Shade("#63b3e8", "#63b3e8", "#10212e", "#1f3546"),
        "error": Shade("#ff9650", "#ff9650", "#2b1a0e", "#43301f"),
        "backward": Shade("#e58bc2", "#f1b8da", "#2a1824", "#342836"),
        "update": Shade("#63c88c", "#7fd8a3", "#10261a", "#1f3b2c"),
    },
    factors=(
        Shade("#f0b840", "#f0b840", "#2a210c", "#3b3320"),
        Shade("#4fc6d0", "#4fc6d0", "#0c2426", "#1b373c"),
        Shade("#a9a7ff", "#a9a7ff", "#1c1c33", "#2d3146"),
        Shade("#ff8f8a", "#ff8f8a", "#2e1718", "#3f2c2f"),
        Shade("#a5cf63", "#a5cf63", "#1d270e", "#2c3827"),
        Shade("#d3a1f2", "#d3a1f2", "#271a30", "#352f44"),
    ),
)

CONTRAST = Palette(
    name="contrast",
    dark=True,
    ground="#000000",
    paper="#000000",
    ink="#ffffff",
    body="#ffffff",
    soft="#ffffff",
    hairline="#ffffff",
    pill_line="#ffffff",
    on_solid="#000000",
    tones={
        "quiet": Shade("#b8c2cc", "#d6dde4", "#000000", "#20262c"),
        "plain": Shade("#ffffff", "#ffffff", "#000000", "#2c333a"),
        "forward": Shade("#7cc8ff", "#7cc8ff", "#001522", "#123248"),
        "error": Shade("#ffad6b", "#ffad6b", "#221000", "#48300f"),
        "backward": Shade("#ff70d0", "#ff86d8", "#220014", "#48203a"),
        "update": Shade("#7df0a8", "#7df0a8", "#00220f", "#12482a"),
    },
    factors=(
        Shade("#ffd24d", "#ffd24d", "#221a00", "#483a0f"),
        Shade("#5fe6f0", "#5fe6f0", "#001f22", "#12444a"),
        Shade("#bdbbff", "#bdbbff", "#0f0e2e", "#2f2e54"),
        Shade("#ffa5a0", "#ffa5a0", "#260807", "#4c2423"),
        Shade("#c2f07d", "#c2f07d", "#152200", "#304a0f"),
        Shade("#e2b8ff", "#e2b8ff", "#1c0a28", "#3c2450"),
    ),
)

# Paper takes no tints well, and a copier no pale greys.
PRINT = Palette(
    name="print",
    dark=False,
    ground="#ffffff",
    paper="#ffffff",
    ink="#000000",
    body="#222222",
    soft="#444c55",
    hairline="#c3c9cf",
    pill_line="#b6bec6",
    on_solid="#ffffff",
    tones={
        "quiet": Shade("#7b858f", "#5a646e", "#ffffff", "#f1f3f5"),
        "plain": Shade("#3a444e", "#000000", "#ffffff", "#e6e9ec"),
        "forward": Shade("#0b5f93", "#0b5f93", "#eef4f9", "#d5e5ef"),
        "error": Shade("#b84a08", "#a34207", "#fff8f2", "#f7e1d2"),
        "backward": Shade("#93366f", "#93366f", "#fcf4f9", "#ecdde7"),
        "update": Shade("#1a6f42", "#1a6f42", "#f0f8f3", "#d5eadd"),
    },
    factors=LIGHT.factors,
)

PALETTES: dict[str, Palette] = {palette.name: palette for palette in (LIGHT, DARK, CONTRAST, PRINT)}
