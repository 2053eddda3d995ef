"""The mark of the gradient check: whether every gradient agrees with the ways of computing it besides."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent

from explainer.gui.buttons import PaintedButton
from explainer.gui.frame import Verdict
from explainer.gui.scaling import face, painting, px
from explainer.gui.theme import Theme, colour, font
from explainer.maths.numbers import shown
from explainer.messages import message, translate


class CheckMark(PaintedButton):
    """Whether back-propagation, SymPy and finite differences agree on every gradient; a click explains."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._bad = False
        self._short = ""
        self._is_short = False

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

    def set_short(self, short: bool) -> None:
        """Leave the words out where there is little room: the number stays, a click tells what they say."""
        if short != self._is_short:
            self._is_short = short
            self.updateGeometry()
            self.update()

    def width_of(self, *, short: bool) -> int:
        """Return the room the mark takes, with its words or without."""
        text, air = (self._short, 16) if short else (self.text(), 24)
        return px(QFontMetricsF(font(14)).horizontalAdvance(text) + air)

    def sizeHint(self) -> QSize:
        return QSize(self.width_of(short=self._is_short), px(31))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = painting(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        error = theme.palette.shade("error")
        place = face(self)
        if self._bad or self.hasFocus() or self._is_lit:
            painter.setPen(colour(theme.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(colour(error.tint if self._bad else theme.hover))
            painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.setFont(font(14))
        painter.setPen(colour(error.text if self._bad else theme.text))
        text = self._short if self._is_short else self.text()
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
