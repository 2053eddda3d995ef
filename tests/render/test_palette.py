"""Every palette can be read: 4.5 : 1 for text, 3 : 1 for graphics, against what they stand on."""

import pytest

from explainer.render.palette import PALETTES, UNDERLINES, underline
from explainer.render.shapes import Box, Label, Run
from explainer.render.strokes import outline, text_colour

TEXT, GRAPHICS = 4.5, 3.0


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_counted_as_the_standard_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", PALETTES)
def test_text_and_graphics_stand_out(name):
    palette = PALETTES[name]
    shades = [*palette.tones.items(), *enumerate(palette.factors)]
    for what, shade in shades:
        for ground in (palette.ground, palette.paper):
            assert contrast(shade.text, ground) >= TEXT, what
            assert contrast(shade.line, ground) >= GRAPHICS, what
        assert contrast(shade.text, shade.tint) >= TEXT, what
        assert contrast(shade.line, shade.tint) >= GRAPHICS, what
    for words in (palette.ink, palette.body, palette.soft):
        assert contrast(words, palette.ground) >= TEXT
        assert contrast(words, palette.paper) >= TEXT
    for what, shade in enumerate(palette.factors):
        assert contrast(palette.on_solid, shade.line) >= TEXT, what


@pytest.mark.parametrize("name", PALETTES)
def test_an_active_edge_stands_out_from_its_halo(name):
    for tone, shade in PALETTES[name].tones.items():
        if tone not in ("quiet", "plain"):
            assert contrast(shade.line, shade.halo) >= GRAPHICS, tone


@pytest.mark.parametrize("name", PALETTES)
def test_every_palette_has_all_tones_and_six_different_factors(name):
    palette = PALETTES[name]
    assert set(palette.tones) == {"quiet", "plain", "forward", "error", "backward", "update"}
    assert len({shade.line for shade in palette.factors}) == len(UNDERLINES) == 6
    assert palette.name == name


def test_a_factor_has_its_underline_however_many_there_are():
    assert [underline(number) for number in range(7)] == [*UNDERLINES, "solid"]


def test_only_the_outline_of_a_quiet_pill_may_be_faint():
    palette = PALETTES["light"]
    pill = Box("pill:a>b", 0, 0, 80, 26, 13, "quiet")
    shared = Box("pill:a>b", 0, 0, 80, 26, 13, "quiet", "tint")
    badge = Box("badge:0", 0, 0, 40, 24, 5, "plain", "solid", 0)
    assert outline(pill, palette).colour == palette.pill_line
    assert outline(shared, palette).colour == palette.tones["quiet"].line
    assert outline(badge, palette) is None
    label = Label("badgetext:0", 0, 0, (Run("1"),), 13, "plain", on_solid=True, factor=0)
    assert text_colour(label, palette) == palette.on_solid
