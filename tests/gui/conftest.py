"""A window on the lecture example with its worker, its settings kept apart from everybody's."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explainer.gui.app import Program
from explainer.gui.frame import Frame
from explainer.gui.panels.track import Track
from explainer.gui.preferences import Preferences
from explainer.gui.theme import load_fonts
from explainer.lesson.examples import example
from explainer.lesson.lesson import Lesson
from explainer.pages.page import Page, Paragraph
from tests.gui.workers import LentClient, Workers

# Seconds that anything in the window may take on a busy machine.
PATIENCE = 30_000


def pytest_collection_modifyitems(items) -> None:
    """Let the platform without a screen say what it cannot do: place dialogs, raise them, grab keyboards."""
    for item in items:
        if "/gui/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


def narrated(page: Page) -> Page:
    """Return a page as it is narrated, without what the check adds when it is done."""
    blocks = [
        block
        for block in page.blocks
        if not (isinstance(block, Paragraph) and block.style == "check")
    ]
    return replace(page, blocks=tuple(blocks))


class Desk:
    """A program, and hands and eyes to use it with."""

    def __init__(self, program: Program, qtbot) -> None:
        self.program = program
        self.window = program.window
        self.stage = program.stage
        self._qtbot = qtbot

    @property
    def frame(self) -> Frame:
        return self.stage.frame

    def wait(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition, timeout=PATIENCE)

    def settle(self) -> None:
        """Wait until the step's own page is shown."""
        self.wait(self._is_settled)

    def press(self, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in whatever has the keyboard."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def press_and_settle(self, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        self.press(key, modifiers)
        self.settle()

    def _is_settled(self) -> bool:
        frame = self.frame
        return frame.one_pass is not None and (frame.page or frame.trouble) is not None


def tick_place(track: Track, step: int) -> QPoint:
    """Return the middle of the tick of a step on the timeline."""
    margin = (
        track.width() - track._current_segments()[-1].x - track._current_segments()[-1].width
    ) / 2
    for part in track._current_segments():
        for tick in part.ticks:
            if tick.first <= step <= tick.last:
                return QPoint(round(margin + tick.x + tick.width / 2), 30)
    raise KeyError(step)


@pytest.fixture
def fonts(qapp) -> None:
    load_fonts()


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    found = Workers()
    yield found
    found.end()


@pytest.fixture
def open_desk(fonts, qtbot, preferences, workers) -> Iterator[Callable[..., Desk]]:
    """Open windows; all are closed at the end, with nothing asked."""
    programs: list[Program] = []

    def opened(lesson: Lesson | str = "lecture-2-2-1", language: str = "en") -> Desk:
        found = example(lesson) if isinstance(lesson, str) else lesson
        program = Program(found, None, language, preferences, LentClient(workers))
        programs.append(program)
        program.window.resize(1280, 760)
        program.window.show()
        qtbot.waitExposed(program.window)
        program.furnish()
        return Desk(program, qtbot)

    yield opened
    for program in programs:
        close(program)


def close(program: Program) -> None:
    """End a program as closing its window does, but for the question about unsaved changes."""
    program.stage.session.saved(Path("nowhere"))
    program.window.close()
    program.stage.stop()
    program.window.deleteLater()
    program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


@pytest.fixture
def desk(open_desk):
    """The lecture example, its first page shown."""
    opened = open_desk()
    opened.settle()
    return opened
