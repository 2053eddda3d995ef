"""The paper of the derivation: a laid-out page with its selection, its hover, its context menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from explainer.gui.panels.copying import CopyMenu
from explainer.gui.panels.prepared import PreparedPages, Setting, Shown
from explainer.gui.panels.selection import Selection, atom_at
from explainer.gui.theme import Theme, colour
from explainer.gui.typeset.atoms import Layout
from explainer.gui.typeset.painter import Look
from explainer.messages import message, translate
from explainer.pages.page import Page, Reference, plain

# How much of the last page is seen while the next is on its way.
_FADED = 0.35


class Sheet(QWidget):
    """The paper inside the scroll area."""

    hovered = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._zoom = 1.0
        self._room = 0
        self._shown: Shown | None = None
        self._layout: Layout | None = None
        self._pages = PreparedPages()
        self._selection = Selection()
        self._hovered: Reference | None = None
        self._lit: Reference | None = None
        self._lit_factor: int | None = None
        self._faded = False
        self._shows_focus = False
        # What else the menu offers.
        self.add_to_menu: Callable[[QMenu], None] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(translate(message("Derivation"), "en"))

    @property
    def is_empty(self) -> bool:
        return self._shown is None

    def show_page(self, shown: Shown) -> None:
        if self._shown is not None and self._shown.answer is shown.answer and self._shown == shown:
            self.set_faded(False)
            return
        self._shown = shown
        self._layout = None
        self._faded = False
        self._selection.clear()
        self._hover(None)
        self._lit = None
        self._lit_factor = None
        self.setAccessibleName(translate(message("Derivation"), shown.language))
        self.setAccessibleDescription(_spoken(shown.answer.page))

    def result_places(self) -> list[QRectF]:
        """Return where the results of the page stand."""
        boxes = () if self._layout is None else self._layout.boxes
        return [QRectF(*box) for box in boxes]

    def fit(self, width: int, room: int) -> None:
        """Lay the page out for a width and a height that it should not exceed."""
        self._room = room
        if self._shown is None:
            self.resize(width, self.height())
            return
        self._layout = self._pages.layout(self._shown, self._setting(width))
        self.resize(width, round(self._layout.height))
        self.update()

    def prepare(self, shown: Shown) -> None:
        self._pages.paint_ahead(shown, self._setting(self.width()))

    def set_faded(self, faded: bool) -> None:
        if faded != self._faded:
            self._faded = faded
            self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_zoom(self, zoom: float) -> None:
        self._zoom = zoom
        self._layout = None

    def highlight(self, reference: Reference | None) -> None:
        if reference == self._lit:
            return
        self._lit = reference
        self._lit_factor = self._factor_of(reference)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._shown is None or self._layout is None:
            painter.fillRect(event.rect(), colour(self._theme.paper))
            return
        self._paint_page(painter, self._shown, self._layout, event.rect())
        if self._shows_focus:
            painter.setOpacity(1.0)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(self._theme.accent), 2))
            painter.drawRect(self.visibleRegion().boundingRect().adjusted(1, 1, -1, -1))

    def _paint_page(self, painter: QPainter, shown: Shown, layout: Layout, area: QRect) -> None:
        picture = self._pages.picture(shown, self._setting(self.width()))
        if picture is not None and self._is_plain():
            painter.drawPixmap(0, 0, picture)
            return
        painter.fillRect(area, colour(self._theme.paper))
        if self._faded:
            painter.setOpacity(_FADED)
        self._pages.painter.paint(
            painter, layout, shown.answer.pictures, self._look(shown), QRectF(area)
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._shows_focus = event.reason() in reasons
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._shows_focus = False
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._layout is None:
            return
        position = event.position()
        if event.buttons() & Qt.MouseButton.LeftButton:
            if self._selection.drag(self._layout, position):
                self.update()
            return
        index = atom_at(self._layout, position)
        atom = None if index is None else self._layout.atoms[index]
        words = atom is not None and atom.block >= 0
        self.setCursor(Qt.CursorShape.IBeamCursor if words else Qt.CursorShape.ArrowCursor)
        self._hover(atom.reference if atom else None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._layout is not None:
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._selection.press(self._layout, event.position(), extend)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._layout is not None:
            self._selection.take_block(self._layout, event.position())
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._layout is not None and event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._selection.text(self._layout))
        elif self._layout is not None and event.matches(QKeySequence.StandardKey.SelectAll):
            self._selection.take_all(self._layout)
            self.update()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._shown is None or self._layout is None:
            return
        part = self._selection.part(self._layout, QPointF(event.pos()))
        menu = CopyMenu(
            part,
            self._layout,
            self._shown.answer.pictures,
            self._pages.painter,
            self._look(self._shown),
            self._shown.language,
            self,
        )
        if self.add_to_menu is not None:
            self.add_to_menu(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _setting(self, width: int) -> Setting:
        return Setting(width, self._room, self._zoom, self._theme, self.devicePixelRatioF())

    def _is_plain(self) -> bool:
        """Tell whether nothing of the page is lit, selected or faded."""
        lit = self._lit is not None or self._lit_factor is not None
        return not (lit or self._selection.indices or self._faded)

    def _look(self, shown: Shown) -> Look:
        return Look(
            self._theme,
            shown.answer.page.phase,
            self._zoom,
            self._lit,
            self._lit_factor,
            self._selection.indices,
        )

    def _hover(self, reference: Reference | None) -> None:
        if reference != self._hovered:
            self._hovered = reference
            self.highlight(reference)
            self.hovered.emit(reference)

    def _factor_of(self, reference: Reference | None) -> int | None:
        if reference is None or self._shown is None:
            return None
        for badge in self._shown.answer.page.badges:
            if badge.reference == reference:
                return badge.factor
        if self._layout is not None:
            for atom in self._layout.atoms:
                if atom.reference == reference and atom.factor is not None:
                    return atom.factor
        return None


def _spoken(page: Page) -> str:
    return page.announcement or plain(page.title)
