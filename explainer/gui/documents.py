"""Open and save lessons: asks before anything is lost, tells what could not be done, remembers recent files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from explainer.gui.dialogs.asking import ask_to_save, tell
from explainer.gui.preferences import Preferences
from explainer.gui.stage import Stage
from explainer.gui.window import SUFFIX
from explainer.lesson.examples import example
from explainer.lesson.files import read_lesson, write_lesson
from explainer.lesson.lesson import Lesson, text_in
from explainer.messages import ExplainerError, message

_LONGEST_NAME = 80


class Documents(QObject):
    """The lesson as a file."""

    def __init__(self, stage: Stage, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._stage = stage
        self._preferences = preferences
        self._window = window

    def open_with_dialog(self) -> None:
        """Let the user choose a file and open it."""
        if not self.may_replace():
            return
        title = self._stage.say(message("Open a lesson"))
        name, _ = QFileDialog.getOpenFileName(
            self._window, title, self._preferences.folder, self._filter()
        )
        if name:
            self._open(Path(name))

    def open_path(self, path: Path) -> None:
        """Open a file, after asking about unsaved changes."""
        if self.may_replace():
            self._open(path)

    def open_example(self, name: str) -> None:
        """Open a built-in lesson, after asking about unsaved changes."""
        if self.may_replace():
            self._stage.do(self._stage.session.open, example(name))

    def open_new(self, lesson: Lesson) -> None:
        """Open a lesson that is no file yet, after asking about unsaved changes."""
        if self.may_replace():
            self._stage.do(self._stage.session.start_lesson, lesson)

    def save(self) -> bool:
        """Save to the lesson's file, or ask for one; tell whether it was saved."""
        path = self._stage.session.path
        return self.save_with_dialog() if path is None else self._write(path)

    def save_with_dialog(self) -> bool:
        """Let the user choose where to save; tell whether it was saved."""
        title = self._stage.say(message("Save the lesson"))
        start = self._stage.session.path or Path(self._preferences.folder, self._proposed_name())
        name, _ = QFileDialog.getSaveFileName(self._window, title, str(start), self._filter())
        if not name:
            return False
        path = Path(name)
        return self._write(path if path.suffix else path.with_suffix(SUFFIX))

    def may_replace(self) -> bool:
        """Ask about unsaved changes; tell whether the lesson may be replaced now."""
        if not self._stage.session.dirty:
            return True
        title = text_in(self._stage.session.lesson.title, self._stage.session.language)
        answer = ask_to_save(self._window, title, self._stage.session.language)
        if answer == "save":
            return self.save()
        return answer == "discard"

    def _open(self, path: Path) -> None:
        try:
            lesson = read_lesson(path)
        except ExplainerError as error:
            tell(self._window, message("The lesson was not opened"), error.message, self._language)
            return
        self._remember(path)
        self._stage.do(self._stage.session.open, lesson, path)

    def _write(self, path: Path) -> bool:
        try:
            write_lesson(self._stage.session.lesson, path)
        except ExplainerError as error:
            tell(self._window, message("The lesson was not saved"), error.message, self._language)
            return False
        self._remember(path)
        self._stage.do(self._stage.session.saved, path)
        return True

    def _remember(self, path: Path) -> None:
        self._preferences.add_recent(path)
        self._preferences.folder = str(path.absolute().parent)

    @property
    def _language(self) -> str:
        return self._stage.session.language

    def _filter(self) -> str:
        return self._stage.say(message("Lessons")) + f" (*{SUFFIX})"

    def _proposed_name(self) -> str:
        """Return a file name made of the lesson's title, without what file systems refuse."""
        title = text_in(self._stage.session.lesson.title, self._language)
        kept = "".join(letter if letter.isalnum() else " " for letter in title)
        name = "-".join(kept.split()).lower()[:_LONGEST_NAME]
        return (name or "lesson") + SUFFIX
