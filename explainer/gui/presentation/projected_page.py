"""A page of the derivation on a projector: large, without a scroll bar, its question and its newest line always in sight."""

from __future__ import annotations

from itertools import takewhile

from msgspec.structs import replace
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explainer.gui.frame import Frame
from explainer.gui.presentation.sight import beginning_in_sight, newest_in_sight
from explainer.gui.theme import Theme, colour
from explainer.gui.typeset.atoms import Layout
from explainer.gui.typeset.measure import FACES
from explainer.gui.typeset.page_layout import Text, lay_out
from explainer.gui.typeset.painter import Look, PagePainter
from explainer.lesson.lesson import text_in
from explainer.messages import message, translate
from explainer.pages.page import Block, Heading, Page, Paragraph, plain
from explainer.protocol import HerePage

# The distances of a page that is a little too high, as in the window.
_LITTLE_AIR = 0.5
_KEPT = 40
# px at a zoom of 1 between the question and the first line seen of a page that is too high.
_BELOW_QUESTION = 14.0
SMALLEST_FACE = min(style.size for style in FACES.values())


class ProjectedPage(QWidget):
    """Paints the page of a frame; `zoom` 1 is the size in the window."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._zoom = 1.0
        self._answer: HerePage | None = None
        self._whole: HerePage | None = None
        self._language = "en"
        self._laid_out: tuple[object, Layout] | None = None
        self._plain: dict[int, tuple[HerePage, HerePage]] = {}
        self._painter = PagePainter()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def zoom(self) -> float:
        """How many times as large as in the window everything is set."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Set everything so many times as large as in the window."""
        if zoom != self._zoom:
            self._zoom = zoom
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def show_frame(self, shown: Frame, whole: Frame) -> None:
        """Show the page of a frame; `whole` is the same with everything told, which decides how it is set."""
        self._language = shown.language
        if shown.page is not None:
            self._answer = self._told(shown.page)
            self._whole = self._told(whole.page or shown.page)
        elif shown.step_index < 0 or shown.trouble is not None or self._answer is None:
            self._answer = self._whole = _without_page(shown)
        page = self._answer.page
        self.setAccessibleName(plain(page.title))
        self.setAccessibleDescription(page.announcement or _sentences(page))
        self.update()

    def layout_now(self) -> Layout | None:
        """Return what is painted, placed; None before there is anything."""
        if self._answer is None or self._whole is None:
            return None
        key = (id(self._answer), id(self._whole), self._language, self._zoom, self.width())
        if self._laid_out is None or self._laid_out[0] != (key, self.height()):
            text = Text(self._whole.pictures, self._language, self._zoom)
            if lay_out(self._whole.page, text, self.width()).height > self.height():
                text = text._replace(air=_LITTLE_AIR)
            made = self._in_sight(lay_out(self._answer.page, text, self.width()), text)
            self._laid_out = ((key, self.height()), made)
        return self._laid_out[1]

    def _told(self, answer: HerePage) -> HerePage:
        """Return a page without what confirms it: who sits far away is told the derivation alone."""
        if id(answer) not in self._plain:
            if len(self._plain) > _KEPT:
                self._plain.clear()
            blocks = tuple(block for block in answer.page.blocks if not _confirms(block))
            plain_page = replace(answer, page=replace(answer.page, blocks=blocks))
            self._plain[id(answer)] = (answer, plain_page)
        return self._plain[id(answer)][1]

    def _in_sight(self, layout: Layout, text: Text) -> Layout:
        """Return what there is room for: the question stays, of the lines the newest are seen."""
        self.setProperty("shortens", None)
        answer = self._answer
        if answer is None or layout.height <= self.height():
            return layout
        page = answer.page
        if page.phase is None:
            # What the lesson is about comes first, and is read from its beginning; that it goes on is said by three dots.
            brief = replace(page, blocks=tuple(takewhile(_is_about_lesson, page.blocks)))
            layout = lay_out(brief, text, self.width())
            self.setProperty("shortens", layout.height > self.height())
            return beginning_in_sight(layout, self.height())
        headings = 2 if page.kicker else 1
        return newest_in_sight(layout, headings, self.height(), _BELOW_QUESTION * self._zoom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._theme.palette.ground))
        layout = self.layout_now()
        if layout is None or self._answer is None:
            return
        look = Look(self._theme, self._answer.page.phase, self._zoom)
        self._painter.paint(painter, layout, self._answer.pictures, look)


def _sentences(page: Page) -> str:
    """Return all that a page without an announcement says."""
    return " ".join(plain(block.text) for block in page.blocks if isinstance(block, Paragraph))


def _is_about_lesson(block: Block) -> bool:
    return not isinstance(block, Heading)


def _confirms(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style == "check"


def _without_page(frame: Frame) -> HerePage:
    """Return what is said where there is no page: what lesson this is, or why the step cannot be shown."""
    if frame.trouble is not None:
        title = translate(message("This step cannot be shown"), frame.language)
        return HerePage(0, Page("error", "", (title,), (Paragraph((frame.trouble.sentence,)),)), {})
    title = text_in(frame.lesson.title, frame.language)
    description = text_in(frame.lesson.description, frame.language)
    blocks = (Paragraph((description,)),) if description else ()
    kicker = translate(message("Lesson"), frame.language)
    return HerePage(0, Page(None, kicker, (title,), blocks), {})
