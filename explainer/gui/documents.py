"""Open and save lessons: asks before anything is lost, tells what could not be done, remembers recent files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from explainer.gui.dialogs.asking import ask_to_save, tell
from explainer.gui.preferences import Preferences
from explainer.gui.stage import Stage
from explainer.gui.window import SUFFIX, Window
from explainer.gui.written import written
from explainer.lesson.examples import example
from explainer.lesson.lesson import Lesson, text_in
from explainer.messages import ExplainerError, Message, message

if TYPE_CHECKING:
    from explainer.gui.background import Background
    from explainer.gui.file_guard import FileGuard
    from explainer.gui.opening import Loaded
    from explainer.session.recovery import Recovered

# What the system's file types know lessons by; any .json is opened.
_PROPOSED_SUFFIX = f".lesson{SUFFIX}"
_LONGEST_NAME = 80


class Documents(QObject):
    """The lesson as a file."""

    def __init__(self, stage: Stage, preferences: Preferences, window: Window) -> None:
        super().__init__(window)
        self._stage = stage
        self._preferences = preferences
        self._window = window
        self._guard: FileGuard | None = None
        self._reading: Background | None = None

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
            self.guard.follow(None, None)

    def open_new(self, lesson: Lesson) -> None:
        """Open a lesson that is no file yet, after asking about unsaved changes."""
        if self.may_replace():
            self._stage.do(self._stage.session.start_lesson, lesson)
            self.guard.follow(None, None)

    def open_shared(self, lesson: Lesson) -> None:
        """Open a lesson that came as text, after asking about unsaved changes; it counts as not saved."""
        if self.may_replace():
            self._stage.do(self._stage.session.recover, lesson, None, None)
            self.guard.follow(None, None)

    def save(self) -> bool:
        """Save to the lesson's file, or ask for one; tell whether it was saved."""
        path = self._stage.session.path
        if path is None:
            return self.save_with_dialog()
        match self.guard.answer_before_saving():
            case "overwrite":
                return self._write(path)
            case "save_as":
                return self.save_with_dialog()
            case "reload":
                self.reload()
        return False

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

    def reload(self) -> None:
        """Take what the file holds now; Undo brings one's own version back."""
        path = self._stage.session.path
        if path is not None:
            self._read(path, self._reloaded)

    def recover(self, found: Recovered, before: Loaded | None) -> bool:
        """Show a lesson that another window left unsaved, as changes of its file; False where the user would not."""
        if not self.may_replace():
            return False
        saved = found.before if before is None else before.lesson
        self._stage.do(self._stage.session.recover, found.lesson, found.path, saved)
        self.guard.follow(found.path, None if before is None else before.state)
        return True

    def close(self) -> None:
        """Let go of the file: the window closes."""
        if self._guard is not None:
            self._guard.release()

    @property
    def guard(self) -> FileGuard:
        """Who looks after the file, made when it is needed first."""
        if self._guard is None:
            from explainer.gui.file_guard import FileGuard

            self._guard = FileGuard(self._stage, self._preferences, self._window)
            self._guard.reload.connect(self.reload)
            self._guard.save.connect(self.save)
        return self._guard

    def look_after_file(self) -> None:
        """Look after the file that was named on the command line."""
        path = self._stage.session.path
        if path is not None and self._guard is None:
            from explainer.lesson.file_state import state_of

            if not self.guard.follow(path, state_of(path)):
                self._stage.inform(
                    message("{name} is open in another window as well.", name=path.name)
                )

    def _open(self, path: Path) -> None:
        shown = self._stage.session.lesson

        def take(loaded: Loaded) -> None:
            # While a large file was read the lesson shown may have been edited.
            if self._stage.session.lesson is shown or self.may_replace():
                self._opened(loaded)

        self._read(path, take)

    def _read(self, path: Path, take: Callable[[Loaded], None]) -> None:
        """Read a file without holding the window up, and hand on what it holds."""
        from explainer.gui.background import Background
        from explainer.gui.opening import first_frame, is_quick, load

        language, digits, graph = self._language, self._stage.session.digits, self._window.graph

        def work() -> Loaded:
            loaded = load(path)
            # Drawing touches no widget; a large network takes it a good part of a second.
            graph.prepare(first_frame(loaded.lesson, path, language, digits))
            return loaded

        if self._reading is not None:
            self._reading.cancel()
        what = message("Opening {name} …", name=path.name)
        reading = Background(work, what, language, self._window)
        reading.done.connect(take)
        reading.refused.connect(self._refused)
        reading.destroyed.connect(self._forget_reading)
        self._reading = reading
        if is_quick(path):
            reading.run_here()
        else:
            reading.start()

    def _forget_reading(self, _gone: QObject | None = None) -> None:
        self._reading = None

    def _opened(self, loaded: Loaded) -> None:
        lesson, path, state = loaded
        answer = self.guard.answer_before_opening(path)
        if answer == "cancel":
            return
        own = path if answer == "open" else None
        self._remember(path)
        self._stage.do(self._stage.session.open, lesson, own)
        self.guard.follow(own, state if own else None)

    def _reloaded(self, loaded: Loaded) -> None:
        if loaded.path == self._stage.session.path:
            self._stage.do(self._stage.session.reload, loaded.lesson)
            self.guard.follow(loaded.path, loaded.state)

    def _refused(self, fault: Message) -> None:
        tell(self._window, message("The lesson was not opened"), fault, self._language)

    def _write(self, path: Path) -> bool:
        # Imported where they are needed: the window is there without.
        from explainer.lesson.file_state import state_of
        from explainer.lesson.files import write_content

        content = written(self._stage.session.lesson)
        try:
            write_content(content, path)
        except ExplainerError as error:
            return self._not_written(error.message)
        self._remember(path)
        self._stage.do(self._stage.session.saved, path)
        self.guard.follow(path, state_of(path, content))
        return True

    def _not_written(self, fault: Message) -> bool:
        """Tell why and offer another place; tell whether the lesson was saved there."""
        from explainer.gui.dialogs.question import ask

        title = message("The lesson was not saved")
        answers = [("save_as", message("Save as…"))]
        answer = ask(self._window, title, fault, answers, self._language)
        return answer == "save_as" and self.save_with_dialog()

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
        return (name or "lesson") + _PROPOSED_SUFFIX
