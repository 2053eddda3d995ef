"""The tab of the descent: two parameters, the map of the error over them, the learning rate that is tried."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explainer.gui.descent.controls import Controls
from explainer.gui.descent.surveying import Found, Survey, Surveyor
from explainer.gui.descent.words import beneath, note, pointed
from explainer.gui.lab.own_keys import OwnKeys
from explainer.gui.lab.plot_view import PlotView, Spot
from explainer.gui.lab.saving import SaveButton
from explainer.gui.lab.studio import Studio
from explainer.gui.scaling import px
from explainer.gui.stage import Stage
from explainer.gui.tab_panel import TabPanel
from explainer.gui.theme import Theme
from explainer.gui.timing import once
from explainer.messages import message
from explainer.render.curves.files import PlotFormat
from explainer.session.looking.descent import (
    Standing,
    can_be_whole,
    choosable,
    sayable,
    standing,
    taken,
)

_LEFT, _RIGHT, _ABOVE, _BELOW = 27, 26, 16, 20
_SHARE, _LOWEST, _AROUND = 0.86, 260, 250
_REST = 80
_NUDGE = 0.02
_CLOSEST, _FARTHEST = 1e-3, 1e4


class DescentPanel(TabPanel):
    """Shows the error along parameters; a click there sets them."""

    def __init__(self, theme: Theme, stage: Stage, studio: Studio) -> None:
        super().__init__(theme, stage)
        self._studio = studio
        self._surveyor = Surveyor()
        self._place: Standing | None = None
        self._survey: Survey | None = None
        self._spans: dict[str, tuple[float, float]] = {}
        self._found: Found | None = None
        self.controls = Controls(theme, stage)
        self.view = PlotView(theme)
        self.readout, self.note = QLabel(), QLabel()
        self.take = QPushButton()
        self.save = SaveButton(stage, studio, message("descent"), self._file)
        self._keys = OwnKeys(self)
        self._keys.keep(self.take, self.save)
        self._is_pointed_at = False
        self._rest = once(self, _REST, self.draw)
        self._lay_out()
        self.controls.chosen.connect(self._choose)
        self.controls.tried.connect(self.draw)
        self.take.clicked.connect(self._take_rate)
        self.view.resized.connect(self._rest.start)
        self.view.pointed.connect(self._point_at)
        self.view.clicked.connect(self._set_parameters)
        self.view.zoomed.connect(self._zoom)
        self.view.moved.connect(self._nudge)

    def _lay_out(self) -> None:
        self._paper = QWidget()
        column = QVBoxLayout(self._paper)
        column.setContentsMargins(_LEFT, _ABOVE, _RIGHT, _BELOW)
        column.setSpacing(10)
        for label, part in ((self.readout, "text"), (self.note, "note")):
            label.setProperty("part", part)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.take.setProperty("part", "small")
        last = self._last = QHBoxLayout()
        last.addWidget(self.take)
        last.addStretch(1)
        last.addWidget(self.save)
        for widget in (self.controls.parameters, self.view, self.readout, self.controls.rate):
            column.addWidget(widget)
        column.addLayout(last)
        column.addWidget(self.note)
        column.addStretch(1)
        self.hold(self._paper)

    # --- showing ---------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.view.set_theme(theme)
        self.controls.set_theme(theme)
        self.viewport().update()
        self.draw()

    def close_editor(self) -> bool:
        """Accept what is being typed; False where it was refused and stays."""
        return self.controls.close_editor()

    def drop_typing(self) -> None:
        """Give up what is being typed."""
        self.controls.drop_typing()

    def _fit(self) -> None:
        width = self.viewport().width() - _LEFT - _RIGHT
        buttons = self.take.sizeHint().width() + self.save.sizeHint().width()
        is_narrow = buttons + self._last.spacing() > width
        directions = QBoxLayout.Direction
        self._last.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        lowest = px(_LOWEST)
        room = max(self.viewport().height() - px(_AROUND), lowest)
        self.view.setFixedHeight(min(max(round(width * _SHARE), lowest), room))

    def _renew(self) -> None:
        if not self._is_stale:
            return
        self._is_stale = False
        session, say = self._stage.session, self._stage.say
        frame = self._frame
        if self._stage.holds_results:
            self._show_parts(has_any=False)
            self.readout.clear()
            self.note.setText(say(message("This would give away what is to be predicted.")))
            return
        self._place = standing(frame.lesson, session.passes, frame.pass_index, frame.step_index)
        names = choosable(frame.lesson)
        if self._place is not None and not set(self._spans) <= set(self._place.parameters):
            self._spans = {}
        self.controls.show_lesson(frame.lesson, names, can_be_whole(frame.lesson))
        self._show_parts(has_any=bool(names))
        self.view.setAccessibleName(say(message("The error over parameters")))
        self.take.setText(say(message("Learn with this rate")))
        self.save.speak()
        self.note.setText(say(note(frame.lesson, self.controls.y)))
        self.draw()

    def _show_parts(self, *, has_any: bool) -> None:
        for widget in (self.view, self.controls.parameters, self.save):
            widget.setVisible(has_any)
        for widget in (self.controls.rate, self.take):
            widget.setVisible(has_any and self._frame.lesson.expression is None)

    def rescale(self) -> None:
        """Draw for another scale."""
        self._fit()
        self.draw()

    def draw(self) -> None:
        """Have the survey made as it is wanted now."""
        self._rest.stop()
        place, x = self._place, self.controls.x
        self.take.setEnabled(self.controls.learning_rate != self._frame.lesson.update.learning_rate)
        if not self.isVisible():
            # It is another size or other colours that are wanted: they are when this is seen again.
            self._is_stale = True
            return
        if place is None or not x or self._stage.holds_results:
            return
        path = taken(self._stage.session.passes, place)
        y = self.controls.y
        for name in (x, *((y,) if y else ())):
            low, high = self._spans.get(name, (0.0, 0.0))
            if not low <= place.parameters[name] <= high:
                self._spans.pop(name, None)
        say = self._stage.say
        kind = message("Result") if place.lesson.expression else message("Error")
        title = f"{say(kind)} {place.height}"
        survey = Survey(
            place,
            x,
            y,
            self._spans.get(x),
            self._spans.get(y) if y else None,
            self.controls.whole,
            path,
            self.controls.learning_rate,
            self.controls.steps,
            title,
        )
        look, size = self.view.look(self._frame.language), self.view.wanted_size()
        studio, surveyor = self._studio, self._surveyor
        number = studio.number + 1

        def is_stale() -> bool:
            return not studio.is_wanted("descent", number)

        studio.ask("descent", lambda: surveyor.survey(survey, look, size, is_stale), self._show)

    def _show(self, found: Found | None) -> None:
        if found is None or self._stage.holds_results:
            return
        self._found, self._survey = found, found.survey
        for name, span in ((found.survey.x, found.survey.x_range), (found.survey.y, found.survey.y_range)):  # fmt: skip
            if name is not None and span is not None:
                self._spans[name] = span
        self.view.show_raster(found.raster)
        if not self._is_pointed_at:
            self._read_out()

    def _read_out(self) -> None:
        self.view.show_cross()
        if self._found is not None and self._survey is not None:
            text = beneath(self._stage.say, self._frame, self._found, self._survey)
            self.readout.setText(text)

    # --- acting ----------------------------------------------------------------------------

    def _choose(self) -> None:
        self.note.setText(self._stage.say(note(self._frame.lesson, self.controls.y)))
        self.draw()

    def _take_rate(self) -> None:
        refusal = self._stage.attempt(
            self._stage.session.set_learning_rate, self.controls.learning_rate
        )
        if refusal is not None:
            self.refused.emit(self._stage.say(refusal))

    def _zoom(self, turns: float) -> None:
        survey = self._survey
        if survey is None:
            return
        for name in (survey.x, *((survey.y,) if survey.y else ())):
            low, high = self._spans[name]
            middle = survey.place.parameters[name]
            half = min(max((high - low) / 2 * 1.25**-turns, _CLOSEST), _FARTHEST)
            self._spans[name] = (middle - half, middle + half)
        self._rest.start()

    def _point_at(self, spot: Spot | None) -> None:
        survey = self._survey
        self._is_pointed_at = spot is not None
        if spot is None or survey is None:
            self._studio.forget("pointer")
            self._read_out()
            return
        x, y = self._numbers(survey, spot)
        surveyor = self._surveyor
        self._studio.ask(
            "pointer", lambda: (x, y, surveyor.error_at(survey, x, y)), self._show_pointer
        )

    def _show_pointer(self, found: tuple[float, float, float]) -> None:
        survey = self._survey
        if survey is None:
            return
        x, y, error = found
        self.view.show_cross(Spot(0, x, error if survey.y is None else y))
        self.readout.setText(pointed(survey, x, y, error, self._frame))

    def _set_parameters(self, spot: Spot) -> None:
        survey = self._survey
        if survey is None:
            return
        x, y = self._numbers(survey, spot)
        values = {survey.x: x} if survey.y is None else {survey.x: x, survey.y: y}
        refusal = self._stage.attempt(self._stage.session.set_values, values)
        if refusal is not None:
            self.refused.emit(self._stage.say(refusal))

    def _nudge(self, right: int, up: int) -> None:
        """Move the parameters by a small share of the landscape, as a click would set them."""
        survey = self._survey
        if survey is None or survey.x_range is None:
            return
        here = survey.place.parameters
        x = here[survey.x] + right * _NUDGE * (survey.x_range[1] - survey.x_range[0])
        y = 0.0
        if survey.y is not None and survey.y_range is not None:
            y = here[survey.y] + up * _NUDGE * (survey.y_range[1] - survey.y_range[0])
        self._set_parameters(Spot(0, x, y))

    @staticmethod
    def _numbers(survey: Survey, spot: Spot) -> tuple[float, float]:
        """Return the numbers of a spot with as many digits as a pointer can mean."""
        return sayable(spot.x, survey.x_range), sayable(spot.y, survey.y_range)

    def _file(self, kind: PlotFormat) -> Callable[[], bytes]:
        survey, look = self._survey, self.view.look_in_files(self._frame.language)
        surveyor = self._surveyor
        return lambda: b"" if survey is None else surveyor.file(kind, survey, look)
