"""Export the worked example: format, language, digits, then where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from explainer.gui.dialogs.asking import PlainDialog, field_label, tell
from explainer.gui.dialogs.fields import LANGUAGE_NAMES, Choices, DigitsSlider
from explainer.gui.dialogs.waiting import Waiting
from explainer.gui.frame import Trouble
from explainer.gui.preferences import Preferences
from explainer.gui.stage import Stage
from explainer.lesson.disk import write_bytes
from explainer.messages import ExplainerError, Message, languages, message
from explainer.protocol import HereExport
from explainer.render.publish import FORMATS


class ExportDialog(PlainDialog):
    """Asks how, then where; writes the file."""

    def __init__(self, stage: Stage, preferences: Preferences, window: QWidget) -> None:
        self._stage = stage
        self._preferences = preferences
        self._window = window
        say = stage.say
        super().__init__(
            window,
            say(message("Export the worked example")),
            say(message("Every step of one update, with all formulas and numbers.")),
        )
        frame = stage.frame
        formats = {row.name: say(row.label) for row in FORMATS.values()}
        self.format = Choices(formats, "pdf", say(message("Format")))
        names = {name: LANGUAGE_NAMES.get(name, name) for name in languages()}
        self.language = Choices(names, frame.language, say(message("Language")))
        self.digits = DigitsSlider(frame.digits, say(message("Significant digits")))
        form = QGridLayout()
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(12)
        form.setColumnStretch(1, 1)
        rows: tuple[tuple[Message, QWidget], ...] = (
            (message("Format"), self.format),
            (message("Language"), self.language),
            (message("Significant digits"), self.digits),
        )
        for number, (label, field) in enumerate(rows):
            form.addWidget(field_label(say(label)), number, 0)
            form.addWidget(field, number, 1)
        self.body.addSpacing(6)
        self.body.addLayout(form)
        cancel = self.add_button(say(message("Cancel")))
        export = self.add_button(say(message("Export…")), default=True)
        cancel.clicked.connect(self.reject)
        export.clicked.connect(self._ask_where)

    def _ask_where(self) -> None:
        form = FORMATS[self.format.value]
        pattern = " ".join(f"*{ending}" for ending in form.endings)
        start = Path(self._preferences.folder, self._proposed_name() + form.endings[0])
        name, _ = QFileDialog.getSaveFileName(
            self,
            self._stage.say(message("Export the worked example")),
            str(start),
            f"{self._stage.say(form.label)} ({pattern})",
        )
        if not name:
            return
        path = Path(name)
        if not path.name.lower().endswith(form.endings):
            path = path.with_name(path.name + form.endings[0])
        self.accept()
        self.write_to(path)

    def write_to(self, path: Path) -> None:
        """Ask for the content and write it when it comes."""
        self._preferences.folder = str(path.absolute().parent)
        request = self._stage.export(
            self.format.value, self.language.value, self.digits.digits, self._preferences.view
        )
        waiting = Waiting(
            self._stage, request, message("Writing {path}…", path=path.name), self._window
        )
        waiting.answered.connect(_Writer(path, self._stage, self._window, waiting).write)

    def _proposed_name(self) -> str:
        path = self._stage.frame.path
        return path.stem if path is not None else self._stage.say(message("worked-example"))


class _Writer(QObject):
    """Writes an export when its content comes. Lives as long as the dialog that waits for it."""

    def __init__(self, path: Path, stage: Stage, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._stage = stage
        self._window = window

    def write(self, result: HereExport | Trouble) -> None:
        """Write the file, or tell why there is none."""
        title = message("The worked example was not exported")
        language = self._stage.frame.language
        if isinstance(result, Trouble):
            tell(self._window, title, result.sentence, language)
            return
        try:
            write_bytes(self._path, result.content)
        except ExplainerError as error:
            tell(self._window, title, error.message, language)
            return
        self._stage.inform(message("Exported to {path}", path=self._path.name))
