"""The tab of training: what makes it go, what is said of it, and one page at a time of what is seen."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from explainer.gui.actions import ActionSet
from explainer.gui.dialogs.asking import fault_line
from explainer.gui.frame import Frame
from explainer.gui.lab.own_keys import OwnKeys
from explainer.gui.lab.switch import WordSwitch
from explainer.gui.stage import Stage
from explainer.gui.tab_panel import TabPanel
from explainer.gui.theme import Theme
from explainer.gui.training.conductor import Conductor
from explainer.gui.training.controls import Controls
from explainer.gui.training.foot import Foot
from explainer.gui.training.loss_page import LossPage
from explainer.gui.training.pictures import PAGES, Pictures
from explainer.gui.training.thumbnails import SIZE
from explainer.lesson.lesson import Lesson
from explainer.messages import message
from explainer.pages.page import Reference
from explainer.training.moment import Moment
from explainer.training.refusals import why_not_trained
from explainer.training.wire import Look

# The margins of the derivation.
_LEFT, _RIGHT, _ABOVE = 27, 26, 16


class TrainingPanel(TabPanel):
    """Shows one training."""

    def __init__(
        self, theme: Theme, stage: Stage, actions: ActionSet, conductor: Conductor
    ) -> None:
        super().__init__(theme, stage)
        self._actions = actions
        self.conductor = conductor
        self._lesson: Lesson | None = None
        self._page = "surface"
        # How many points a side the heat maps of the graph have, until it says so.
        self._heat_side = SIZE
        self._is_over = False
        self._state: tuple[object, ...] = ()
        self.controls = Controls(theme, actions, conductor)
        self.controls.data_wanted.connect(actions["train_data"].trigger)
        self.losses = LossPage(theme, conductor)
        self.pictures = Pictures(theme)
        self.switch = WordSwitch(theme, {"surface": PAGES["surface"], "loss": message("Loss"), "layers": PAGES["layers"], "norms": PAGES["norms"]})  # fmt: skip
        self.switch.chosen.connect(self.show_page)
        # Why nothing can be trained stands where what is trained would; what went wrong is seen wherever one has scrolled to.
        self.fault = fault_line()
        self.foot = Foot(theme, _LEFT, _RIGHT, self)
        self.explain_fault, self.explain, self.keep = QPushButton(), QPushButton(), QPushButton()
        # Makes the lesson one that can be trained.
        self.remedy = QPushButton()
        self.remedy.clicked.connect(lambda: stage.attempt(stage.session.make_trainable))
        self._keys = OwnKeys(self)
        for button, name in (
            (self.explain_fault, "train_explain"),
            (self.explain, "train_explain"),
            (self.keep, "train_keep"),
            (self.remedy, None),
        ):
            button.setProperty("part", "small")
            button.setAutoDefault(False)
            if name is not None:
                button.clicked.connect(actions[name].trigger)
            self._keys.keep(button)
        self._lay_out()
        self.show_page("surface")
        conductor.changed.connect(self._show_state)
        stage.stopped.connect(self._end)
        conductor.begun.connect(self.pictures.norms.forget_after)
        conductor.noted.connect(self.pictures.norms.note)
        conductor.moment_shown.connect(self._show_moment)
        conductor.seen_closer.connect(self._show_moment)
        self.pictures.surface.wants_other.connect(self._look_closer)

    def _lay_out(self) -> None:
        wrong = QHBoxLayout()
        wrong.addWidget(self.remedy)
        wrong.addStretch(1)
        pages = QHBoxLayout()
        pages.addWidget(self.switch)
        pages.addStretch(1)
        self.foot.hold(self.explain_fault, self.explain, self.keep)
        paper = QWidget()
        column = QVBoxLayout(paper)
        column.setContentsMargins(_LEFT, _ABOVE, _RIGHT, 0)
        column.setSpacing(10)
        column.addWidget(self.controls)
        column.addWidget(self.fault)
        column.addLayout(wrong)
        column.addLayout(pages)
        column.addWidget(self.losses, 1)
        column.addWidget(self.pictures, 1)
        # Where there is nothing to see, the rest of the column stays empty.
        column.addStretch(0)
        self.hold(paper)
        self.verticalScrollBar().rangeChanged.connect(self._tell_foot)
        self.verticalScrollBar().valueChanged.connect(self._tell_foot)

    def _fit(self) -> None:
        """Let the foot stand below what scrolls."""
        width = self.viewport().width()
        height = self.foot.height_for(width)
        if height != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, height)
        self.foot.setGeometry(0, self.height() - height, width, height)
        self.foot.setVisible(height > 0)

    def _tell_foot(self) -> None:
        bar = self.verticalScrollBar()
        has_more = bar.value() < bar.maximum()
        if has_more != self.foot.has_more:
            self.foot.has_more = has_more
            self.foot.update()

    # --- showing ---------------------------------------------------------------------------

    def show_page(self, name: str) -> None:
        """Bring a page to the front."""
        self._page = name
        self.switch.show_chosen(name)
        self._show_parts(self._stage.frame.lesson)
        if name in PAGES:
            self.pictures.show_page(name)
        self.verticalScrollBar().setValue(0)
        if self.isVisible():
            self._look()

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Train what a frame shows, in its language."""
        if self._lesson is not new.lesson:
            self._lesson = new.lesson
            self.losses.lesson_shown(new.lesson)
            if new.lesson.expression is None:
                self.pictures.lesson_shown(new.lesson)
        if old is None or old.language != new.language:
            self._speak(new)
        self.conductor.show_frame(old, new)
        self._show_state()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        for part in (self.controls, self.switch, self.losses, self.pictures, self.foot):
            part.set_theme(theme)
        self.viewport().update()

    def close_editor(self) -> bool:
        """Tell that nothing is being typed."""
        return True

    def drop_typing(self) -> None:
        """There is nothing to give up."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        # When the program ends its windows are hidden once more, and there is nobody left to be told.
        if not self._is_over:
            super().hideEvent(event)
            self.conductor.look_away()

    def _end(self) -> None:
        self._is_over = True

    def _renew(self) -> None:
        self._show_state()

    def _look(self) -> None:
        self.conductor.look(self._wanted())

    def _look_closer(self) -> None:
        self.conductor.look_closer(self._wanted())

    def _wanted(self) -> Look:
        """Return what there is to see: what is behind it need not be sent."""
        whole = self.pictures.surface.wanted if self._page == "surface" else ()
        return Look(whole, self._heat_side, self._page == "layers")

    def show_heat_of(self, side: int) -> None:
        """Have heat maps with so many points a side."""
        self._heat_side = side
        self._look_closer()

    def point_at(self, reference: Reference | None) -> None:
        """Show the surface of the neuron that is pointed at in the graph."""
        is_neuron = reference is not None and reference.kind == "neuron"
        self.pictures.look_at(reference.first if reference is not None and is_neuron else None)

    def _show_moment(self, moment: Moment | None) -> None:
        # None may mean that the graph shows a step again; what has been learnt stays in sight.
        if moment is not None or self.conductor.moment is None:
            self.pictures.show_moment(moment)

    def _speak(self, frame: Frame) -> None:
        say = self._stage.say
        self.switch.set_language(frame.language)
        self.controls.set_language(frame.language)
        self.losses.show_frame(frame)
        self.pictures.set_language(frame.language)
        self.explain.setText(say(message("Explain this step")))
        self.explain.setToolTip(self._actions["train_explain"].toolTip())
        self.keep.setText(say(message("Keep these weights")))

    def _show_parts(self, lesson: Lesson) -> None:
        """Show what there is to see, and what could make it so; of a formula nothing is learnt."""
        can_learn = why_not_trained(lesson) is None
        for part in (self.switch, self.keep):
            part.setVisible(can_learn)
        # Where training is stuck the foot offers the step that shows it, which would be the same.
        self.explain.setVisible(can_learn and not self._is_stuck)
        self.losses.setVisible(can_learn and self._page == "loss")
        self.pictures.setVisible(can_learn and self._page != "loss")
        self.remedy.setVisible(not can_learn and lesson.expression is None)
        is_rounded = lesson.arithmetic.mode == "rounded"
        remedy = message("Compute exactly") if is_rounded else message("Update simultaneously")
        self.remedy.setText(self._stage.say(remedy))
        self._fit()

    @property
    def _is_stuck(self) -> bool:
        return self.conductor.trouble is not None and self.conductor.can_train

    def _show_state(self) -> None:
        conductor, lesson = self.conductor, self._lesson
        if lesson is None or not self.isVisible():
            return
        self.controls.show_state(lesson)
        trouble, fault = conductor.trouble, conductor.fault
        seen = conductor.seen
        stuck_at = None if seen is None else (seen.at, seen.is_before)
        language = self._stage.session.language
        state = (language, lesson, self._page, trouble, fault, conductor.can_train, stuck_at)
        if state != self._state:
            # Of most moments only numbers are others.
            self._state = state
            self._show_parts(lesson)
            self._show_fault(trouble, fault)
        if self._page == "loss":
            self.losses.show_state()

    def _show_fault(self, trouble: str | None, fault: str | None) -> None:
        can_train = self.conductor.can_train
        for line, said in ((self.fault, fault), (self.foot.trouble, None if fault else trouble)):
            text = said or ""
            line.setText(text[:1].upper() + text[1:])
            line.setVisible(bool(text))
        seen = self.conductor.seen
        self.explain_fault.setVisible(self._is_stuck and seen is not None and seen.at is not None)
        is_before = seen is not None and seen.is_before
        words = message("Explain the update before") if is_before else message("Explain that step")
        self.explain_fault.setText(self._stage.say(words))
        for button in (self.explain, self.keep):
            button.setEnabled(can_train)
        self.losses.setEnabled(can_train)
        self._fit()
