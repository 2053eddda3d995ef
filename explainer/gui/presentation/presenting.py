"""The presentation from F5 to Esc: its picture, its keys, its presenter window, the display it is on."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from explainer.gui.frame import Frame
from explainer.gui.preferences import Preferences
from explainer.gui.presentation.displays import DisplayMenu, beside, name_of, remembered
from explainer.gui.presentation.keys import KeyCatcher
from explainer.gui.presentation.presenter import PresenterWindow
from explainer.gui.presentation.projection import Projection
from explainer.gui.presentation.telling import Telling
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme
from explainer.render.views import View

# A key held longer than this (s) is let go of, not pressed.
_HELD = 0.35
# How much of a display the presenter window takes at most: its frame has to be seen.
_PRESENTER_SHARE = 0.94


class Presentation(QObject):
    """One presentation. The window keeps its tab and its view; where one is in the lesson is the same in both."""

    ended = Signal()

    def __init__(
        self, stage: Stage, preferences: Preferences, theme: Theme, view: View, window: QWidget
    ) -> None:
        super().__init__(window)
        self._stage = stage
        self._preferences = preferences
        self._window = window
        self._pressed = 0.0
        self._over = False
        self._screen: QScreen | None = None
        self.telling = Telling(stage, self)
        self.projection = Projection(theme, view)
        self.presenter = PresenterWindow(theme)
        self._catcher = KeyCatcher(self)
        self.telling.changed.connect(self._show)
        self.projection.chosen.connect(self.telling.go_to)
        self.projection.clicked.connect(self._clicked)
        self.projection.closed.connect(self.leave)
        self.presenter.closed.connect(self._forget_presenter)
        stage.ready.connect(self.presenter.prepare)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self._screen_gone)

    def start(self, screen: QScreen, *, from_beginning: bool) -> None:
        """Fill a screen."""
        self._show()
        if from_beginning:
            self.telling.start_over()
        self._fill(screen)
        self._catcher.start()
        if self._preferences.presenter_window:
            self._open_presenter()
        # For the presenter window, which has not seen them yet.
        self._stage.resting.start()
        self.projection.activateWindow()
        self.projection.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.projection.set_theme(theme)
        self.presenter.set_theme(theme)

    # What the keys do

    def advance(self) -> None:
        """Tell the next line or go to the next step; a blank screen first shows its picture again."""
        if not self._lighten():
            self.telling.advance()

    def go_back(self) -> None:
        """Take a line back or go a step back."""
        if not self._lighten():
            self.telling.go_back()

    def next_step(self) -> None:
        """Go to the next step at once."""
        self.telling.next_step()

    def step_back(self) -> None:
        """Go a step back at once."""
        self.telling.step_back()

    def first(self) -> None:
        """Go to the first step."""
        self.telling.first()

    def last(self) -> None:
        """Go to the last step."""
        self.telling.last()

    def start_over(self) -> None:
        """Go to the very beginning."""
        self.telling.start_over()

    def blank(self) -> None:
        """Show nothing, or the picture again."""
        self.projection.glass.set_blank(not self.projection.glass.blank)

    def spotlight(self) -> None:
        """Switch the spotlight."""
        self._pressed = monotonic()
        self._take("spotlight")

    def spotlight_released(self) -> None:
        """Switch the spotlight off again where its key was held."""
        held = monotonic() - self._pressed > _HELD
        if held and self.projection.glass.tool == "spotlight":
            self._take("spotlight")

    def pen(self) -> None:
        """Take the pen, or lay it down."""
        self._take("pen")

    def erase(self) -> None:
        """Wipe away what the pen drew on this step."""
        self.projection.glass.erase()

    def notes(self) -> None:
        """Open the presenter window, or close it; the choice is remembered."""
        if self.presenter.isVisible():
            self.presenter.close()
        else:
            self._preferences.presenter_window = True
            self._open_presenter()

    def choose_display(self) -> None:
        """Offer the displays."""
        menu = DisplayMenu(self.projection.screen(), self._stage.frame.language, self.projection)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.triggered.connect(lambda action: self.move_to(str(action.data())))
        menu.popup(self.projection.geometry().center())

    def list_keys(self) -> None:
        """Say what the keys do: to the presenter alone, where the presenter window is open."""
        # Imported when somebody asks for it.
        from explainer.gui.welcome.help import presentation_keys

        parent = self.presenter if self.presenter.isVisible() else self.projection
        dialog = presentation_keys(self._stage.frame.language, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def move_to(self, name: str) -> None:
        """Fill another display, now and the next time."""
        screen = next((one for one in QGuiApplication.screens() if name_of(one) == name), None)
        if screen is not None:
            self._preferences.display = name
            self._fill(screen)

    def zoom_in(self) -> None:
        """Set the derivation larger."""
        self.projection.zoom_in()

    def zoom_out(self) -> None:
        """Set the derivation smaller."""
        self.projection.zoom_out()

    def zoom_to_normal(self) -> None:
        """Set the derivation as large as usual."""
        self.projection.zoom_to_normal()

    def leave(self) -> None:
        """End the presentation; the window is where the presentation was."""
        if self._over:
            return
        self._over = True
        self._catcher.stop()
        self.presenter.hide()
        self.projection.hide()
        self.presenter.deleteLater()
        self.projection.deleteLater()
        self.deleteLater()
        self._window.activateWindow()
        self.ended.emit()

    # Inside

    def _fill(self, screen: QScreen) -> None:
        self._screen = screen
        self.projection.hide()
        self.projection.setScreen(screen)
        self.projection.setGeometry(screen.geometry())
        self.projection.showFullScreen()
        if self.presenter.isVisible():
            # A window that is shown stays on its display.
            self.presenter.hide()
            self._open_presenter()

    def _open_presenter(self) -> None:
        """Show the presenter window beside the projected picture: where the window is, else on any other display."""
        projected = self._screen or self.projection.screen()
        screen = beside(projected, self._window.screen(), QGuiApplication.screens())
        place = screen.availableGeometry()
        # Asked before: on a display of other sharpness Qt keeps the real pixels.
        size = self.presenter.size().boundedTo(place.size() * _PRESENTER_SHARE)
        self.presenter.setScreen(screen)
        self.presenter.resize(size)
        self.presenter.move(place.center() - self.presenter.rect().center())
        self.presenter.show()

    def _screen_gone(self, gone: QScreen) -> None:
        """Go on where there is a display: the projector was unplugged."""
        left = [screen for screen in QGuiApplication.screens() if screen is not gone]
        if self._over or self._screen is not gone or not left:
            return
        here = self._window.screen()
        self._fill(here if here in left else left[0])

    def _forget_presenter(self) -> None:
        if not self._over:
            self._preferences.presenter_window = False

    def _show(self) -> None:
        telling = self.telling
        shown: Frame = telling.shown
        self.projection.show_frames(shown, telling.frame)
        self.presenter.show_frame(telling.frame, *telling.lines)

    def _lighten(self) -> bool:
        glass = self.projection.glass
        was_blank = glass.blank
        glass.set_blank(False)
        return was_blank

    def _take(self, tool: str) -> None:
        self.projection.glass.take("pen" if tool == "pen" else "spotlight")
        self.projection.take_tool_shape()

    def _clicked(self, button: Qt.MouseButton) -> None:
        if button == Qt.MouseButton.LeftButton:
            self.advance()
        elif button == Qt.MouseButton.RightButton:
            self.go_back()


def screen_for(preferences: Preferences) -> QScreen | None:
    """Return the display to present on; None where the user has to say."""
    return remembered(QGuiApplication.screens(), preferences.display)
