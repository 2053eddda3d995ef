"""The tab of training: what makes it go, what is said of it, and one page at a time of what is seen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from explainer.gui.actions import ActionSet
from explainer.gui.choosing.flow import Flow
from explainer.gui.frame import Frame
from explainer.gui.lab.own_keys import OwnKeys
from explainer.gui.lab.switch import WordSwitch
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme, colour
from explainer.gui.training.conductor import Conductor
from explainer.gui.training.controls import Controls
from explainer.gui.training.loss_page import LossPage
from explainer.gui.training.pictures import PAGES, Pictures
from explainer.lesson.lesson import Lesson
from explainer.messages import message
from explainer.pages.page import Reference
from explainer.training.moment import Moment

# The margins of the derivation.
_LEFT, _RIGHT, _ABOVE, _BELOW = 27, 26, 16, 16
_LEAST_PICTURE = 250
# Controls, switches, and enough of a picture to be scrolled through.
_LEAST_HEIGHT = 400


class TrainingPanel(QWidget):
    """Shows one training. `refused` carries a sentence with no place to stand."""

    refused = Signal(str)

    def __init__(
        self, theme: Theme, stage: Stage, actions: ActionSet, conductor: Conductor
    ) -> None:
        super().__init__()
        self._theme = theme
        self._stage = stage
        self._actions = actions
        self.conductor = conductor
        self._lesson: Lesson | None = None
        self._page = "surface"
        self.controls = Controls(theme, actions, conductor)
        self.controls.data_wanted.connect(actions["train_data"].trigger)
        self.losses = LossPage(theme, conductor)
        self.pictures = Pictures(theme)
        # Stated, or texts that wrap would have it keep the height it likes best.
        self.pictures.setMinimumHeight(_LEAST_PICTURE)
        self.switch = WordSwitch(theme, {"surface": PAGES["surface"], "loss": message("Loss"), "layers": PAGES["layers"], "norms": PAGES["norms"]})  # fmt: skip
        self.switch.chosen.connect(self.show_page)
        self.fault = _label("fault")
        self.explain_fault, self.explain, self.keep = QPushButton(), QPushButton(), QPushButton()
        self._keys = OwnKeys(self)
        for button, name in (
            (self.explain_fault, "train_explain"),
            (self.explain, "train_explain"),
            (self.keep, "train_keep"),
        ):
            button.setProperty("part", "small")
            button.setAutoDefault(False)
            button.clicked.connect(actions[name].trigger)
            self._keys.keep(button)
        self._lay_out()
        self.show_page("surface")
        conductor.changed.connect(self._show_state)
        conductor.moment_shown.connect(self._show_moment)

    def _lay_out(self) -> None:
        wrong = QHBoxLayout()
        wrong.addWidget(self.explain_fault)
        wrong.addStretch(1)
        pages = QHBoxLayout()
        pages.addWidget(self.switch)
        pages.addStretch(1)
        last = Flow()
        last.addWidget(self.explain)
        last.addWidget(self.keep)
        paper = QWidget()
        middle = _Pages(paper)
        middle.setContentsMargins(_LEFT, 0, _RIGHT, 0)
        middle.addWidget(self.losses, 1)
        middle.addWidget(self.pictures, 1)
        self.scroller = QScrollArea()
        self.scroller.setWidget(paper)
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # What makes it go stays in sight; only the page scrolls where there is little room.
        body = QWidget()
        body.setMinimumHeight(_LEAST_HEIGHT)
        column = _Column(body)
        column.setContentsMargins(0, _ABOVE, 0, _BELOW)
        column.setSpacing(10)
        for part in (self.controls, self.fault, wrong, pages, self.scroller, last):
            _add(column, part)
        column.setStretchFactor(self.scroller, 1)
        # In the smallest windows all of it does.
        whole = QScrollArea()
        whole.setWidget(body)
        whole.setWidgetResizable(True)
        whole.setFrameShape(QScrollArea.Shape.NoFrame)
        whole.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(whole)
        self.setMinimumWidth(380)

    # --- showing ---------------------------------------------------------------------------

    def show_page(self, name: str) -> None:
        """Bring a page to the front."""
        self._page = name
        self.switch.show_chosen(name)
        self.losses.setVisible(name == "loss")
        self.pictures.setVisible(name != "loss")
        if name in PAGES:
            self.pictures.show_page(name)
        self.scroller.verticalScrollBar().setValue(0)
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
        for part in (self.controls, self.switch, self.losses, self.pictures):
            part.set_theme(theme)
        self.update()

    def close_editor(self) -> bool:
        """Tell that nothing is being typed."""
        return True

    def drop_typing(self) -> None:
        """There is nothing to give up."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()
        self._show_state()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.conductor.look_away()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), colour(self._theme.paper))

    def _look(self) -> None:
        # The course of the gradients is kept whichever page is in front.
        self.conductor.look(surfaces=True, layers=True)

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
        self.explain_fault.setText(say(message("Explain that step")))
        self.keep.setText(say(message("Keep these weights")))

    def _show_state(self) -> None:
        conductor, lesson = self.conductor, self._lesson
        if lesson is None or not self.isVisible():
            return
        self.controls.show_state(lesson)
        trouble = conductor.trouble
        said = conductor.fault or trouble or ""
        self.fault.setText(said[:1].upper() + said[1:])
        self.fault.setVisible(bool(said))
        self.explain_fault.setVisible(trouble is not None and conductor.can_train)
        for button in (self.explain, self.keep):
            button.setEnabled(conductor.can_train)
        self.losses.setEnabled(conductor.can_train)
        if self._page == "loss":
            self.losses.show_state()


class _Pages(QVBoxLayout):
    """A column in which charts give way: pages with texts that wrap would else keep the height they like best."""

    def hasHeightForWidth(self) -> bool:
        return False


def _add(column: QVBoxLayout, part: QWidget | QLayout) -> None:
    """Add a part with the margins of the panel; what scrolls has its own."""
    if isinstance(part, QScrollArea):
        column.addWidget(part)
        return
    row = QHBoxLayout()
    row.setContentsMargins(_LEFT, 0, _RIGHT, 0)
    if isinstance(part, QWidget):
        row.addWidget(part)
    else:
        row.addLayout(part)
    column.addLayout(row)


def _label(part: str) -> QLabel:
    label = QLabel()
    label.setProperty("part", part)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setVisible(False)
    return label


class _Column(QVBoxLayout):
    """A column that fills its room: what wraps in it would otherwise have it keep the height it likes best."""

    def hasHeightForWidth(self) -> bool:
        return False
