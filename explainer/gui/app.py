"""The composition root: makes everything, wires it together, runs the window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from explainer import __version__
from explainer.gui.actions import ActionSet
from explainer.gui.commands import Commands
from explainer.gui.documents import Documents
from explainer.gui.frame import Frame
from explainer.gui.menus import Menus
from explainer.gui.player import Player
from explainer.gui.preferences import Preferences
from explainer.gui.reporter import Reporter
from explainer.gui.stage import Stage
from explainer.gui.theme import ThemeKeeper, load_fonts
from explainer.gui.window import Window
from explainer.gui.worker_client import WorkerClient
from explainer.lesson.lesson import Lesson
from explainer.messages import system_language
from explainer.protocol import HerePage
from explainer.resources import resource
from explainer.session import Session

_DESKTOP_FILE = "explainer"
_FIRST_SIZE = (1440, 900)


class Program(QObject):
    """One window and everything behind it."""

    def __init__(
        self,
        lesson: Lesson,
        path: Path | None,
        language: str,
        preferences: Preferences | None = None,
        client: WorkerClient | None = None,
    ) -> None:
        super().__init__()
        self.preferences = preferences or Preferences()
        self.reporter = Reporter(self)
        self.keeper = ThemeKeeper(self.preferences.theme)
        self.client = client or WorkerClient(parent=self)
        session = Session(lesson, path, language, self.preferences.digits)
        self.stage = Stage(session, self.client, self)
        self.player = Player(self.stage, self)
        self.player.speed = self.preferences.speed
        self.window = Window(self.keeper.theme)
        self.documents = Documents(self.stage, self.preferences, self.window)
        self.commands = Commands(
            self.stage, self.player, self.documents, self.preferences, self.keeper, self.window
        )
        self._furnish()
        self._connect()
        self._show_frame(None, self.stage.frame)
        self._restore_place()
        self.window.graph.setFocus()

    def _furnish(self) -> None:
        actions = ActionSet(self.commands, self.window)
        menus = Menus(actions, self.preferences, self.keeper.theme)
        menus.recent_chosen.connect(self.commands.open_recent)
        self.window.furnish(actions, menus)

    def _connect(self) -> None:
        window, commands = self.window, self.commands
        self.stage.changed.connect(self._show_frame)
        self.stage.ready.connect(self._prepare)
        self.stage.told.connect(window.notice.show_text)
        self.keeper.changed.connect(window.set_theme)
        self.player.changed.connect(window.timeline.show_playing)
        window.timeline.scrubbed.connect(commands.scrub)
        window.timeline.speed.chosen.connect(commands.set_speed)
        window.graph.parameter_clicked.connect(commands.go_to_parameter)
        window.graph.value_edited.connect(self.stage.edit_value)
        window.dropped.connect(commands.open_recent)
        window.closing.connect(self._close)
        window.painted.connect(self._painted)

    def _show_frame(self, old: Frame | None, new: Frame) -> None:
        self.reporter.language = new.language
        if old is None or old.language != new.language:
            self.window.timeline.speed.show_speed(self.player.speed, new.language)
        self.window.show_frame(old, new)

    def _prepare(self, page: HerePage) -> None:
        self.window.derivation.prepare(page, self.stage.frame.language)

    def _painted(self) -> None:
        # The first frame is on its way to the screen: only now is there time for anything else.
        QTimer.singleShot(0, self.stage.start)

    def _close(self) -> None:
        self.player.pause()
        self.window.may_close = self.window.graph.close_editor() and self.documents.may_replace()
        if self.window.may_close:
            self.preferences.set_bytes("geometry", self.window.saveGeometry())
            self.client.stop()

    def _restore_place(self) -> None:
        geometry = self.preferences.bytes("geometry")
        if geometry is None or not self.window.restoreGeometry(geometry):
            room = QGuiApplication.primaryScreen().availableSize()
            width, height = _FIRST_SIZE
            self.window.resize(min(width, room.width()), min(height, room.height()))


def run(lesson: Lesson, path: Path | None = None, language: str | None = None) -> int:
    """Open the window on a lesson and return the exit code when it is closed.

    `path` is the file that Save writes to. Without a `language` the one chosen in the window last counts, then
    that of the system.
    """
    application = make_application()
    preferences = Preferences()
    language = language or preferences.language or system_language()
    program = Program(lesson, path, language, preferences)
    program.reporter.install()
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
    # Fractions as they are: 125 % and 150 % screens get neither blur nor jumps in size.
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    application = QApplication(sys.argv[:1])
    application.setWindowIcon(QIcon(str(resource("icons", "explainer.svg"))))
    load_fonts()
    return application
