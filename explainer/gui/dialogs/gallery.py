"""The gallery of built-in lessons: groups in teaching order, a card for each lesson, a field to search in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QHideEvent, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QScrollArea, QWidget

from explainer.gui.dialogs.asking import PlainDialog, words
from explainer.gui.dialogs.gallery_card import PICTURE, Card, plain
from explainer.gui.dialogs.gallery_contents import Contents
from explainer.gui.dialogs.gallery_pictures import Pictures
from explainer.gui.dialogs.gallery_sheet import Section, Sheet
from explainer.gui.scaling import keep, px, scale
from explainer.gui.scrolling import scrolled
from explainer.gui.theme import Theme, font
from explainer.lesson.examples import example_groups, example_names
from explainer.messages import message, translate

_SIZE = QSize(1240, 860)
# A card and a part of the next.
_LOWEST = 150
_SEARCH_WIDTH = 320
# Padding, frame and the button that clears, px.
_AROUND_WORDS = 48
# In a narrower gallery the cards need the place of the list beside them.
_ROOM_FOR_CONTENTS = 920
# How close to the top a heading counts as in view.
_NEAR = 60
_DOWN, _UP = 1, -1


class Gallery(PlainDialog):
    """Shows the built-in lessons; `chosen` is the name of the one that was clicked."""

    def __init__(self, theme: Theme, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, translate(message("Built-in lessons"), language), "")
        sentence = message("Choose one to begin; each can be edited and saved.")
        self.chosen: str | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText(
            translate(message("Search titles and descriptions"), language)
        )
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        keep(self.search, "setMaximumWidth", _SEARCH_WIDTH)
        # All of what can be searched is read before anything is typed.
        words_width = QFontMetricsF(font(14)).horizontalAdvance(self.search.placeholderText())
        keep(self.search, "setMinimumWidth", min(words_width + _AROUND_WORDS, _SEARCH_WIDTH))
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self._sheet = Sheet(
            self._sections(theme, language),
            words(translate(message("No lesson matches."), language), "text"),
        )
        self.cards = [card for section in self._sheet.groups for card in section.cards]
        self._area = _scrolling(self._sheet)
        self.contents = Contents(
            [translate(group.title, language) for group in example_groups()], theme
        )
        self._arrange(translate(sentence, language), translate(message("Cancel"), language))
        self.pictures = Pictures(example_names(), theme, language, PICTURE, self)
        self.pictures.ready.connect(self._show_picture)
        self.contents.chosen.connect(self._go_to_group)
        self._sheet.laid_out.connect(self._in_view_changed)
        self._area.verticalScrollBar().valueChanged.connect(self._in_view_changed)
        QTimer.singleShot(0, self.pictures, self.pictures.start)
        self.cards[0].setFocus()

    def visible_names(self) -> list[str]:
        """Return the names of the lessons that match the search, in order."""
        return [card.name for row in self._sheet.rows for card in row]

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.pictures.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.contents.setVisible(event.size().width() >= px(_ROOM_FOR_CONTENTS))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Down and Enter in the search field lead to the cards, and Escape empty it first."""
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            return self._key_in_search(event)
        return super().eventFilter(watched, event)

    def _arrange(self, sentence: str, cancel: str) -> None:
        top = QHBoxLayout()
        top.setSpacing(22)
        top.addWidget(words(sentence, "text"), 1)
        top.addWidget(self.search, 1)
        self.body.addLayout(top)
        middle = QHBoxLayout()
        middle.setSpacing(22)
        middle.addWidget(self.contents)
        middle.addWidget(self._area, 1)
        self.body.addSpacing(4)
        self.body.addLayout(middle, 1)
        self.add_button(cancel).clicked.connect(self.reject)
        self.prefer_most(_SIZE)

    def prefer_most(self, size: QSize) -> None:
        """Be so large, but leave some of the screen."""
        keep(self._area, "setMinimumHeight", _LOWEST)
        room = self.screen().availableSize() - QSize(80, 80)
        self.resize((size * scale()).boundedTo(room))

    def _sections(self, theme: Theme, language: str) -> list[Section]:
        sections: list[Section] = []
        for group in example_groups():
            cards = [Card(name, theme, language, self) for name in group.names]
            for card in cards:
                card.clicked.connect(self._choose)
                card.pressed_key.connect(self._key_on_card)
            sections.append(Section(_heading(translate(group.title, language)), cards))
        return sections

    def _choose(self) -> None:
        card = self.sender()
        if isinstance(card, Card):
            self._accept(card)

    def _accept(self, card: Card) -> None:
        self.chosen = card.name
        self.accept()

    def _filter(self, asked: str) -> None:
        """Show what was searched for, lessons with the words in their title first."""
        for card in self.cards:
            card.set_marked(False)
        wanted = plain(asked).split()
        if wanted:
            found = [card for card in self.cards if card.matches(wanted)]
            found.sort(key=lambda card: not card.matches_title(wanted))
            self._sheet.show_found(found)
            for card in found[:1]:
                card.set_marked(True)
        else:
            self._sheet.show_groups()
        self._area.verticalScrollBar().setValue(0)

    def _key_in_search(self, event: QKeyEvent) -> bool:
        rows = self._sheet.rows
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            return True
        if event.key() == Qt.Key.Key_Down and rows:
            self._focus(rows[0][0])
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if rows and self.search.text().strip():
                self._accept(rows[0][0])
            return True
        return False

    def _key_on_card(self, event: QKeyEvent) -> None:
        """Walk from card to card; whatever can be typed goes to the search field."""
        card = self.sender()
        if not isinstance(card, Card):
            return
        key = event.key()
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self._walk(card, 1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._climb(card, _DOWN if key == Qt.Key.Key_Down else _UP)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            rows = self._sheet.rows
            self._focus(rows[0][0] if key == Qt.Key.Key_Home else rows[-1][-1])
        elif event.text().isprintable() and event.text().strip():
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
            self.search.insert(event.text())
        else:
            return
        event.accept()

    def _walk(self, card: Card, steps: int) -> None:
        cards = [other for row in self._sheet.rows for other in row]
        target = cards.index(card) + steps
        if 0 <= target < len(cards):
            self._focus(cards[target])

    def _climb(self, card: Card, direction: int) -> None:
        """Go to the row below or above, to its last card where it is shorter; above the first row is the search field."""
        rows = self._sheet.rows
        place = next(number for number, row in enumerate(rows) if card in row)
        target = place + direction
        if target < 0:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        elif target < len(rows):
            column = min(rows[place].index(card), len(rows[target]) - 1)
            self._focus(rows[target][column])

    def _focus(self, card: Card) -> None:
        card.setFocus(Qt.FocusReason.OtherFocusReason)
        # In the first row the heading is shown too.
        self._area.ensureWidgetVisible(card, 0, 44)

    def _go_to_group(self, number: int) -> None:
        self.search.clear()
        heading = self._sheet.groups[number].heading
        if heading is not None:
            self._area.verticalScrollBar().setValue(heading.y())

    def _in_view_changed(self) -> None:
        """Mark the group in view and make the pictures in view before the others."""
        top = self._area.verticalScrollBar().value()
        bottom = top + self._area.viewport().height()
        started = [
            number
            for number, group in enumerate(self._sheet.groups)
            if group.heading is not None and group.heading.y() <= top + _NEAR
        ]
        self.contents.mark(started[-1] if self._sheet.is_grouped and started else -1)
        seen = [
            card.name
            for row in self._sheet.rows
            for card in row
            if card.y() < bottom and card.geometry().bottom() > top
        ]
        self.pictures.prefer(seen)

    def _show_picture(self, name: str, picture: QPixmap) -> None:
        for card in self.cards:
            if card.name == name:
                card.show_picture(picture)


def _heading(title: str) -> QLabel:
    label = words(title, "title")
    label.setProperty("part", "group")
    return label


def _scrolling(sheet: QWidget) -> QScrollArea:
    area = scrolled(sheet)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    area.verticalScrollBar().setSingleStep(px(40))
    return area
