"""Present with real screens and real keys, and tell what was where. Run by the test, once for each set of screens."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from explainer.gui.app import Program, make_application
from explainer.gui.preferences import Preferences
from explainer.gui.presentation.displays import name_of
from explainer.gui.presentation.presenting import Presentation
from explainer.lesson.examples import example
from scripts.closing import close
from scripts.patience import Patience, rest
from tests.gui.presentation.helpers import type_sizes

Key = Qt.Key


class Journey:
    """One lesson on the screens there are; `asked` counts how often somebody had to say which."""

    def __init__(self, program: Program, patience: Patience) -> None:
        self._program = program
        self.window = program.window
        self.settle = patience.settle
        self.asked = 0

    @property
    def show(self) -> Presentation:
        """What is presented now."""
        shown = self._program.furniture.classroom.presentation
        assert shown is not None
        return shown

    def present(self, answer: str = "") -> None:
        """Press F5; where a display is asked for, choose the one called `answer`, none for nothing."""
        timer = QTimer()
        timer.setInterval(40)

        def choose() -> None:
            menu = QApplication.activePopupWidget()
            if not isinstance(menu, QMenu):
                return
            self.asked += 1
            actions = [action for action in menu.actions() if action.data() == answer]
            if actions:
                menu.setActiveAction(actions[0])
                QTest.keyClick(menu, Key.Key_Return)
            else:
                QTest.keyClick(menu, Key.Key_Escape)

        timer.timeout.connect(choose)
        timer.start()
        self.window.graph.setFocus()
        QTest.keyClick(self.window.graph, Key.Key_F5)
        timer.stop()
        rest(60)

    def seen(self) -> dict[str, object]:
        """Return where everything is, and how large the smallest word is against its picture."""
        projection = self.show.projection
        place = projection.geometry()
        return {
            "screen": projection.screen().name(),
            "place": [place.x(), place.y(), place.width(), place.height()],
            "ratio": projection.devicePixelRatioF(),
            "full": projection.isFullScreen(),
            "presenter": self.show.presenter.screen().name()
            if self.show.presenter.isVisible()
            else "",
            "inside": _is_inside(self.show.presenter),
            "beside": str(self.show.presenter.geometry()),
            "window": self.window.screen().name(),
            "smallest": min(size for size, _ in type_sizes(projection)) / projection.height(),
        }

    def told_by(self, keys: tuple[Key, ...], where: QWidget) -> list[int]:
        """Press keys on a widget; return after each how far the lesson is told, as one number."""
        found = []
        for key in keys:
            QTest.keyClick(where, key)
            self.settle()
            place = self._program.stage.session.cursor.step_index
            found.append(100 * place + self.show.telling.lines[0])
        return found


def _is_inside(widget: QWidget) -> bool:
    return widget.screen().geometry().contains(widget.geometry())


def two(journey: Journey) -> dict[str, object]:
    """Walk through a lecture with a laptop and a projector."""
    names = {screen.name(): name_of(screen) for screen in QGuiApplication.screens()}
    found: dict[str, object] = {"names": names}
    journey.present(names["projector"])
    QTest.keyClick(journey.show.projection, Key.Key_N)
    rest(60)
    found["first"] = journey.seen()
    clicks = (Key.Key_PageDown, Key.Key_PageDown, Key.Key_PageUp)
    places: dict[str, QWidget] = {
        "projector": journey.show.projection,
        "presenter": journey.show.presenter,
        "window": journey.window.graph,
        "timeline": journey.window.timeline.speed,
    }
    found["clicks"] = {}
    told: dict[str, list[int]] = {}
    for name, widget in places.items():
        widget.activateWindow()
        widget.setFocus()
        told[name] = journey.told_by(clicks, widget)
    found["clicks"] = told
    QTest.keyClick(journey.show.presenter, Key.Key_B)
    found["blank"] = journey.show.projection.glass.blank
    QTest.keyClick(journey.window.graph, Key.Key_B)
    journey.show.move_to(names["laptop"])
    rest(60)
    found["moved"] = journey.seen()
    journey.show.move_to(names["projector"])
    QTest.keyClick(journey.show.presenter, Key.Key_Escape)
    rest(60)
    found["ended"] = journey._program.furniture.classroom.presentation is None
    asked = journey.asked
    journey.present()
    found["again"] = journey.seen()
    found["asked"] = [asked, journey.asked]
    projector = journey.show.projection.screen()
    # No platform without real displays can take one away: Qt says it as it would.
    QGuiApplication.instance().screenRemoved.emit(projector)  # type: ignore[union-attr]  # it is there
    rest(60)
    found["unplugged"] = journey.seen()
    journey.show.leave()
    return found


def one(journey: Journey) -> dict[str, object]:
    """Present where the projector remembered is not there."""
    journey.present()
    found = {"fallback": journey.seen(), "asked": journey.asked}
    journey.show.leave()
    return found


def three(journey: Journey) -> dict[str, object]:
    """Press F5 where several displays are there and the one remembered is not: nothing is presented unasked."""
    journey.present()
    classroom = journey._program.furniture.classroom
    return {"asked": journey.asked, "presents": classroom.presentation is not None}


_JOURNEYS: dict[str, Callable[[Journey], dict[str, object]]] = {
    "two": two,
    "one": one,
    "three": three,
}


def main(journey: str, settings: str) -> None:
    application = make_application()
    preferences = Preferences(QSettings(settings, QSettings.Format.IniFormat))
    preferences.took_tour = True
    program = Program(example("lecture-2-2-1"), None, "en", preferences)
    program.window.resize(1200, 760)
    patience = Patience(program, application)
    program.window.show()
    patience.settle()
    program.stage.go_to_step(8)
    patience.settle()
    found = _JOURNEYS[journey](Journey(program, patience))
    found["kept"] = preferences.display
    close(program, application)
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()
    # Nothing is left to be taken apart in order.
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], str(Path(sys.argv[2])))
