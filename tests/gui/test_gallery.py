"""The gallery of built-in lessons, used as a user does."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from explainer.gui.dialogs.gallery import Gallery
from explainer.gui.dialogs.gallery_card import SMALLEST_WIDTH, lines_of
from explainer.gui.dialogs.gallery_pictures import Pictures
from explainer.gui.theme import font, themes
from explainer.lesson.examples import example, example_groups, example_names
from explainer.lesson.lesson import text_in
from explainer.messages import translate


@pytest.fixture
def opened(fonts, qtbot):
    """Open a gallery in a look and a language, of a size."""

    def run(theme="light", language="en", size=(1240, 700)):
        made = Gallery(themes()[theme], language)
        qtbot.addWidget(made)
        made.resize(*size)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.cards[0].hasFocus)
        return made

    return run


@pytest.fixture
def gallery(opened):
    return opened()


def at(gallery, name):
    return next(card for card in gallery.cards if card.name == name)


def headings(gallery):
    return [
        label.text()
        for label in gallery.findChildren(QLabel)
        if label.property("part") == "group" and not label.isHidden()
    ]


def in_view(gallery, widget):
    top = widget.mapTo(gallery._area.viewport(), QPoint(0, 0)).y()
    return top >= 0 and top + widget.height() <= gallery._area.viewport().height() + 1


def test_a_card_for_each_lesson_in_teaching_order_under_its_heading(gallery):
    assert [card.name for card in gallery.cards] == list(example_names())
    assert headings(gallery) == [group.title.key for group in example_groups()]
    assert [entry.text() for entry in gallery.contents.entries] == headings(gallery)
    tops = [gallery._sheet.groups[n].heading.y() for n in range(len(example_groups()))]
    for number, group in enumerate(example_groups()):
        below = tops[number + 1] if number + 1 < len(tops) else gallery._sheet.height()
        for name in group.names:
            card = at(gallery, name)
            assert tops[number] < card.y()
            assert card.geometry().bottom() <= below


@pytest.mark.parametrize("language", ["en", "ru"])
def test_cards_say_what_the_lesson_says(opened, language):
    gallery = opened(language=language)
    for card in gallery.cards:
        lesson = example(card.name)
        assert card.accessibleName() == text_in(lesson.title, language)
        assert card.accessibleDescription() == text_in(lesson.description, language)
    assert headings(gallery) == [translate(group.title, language) for group in example_groups()]


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_every_card_gets_the_picture_of_its_network(opened, qtbot, theme):
    gallery = opened(theme)
    qtbot.waitUntil(lambda: not gallery.pictures.is_busy, timeout=20_000)
    for card in gallery.cards:
        image = card.picture.toImage()
        row = image.height() // 2
        assert len({image.pixelColor(x, row).name() for x in range(image.width())}) > 3, card.name
        assert card.picture.deviceIndependentSize().width() <= card.width()


def test_pictures_in_view_are_made_first(opened, qtbot):
    gallery = opened()
    order = [card.name for card in gallery.cards if card.picture]
    gallery.pictures.ready.connect(lambda name, _: order.append(name))
    QTest.keyClick(gallery.cards[0], Qt.Key.Key_End)
    seen = {card.name for card in gallery.cards if in_view(gallery, card)}
    assert example_names()[-1] in seen
    before = len(order)
    qtbot.waitUntil(lambda: seen <= set(order), timeout=20_000)
    # Besides those that were in work already, and the row that is half in view.
    assert len(order) - before <= len(seen) + 5
    assert gallery.pictures.is_busy


def test_no_piece_of_a_picture_holds_the_window_up(opened, qtbot, monkeypatch):
    """The time of the thread itself, so that other programs on the machine do not count."""
    pieces: list[float] = []
    go_on = Pictures._go_on

    def timed(pictures):
        start = time.thread_time()
        go_on(pictures)
        pieces.append(time.thread_time() - start)

    monkeypatch.setattr(Pictures, "_go_on", timed)
    gallery = opened()
    qtbot.waitUntil(lambda: not gallery.pictures.is_busy, timeout=20_000)
    assert len(pieces) >= 2 * len(gallery.cards)
    # The very first piece may fill caches of fonts.
    assert sorted(pieces)[-2] < 0.016


def test_closing_leaves_no_picture_in_work(opened, qtbot):
    gallery = opened()
    gallery.reject()
    assert not gallery.pictures.is_busy
    assert not gallery.pictures._sketcher._thread.is_alive()


def test_a_click_on_a_card_chooses_it(gallery):
    QTest.mouseClick(gallery.cards[2], Qt.MouseButton.LeftButton)
    assert gallery.chosen == example_names()[2]
    assert gallery.result() == Gallery.DialogCode.Accepted


def test_arrows_walk_over_rows_and_groups_and_enter_chooses(gallery, qtbot):
    columns = gallery._sheet.columns
    first_group, second_group = example_groups()[:2]
    assert columns == 3
    focused = gallery.cards[0]

    def press(key, name):
        nonlocal focused
        QTest.keyClick(focused, key)
        focused = at(gallery, name)
        assert focused.hasFocus()
        assert in_view(gallery, focused)

    press(Qt.Key.Key_Right, first_group.names[1])
    press(Qt.Key.Key_Down, first_group.names[1 + columns])
    press(Qt.Key.Key_Left, first_group.names[columns])
    press(Qt.Key.Key_End, example_names()[-1])
    press(Qt.Key.Key_Home, example_names()[0])
    press(Qt.Key.Key_Left, example_names()[0])
    press(Qt.Key.Key_Right, first_group.names[1])
    press(Qt.Key.Key_Right, first_group.names[2])
    press(Qt.Key.Key_Down, first_group.names[2 + columns])
    press(Qt.Key.Key_Down, first_group.names[-1])
    press(Qt.Key.Key_Down, second_group.names[0])
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert gallery.chosen == second_group.names[0]


def test_typing_on_a_card_searches(gallery):
    for letter in "xor":
        QTest.keyClick(gallery.focusWidget(), letter)
    assert gallery.search.text() == "xor"
    found = gallery.visible_names()
    assert [name for name in found if name.startswith("xor")] == found[:4]
    assert all(not card.isVisible() for card in gallery.cards if card.name not in found)
    assert headings(gallery) == []
    QTest.keyClick(gallery.search, Qt.Key.Key_Return)
    assert gallery.chosen == "xor-one-neuron"


def test_every_word_is_searched_in_the_language_shown(opened):
    gallery = opened(language="ru")
    gallery.search.setText("ХЕББА  функции и")
    assert "hebb-rule" in gallery.visible_names()
    assert "mazur-2-2-2" not in gallery.visible_names()
    gallery.search.setText("развернутая рекуррентная")
    assert gallery.visible_names() == ["recurrent"]
    gallery.search.setText("Rosenblatt")
    assert gallery.visible_names() == []


def test_a_title_counts_for_more_than_a_description(gallery):
    gallery.search.setText("adam")
    assert gallery.visible_names()[0] == "adam"


def test_escape_empties_the_search_before_it_closes(gallery):
    gallery.search.setFocus()
    gallery.search.setText("dropout")
    assert len(gallery.visible_names()) < 10
    QTest.keyClick(gallery.search, Qt.Key.Key_Escape)
    assert gallery.isVisible()
    assert gallery.visible_names() == list(example_names())
    QTest.keyClick(gallery.search, Qt.Key.Key_Escape)
    assert not gallery.isVisible()
    assert gallery.chosen is None


def test_nothing_found_is_said_and_enter_does_nothing(gallery):
    gallery.search.setText("quaternion")
    assert gallery.visible_names() == []
    assert not gallery._sheet._nothing.isHidden()
    QTest.keyClick(gallery.search, Qt.Key.Key_Return)
    QTest.keyClick(gallery.search, Qt.Key.Key_Down)
    assert gallery.isVisible()
    gallery.search.setText("")
    assert gallery._sheet._nothing.isHidden()


def test_down_leads_from_the_search_to_the_cards_and_up_back(gallery, qtbot):
    gallery.search.setFocus()
    QTest.keyClick(gallery.search, Qt.Key.Key_Down)
    assert gallery.cards[0].hasFocus()
    QTest.keyClick(gallery.cards[0], Qt.Key.Key_Up)
    assert gallery.search.hasFocus()


def test_the_list_beside_leads_to_a_group_and_follows_the_scrolling(gallery):
    for number, entry in enumerate(gallery.contents.entries):
        gallery.search.setText("xor")
        entry.click()
        assert gallery.search.text() == ""
        first = at(gallery, example_groups()[number].names[0])
        assert in_view(gallery, first)
    gallery._area.verticalScrollBar().setValue(0)
    assert [entry._marked for entry in gallery.contents.entries].index(True) == 0
    gallery.contents.entries[4].click()
    assert [entry._marked for entry in gallery.contents.entries].index(True) == 4


@pytest.mark.parametrize(("width", "columns"), [(700, 2), (919, 3), (920, 2), (1200, 3), (1840, 5)])
def test_as_many_columns_as_fit(opened, width, columns):
    gallery = opened(size=(width, 640))
    assert gallery._sheet.columns == columns
    right = max(card.geometry().right() for card in gallery.cards)
    assert right < gallery._sheet.width()
    cards = [card.geometry() for card in gallery.cards]
    assert not any(a.intersects(b) for i, a in enumerate(cards) for b in cards[:i])


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_title_is_cut(fonts, language):
    """On the narrowest card."""
    for name in example_names():
        title = text_in(example(name).title, language)
        lines, _ = lines_of(title, font(15, 600), SMALLEST_WIDTH - 32, 0, 2)
        assert "".join(line.text for line in lines).replace(" ", "") == title.replace(" ", "")
