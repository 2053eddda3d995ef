"""The curves of the lab: functions beside their derivatives, the neuron's own point on them, sliders, facts."""

from __future__ import annotations

import math
from collections.abc import Callable

from explainer.gui.choosing.writing import Writing
from explainer.gui.frame import Frame
from explainer.gui.lab.compared_functions import Functions
from explainer.gui.lab.curves_parts import CurvesParts
from explainer.gui.lab.drawing import Drawer, Scene, file_of, numbers_at
from explainer.gui.lab.function_menu import FunctionMenu
from explainer.gui.lab.plot_view import Spot
from explainer.gui.lab.saving import SaveButton
from explainer.gui.lab.studio import Studio
from explainer.gui.lab.words import lines_of, plot_words, readout
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme
from explainer.gui.timing import once
from explainer.lesson.choice import TYPED
from explainer.messages import Message, Refused, message
from explainer.render.curves.activation_plot import Point
from explainer.render.curves.chart import Raster
from explainer.render.curves.files import PlotFormat
from explainer.session.looking.comparison import MOST, chosen_from_catalogue, table_of, typed

# What an arrow key with Shift moves the reading by, as a share of half the interval.
_WALK = 0.02
_HALF, _LEAST_HALF, _MOST_HALF = 6.0, 1.0, 60.0
# After so long without another movement a plot is drawn in full, ms.
_REST = 160


class CurvesPage(CurvesParts):
    """Shows up to four functions; where the first is a neuron's own, its point moves as one steps."""

    def __init__(self, theme: Theme, stage: Stage, studio: Studio) -> None:
        self.functions = Functions(stage)
        self._half = _HALF
        self._drawer = Drawer()
        self._replaces = True
        self._point: Point | None = None
        self._is_pointed_at = False
        self._read_at: float | None = None
        save = SaveButton(stage, studio, message("activation"), self._file)
        super().__init__(theme, save)
        self._stage, self._studio = stage, studio
        self.menu = FunctionMenu(theme, self.painter, stage, self)
        self._is_moving = False
        self._rest = once(self, _REST, self._settle)
        self._connect()

    def _connect(self) -> None:
        self.chips.chosen.connect(self._bring_to_front)
        self.chips.left_out.connect(self._leave_out)
        self.more.clicked.connect(self._add)
        self.menu.chosen.connect(self._pick)
        self.give.clicked.connect(self._give)
        self.button.opened.connect(self._replace)
        self.formula.textEdited.connect(self._check_typed)
        self.formula.entered.connect(self._enter_typed)
        self.formula.dropped.connect(self._calm)
        self.sliders.moved.connect(self._slide)
        self.sliders.rested.connect(self._settle)
        self.sliders.faulted.connect(self._say_fault)
        self.view.resized.connect(self._rest.start)
        self.view.pointed.connect(self._point_at)
        self.view.zoomed.connect(self._zoom)
        self.view.moved.connect(self._walk)
        self._stage.formulas.came.connect(self._write)

    # --- showing ---------------------------------------------------------------------------

    def show_frame(self, new: Frame) -> None:
        """Follow the neuron of a frame."""
        self.functions.follow(new)
        z = self.functions.place.z
        if z is not None and abs(z) > self._half:
            self._half = min(math.ceil(1.25 * abs(z)), 1e6)
        self._write()
        self.draw()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        super().set_theme(theme)
        self.menu.set_theme(theme)
        self.draw()

    def look_at(self, neuron_id: str) -> None:
        """Show the activation of a neuron."""
        self.functions.look_at(neuron_id)
        self._write()
        self.draw()

    def close_editor(self) -> bool:
        """Accept what is being typed; False where it was refused and stays."""
        if self.formula.isModified():
            self.formula.entered.emit()
        return self.sliders.close_editor() and not self.formula.isModified()

    def drop_typing(self) -> None:
        """Give up what is being typed."""
        self.sliders.drop_typing()
        self.formula.restore()
        self._calm()

    def rescale(self) -> None:
        """Draw for another scale."""
        self.draw()

    def draw(self) -> None:
        """Have the curves drawn as they are."""
        self._rest.stop()
        self._draw(sketched=False)

    def _draw(self, *, sketched: bool) -> None:
        if not self.isVisible() and not sketched:
            return
        scene, look = self._scene(sketched=sketched), self.view.look(self._language)
        size = self.view.wanted_size()
        self._studio.ask("curves", lambda: self._drawer.draw(scene, look, size), self._take)

    def _take(self, found: tuple[Raster, Point | None]) -> None:
        raster, self._point = found
        self.view.show_raster(raster)
        if not self._is_pointed_at:
            self._read_out()

    def _scene(self, *, sketched: bool = False) -> Scene:
        functions = self.functions
        return Scene(
            tuple(functions.shown),
            tuple(functions.names(self._stage.say)),
            functions.front,
            -self._half,
            self._half,
            functions.place.z,
            functions.place.others,
            plot_words(self._stage.say, self._language),
            sketched,
        )

    @property
    def _language(self) -> str:
        return self._stage.frame.language

    def _write(self) -> None:
        """Write everything that is words, formulas or numbers."""
        functions, say = self.functions, self._stage.say
        one = functions.shown[functions.front]
        self.chips.show_functions(functions.names(say), functions.front)
        self.more.setText(say(message("Compare…")))
        self.more.setToolTip(say(message("Put another function beside it, up to four")))
        self.more.setVisible(len(functions.shown) < MOST)
        self.save.speak()
        writing = Writing(self._language, self._stage.formulas.get)
        option = functions.option(one)
        self.button.show_entry(writing.shown(option)._replace(formula=None))
        self.button.setAccessibleName(say(message("Activation")))
        self._stage.formulas.ask(one.formulas, self._language)
        self.formulas.show_formulas(
            *(self._stage.formulas.get(key, self._language) for key in one.formulas)
        )
        self.formula.setVisible(one.choice.expression is not None)
        self.formula.setAccessibleName(f"{self.button.accessibleName()}: f(z)")
        self.formula.show_valid(one.choice.expression or "")
        self.sliders.show_numbers(one, self._language)
        self.facts.show_rows(table_of(one), self._language)
        self.give.setVisible(functions.can_give)
        self.give.setText(say(message("Give it to {name}", name=functions.neuron_name)))
        self.view.setAccessibleName(say(message("Curves of f and f′")))
        if not self._is_pointed_at:
            self._read_out()

    def _read_out(self) -> None:
        self.view.show_cross()
        self.readout.setText(
            readout(self._stage.say, self._stage.frame, self.functions, self._point)
        )

    def _say_fault(self, fault: Message) -> None:
        text = self._stage.say(fault)
        self.fault.setText(text[:1].upper() + text[1:])
        self.fault.show()

    def _calm(self) -> None:
        self.fault.hide()

    # --- changing --------------------------------------------------------------------------

    def _renew(self) -> None:
        self._calm()
        self._write()
        self.draw()

    def _bring_to_front(self, place: int) -> None:
        self.functions.front = place
        self._renew()

    def _leave_out(self, place: int) -> None:
        self.functions.leave_out(place)
        self._renew()

    def _slide(self, name: str, value: float) -> None:
        fault = self.functions.set_parameter(name, value)
        if fault is not None:
            self._say_fault(fault)
            return
        self._calm()
        # The words stay as they are until it rests.
        self.sliders.show_numbers(self.functions.shown[self.functions.front], self._language)
        self._is_moving = True
        self._draw(sketched=True)
        self._rest.start()

    def _settle(self) -> None:
        if self._is_moving:
            self._is_moving = False
            self._write()
        self.draw()

    def _give(self) -> None:
        refusal = self.functions.give()
        if refusal is not None:
            self._say_fault(refusal)

    def _zoom(self, turns: float) -> None:
        self._half = min(max(self._half * 1.25**-turns, _LEAST_HALF), _MOST_HALF)
        self._draw(sketched=True)
        self._rest.start()

    def _point_at(self, spot: Spot | None) -> None:
        """Say the numbers at the pointer: those of the function in front itself."""
        self._is_pointed_at = spot is not None
        if spot is None:
            self._studio.forget("pointer")
            self._read_out()
            return
        functions = self.functions
        one = functions.shown[functions.front]
        digits = 4
        z = float(f"{spot.x:.{digits}g}")
        self._studio.ask("pointer", lambda: (z, *numbers_at(one, z)), self._show_pointer)

    def _walk(self, right: int, _up: int) -> None:
        """Read the curve by keys: on from the place read last, else from the neuron's own."""
        place = self.functions.place.z
        start = self._read_at if self._read_at is not None else place if place is not None else 0.0
        z = min(max(start + right * _WALK * self._half, -self._half), self._half)
        self._point_at(Spot(0, z, 0.0))

    def _show_pointer(self, found: tuple[float, float, float]) -> None:
        z, value, slope = found
        self._read_at = z
        self.view.show_cross(Spot(0, z, value), Spot(1, z, slope))
        name = self.functions.names(self._stage.say)[self.functions.front]
        self.readout.setText(lines_of(name, z, (value, slope), self._stage.frame))

    # --- menus -----------------------------------------------------------------------------

    def _add(self) -> None:
        self._replaces = False
        self.menu.open(self.functions, self.more)

    def _replace(self, text: str) -> None:
        self._replaces = True
        self.menu.open(self.functions, self.button, text)

    def _pick(self, name: str) -> None:
        self.functions.take(chosen_from_catalogue(name), replaces=self._replaces)
        self._renew()
        if name == TYPED:
            self.formula.setFocus()
            self.formula.selectAll()

    def _check_typed(self, text: str) -> None:
        try:
            typed(text)
        except Refused as refusal:
            self._say_fault(refusal.message)
        else:
            self._calm()

    def _enter_typed(self) -> None:
        try:
            one = typed(self.formula.text())
        except Refused as refusal:
            self._say_fault(refusal.message)
            return
        self.formula.setModified(False)
        self.functions.take(one, replaces=True)
        self._renew()

    def _file(self, kind: PlotFormat) -> Callable[[], bytes]:
        scene, look = self._scene(), self.view.look_in_files(self._language)
        return lambda: file_of(kind, scene, look)
