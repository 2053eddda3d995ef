"""The window's own buttons: round ones with an icon, flat ones with a word. Each belongs to an action."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QEnterEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from explainer.gui.icons import draw_icon
from explainer.gui.scaling import face, hint, painting
from explainer.gui.theme import Theme, colour, font

_PRESSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PointedButton(QAbstractButton):
    """A button that knows whether the pointer is over it, and is painted anew when that changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._over = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._over = False
        self.update()


class PaintedButton(PointedButton):
    """A button that paints itself. It takes the keyboard by Tab, and Space and Enter then press it, whatever else they do."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    @property
    def _is_lit(self) -> bool:
        return (self._over or self.isDown()) and self.isEnabled()

    def event(self, event: QEvent) -> bool:
        # What is accepted here is not taken for the shortcut of an action.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() in _PRESSING)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class ChoiceButton(PaintedButton):
    """One of several beside each other, of which one is chosen. Tab goes to each of them: the arrows step."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Qt leaves Tab only one of several that exclude each other, and the rest to the arrows.
        parent = self.parentWidget()
        for other in parent.children() if parent is not None else ():
            if isinstance(other, ChoiceButton):
                other.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class ActionButton(PaintedButton):
    """A button that shows an action: its text, tip and whether it can be used; a click triggers it."""

    def __init__(self, action: QAction, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._action = action
        self.clicked.connect(action.trigger)
        action.changed.connect(self._take_action)
        self._take_action()

    def _take_action(self) -> None:
        name = self._action.text().replace("&", "").rstrip("…")
        self.setText(self._action.text())
        self.setAccessibleName(name)
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
        self.updateGeometry()
        self.update()


class RoundButton(ActionButton):
    """A circle with an icon; `main` ones are larger and filled."""

    def __init__(
        self,
        action: QAction,
        icon: str,
        theme: Theme,
        main: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(action, theme, parent)
        self._icon = icon
        self._main = main

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        if icon != self._icon:
            self._icon = icon
            self.update()

    def sizeHint(self) -> QSize:
        side = 46 if self._main else 38
        return hint(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = painting(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = face(self)
        ground, ring, ink = self._colours()
        painter.setBrush(colour(ground))
        painter.setPen(QPen(colour(ring), 1))
        painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(theme.on_accent if self._main else theme.accent), 2))
            inset = 3.0 if self._main else 1.0
            painter.drawEllipse(circle.adjusted(inset, inset, -inset, -inset))
        side = 22.0 if self._main else 20.0
        place = QRectF(0, 0, side, side)
        place.moveCenter(circle.center())
        draw_icon(painter, self._icon, place, ink)

    def _colours(self) -> tuple[str, str, str]:
        """Return ground, ring and icon colour in the present state."""
        theme = self._theme
        if self._main and self.isEnabled():
            ground = theme.accent_hover if self._over or self.isDown() else theme.accent
            return ground, ground, theme.on_accent
        if not self.isEnabled():
            return theme.paper, theme.hairline, theme.off_icon
        ground = theme.accent_tint if self.isDown() else theme.hover if self._over else theme.paper
        return ground, theme.outline, theme.icon


class FlatButton(ActionButton):
    """A word without a frame, lit under the mouse."""

    _PADDING = 12

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font(14))
        return hint(metrics.horizontalAdvance(self._word()) + 2 * self._PADDING, 31)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = painting(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = face(self)
        if self._is_lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.accent_tint))
            painter.drawRoundedRect(place, 7, 7)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(theme.accent), 2))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 6, 6)
        ink = theme.accent if self._is_lit else theme.text if self.isEnabled() else theme.off
        painter.setPen(colour(ink))
        painter.setFont(font(14))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._word())

    def _word(self) -> str:
        return self.text().replace("&", "")


class MainButton(FlatButton):
    """A filled button with a word and, fainter, the key that does the same."""

    _PADDING = 12

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font(14, 600))
        return hint(metrics.horizontalAdvance(self._label()) + 2 * self._PADDING + 2, 34)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = painting(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = face(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme.accent_hover if self._is_lit else theme.accent))
        painter.drawRoundedRect(place, 8, 8)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(theme.on_accent), 2))
            painter.drawRoundedRect(place.adjusted(3, 3, -3, -3), 6, 6)
        painter.setPen(colour(theme.on_accent))
        painter.setFont(font(14, 600))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._label())

    def _label(self) -> str:
        keys = self._action.shortcut().toString()
        return f"{self._word()}  {keys}" if keys else self._word()
