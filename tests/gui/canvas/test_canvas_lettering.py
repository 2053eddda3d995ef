import pytest

from explainer.gui.canvas.lettering import Letters
from explainer.gui.theme import load_fonts
from explainer.render.metrics import label_width
from explainer.render.shapes import Label, Run


@pytest.fixture
def letters(qapp):
    load_fonts()
    return Letters()


@pytest.mark.parametrize(
    "runs",
    [
        (Run("w", "italic"), Run("12", "sub"), Run(" −0.227")),
        (Run("ŷ", "italic"),),
        (Run("h\N{COMBINING CIRCUMFLEX ACCENT}", "italic"), Run("(2)", "sup")),
        (Run("СКРЫТЫЙ · сигмоида"),),
        (Run("δ", "italic"), Run("вых", "sub")),
        (Run(""),),
    ],
)
@pytest.mark.parametrize("bold", [False, True])
def test_is_as_wide_as_the_layout_believes(letters, runs, bold):
    label = Label("k", 0, 0, runs, 13.5, "plain", bold=bold, tracking=0.5)
    believed = label_width(runs, 13.5, bold, 0.5)
    assert letters.lettering(label).width == pytest.approx(believed, abs=1.2)


def test_no_letter_is_missing(letters):
    runs = (Run("w", "italic"), Run("12", "sub"), Run(" −0.2·10⁻⁷ ∞ Ошибка"), Run("ŷδη", "italic"))
    label = Label("k", 0, 0, runs, 14, "plain")
    for _, glyphs in letters.lettering(label).pieces:
        assert 0 not in glyphs.glyphIndexes()


def test_an_accented_letter_is_one_glyph(letters):
    label = Label("k", 0, 0, (Run("h\N{COMBINING CIRCUMFLEX ACCENT}", "italic"),), 14, "plain")
    [(_, glyphs)] = letters.lettering(label).pieces
    assert len(glyphs.glyphIndexes()) == 1


def test_a_subscript_stands_lower_and_smaller(letters):
    label = Label("k", 0, 0, (Run("w", "italic"), Run("1", "sub")), 20, "plain")
    (base, large), (below, small) = letters.lettering(label).pieces
    assert below.y() > base.y()
    assert small.rawFont().pixelSize() < large.rawFont().pixelSize()
