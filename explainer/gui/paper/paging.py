"""What stands over the pages of a preview: which page is looked at, and how large."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from explainer.gui.paper.page_view import LEAST_ZOOM, MOST_ZOOM, ZOOM_STEP, PageView
from explainer.gui.paper.signs import SignButton
from explainer.gui.scaling import keep, keep_font
from explainer.gui.theme import Theme
from explainer.messages import Message, message, translate

_NUMBER_WIDTH, _ZOOM_WIDTH = 58, 54


class Counter(QWidget):
    """A number with its total between two arrows; `chosen` carries the number that an arrow leads to."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, back: str, on: str) -> None:
        super().__init__()
        self._number = 1
        self.back, self.on = SignButton("left", back, theme), SignButton("right", on, theme)
        self.words = QLabel()
        keep_font(self.words, 13, tabular=True)
        keep(self.words, "setMinimumWidth", _NUMBER_WIDTH)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for part in (self.back, self.words, self.on):
            row.addWidget(part)
        self.back.clicked.connect(self._go_back)
        self.on.clicked.connect(self._go_on)

    def show_number(self, number: int, total: int, text: str) -> None:
        """Show a number from 1 in words of its own."""
        self._number = number
        self.words.setText(text)
        self.back.setEnabled(number > 1)
        self.on.setEnabled(number < total)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.back.set_theme(theme)
        self.on.set_theme(theme)

    def _go_back(self) -> None:
        self.chosen.emit(self._number - 1)

    def _go_on(self) -> None:
        self.chosen.emit(self._number + 1)


class Paging(QWidget):
    """Turns the pages of a view and zooms it."""

    def __init__(self, view: PageView, theme: Theme, language: str) -> None:
        super().__init__()
        self._view, self._language = view, language
        say = self._say
        self.pages = Counter(theme, say(message("Previous page")), say(message("Next page")))
        self.smaller = SignButton("minus", say(message("Smaller")), theme)
        self.larger = SignButton("plus", say(message("Larger")), theme)
        self.zoom = QLabel()
        keep_font(self.zoom, 13, tabular=True)
        keep(self.zoom, "setFixedWidth", _ZOOM_WIDTH)
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.fit = QPushButton(say(message("Fit")))
        self.fit.setProperty("part", "small")
        self.fit.setAutoDefault(False)
        self.fit.setToolTip(say(message("As wide as there is room")))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.pages)
        row.addSpacing(10)
        for part in (self.smaller, self.zoom, self.larger):
            row.addWidget(part)
        row.addSpacing(6)
        row.addWidget(self.fit)
        self.pages.chosen.connect(self._turn)
        self.smaller.clicked.connect(self._zoom_out)
        self.larger.clicked.connect(self._zoom_in)
        self.fit.clicked.connect(view.fit)
        view.looked.connect(self.show_place)
        self.show_place()

    @property
    def spare(self) -> tuple[QWidget, ...]:
        """What can be done without where there is little room: keys do it too."""
        return (self.fit, self.zoom, self.smaller, self.larger)

    def show_place(self) -> None:
        """Show where the view is."""
        view = self._view
        number = view.current + 1 if view.count else 0
        self.pages.show_number(number, view.count, f"{number} / {view.count}")
        self.zoom.setText(f"{round(100 * view.zoom)} %")
        self.smaller.setEnabled(view.zoom > LEAST_ZOOM * 1.01)
        self.larger.setEnabled(view.zoom < MOST_ZOOM / 1.01)
        self.fit.setEnabled(not view.fits)
        said = message("Preview, page {number} of {count}", number=number, count=view.count)
        view.setAccessibleName(self._say(said))

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        for part in (self.pages, self.smaller, self.larger):
            part.set_theme(theme)

    def _turn(self, number: int) -> None:
        self._view.go_to(number - 1)

    def _zoom_in(self) -> None:
        self._view.zoom_to(self._view.zoom * ZOOM_STEP)

    def _zoom_out(self) -> None:
        self._view.zoom_to(self._view.zoom / ZOOM_STEP)

    def _say(self, text: Message) -> str:
        return translate(text, self._language)
