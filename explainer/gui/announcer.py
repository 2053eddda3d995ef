"""Speak each step to screen readers, which see nothing of a graph."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from explainer.gui.frame import Frame
from explainer.gui.theme import Theme


class Announcer(QObject):
    """Announces the page of a frame when it appears, in one sentence."""

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Announce a page that was not shown before."""
        if new.page is None or (old is not None and old.page is new.page):
            return
        sentence = new.page.page.announcement
        parent = self.parent()
        if sentence and parent is not None and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(parent, sentence))

    def set_theme(self, theme: Theme) -> None:
        """Colours are not heard."""
