"""The fields of the settings for the classroom: where to present, how to predict, what the program begins with."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from explainer.gui.dialogs.fields import Choices
from explainer.gui.preferences import TOLERANCES, Preferences
from explainer.gui.presentation.displays import description, name_of
from explainer.maths.numbers import shown
from explainer.messages import Message, message, translate


class ClassroomFields(QObject):
    """Each takes effect at once; `picks_chosen` tells of the one that somebody else has to know."""

    picks_chosen = Signal(bool)

    def __init__(self, preferences: Preferences, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._language = language
        screens = {name_of(one): description(one, language) for one in QGuiApplication.screens()}
        asked = self._say(message("Ask where there are several"))
        known = preferences.display
        displays = {"": asked, **screens}
        if known and known not in displays:
            displays[known] = self._say(message("{display} (not connected)", display=known))
        self.display = self._choices(displays, known, message("Present on"))
        yes, no = self._say(message("Opens with the presentation")), self._say(message("Key N"))
        self.presenter = self._choices(
            {"yes": yes, "no": no},
            "yes" if preferences.presenter_window else "no",
            message("Presenter window"),
        )
        tolerances = {str(one): f"± {shown(100 * one, 3, language)} %" for one in TOLERANCES}
        self.tolerance = self._choices(
            tolerances, str(preferences.tolerance), message("Predictions may be off by")
        )
        ways = {
            "no": self._say(message("The result")),
            "yes": self._say(message("A missing factor, where there are factors")),
        }
        picks = "yes" if preferences.picks_factors else "no"
        self.picks = self._choices(ways, picks, message("What is predicted"))
        pages = {"yes": self._say(message("Start page")), "no": self._say(message("The lesson"))}
        shows = "yes" if preferences.shows_welcome else "no"
        self.start = self._choices(pages, shows, message("Begin with"))
        self.display.currentIndexChanged.connect(self._keep)
        for field in (self.presenter, self.tolerance, self.start):
            field.currentIndexChanged.connect(self._keep)
        self.picks.currentIndexChanged.connect(self._choose_picks)

    @property
    def rows(self) -> tuple[tuple[Message, QWidget], ...]:
        """The fields and what stands before them."""
        return (
            (message("Present on"), self.display),
            (message("Presenter window"), self.presenter),
            (message("What is predicted"), self.picks),
            (message("Predictions may be off by"), self.tolerance),
            (message("Begin with"), self.start),
        )

    def _choices(self, values: dict[str, str], chosen: str, name: Message) -> Choices:
        return Choices(values, chosen, self._say(name))

    def _say(self, text: Message) -> str:
        return translate(text, self._language)

    def _keep(self) -> None:
        preferences = self._preferences
        preferences.display = self.display.value
        preferences.presenter_window = self.presenter.value == "yes"
        preferences.tolerance = float(self.tolerance.value)
        preferences.shows_welcome = self.start.value == "yes"

    def _choose_picks(self) -> None:
        self.picks_chosen.emit(self.picks.value == "yes")
