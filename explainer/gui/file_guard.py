"""Looks after the file of the open lesson: notices what others do to it, and asks before they or we lose anything."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from explainer.gui.dialogs.question import ask
from explainer.gui.file_watch import FileWatch
from explainer.gui.frame import Frame
from explainer.gui.open_files import OpenFiles
from explainer.gui.panels.disk_notice import DiskNotice
from explainer.gui.preferences import Preferences
from explainer.gui.stage import Stage
from explainer.gui.window import Window
from explainer.lesson.file_state import FileState
from explainer.messages import message

BeforeOpening = Literal["open", "copy", "cancel"]
BeforeSaving = Literal["overwrite", "save_as", "reload", "cancel"]


class FileGuard(QObject):
    """Knows what the file was like when it was opened or saved. `reload` and `save` are what the user wants done."""

    reload = Signal()
    save = Signal()

    def __init__(self, stage: Stage, preferences: Preferences, window: Window) -> None:
        super().__init__(window)
        self._stage = stage
        self._window = window
        self._files = OpenFiles(preferences.state_folder)
        self._watch = FileWatch(window)
        self._watch.noticed.connect(self._noticed)
        self._strip: DiskNotice | None = None
        self._found = "same"
        stage.changed.connect(self._speak)

    def follow(self, path: Path | None, state: FileState | None) -> bool:
        """Look after another file, or none; False where another window has it open."""
        if self._strip is not None:
            self._strip.hide()
        self._watch.follow(path, state)
        return self._files.take(path)

    def release(self) -> None:
        """Let go of the file."""
        self._watch.follow(None, None)
        self._files.release()

    def answer_before_opening(self, path: Path) -> BeforeOpening:
        """Ask what to do about a file that is open in another window; "open" where it is not."""
        if self._files.is_free(path):
            return "open"
        answer = ask(
            self._window,
            message("This lesson is open already"),
            message(
                "{name} is open in another window. Whoever saves last replaces what the other has saved.",
                name=path.name,
            ),
            [("open", message("Open anyway")), ("copy", message("Open a copy"))],
            self._language,
        )
        match answer:
            case "open" | "copy":
                return answer
        return "cancel"

    def answer_before_saving(self) -> BeforeSaving:
        """Ask what to do where the file is not what it was; "overwrite" where it is."""
        found = self._watch.now()
        name = self._stage.session.path.name if self._stage.session.path else ""
        if found == "same":
            return "overwrite"
        if found == "gone":
            title = message("The file is gone")
            sentence = message("{name} has been deleted or moved since.", name=name)
            answers = [("save_as", message("Save as…")), ("overwrite", message("Save there again"))]
        else:
            title = message("The file has changed")
            sentence = message(
                "Another program has changed {name} since. Reloading shows its version; Undo brings yours back.",
                name=name,
            )
            answers = [
                ("overwrite", message("Overwrite")),
                ("reload", message("Reload")),
                ("save_as", message("Save as…")),
            ]
        answer = ask(self._window, title, sentence, answers, self._language)
        match answer:
            case "overwrite" | "reload" | "save_as":
                return answer
        return "cancel"

    def _noticed(self, found: str) -> None:
        path = self._stage.session.path
        if path is None:
            return
        if found == "gone":
            # What is shown stands nowhere else now.
            self._stage.do(self._stage.session.forget_saved)
        self._found = found
        self._say(path.name)

    def _say(self, name: str) -> None:
        if self._found == "same":
            self.strip.hide()
        elif self._found == "gone":
            self.strip.show_gone(name, self._language)
        else:
            self.strip.show_changed(name, self._language)

    def _speak(self, old: Frame, new: Frame) -> None:
        """Say the same in another language."""
        is_shown = self._strip is not None and self._strip.isVisible()
        if is_shown and old.language != new.language and new.path is not None:
            self._say(new.path.name)

    @property
    def strip(self) -> DiskNotice:
        """The strip that tells, made when it is needed first."""
        if self._strip is None:
            self._strip = DiskNotice(self._window.graph)
            self._strip.reload.connect(self.reload)
            self._strip.save.connect(self._save)
            self._strip.keep.connect(self._keep)
        return self._strip

    def _save(self) -> None:
        self.strip.hide()
        self.save.emit()

    def _keep(self) -> None:
        self.strip.hide()
        self._stage.do(self._stage.session.forget_saved)

    @property
    def _language(self) -> str:
        return self._stage.session.language
