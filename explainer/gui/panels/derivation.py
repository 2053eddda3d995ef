"""The derivation: the question of the step, one sentence, the rows of formulas, what confirms them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QScrollArea, QWidget

from explainer.gui.frame import Frame, Trouble
from explainer.gui.panels.prepared import Shown
from explainer.gui.panels.sheet import Sheet
from explainer.gui.scaling import keep
from explainer.gui.theme import Theme, colour
from explainer.lesson.lesson import text_in
from explainer.messages import message, translate
from explainer.pages.page import Page, Paragraph, Reference
from explainer.protocol import HerePage

# After how many ms a page that is about to be replaced fades.
_PATIENCE = 120


class DerivationPanel(QScrollArea):
    """Shows one page; tells which factor the mouse is on and lights the one it is told.

    A page is as wide as the panel, its right margin under the scroll bar of a long one: so its lines break
    at the same places with and without.
    """

    hovered = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.sheet = Sheet(theme)
        self.sheet.hovered.connect(self.hovered)
        # Given and not Qt's own, as on the canvas.
        self.setViewport(QWidget())
        self.setWidget(self.sheet)
        self.setWidgetResizable(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        keep(self, "setMinimumWidth", 320)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self._fade)

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Show a frame's page; while it is on its way the last one stays, after a moment faded."""
        if new.page is not None:
            self._patience.stop()
            if old is None or (old.page, old.language) != (new.page, new.language):
                self.show_page(Shown(new.page, new.language))
            self.sheet.set_faded(False)
        elif new.trouble is not None:
            self._patience.stop()
            self.show_page(Shown(_page_of_trouble(new.trouble, new.language), new.language))
        elif self.sheet.is_empty:
            self.show_page(Shown(_first_page(new), new.language))
        elif not self._patience.isActive():
            self._patience.start()

    def show_page(self, shown: Shown) -> None:
        """Show a page from its top."""
        self.sheet.show_page(shown)
        self.sheet.fit(self.width(), self.height())
        self.verticalScrollBar().setValue(0)

    def show_end(self) -> None:
        """Bring the last line into sight, where the page is too high to be seen whole."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.sheet.set_theme(theme)
        self.viewport().update()

    def set_zoom(self, zoom: float) -> None:
        """Set everything so many times as large as usual."""
        self.sheet.set_zoom(zoom)
        self.sheet.fit(self.width(), self.height())

    def highlight(self, reference: Reference | None) -> None:
        """Light every piece that speaks of this part of the graph."""
        self.sheet.highlight(reference)

    def result_places(self) -> list[QRectF]:
        """Return where the results of the page stand, on the widget that scrolls."""
        return self.sheet.result_places()

    def add_to_menu(self, add: Callable[[QMenu], None]) -> None:
        """Let the menu of the right button offer more."""
        self.sheet.add_to_menu = add

    def prepare(self, frame: Frame) -> None:
        """Lay out and paint a frame's page before it is asked for."""
        if frame.page is not None:
            self.sheet.prepare(Shown(frame.page, frame.language))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sheet.fit(self.width(), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self.viewport()).fillRect(event.rect(), colour(self._theme.paper))

    def _fade(self) -> None:
        self.sheet.set_faded(True)


def _first_page(frame: Frame) -> HerePage:
    """Return what is said before the first page is here: what lesson this is. It needs no formulas."""
    title = text_in(frame.lesson.title, frame.language)
    description = text_in(frame.lesson.description, frame.language)
    blocks = (Paragraph((description,)),) if description else ()
    kicker = translate(message("Lesson"), frame.language)
    return HerePage(0, Page(None, kicker, (title,), blocks), {})


def _page_of_trouble(trouble: Trouble, language: str) -> HerePage:
    """Return what is said in place of a page that could not be made."""
    title = translate(message("This step cannot be shown"), language)
    return HerePage(0, Page("error", "", (title,), (Paragraph((trouble.sentence,)),)), {})
