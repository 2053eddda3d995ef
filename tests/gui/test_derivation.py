"""The derivation panel: hover, light, select, copy."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from explainer.gui.panels.copying import CopyMenu
from explainer.gui.panels.derivation import DerivationPanel
from explainer.gui.panels.prepared import Shown
from explainer.gui.theme import themes
from tests.gui.sample_pages import ERROR_LINK, I1, W5_EDGE, answer, gradient_page
from tests.gui.test_stepping import move_pressed


@pytest.fixture
def panel(fonts, qtbot):
    made = DerivationPanel(themes()["light"])
    qtbot.addWidget(made)
    made.resize(500, 700)
    made.show_page(Shown(answer(gradient_page()), "en"))
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def sheet(panel):
    return panel.widget()


def middle(sheet, latex=None, text=None) -> QPoint:
    for atom in sheet._layout.atoms:
        if latex == atom.latex != "" or text == atom.text:
            return QPoint(
                round(atom.x + atom.width / 2),
                round(atom.baseline - atom.ascent / 2 + atom.descent / 2),
            )
    raise LookupError(latex or text)


def test_hovering_a_factor_tells_what_it_speaks_of(panel, sheet, qtbot):
    heard = []
    panel.hovered.connect(heard.append)
    for latex, reference in (("w_5", W5_EDGE), ("0.14", W5_EDGE), ("i_1", I1)):
        QTest.mouseMove(sheet, middle(sheet, latex))
        qtbot.waitUntil(lambda wanted=reference: heard and heard[-1] == wanted)
    QTest.mouseMove(sheet, QPoint(5, 5))
    qtbot.waitUntil(lambda: heard[-1] is None)


def test_all_rows_of_a_factor_light_together(panel, sheet):
    before = sheet.grab().toImage()
    panel.highlight(ERROR_LINK)
    lit = sheet.grab().toImage()
    for latex in ("\\frac{\\partial E}{\\partial \\hat{y}}", "\\left(0.191 - 1\\right)"):
        # Just left of the piece, where only its light falls.
        atom = next(atom for atom in sheet._layout.atoms if atom.latex == latex)
        place = QPoint(round(atom.x) - 2, round(atom.baseline))
        assert lit.pixelColor(place) != before.pixelColor(place)
    panel.highlight(None)
    assert sheet.grab().toImage() == before


def test_a_page_painted_ahead_looks_the_same(panel, sheet):
    painted = sheet.grab().toImage()
    sheet.prepare(sheet._shown)
    assert sheet._pages.picture(sheet._shown, sheet._setting(sheet.width())) is not None
    assert sheet.grab().toImage() == painted


def test_a_piece_wears_the_colour_of_its_factor(panel, sheet):
    image = sheet.grab().toImage()
    palette = themes()["light"].palette
    for latex, factor in (("w_5", 1), ("i_1", 2)):
        assert image.pixelColor(middle(sheet, latex)).name() == palette.factors[factor].text


def test_dragging_selects_and_copies_as_text(sheet):
    start, end = middle(sheet, text="How"), middle(sheet, text="error")
    QTest.mousePress(sheet, Qt.MouseButton.LeftButton, pos=start)
    move_pressed(sheet, end)
    QTest.keyClick(sheet, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "How does the error"


def test_a_double_click_selects_a_row(sheet):
    QTest.mouseDClick(sheet, Qt.MouseButton.LeftButton, pos=middle(sheet, "0.14"))
    QTest.keyClick(sheet, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "= (0.191 − 1) · 0.14 · 2"


def test_everything_can_be_selected(sheet):
    QTest.keyClick(sheet, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(sheet, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert "How does the error change with w₁?" in text
    assert "∂E/∂w₁ = −0.22652" in text
    # Labels of rows belong to the panel, not to the text.
    assert "Chain rule" not in text


def copy_menu(sheet, place) -> CopyMenu:
    part = sheet._selection.part(sheet._layout, place.toPointF())
    return CopyMenu(
        part,
        sheet._layout,
        sheet._shown.answer.pictures,
        sheet._pages.painter,
        sheet._look(sheet._shown),
        "en",
        sheet,
    )


def test_the_menu_copies_the_row_under_the_mouse(sheet):
    menu = copy_menu(sheet, middle(sheet, "w_5"))
    latex, image, text = menu.actions()
    latex.trigger()
    assert (
        QGuiApplication.clipboard().text() == "= \\left(\\hat{y} - y\\right) \\cdot w_5 \\cdot i_1"
    )
    text.trigger()
    assert QGuiApplication.clipboard().text() == "= (ŷ − y) · w₅ · i₁"
    image.trigger()
    copied = QGuiApplication.clipboard().image()
    assert copied.width() > 300
    colours = {copied.pixelColor(x, copied.height() // 2).name() for x in range(copied.width())}
    assert themes()["light"].palette.factors[1].text in colours


def test_words_copied_as_latex_keep_their_maths_and_lose_their_dangers(sheet):
    menu = copy_menu(sheet, middle(sheet, text="How"))
    menu.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == "How does the error change with $w_1$?"


def test_the_page_is_described_for_screen_readers(sheet):
    assert sheet.accessibleName() == "Derivation"
    assert sheet.accessibleDescription() == gradient_page().announcement
