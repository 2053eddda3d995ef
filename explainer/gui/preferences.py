"""What is remembered from one start to the next; a damaged entry counts as none."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QByteArray, QSettings

from explainer.gui.theme import CHOICES, Choice
from explainer.messages import languages
from explainer.render.views import VIEWS, View

RECENT_LIMIT = 10
TOLERANCES, USUAL_TOLERANCE = (0.001, 0.005, 0.01, 0.02, 0.05), 0.01
LEAST_DIGITS, MOST_DIGITS, USUAL_DIGITS = 2, 10, 5
LEAST_ZOOM, MOST_ZOOM = -2, 5

_Kept = TypeVar("_Kept")


class Preferences:
    """The settings of one user."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings or QSettings("Explainer", "Explainer")

    @property
    def language(self) -> str | None:
        """The language chosen in the window, None where none was."""
        found = self._text("language")
        return found if found in languages() else None

    @language.setter
    def language(self, language: str) -> None:
        self._settings.setValue("language", language)

    @property
    def theme(self) -> Choice:
        """The look chosen."""
        found = self._text("theme")
        return next((choice for choice in CHOICES if choice == found), "system")

    @theme.setter
    def theme(self, choice: Choice) -> None:
        self._settings.setValue("theme", choice)

    @property
    def digits(self) -> int:
        """How many significant digits are shown."""
        text = self._text("digits")
        digits = int(text) if text.isdecimal() and len(text) < 3 else USUAL_DIGITS
        return min(max(digits, LEAST_DIGITS), MOST_DIGITS)

    @digits.setter
    def digits(self, digits: int) -> None:
        self._settings.setValue("digits", digits)

    @property
    def speed(self) -> float:
        """How fast Play goes."""
        return {"0.5": 0.5, "2.0": 2.0, "4.0": 4.0}.get(self._text("speed"), 1.0)

    @speed.setter
    def speed(self, speed: float) -> None:
        self._settings.setValue("speed", str(speed))

    @property
    def view(self) -> View:
        """The view of the graph chosen last."""
        found = self._text("view")
        return next((view for view in VIEWS if view == found), "neurons")

    @view.setter
    def view(self, view: View) -> None:
        self._settings.setValue("view", view)

    @property
    def zoom(self) -> int:
        """How many steps of Ctrl + the window is set larger than usual; negative where smaller."""
        text = self._text("zoom")
        is_number = text.removeprefix("-").isdecimal() and len(text) < 3
        return min(max(int(text), LEAST_ZOOM), MOST_ZOOM) if is_number else 0

    @zoom.setter
    def zoom(self, steps: int) -> None:
        self._settings.setValue("zoom", steps)

    @property
    def shows_table(self) -> bool:
        """Whether the table lies over that view."""
        return self._is_on("shows_table", usual=False)

    @shows_table.setter
    def shows_table(self, shows: bool) -> None:
        self._switch("shows_table", shows)

    @property
    def moves(self) -> bool:
        """Whether a change of the layout may be shown as a movement, where the system does not ask for less of it."""
        return self._text("moves") != "no"

    @moves.setter
    def moves(self, moves: bool) -> None:
        self._settings.setValue("moves", "yes" if moves else "no")

    @property
    def display(self) -> str:
        """The display presented on last, as `presentation.displays` names it."""
        return self._text("display")

    @display.setter
    def display(self, name: str) -> None:
        self._settings.setValue("display", name)

    @property
    def presenter_window(self) -> bool:
        """Whether the presenter window opens with the presentation."""
        return self._is_on("presenter_window", usual=False)

    @presenter_window.setter
    def presenter_window(self, opens: bool) -> None:
        self._switch("presenter_window", opens)

    @property
    def tolerance(self) -> float:
        """How far a predicted number may be off, as a share of the right one."""
        text = self._text("tolerance")
        return next((one for one in TOLERANCES if str(one) == text), USUAL_TOLERANCE)

    @tolerance.setter
    def tolerance(self, tolerance: float) -> None:
        self._settings.setValue("tolerance", str(tolerance))

    @property
    def picks_factors(self) -> bool:
        """Whether a missing factor is picked from choices where a step has factors, instead of typing its result."""
        return self._is_on("picks_factors", usual=False)

    @picks_factors.setter
    def picks_factors(self, picks: bool) -> None:
        self._switch("picks_factors", picks)

    @property
    def shows_welcome(self) -> bool:
        """Whether the start page is shown when no lesson was named."""
        return self._is_on("shows_welcome", usual=True)

    @shows_welcome.setter
    def shows_welcome(self, shows: bool) -> None:
        self._switch("shows_welcome", shows)

    @property
    def took_tour(self) -> bool:
        """Whether the first tour was offered already."""
        return self._is_on("took_tour", usual=False)

    @took_tour.setter
    def took_tour(self, took: bool) -> None:
        self._switch("took_tour", took)

    @property
    def recent(self) -> tuple[Path, ...]:
        """The files opened last that are still there, the newest first."""
        found = self._settings.value("recent", [])
        names = [found] if isinstance(found, str) else found if isinstance(found, list) else []
        paths = [Path(name) for name in names if isinstance(name, str) and name]
        return tuple(path for path in paths if path.is_file())[:RECENT_LIMIT]

    def add_recent(self, path: Path) -> None:
        """Put a file at the top of the recent ones."""
        path = path.absolute()
        others = [other for other in self.recent if other != path]
        self._settings.setValue("recent", [str(one) for one in (path, *others)][:RECENT_LIMIT])

    def clear_recent(self) -> None:
        """Forget the recent files."""
        self._settings.remove("recent")

    @property
    def folder(self) -> str:
        """Where the last file was opened or saved."""
        found = self._text("folder")
        return found if found and Path(found).is_dir() else ""

    @folder.setter
    def folder(self, folder: str) -> None:
        self._settings.setValue("folder", folder)

    @property
    def state_folder(self) -> Path:
        """The folder beside the settings where windows keep what concerns only themselves: recovery files, locks."""
        place = Path(self._settings.fileName())
        if place.is_absolute():
            return place.parent / "windows"
        # The settings are in Windows' registry.
        from PySide6.QtCore import QStandardPaths

        location = QStandardPaths.StandardLocation.AppConfigLocation
        return Path(QStandardPaths.writableLocation(location))

    def kept(self, name: str, kind: type[_Kept]) -> _Kept | None:
        """Return what was kept under a name, None where nothing of this kind was."""
        from msgspec import MsgspecError, json

        try:
            return json.decode(self._text(name), type=kind)
        except MsgspecError:
            return None

    def keep(self, name: str, value: object) -> None:
        """Keep a struct under a name."""
        from msgspec import json

        self._settings.setValue(name, json.encode(value).decode())

    def bytes(self, name: str) -> QByteArray | None:
        """Return the geometry kept under a name."""
        found = self._settings.value(name)
        return found if isinstance(found, QByteArray) else None

    def set_bytes(self, name: str, content: QByteArray) -> None:
        """Keep a geometry under a name."""
        self._settings.setValue(name, content)

    def _is_on(self, name: str, *, usual: bool) -> bool:
        return {"yes": True, "no": False}.get(self._text(name), usual)

    def _switch(self, name: str, on: bool) -> None:
        self._settings.setValue(name, "yes" if on else "no")

    def _text(self, name: str) -> str:
        found = self._settings.value(name)
        return str(found) if isinstance(found, str | int | float) else ""
