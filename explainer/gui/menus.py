"""The menus: which actions they hold, the recent files."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from explainer.gui.actions import ActionSet
from explainer.gui.frame import Frame
from explainer.gui.preferences import Preferences
from explainer.gui.scaling import px
from explainer.gui.theme import Theme, colour, font
from explainer.gui.tips import as_tip
from explainer.messages import Message, message, translate

# Ids of the table of actions; None is a line, "recent" the menu of recent files.
MENUS: tuple[tuple[Message, tuple[str | None, ...]], ...] = (
    (
        message("&File"),
        (
            "new",
            "open",
            "recent",
            "gallery",
            "open_text",
            None,
            "save",
            "save_as",
            "share",
            None,
            "export",
            "worksheets",
            "print",
            None,
            "quit",
        ),
    ),
    (
        message("&Edit"),
        (
            "undo",
            "redo",
            None,
            "cut",
            "copy",
            "paste",
            "duplicate",
            "delete",
            "rename",
            None,
            "select_all",
            "connect_all",
            None,
            "tidy",
            "texts",
            "keep",
            None,
            "blanks",
            "blank_result",
        ),
    ),
    (
        message("&Go"),
        (
            "first",
            "back",
            "play",
            "next",
            "last",
            None,
            "present",
            "present_from_start",
            None,
            "predict",
            "predict_by_factor",
            "predict_summary",
            None,
            "train",
            "train_epoch",
            "train_batch",
            "train_sample",
            "train_back",
            "train_again",
            "train_new",
            None,
            "train_explain",
            "train_keep",
            "train_data",
        ),
    ),
    (
        message("&View"),
        (
            "derivation",
            "choices",
            "data",
            "training",
            "activation",
            "layers",
            "descent",
            None,
            "view_neurons",
            "view_computation",
            "view_matrices",
            "view_table",
            None,
            "zoom_in",
            "zoom_out",
            "fit",
            None,
            "full_screen",
            None,
            "check",
            "settings",
        ),
    ),
    (
        message("&Help"),
        ("welcome", "tour", None, "shortcuts", "sources", None, "about"),
    ),
)


class Menus(QMenuBar):
    """The menu bar of the window; `recent_chosen` carries the path of a recent file."""

    recent_chosen = Signal(str)
    # The first menu opens: something may be done with files.
    files_wanted = Signal()

    def __init__(
        self,
        actions: ActionSet,
        preferences: Preferences,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setNativeMenuBar(False)
        self._preferences = preferences
        self._language = "en"
        self._menus: list[tuple[QMenu, Message]] = []
        self._recent = QMenu(self)
        self._recent.aboutToShow.connect(self.fill_recent)
        self._recent.triggered.connect(self._choose_recent)
        for title, items in MENUS:
            menu = QMenu(self)
            for item in items:
                if item is None:
                    menu.addSeparator()
                elif item == "recent":
                    menu.addMenu(self._recent)
                else:
                    menu.addAction(actions[item])
            self.addMenu(menu)
            self._menus.append((menu, title))
        self._menus[0][0].aboutToShow.connect(self.files_wanted)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the titles without the marks of their letters, which still work with Alt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(px(14)))
        lit = self.activeAction()
        for action in self.actions():
            place = QRectF(self.actionGeometry(action))
            if action is lit:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour(self._theme.accent_tint))
                painter.drawRoundedRect(place, 7, 7)
            painter.setPen(colour(self._theme.accent if action is lit else self._theme.text))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, action.text().replace("&", ""))

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Speak the language of a frame."""
        if old is None or old.language != new.language:
            self._speak(new.language)

    def _speak(self, language: str) -> None:
        self._language = language
        for menu, title in self._menus:
            menu.setTitle(translate(title, language))
        self._recent.setTitle(translate(message("Open &recent"), language))
        self.fill_recent()
        self.adjustSize()
        self.updateGeometry()

    def fill_recent(self) -> None:
        """List the recent files that are still there."""
        self._recent.clear()
        paths = self._preferences.recent
        for number, path in enumerate(paths, start=1):
            # An ampersand in a file name is not a mark for the next letter.
            name = path.name.replace("&", "&&")
            action = self._recent.addAction(f"&{number % 10}  {name}")
            action.setData(str(path))
            action.setToolTip(as_tip(str(path)))
        if paths:
            self._recent.addSeparator()
            self._recent.addAction(translate(message("&Clear this list"), self._language))
        self._recent.setEnabled(bool(paths))

    def _choose_recent(self, action: QAction) -> None:
        path = action.data()
        if isinstance(path, str):
            self.recent_chosen.emit(path)
        else:
            self._preferences.clear_recent()
            self.fill_recent()
