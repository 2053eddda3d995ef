"""How colours look to those who see some of them alike, and how far two colours are apart.

The matrices are those of complete protanopia, deuteranopia and tritanopia in G. M. Machado, M. M. Oliveira, L. A. F. Fernandes:
A Physiologically-based Model for Simulation of Color Vision Deficiency, IEEE TVCG 15 (2009), 1291–1298, for linear sRGB.
Differences are CIEDE2000: G. Sharma, W. Wu, E. N. Dalal: The CIEDE2000 color-difference formula, Color Research and
Application 30 (2005), 21–30.
"""

from __future__ import annotations

from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt
from typing import Final, Literal

Vision = Literal["usual", "protan", "deutan", "tritan"]
Triple = tuple[float, float, float]

MATRICES: Final[dict[Vision, tuple[Triple, Triple, Triple]]] = {
    "usual": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# CIE 1931 XYZ of linear sRGB, and its white, D65.
_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE = (0.95047, 1.0, 1.08883)


def seen(colour: str, vision: Vision) -> str:
    """Return the colour #rrggbb that looks to everybody as this one looks to some."""
    red, green, blue = _times(MATRICES[vision], _linear(colour))
    return f"#{_byte(red):02x}{_byte(green):02x}{_byte(blue):02x}"


def difference(one: str, other: str) -> float:
    """Return how far two colours #rrggbb are apart by CIEDE2000; 1 is about the least that can be seen."""
    return difference_of_lab(_lab(one), _lab(other))


def difference_of_lab(one: Triple, other: Triple) -> float:
    """Return how far two colours of CIE L*a*b* are apart by CIEDE2000."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (hypot(a1, b1) + hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * sqrt(mean**7 / (mean**7 + 25.0**7))
    c1, c2 = hypot(a1 * stretch, b1), hypot(a2 * stretch, b2)
    h1, h2 = _hue(a1 * stretch, b1), _hue(a2 * stretch, b2)
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    hue = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    weight = 1 - 0.17 * cos(radians(hue - 30)) + 0.24 * cos(radians(2 * hue))
    weight += 0.32 * cos(radians(3 * hue + 6)) - 0.20 * cos(radians(4 * hue - 63))
    middle = (lightness - 50) ** 2
    by_lightness = (l2 - l1) / (1 + 0.015 * middle / sqrt(20 + middle))
    by_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    by_hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / (1 + 0.015 * chroma * weight)
    rotation = 60 * exp(-(((hue - 275) / 25) ** 2))
    twist = -2 * sqrt(chroma**7 / (chroma**7 + 25.0**7)) * sin(radians(rotation))
    return sqrt(by_lightness**2 + by_chroma**2 + by_hue**2 + twist * by_chroma * by_hue)


def _hue(a: float, b: float) -> float:
    return degrees(atan2(b, a)) % 360


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return _unbent(red), _unbent(green), _unbent(blue)


def _unbent(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _byte(part: float) -> int:
    kept = min(max(part, 0.0), 1.0)
    bent = 12.92 * kept if kept <= 0.0031308 else 1.055 * kept ** (1 / 2.4) - 0.055
    return round(255 * bent)


def _lab(colour: str) -> Triple:
    x, y, z = (
        _root(part / white)
        for part, white in zip(_times(_XYZ, _linear(colour)), _WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(part: float) -> float:
    return float(part ** (1 / 3)) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116


def _times(matrix: tuple[Triple, Triple, Triple], vector: Triple) -> Triple:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third
