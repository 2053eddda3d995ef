"""A plot as a file: which format, where to, and the bytes from the studio."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from explainer.gui.dialogs.asking import tell
from explainer.gui.lab.studio import Studio
from explainer.gui.stage import Stage
from explainer.lesson.disk import write_bytes
from explainer.messages import ExplainerError, Message, message
from explainer.render.curves.files import FORMATS, PlotFormat

_LABELS: dict[PlotFormat, Message] = {
    "svg": message("Picture (SVG)…"),
    "png": message("Picture (PNG)…"),
    "csv": message("Numbers (CSV)…"),
}

# What makes the bytes of a format; it is run by the studio.
Maker = Callable[[PlotFormat], Callable[[], bytes]]


class SaveButton(QPushButton):
    """A button with the formats of a plot in its menu. `name` is the file that is proposed."""

    def __init__(self, stage: Stage, studio: Studio, name: Message, maker: Maker) -> None:
        super().__init__()
        self._stage = stage
        self._studio = studio
        self._name = name
        self._maker = maker
        self.setProperty("part", "small")
        self.setProperty("menu", True)
        self.setAutoDefault(False)
        menu = QMenu(self)
        self.entries = {kind: menu.addAction("") for kind in FORMATS}
        for kind, entry in self.entries.items():
            entry.setData(kind)
        menu.triggered.connect(self._choose)
        self.setMenu(menu)

    def speak(self) -> None:
        """Take the words of the language."""
        say = self._stage.say
        self.setText(say(message("Save plot")))
        self.setToolTip(say(message("Save this plot as SVG, PNG or CSV")))
        for kind, entry in self.entries.items():
            entry.setText(say(_LABELS[kind]))

    def _choose(self, entry: QAction) -> None:
        self.ask(entry.data())

    def ask(self, kind: PlotFormat) -> None:
        """Ask where to, then write."""
        title = self._stage.say(message("Save plot"))
        start = f"{self._stage.say(self._name)}.{kind}"
        name, _ = QFileDialog.getSaveFileName(self._window(), title, start, f"*.{kind}")
        if name:
            path = Path(name)
            self.write(kind, path if path.suffix.lower() == f".{kind}" else path.with_name(f"{path.name}.{kind}"))  # fmt: skip

    def write(self, kind: PlotFormat, path: Path) -> None:
        """Write a file as soon as the studio has made it."""
        self._studio.ask(("save", kind), self._maker(kind), lambda found: self._put(path, found))

    def _put(self, path: Path, content: bytes) -> None:
        try:
            write_bytes(path, content)
        except ExplainerError as error:
            title = message("The plot was not saved")
            tell(self._window(), title, error.message, self._stage.frame.language)
            return
        self._stage.inform(message("Saved as {path}", path=path.name))

    def _window(self) -> QWidget:
        return self.window()
