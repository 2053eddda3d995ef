"""Values blanked by hand: by a click while blanks are chosen, or from the menus of graph and derivation at any time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QMenu, QToolTip

from explainer.gui.canvas.hits import HitMap, area_of
from explainer.gui.frame import Frame
from explainer.gui.sheets.marks import GraphMarks, ResultMark, marks_on
from explainer.gui.sheets.strip import BlankStrip
from explainer.gui.sheets.targets import (
    NOTHING,
    ShownPass,
    Target,
    about,
    name_of,
    target_at,
)
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme
from explainer.gui.window import Window
from explainer.messages import message
from explainer.pages.page import Reference
from explainer.pages.sheets.plan import address_of
from explainer.render.shapes import Box, Circle, Curve, Drawing, Label, Shape
from explainer.trace.steps import Step

_NEAR = 6.0


class Blanking(QObject):
    """Marks what is blank; while it `is_on`, a click on a value blanks it. `changed` when it begins or ends."""

    changed = Signal()
    went_on = Signal()

    def __init__(self, stage: Stage, window: Window, theme: Theme) -> None:
        super().__init__(window)
        self._stage, self._window, self._graph = stage, window, window.graph
        self._took_press = False
        self.is_on = False
        self.menu: QMenu | None = None
        viewport = self._graph.viewport()
        self.marks = GraphMarks(theme, viewport)
        self.result = ResultMark(theme, window.derivation)
        self.strip = BlankStrip(self._graph)
        self.strip.cleared.connect(self.clear)
        self.strip.ended.connect(self.stop)
        self.strip.went_on.connect(self._go_on)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
        self._escape.setEnabled(False)
        self._escape.activated.connect(self.stop)
        viewport.installEventFilter(self)
        window.derivation.sheet.installEventFilter(self)
        self._graph.drawn.connect(self.show_marks)
        self._graph.looked.connect(self._look)
        stage.changed.connect(self._follow)
        self._look()
        self.show_marks()

    # Choosing

    def start(self) -> None:
        """Let clicks blank values."""
        self.is_on = True
        self._escape.setEnabled(True)
        self._show_strip()
        self.strip.appear()
        self.changed.emit()

    def stop(self) -> None:
        """Let clicks do again what they do else; what is blank stays."""
        self.is_on = False
        self._escape.setEnabled(False)
        self.strip.hide()
        self.marks.point(None)
        self._graph.viewport().unsetCursor()
        self.changed.emit()

    def clear(self) -> None:
        """Blank nothing by hand any more."""
        self._stage.do(self._stage.session.blank_steps, self.blank, False)

    def toggle(self, step: Step) -> None:
        """Blank a value, or no longer."""
        address = address_of(step)
        self._stage.do(self._stage.session.blank_steps, [address], address not in self.blank)

    def toggle_result(self) -> None:
        """Blank the result of the step shown, or no longer; say so where worksheets have no such step."""
        step = self._shown_step()
        if step is None:
            self._stage.inform(
                message("Worksheets are about the first pass, which has no such step.")
            )
        else:
            self.toggle(step)

    @property
    def blank(self) -> tuple[str, ...]:
        """The addresses of what is blank by hand."""
        asked = self._stage.session.lesson.worksheet
        return () if asked is None else asked.steps

    @property
    def shown(self) -> ShownPass | None:
        """What the graph shows; None while the first pass is not known."""
        session = self._stage.session
        if not session.passes:
            return None
        first = session.passes[0]
        return ShownPass(
            session.lesson,
            first.steps,
            session.moment().sample,
            first.samples,
            self._graph.view,
        )

    # Menus

    def add_to_menu(self, menu: QMenu, place: QPointF) -> None:
        """Add what can be blanked at a place of the drawing."""
        shown, shape = self.shown, self._shape_at(place)
        if shown is not None and shape is not None and shape.reference is not None:
            steps = about(shape.reference, shown) or target_at(shape.key, None, shown).steps
            self._add(menu, steps)

    def add_result_to_menu(self, menu: QMenu) -> None:
        """Add the result of the step that the derivation shows."""
        step = self._shown_step()
        if step is not None:
            self._add(menu, [step])

    def _add(self, menu: QMenu, steps: Sequence[Step]) -> None:
        if not steps:
            return
        menu.addSeparator()
        text = self._stage.say(message("Blank on the worksheet")).replace("&", "&&")
        into = menu
        if len(steps) > 1:
            into = menu.addMenu(text)
        for step in steps:
            name = self._stage.say(name_of(step, self._stage.session.lesson)).replace("&", "&&")
            entry = into.addAction(name if into is not menu else f"{text}: {name}")
            entry.setCheckable(True)
            entry.setChecked(address_of(step) in self.blank)
            entry.triggered.connect(partial(self._toggle_later, step))

    def _toggle_later(self, step: Step, _checked: bool = False) -> None:
        self.toggle(step)

    # What is shown

    def show_marks(self) -> None:
        """Mark what is blank on the drawing that is shown."""
        blank, shown = set(self.blank), self.shown
        steps = [] if shown is None or not blank else shown.steps
        wanted = [step for step in steps if address_of(step) in blank]
        found = [] if shown is None else marks_on(self._graph.drawing, wanted, shown)
        self.marks.show_marks(found)
        self.result.setVisible(self._is_result_blank())

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.marks.set_theme(theme)
        self.result.set_theme(theme)

    def _is_result_blank(self) -> bool:
        step, page = self._shown_step(), self._stage.frame.page
        # Of a whole matrix one entry is blank; the matrix over the graph shows which.
        is_alone = page is None or not page.in_matrices
        return is_alone and step is not None and address_of(step) in self.blank

    def _follow(self, old: Frame, new: Frame) -> None:
        if (old.lesson, old.pass_index, old.step_index, old.page, old.one_pass) != (
            new.lesson, new.pass_index, new.step_index, new.page, new.one_pass,
        ):  # fmt: skip
            self.show_marks()
        if self.is_on:
            self._show_strip()

    def _show_strip(self) -> None:
        self.strip.show_count(len(self.blank), self._stage.frame.language)

    def _look(self) -> None:
        self.marks.look(self._graph.camera)

    def _go_on(self) -> None:
        self.stop()
        self.went_on.emit()

    # What is clicked

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.is_on and isinstance(event, QMouseEvent):
            on_graph = watched is self._graph.viewport()
            if event.type() == QEvent.Type.MouseMove and not event.buttons():
                return self._hover(event) if on_graph else False
            left = event.button() == Qt.MouseButton.LeftButton
            if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
                press = self._press_graph if on_graph else self._press_derivation
                self._took_press = left and press(event)
                return self._took_press
            if event.type() == QEvent.Type.MouseButtonRelease and left:
                took, self._took_press = self._took_press, False
                return took
        if self.is_on and event.type() == QEvent.Type.Leave:
            self.marks.point(None)
        return super().eventFilter(watched, event)

    def _hover(self, event: QMouseEvent) -> bool:
        """Show what a click would blank; leave the rest to the graph where it would blank nothing."""
        target, shape = self._target_at(event.position())
        viewport = self._graph.viewport()
        if not isinstance(shape, Circle | Box | Label) or not target.steps:
            self.marks.point(None)
            viewport.setCursor(Qt.CursorShape.ArrowCursor)
            QToolTip.hideText()
            return False
        left, top, right, bottom = area_of(shape)
        self.marks.point(QRectF(left, top, right - left, bottom - top))
        viewport.setCursor(Qt.CursorShape.PointingHandCursor)
        names = [self._stage.say(name_of(one, self._stage.session.lesson)) for one in target.steps]
        told = names[0] if target.is_shown else ", ".join(names)
        QToolTip.showText(event.globalPosition().toPoint(), told, viewport)
        return True

    def _press_graph(self, event: QMouseEvent) -> bool:
        target, shape = self._target_at(event.position())
        if shape is None:
            return False
        if not target.steps:
            self._stage.inform(message("This is given, not computed: it cannot be blank."))
        elif target.is_shown:
            self.toggle(target.steps[0])
        else:
            self._ask(target, event.globalPosition().toPoint())
        return True

    def _ask(self, target: Target, place: QPoint) -> None:
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = QMenu(self._window)
        self._add(self.menu, target.steps)
        if len(target.steps) > 1:
            # The question is asked already: no menu in a menu.
            inner = self.menu.actions()[-1].menu()
            if isinstance(inner, QMenu):
                inner.popup(place)
                return
        self.menu.popup(place)

    def _press_derivation(self, event: QMouseEvent) -> bool:
        step, spot = self._shown_step(), event.position()
        places = self._window.derivation.result_places()
        hit = any(place.adjusted(-_NEAR, -_NEAR, _NEAR, _NEAR).contains(spot) for place in places)
        if step is None or not hit:
            return False
        self.toggle(step)
        return True

    def _target_at(self, place: QPointF) -> tuple[Target, Shape | None]:
        shown = self.shown
        shape = self._shape_at(QPointF(*self._graph.camera.to_drawing(place.x(), place.y())))
        if shown is None or shape is None:
            return NOTHING, None
        reference: Reference | None = shape.reference
        return target_at(shape.key, reference, shown), shape

    def _shape_at(self, place: QPointF) -> Circle | Box | Curve | Label | None:
        drawing = self._graph.drawing
        entry = _entry_at(drawing, place)
        if entry is not None:
            return entry
        found = HitMap(drawing.shapes).at(place.x(), place.y(), _NEAR / self._graph.camera.scale)
        return found if isinstance(found, Circle | Box | Curve | Label) else None

    def _shown_step(self) -> Step | None:
        """Return the step that is shown, as the first pass has it; None where it has none like it."""
        step, shown = self._stage.session.current_step, self.shown
        if step is None or shown is None:
            return None
        address = address_of(step)
        return next((one for one in shown.steps if address_of(one) == address), None)


def _entry_at(drawing: Drawing, place: QPointF) -> Label | None:
    """Return the entry of a matrix at a place: those of other samples stand for nothing else on the graph."""
    for shape in drawing.shapes:
        if isinstance(shape, Label) and shape.key.startswith("entry:"):
            left, top, right, bottom = area_of(shape)
            if left <= place.x() <= right and top <= place.y() <= bottom:
                return shape
    return None
