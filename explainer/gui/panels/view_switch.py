"""The switch between the views of a lesson: words beside each other, the one that is shown on a ground of its own."""

from __future__ import annotations

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QWidget

from explainer.gui.actions import ActionSet
from explainer.gui.panels.menu_button import MenuButton
from explainer.gui.theme import Theme
from explainer.gui.word_button import WordButton
from explainer.messages import message, translate
from explainer.render.views import VIEWS

# The drawn ones and the table.
SHOWN = (*VIEWS, "table")
_GAP = 4


class ViewSwitch(QWidget):
    """Buttons that belong to the actions of the views, of which one is always down."""

    def __init__(self, actions: ActionSet, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, ViewButton] = {}
        # Checked in the menu as well, one at a time.
        self._group = QActionGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        for view in SHOWN:
            action = actions[f"view_{view}"]
            action.setCheckable(True)
            self._group.addAction(action)
            self.buttons[view] = ViewButton(action, theme)
            row.addWidget(self.buttons[view])
        self.folded = MenuButton(theme)
        self.folded.setObjectName("views")
        for button in self.buttons.values():
            self.folded.menu.addAction(button.action)
            button.action.changed.connect(self._name_folded)
        self.folded.hide()
        row.addWidget(self.folded)
        self._name = ""

    def set_folded(self, folded: bool) -> None:
        """Fold the words into a menu, or lay them side by side."""
        for button in self.buttons.values():
            button.setVisible(not folded)
        self.folded.setVisible(folded)

    def width_of(self, *, folded: bool) -> int:
        """Return the room the words take, folded or side by side."""
        if folded:
            return self.folded.sizeHint().width()
        widths = [button.sizeHint().width() for button in self.buttons.values()]
        return sum(widths) + _GAP * (len(widths) - 1)

    def _name_folded(self) -> None:
        chosen = (button for button in self.buttons.values() if button.action.isChecked())
        word = next((button.text() for button in chosen), "")
        if word:
            self.folded.name(self._name, word)

    def show_view(self, view: str) -> None:
        """Show which view is shown."""
        for name, button in self.buttons.items():
            button.action.setChecked(name == view)
            button.setChecked(name == view)
        self._name_folded()

    def set_language(self, language: str) -> None:
        """Speak a language."""
        self._name = translate(message("View of the lesson"), language)
        self.setAccessibleName(self._name)
        self._name_folded()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        for button in (*self.buttons.values(), self.folded):
            button.set_theme(theme)


class ViewButton(WordButton):
    """One word of the switch; a click triggers its action."""

    def __init__(self, action: QAction, theme: Theme) -> None:
        super().__init__(theme, size=14, padding=12, height=31)
        self.action = action
        self.setObjectName(action.objectName())
        self.clicked.connect(action.trigger)
        action.changed.connect(self._take_name)
        self._take_name()

    def _take_name(self) -> None:
        if self.text() == self.action.text().replace("&", ""):
            return
        self.setText(self.action.text().replace("&", ""))
        self.setAccessibleName(self.text())
        self.setToolTip(self.action.toolTip())
        self.updateGeometry()
        self.update()
