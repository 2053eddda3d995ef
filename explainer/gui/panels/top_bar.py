"""The top of the window: the lesson's title, the menus, the three views, the gradient check, export."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenuBar,
    QSizePolicy,
    QWidget,
)

from explainer.gui.actions import ActionSet
from explainer.gui.buttons import FlatButton, MainButton, PaintedButton
from explainer.gui.frame import Frame, Verdict
from explainer.gui.panels.view_switch import ViewSwitch
from explainer.gui.theme import Theme, colour, font
from explainer.lesson.lesson import text_in
from explainer.maths.numbers import shown
from explainer.messages import message, translate

_LONGEST_TITLE = 420


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
        menus.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 18, 1)
        row.setSpacing(0)
        row.addWidget(self._title)
        row.addSpacing(22)
        row.addWidget(menus, 0, Qt.AlignmentFlag.AlignVCenter)
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

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        for part in (
            self._title,
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
            self.setToolTip(title)
            self.setAccessibleName(title)
            self.updateGeometry()
            self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(font(14, 600)).horizontalAdvance(self._shown) + 2
        return QSize(min(round(width), _LONGEST_TITLE), 31)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 31)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(14, 600))
        painter.setPen(colour(self._theme.ink))
        text = QFontMetricsF(painter.font()).elidedText(
            self._shown, Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)


class _Divider(QWidget):
    """A thin upright line between two groups."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(1, 25)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour(self._theme.line))


class CheckMark(PaintedButton):
    """Whether back-propagation, SymPy and finite differences agree on every gradient; a click explains."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._bad = False
        self._short = ""
        # Where there is little room, its words give way first, the number stays; a click tells what they say.
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_verdict(self, verdict: Verdict, language: str) -> None:
        """Show a verdict; the mark is quiet unless something is wrong."""
        text, explanation, self._bad = _verdict_texts(verdict, language)
        self._short = _short(verdict, language)
        self.setText(text)
        self.setToolTip(explanation or text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(explanation)
        self.setEnabled(verdict.check is not None or verdict.trouble is not None)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(QFontMetricsF(font(14)).horizontalAdvance(self.text())) + 24, 31)

    def minimumSizeHint(self) -> QSize:
        return QSize(round(QFontMetricsF(font(14)).horizontalAdvance(self._short)) + 16, 31)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        error = theme.palette.shade("error")
        place = QRectF(self.rect())
        if self._bad or self.hasFocus() or self._is_lit:
            painter.setPen(colour(theme.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(colour(error.tint if self._bad else theme.hover))
            painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.setFont(font(14))
        painter.setPen(colour(error.text if self._bad else theme.text))
        fits = QFontMetricsF(painter.font()).horizontalAdvance(self.text()) <= place.width() - 14
        text = self.text() if fits else self._short
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def _short(verdict: Verdict, language: str) -> str:
    """Return the mark without its words."""
    if verdict.check is None:
        return "–" if verdict.trouble is not None else "…"
    worst = shown(verdict.check.worst, 2, language)
    return f"{'✓' if verdict.check.agrees else '✗'} {worst}"


def _verdict_texts(verdict: Verdict, language: str) -> tuple[str, str, bool]:
    """Return the words of the mark, its explanation, and whether something is wrong."""
    if verdict.trouble is not None:
        text = translate(message("Gradient check not possible"), language)
        return text, verdict.trouble.sentence, False
    if verdict.check is None:
        text = translate(message("Checking the gradients…"), language)
        return text, "", False
    worst = shown(verdict.check.worst, 2, language)
    if verdict.check.agrees:
        text = translate(message("✓ Gradient check {worst}", worst=worst), language)
        return text, verdict.check.sentence, False
    text = translate(message("✗ Gradients disagree by {worst}", worst=worst), language)
    return text, verdict.check.sentence, True
