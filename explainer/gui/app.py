"""The composition root: opens the window on its graph, then lets everything else follow."""

from __future__ import annotations

# isort: off
from explainer.gui import plain_imports  # noqa: F401 - makes every import after it faster
# isort: on

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from explainer import __version__
from explainer.gui.preferences import Preferences
from explainer.gui.stage import Stage
from explainer.gui.theme import load_fonts
from explainer.gui.theme_keeper import ThemeKeeper
from explainer.gui.window import Window
from explainer.lesson.lesson import Lesson
from explainer.messages import system_language
from explainer.session import Session

if TYPE_CHECKING:
    from explainer.gui.worker_client import WorkerClient

_DESKTOP_FILE = "explainer"
_FIRST_SIZE = (1440, 900)


class Program(QObject):
    """One window and everything behind it.

    What the first frame needs is made at once, the rest (`furnish`) as soon as that frame is painted.
    """

    furnished = Signal()

    def __init__(
        self,
        lesson: Lesson,
        path: Path | None,
        language: str,
        preferences: Preferences | None = None,
        client: WorkerClient | None = None,
    ) -> None:
        super().__init__()
        # Whether the start page comes over the lesson once everything is there.
        self.welcomes = False
        self.preferences = preferences or Preferences()
        self.keeper = ThemeKeeper(self.preferences.theme)
        self._client = client
        session = Session(lesson, path, language, self.preferences.digits)
        self.stage = Stage(session, self)
        self.window = Window(self.keeper.theme)
        self.window.graph.view = self.preferences.view
        self.window.graph.moves = self.preferences.moves
        self.window.show_frame(None, self.stage.frame)
        self.stage.changed.connect(self.window.show_frame)
        self.keeper.changed.connect(self.window.set_theme)
        self.window.painted.connect(self._painted)
        self._restore_place()

    @property
    def client(self) -> WorkerClient:
        """The worker, made when it is asked for the first time."""
        if self._client is None:
            from explainer.gui.worker_client import WorkerClient

            self._client = WorkerClient(parent=self)
        return self._client

    def furnish(self) -> None:
        """Make and wire what the first frame did without. A second call does nothing."""
        if hasattr(self, "furniture"):
            return
        # The worker first: it has the longest way to go, and a processor of its own.
        self.client.start()
        from explainer.gui.furniture import Furniture

        self.keeper.dress()
        self.furniture = Furniture(self.stage, self.preferences, self.keeper, self.window)
        self.furniture.welcomes = self.welcomes
        self.window.show_frame(None, self.stage.frame)
        self.window.graph.setFocus()
        self.stage.start(self.client)
        self._tidy_when_idle()
        if self.stage.session.path is not None:
            self.preferences.add_recent(self.stage.session.path)
        self.furnished.emit()

    def report_errors(self) -> None:
        """Show every exception that nobody catches."""
        from explainer.gui.reporter import Reporter

        self.reporter = Reporter(self.stage, self)
        self.reporter.happened.connect(self.furniture.autosave.write_now)
        self.reporter.install()

    def heed_system(self) -> None:
        """End in order when the system asks for it."""
        # Imported here: nothing of it is needed before.
        from explainer.gui.ending import Ending

        self._ending = Ending(self)
        self._ending.asked.connect(self.furniture.end_at_once)
        # Also out of every dialog.
        self._ending.asked.connect(QApplication.exit)

    def _tidy_when_idle(self) -> None:
        from explainer.gui.tidying import Tidying

        tidying = Tidying(self)
        tidying.begin()
        self.stage.idle.connect(tidying.tidy)
        self.stage.stopped.connect(tidying.end)

    def _painted(self) -> None:
        # When this timer fires the first frame is on the screen.
        QTimer.singleShot(0, self.furnish)

    def _restore_place(self) -> None:
        geometry = self.preferences.bytes("geometry")
        if geometry is None or not self.window.restoreGeometry(geometry):
            room = QGuiApplication.primaryScreen().availableSize()
            width, height = _FIRST_SIZE
            self.window.resize(min(width, room.width()), min(height, room.height()))


def run(
    lesson: Lesson,
    path: Path | None = None,
    language: str | None = None,
    *,
    welcomes: bool = False,
) -> int:
    """Open the window on a lesson and return the exit code when it is closed.

    `path` is the file that Save writes to. Without a `language` the one chosen in the window last counts, then
    the system's. Where it `welcomes`, the start page comes over the lesson as soon as that is there.
    """
    application = make_application()
    preferences = Preferences()
    spoken = language or preferences.language or system_language()
    program = Program(lesson, path, spoken, preferences)
    program.welcomes = welcomes
    program.furnished.connect(program.report_errors)
    program.furnished.connect(program.heed_system)
    program.window.show()
    code = application.exec()
    program.client.stop()
    return code


def make_application() -> QApplication:
    """Return the application object, its names set and its fonts loaded."""
    QApplication.setApplicationName("Explainer")
    QApplication.setApplicationDisplayName("Explainer")
    QApplication.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName(_DESKTOP_FILE)
    # As an option of the program, because setStyle would make PySide ready every class and constant of styles.
    application = QApplication([*sys.argv[:1], "-style", "Fusion"])
    load_fonts()
    return application
