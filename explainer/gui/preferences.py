"""What is remembered from one start to the next; a damaged entry counts as none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from explainer.gui.theme import CHOICES, Choice
from explainer.messages import languages
from explainer.render.views import VIEWS, View

RECENT_LIMIT = 10
LEAST_DIGITS, MOST_DIGITS, USUAL_DIGITS = 2, 10, 5


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
    def moves(self) -> bool:
        """Whether a change of the layout may be shown as a movement, where the system does not ask for less of it."""
        return self._text("moves") != "no"

    @moves.setter
    def moves(self, moves: bool) -> None:
        self._settings.setValue("moves", "yes" if moves else "no")

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

    def bytes(self, name: str) -> QByteArray | None:
        """Return the geometry kept under a name."""
        found = self._settings.value(name)
        return found if isinstance(found, QByteArray) else None

    def set_bytes(self, name: str, content: QByteArray) -> None:
        """Keep a geometry under a name."""
        self._settings.setValue(name, content)

    def _text(self, name: str) -> str:
        found = self._settings.value(name)
        return str(found) if isinstance(found, str | int | float) else ""
