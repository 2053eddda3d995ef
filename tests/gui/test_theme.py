"""The looks: readable, forced or following the system."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette

from explainer.gui.style_sheet import style_sheet
from explainer.gui.theme import colour, font, themes
from explainer.gui.theme_keeper import ThemeKeeper
from explainer.render.palette import PALETTES


def luminance(name: str) -> float:
    found = colour(name)
    channels: list[float] = [
        part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)
        for part in (found.redF(), found.greenF(), found.blueF())
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_text_can_be_read_on_everything_it_stands_on(name):
    theme = themes()[name]
    for text in (theme.ink, theme.text, theme.quiet):
        for ground in (theme.paper, theme.hover):
            assert contrast(text, ground) >= 4.5
    assert contrast(theme.accent, theme.accent_tint) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.on_accent, theme.accent_hover) >= 4.5
    assert contrast(theme.ink, theme.selection) >= 4.5
    assert contrast(theme.icon, theme.paper) >= 3
    for phase in ("forward", "error", "backward", "update"):
        assert contrast(theme.palette.shade(phase).line, theme.idle) >= 1.5


def rules(sheet: str) -> list[tuple[str, dict[str, str]]]:
    """Return the rules of a style sheet: selector and what it sets."""
    found = []
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        parts = (part.partition(":") for part in body.split(";") if ":" in part)
        found.append((selector.strip(), {name.strip(): value.strip() for name, _, value in parts}))
    return found


def colour_in(value: str) -> str | None:
    match = re.search(r"#[0-9a-f]{6}", value)
    return match[0] if match else None


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_every_pair_of_the_style_sheet_can_be_read(name):
    theme = themes()[name]
    pairs = 0
    for selector, body in rules(style_sheet(theme.sheet(), "arrow.svg", "check.svg")):
        ink = colour_in(body.get("color", ""))
        if ink is None or ":disabled" in selector:
            # What cannot be used need not be found.
            continue
        ground = colour_in(body.get("background", "")) or theme.paper
        assert contrast(ink, ground) >= 4.5, selector
        chosen = colour_in(body.get("selection-color", ""))
        if chosen is not None:
            under = colour_in(body["selection-background-color"])
            assert under is not None
            assert contrast(chosen, under) >= 4.5, selector
        pairs += 1
    assert pairs >= 20


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_fields_ticks_sliders_and_the_keyboards_frame_can_be_found(name):
    theme = themes()[name]
    found = 0
    for selector, body in rules(style_sheet(theme.sheet(), "arrow.svg", "check.svg")):
        is_field = selector.startswith(
            ("QLineEdit", "QCheckBox::indicator", 'QListWidget[part="list"]')
        )
        is_marked = ":focus" in selector
        frame = colour_in(body.get("border", ""))
        # What cannot be used may be quieter (WCAG 2.2, 1.4.11).
        if "::item" in selector or ":disabled" in selector:
            continue
        if frame is not None and (is_field or is_marked):
            ground = theme.accent if ":default" in selector else theme.paper
            # The frame of a filled button lies between its ground and the paper.
            assert max(contrast(frame, ground), contrast(frame, theme.paper)) >= 3, selector
            found += 1
        if selector.endswith("::handle:horizontal") and "QSlider" in selector:
            assert contrast(str(colour_in(body["background"])), theme.idle) >= 3
            found += 1
    assert found >= 8
    for ground in (theme.paper, theme.hover, theme.accent_tint, theme.palette.ground):
        assert contrast(theme.accent, ground) >= 3
    for tint in ("forward", "error", "backward", "update"):
        assert contrast(theme.ink, theme.palette.shade(tint).tint) >= 4.5
        assert contrast(theme.text, theme.palette.shade(tint).tint) >= 4.5
    assert contrast(theme.paper, theme.ink) >= 4.5
    assert contrast(theme.quiet, theme.selection) >= 3


def test_each_look_is_the_drawings_palette_and_more():
    for name, theme in themes().items():
        assert theme.palette is PALETTES[name]
        assert theme.palette.dark is (luminance(theme.paper) < 0.2)


def test_the_sheet_names_only_colours_there_are():
    for theme in themes().values():
        sheet = style_sheet(theme.sheet(), "arrow.svg", "check.svg")
        assert "{" in sheet
        assert theme.accent in sheet


def test_a_forced_look_stays_and_the_system_is_followed(qapp):
    keeper = ThemeKeeper("dark")
    heard = []
    keeper.changed.connect(heard.append)
    assert keeper.theme.name == "dark"
    window = QPalette.ColorRole.Window
    assert QGuiApplication.palette().color(window) == colour(keeper.theme.paper)
    keeper.choose("contrast")
    assert heard == [themes()["contrast"]]
    keeper.choose("system")
    scheme = QGuiApplication.styleHints().colorScheme()
    assert keeper.theme.palette.dark is (scheme == Qt.ColorScheme.Dark)
    keeper.choose("system")
    assert len(heard) == 2
    keeper.choose("light")


def test_digits_of_one_width_line_up(fonts):
    from PySide6.QtGui import QFontMetricsF

    tabular = QFontMetricsF(font(14, tabular=True))
    assert tabular.horizontalAdvance("1111") == pytest.approx(tabular.horizontalAdvance("0000"))
    proportional = QFontMetricsF(font(14))
    assert proportional.horizontalAdvance("1111") < proportional.horizontalAdvance("0000")


@pytest.mark.parametrize("theme", themes().values(), ids=lambda theme: theme.name)
def test_what_cannot_be_used_looks_so_in_every_look(theme):
    for ground in (theme.paper, theme.hover):
        assert contrast(theme.off, ground) >= 3
        assert contrast(theme.off, ground) <= 0.65 * contrast(theme.ink, ground)
        assert contrast(theme.off_icon, ground) <= 0.5 * contrast(theme.icon, ground)
    assert contrast(theme.off_icon, theme.paper) >= 1.5
