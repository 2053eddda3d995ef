"""The pictures of the training view, one at a time: what is learnt, what is inside the layers, gradients, confusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from explainer.gui.lab.own_keys import OwnKeys
from explainer.gui.lab.switch import WordSwitch
from explainer.gui.theme import Theme
from explainer.gui.training.confusion_view import ConfusionTable
from explainer.gui.training.histogram_chart import HistogramChart
from explainer.gui.training.norm_chart import NormChart
from explainer.gui.training.subject import Subject
from explainer.gui.training.surface import SurfaceView
from explainer.lesson.lesson import Lesson
from explainer.messages import Message, message, translate

if TYPE_CHECKING:
    from explainer.training.moment import Moment

_PAGES: dict[str, Message] = {
    "surface": message("Surface"),
    "layers": message("Layers"),
    "norms": message("Gradients"),
    "confusion": message("Confusion"),
}


class Pictures(QWidget):
    """The pages under a switch. Only the one in front costs anything; the course of the norms is kept all the time.

    `lesson_shown`, then `show_moment` for every moment that is to be seen, None to clear; `look_at` shows the surface of
    a neuron while it is pointed at, None ends it.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._language = "en"
        self._moment: Moment | None = None
        self._has_classes = False
        self.switch = WordSwitch(theme, _PAGES)
        self.surface = SurfaceView(theme)
        self.histograms, self.norms = HistogramChart(theme), NormChart(theme)
        self.confusion = ConfusionTable(theme)
        self.note = QLabel()
        self._reading = QLabel()
        self._pages: dict[str, QWidget] = {
            "surface": self.surface,
            "layers": self.histograms,
            "norms": self.norms,
            "confusion": self.confusion,
        }
        self._keys = OwnKeys(self)
        self._keys.keep(self.norms)
        self._lay_out()
        self.page = "surface"
        self.switch.chosen.connect(self.show_page)
        self.histograms.read.connect(self._reading.setText)
        self.norms.read.connect(self._reading.setText)
        self.show_page("surface")

    def _lay_out(self) -> None:
        self._stack = QStackedLayout()
        for page in self._pages.values():
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.note)
        column.addLayout(self._stack, 1)
        column.addWidget(self._reading)
        self.note.setProperty("part", "note")
        self.note.setWordWrap(True)
        self._reading.setProperty("part", "caption")
        self._reading.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def show_page(self, page: str) -> None:
        """Bring a page to the front."""
        self.page = page
        self.switch.show_chosen(page)
        self._stack.setCurrentWidget(self._pages[page])
        # The surface says beneath itself what is pointed at.
        self._reading.setVisible(page in ("layers", "norms"))
        self._speak()
        self._show()

    def lesson_shown(self, lesson: Lesson) -> None:
        """Show another lesson; its first moment comes later."""
        self._moment = None
        subject = Subject(lesson)
        self._has_classes = subject.classes is not None
        self.surface.lesson_shown(lesson)
        self.histograms.lesson_shown(lesson)
        self.norms.lesson_shown(lesson)
        self.confusion.lesson_shown(subject)
        self.switch.buttons["confusion"].setVisible(self._has_classes)
        if self.page == "confusion" and not self._has_classes:
            self.show_page("surface")

    def show_moment(self, moment: Moment | None) -> None:
        """Show a moment; None clears everything."""
        self._moment = moment
        if moment is not None:
            self.norms.keep(moment)
            self._show()
            return
        for page in (self.surface, self.histograms, self.norms, self.confusion):
            page.show_moment(None)

    def look_at(self, neuron: str | None) -> None:
        """Show the surface of a neuron while it is pointed at, None for the chosen one again."""
        self.surface.look_at(neuron)

    def _show(self) -> None:
        """Bring the page in front up to the moment."""
        if self._moment is None:
            return
        pages = {
            "surface": self.surface.show_moment,
            "layers": self.histograms.show_moment,
            "norms": self.norms.show_moment,
            "confusion": self.confusion.show_moment,
        }
        pages[self.page](self._moment)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.switch.set_theme(theme)
        for page in (self.surface, self.histograms, self.norms, self.confusion):
            page.set_theme(theme)

    def set_language(self, language: str) -> None:
        """Speak a language."""
        self._language = language
        self.switch.set_language(language)
        for page in (self.surface, self.histograms, self.norms, self.confusion):
            page.set_language(language)
        self._speak()

    def _speak(self) -> None:
        notes: dict[str, Message] = {
            "layers": message(
                "How often what occurs in each layer, over the training samples; the scale of a column is the same for all layers."
            ),
            "norms": message(
                "How large ∂E/∂z of each layer is, on average over the training samples. Lines that fall away towards the inputs vanish, lines that rise explode."
            ),
        }
        note = notes.get(self.page)
        self.note.setVisible(note is not None)
        self.note.setText("" if note is None else translate(note, self._language))
        self.histograms.setAccessibleName(translate(message("Histograms of weights, activations and gradients by layer"), self._language))  # fmt: skip
        self.norms.setAccessibleName(translate(message("Size of the gradient by layer over the epochs"), self._language))  # fmt: skip
