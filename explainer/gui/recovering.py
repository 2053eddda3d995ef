"""After the first frame: offers what windows left unsaved that ended without being asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explainer.gui.autosave import Autosave
from explainer.gui.documents import Documents
from explainer.gui.stage import Stage
from explainer.messages import Message, Refused, message, translate
from explainer.session.recovery import (
    Header,
    Recovered,
    RecoveryFile,
    left_behind,
    read_header,
    read_recovery,
)

if TYPE_CHECKING:
    from explainer.gui.dialogs.recovery import RecoveryDialog
    from explainer.gui.opening import Loaded


class _Read(NamedTuple):
    """A recovery file, and its lesson as the file has it now; `before` is None where there is no such file."""

    file: Path
    found: Recovered
    before: Loaded | None


class Recovering(QObject):
    """Shows the list and does what is chosen. The files it shows no other window offers meanwhile."""

    def __init__(
        self, stage: Stage, documents: Documents, autosave: Autosave, folder: Path, window: QWidget
    ) -> None:
        super().__init__(window)
        self._stage = stage
        self._documents = documents
        self._autosave = autosave
        self._folder = folder
        self._window = window
        self._claimed: dict[Path, RecoveryFile] = {}
        self.dialog: RecoveryDialog | None = None

    def offer(self) -> None:
        """Show what was left, if anything was."""
        claimed = [(path, RecoveryFile.claim(path)) for path in left_behind(self._folder)]
        self._claimed = {path: file for path, file in claimed if file is not None}
        if not self._claimed:
            return
        # Imported where it is needed: hardly ever.
        from explainer.gui.dialogs.recovery import Left, RecoveryDialog

        left = [Left(path, _header_of(path)) for path in self._claimed]
        # The newest of those that can be recovered is the one that Enter recovers.
        left.sort(key=lambda one: one.header is None)
        dialog = RecoveryDialog(self._window, left, self._language)
        dialog.recover.connect(self._recover)
        dialog.compare.connect(self._compare)
        dialog.discard.connect(self._discard)
        dialog.finished.connect(self._leave)
        self.dialog = dialog
        dialog.open()

    def close(self) -> None:
        """Let go of what was not answered: it is offered again."""
        if self.dialog is not None:
            self.dialog.reject()

    def _recover(self, path: Path) -> None:
        self._read(path, self._show)

    def _compare(self, path: Path) -> None:
        self._read(path, self._show_differences)

    def _read(self, path: Path, take: Callable[[_Read], None]) -> None:
        from explainer.gui.background import Background

        what = message("Opening {name} …", name=path.name)
        reading = Background(lambda: _read(path), what, self._language, self.dialog or self._window)
        reading.done.connect(take)
        reading.refused.connect(self._refused)
        reading.start()

    def _show(self, read: _Read) -> None:
        if self.dialog is None or not self._documents.recover(read.found, read.before):
            return
        self._autosave.adopt(self._claimed.pop(read.file))
        others = len(self._claimed)
        self.dialog.accept()
        if others:
            self._stage.inform(message("The others are offered again at the next start."))

    def _show_differences(self, read: _Read) -> None:
        if self.dialog is None:
            return
        from explainer.lesson.differences import differences

        found = read.found
        before = found.before if read.before is None else read.before.lesson
        if before is None:
            heading = message("The file it belongs to is not there any more, or cannot be read.")
            self.dialog.show_differences(read.file, [], heading)
            return
        point = "," if self._language == "ru" else "."
        lines = [
            translate(line, self._language) for line in differences(before, found.lesson, point)
        ]
        if not lines:
            heading = message("Nothing differs from what is saved.")
        elif read.before is None:
            heading = message("Changed since it was opened:")
        else:
            heading = message("Recovering would change the file so:")
        self.dialog.show_differences(read.file, lines, heading)

    def _discard(self, path: Path) -> None:
        from explainer.gui.dialogs.question import ask

        answer = ask(
            self.dialog,
            message("Discard these changes?"),
            message("They cannot be brought back."),
            [("discard", message("Discard"))],
            self._language,
        )
        if answer == "discard" and self.dialog is not None:
            self._claimed.pop(path).remove()
            self.dialog.remove(path)

    def _refused(self, fault: Message) -> None:
        from explainer.gui.dialogs.asking import tell

        tell(self.dialog, message("The lesson was not opened"), fault, self._language)

    def _leave(self) -> None:
        for file in self._claimed.values():
            file.leave()
        self._claimed = {}
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    @property
    def _language(self) -> str:
        return self._stage.session.language


def _header_of(path: Path) -> Header | None:
    try:
        return read_header(path)
    except Refused:
        return None


def _read(path: Path) -> _Read:
    """Return what a recovery file holds and, where it can be read, the file that it changes."""
    from explainer.gui.opening import load

    found = read_recovery(path)
    before = None
    if found.path is not None:
        try:
            before = load(found.path)
        except Refused:
            before = None
    return _Read(path, found, before)
