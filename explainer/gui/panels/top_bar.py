"""The top of the window: the lesson's title, the menus, the views, the gradient check, export.

With less room it folds, the least needed first: the words of the gradient check, the views into a menu, Export (which the
File menu has too), the menus. Then the title is shortened; last of all the check mark goes.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenuBar,
    QSizePolicy,
    QWidget,
)

from explainer.gui.actions import ActionSet
from explainer.gui.buttons import FlatButton, MainButton
from explainer.gui.frame import Frame
from explainer.gui.panels.check_mark import CheckMark
from explainer.gui.panels.menu_button import MenuButton
from explainer.gui.panels.view_switch import ViewSwitch
from explainer.gui.scaling import face, hint, keep, painting, px
from explainer.gui.theme import Theme, colour, font
from explainer.gui.tips import as_tip
from explainer.lesson.lesson import text_in
from explainer.messages import message, translate

_LONGEST_TITLE, _SHORTEST_TITLE = 420, 60
# What stands between the parts of the bar, at its ends too.
_SPACES = 18 + 22 + 12 + 1 + 16 + 8 + 16 + 1 + 16 + 8 + 18


class Fold(NamedTuple):
    """One way to set the bar: what of it is short, folded or left out."""

    short_check: bool = False
    folded_views: bool = False
    without_export: bool = False
    folded_menus: bool = False
    without_check: bool = False


_FOLDS = (
    Fold(),
    Fold(short_check=True),
    Fold(folded_views=True),
    Fold(True, True),
    Fold(True, True, True),
    Fold(True, True, True, True),
    Fold(True, True, True, True, True),
)

# Everything that has a short form has it; what is left then is to go without the check mark, which a menu has too.
_SHORTENED = _FOLDS[-2]


class TopBar(QWidget):
    """Shows what lesson is open and whether its gradients agree."""

    def __init__(
        self, actions: ActionSet, menus: QMenuBar, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = _Title(theme)
        self.check = CheckMark(theme)
        self.check.clicked.connect(actions["check"].trigger)
        self._export = FlatButton(actions["export"], theme)
        self.present = MainButton(actions["present"], theme)
        self._divider, self._border = _Divider(theme), _Divider(theme)
        self.views = ViewSwitch(actions, theme)
        self.menus = menus
        self.all_menus = MenuButton(theme)
        self.all_menus.setObjectName("menus")
        for action in menus.actions():
            self.all_menus.menu.addAction(action)
        self.all_menus.hide()
        self._fold = Fold()
        menus.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 18, 1)
        row.setSpacing(0)
        row.addWidget(self._title)
        row.addSpacing(22)
        row.addWidget(menus, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.all_menus, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(12)
        row.addWidget(self._border, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(16)
        row.addWidget(self.views, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(8)
        row.addStretch(1)
        row.addWidget(self.check, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(16)
        row.addWidget(self._divider, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(16)
        row.addWidget(self._export, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(8)
        row.addWidget(self.present, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Show a frame; only what differs from the last one is drawn anew."""
        title = text_in(new.lesson.title, new.language)
        self._title.show_title(title, dirty=new.dirty)
        if old is None or old.language != new.language:
            self.views.set_language(new.language)
        if old is None or (old.verdict, old.language) != (new.verdict, new.language):
            self.check.show_verdict(new.verdict, new.language)
        if old is None or old.language != new.language:
            self.all_menus.name(translate(message("Menu"), new.language))
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle()

    def event(self, event: QEvent) -> bool:
        # A part has got another width: a view is called otherwise in another language.
        if event.type() == QEvent.Type.LayoutRequest:
            self._settle()
        return super().event(event)

    def _settle(self) -> None:
        """Fold as little as the width asks for; before it is seen nothing has its place yet."""
        if not self.isVisible():
            return
        fold = next((each for each in _FOLDS if self._needed(each) <= self.width()), _FOLDS[-1])
        self._title.may_shorten(fold.folded_menus)
        if fold == self._fold:
            return
        self._fold = fold
        self.check.set_short(fold.short_check)
        self.check.setVisible(not fold.without_check)
        self.views.set_folded(fold.folded_views)
        self._export.setVisible(not fold.without_export)
        self._divider.setVisible(not fold.without_export)
        self.menus.setVisible(not fold.folded_menus)
        self.all_menus.setVisible(fold.folded_menus)

    def _needed(self, fold: Fold) -> int:
        menus = self.all_menus if fold.folded_menus else self.menus
        parts = (
            self._title_width(fold),
            menus.sizeHint().width(),
            self.views.width_of(folded=fold.folded_views),
            0 if fold.without_check else self.check.width_of(short=fold.short_check),
            0 if fold.without_export else self._export.sizeHint().width(),
            self.present.sizeHint().width(),
        )
        return sum(parts) + _SPACES

    def _title_width(self, fold: Fold) -> int:
        """Return the room the title needs: before the check mark goes, it is shortened as far as it can be."""
        wanted = self._title.sizeHint().width()
        return min(wanted, px(_SHORTEST_TITLE)) if fold == _SHORTENED else wanted

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        for part in (
            self._title,
            self.all_menus,
            self.views,
            self.check,
            self._export,
            self.present,
            self._divider,
            self._border,
        ):
            part.set_theme(theme)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._theme.paper))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), colour(self._theme.line))


class _Title(QWidget):
    """The lesson's title, shortened where it is long; a dot behind it while there are unsaved changes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def show_title(self, title: str, *, dirty: bool) -> None:
        text = f"{title} •" if dirty else title
        if text != self._shown:
            self._shown = text
            self.setToolTip(as_tip(title))
            self.setAccessibleName(title)
            self.updateGeometry()
            self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(font(14, 600)).horizontalAdvance(self._shown) + 2
        return hint(min(width, _LONGEST_TITLE), 31)

    def minimumSizeHint(self) -> QSize:
        # It says that it shortens, so that nobody takes it for a fault.
        return hint(_SHORTEST_TITLE, 31) if self.property("shortens") else self.sizeHint()

    def may_shorten(self, may: bool) -> None:
        is_long = QFontMetricsF(font(14, 600)).horizontalAdvance(self._shown) > _LONGEST_TITLE
        if (may or is_long) != bool(self.property("shortens")):
            self.setProperty("shortens", may or is_long)
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, place = painting(self), face(self)
        painter.setFont(font(14, 600))
        painter.setPen(colour(self._theme.ink))
        text = QFontMetricsF(painter.font()).elidedText(
            self._shown, Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)


class _Divider(QWidget):
    """A thin upright line between two groups."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        keep(self, "setFixedHeight", 25)
        self.setFixedWidth(1)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour(self._theme.line))
