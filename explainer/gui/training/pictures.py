"""The pictures of the training view, one at a time: what is learnt, what is inside the layers, how gradients run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from explainer.gui.lab.own_keys import OwnKeys
from explainer.gui.theme import Theme
from explainer.gui.training.histogram_chart import HistogramChart
from explainer.gui.training.norm_chart import NormChart
from explainer.gui.training.surface import SurfaceView
from explainer.lesson.lesson import Lesson
from explainer.messages import Message, message, translate

if TYPE_CHECKING:
    from explainer.training.moment import Moment

PageName = Literal["surface", "layers", "norms"]

# What a switch between the pages calls them.
PAGES: dict[PageName, Message] = {
    "surface": message("Surface"),
    "layers": message("Layers"),
    "norms": message("Gradients"),
}
_NOTES: dict[str, Message] = {
    "layers": message(
        "How often which numbers occur in each layer, over the training samples. All layers of a column share its scale."
    ),
    "norms": message(
        "How large ∂E/∂z of each layer is, on average over the training samples. A line far below the others: its gradient vanishes."
    ),
}


_ROOM = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
_NO_ROOM = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)


class Pictures(QWidget):
    """The pages. Only the one in front costs anything; the course of the norms is kept all the time.

    `lesson_shown`, then `show_moment` for every moment that is to be seen, None to clear; `look_at` shows the surface of
    a neuron while it is pointed at, None ends it.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._language = "en"
        self._lesson: Lesson | None = None
        self._moment: Moment | None = None
        self.surface = SurfaceView(theme)
        self.histograms, self.norms = HistogramChart(theme), NormChart(theme)
        self.note, self.reading = QLabel(), QLabel()
        self._keys = OwnKeys(self)
        self._keys.keep(self.norms)
        self.page: PageName = "surface"
        self._lay_out()
        self.histograms.read.connect(self.reading.setText)
        self.norms.read.connect(self.reading.setText)
        self.show_page("surface")

    @property
    def pages(self) -> dict[PageName, SurfaceView | HistogramChart | NormChart]:
        """Every page by its name."""
        return {"surface": self.surface, "layers": self.histograms, "norms": self.norms}

    def _lay_out(self) -> None:
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.note)
        column.addLayout(self._stack, 1)
        # Not before: a stack without a parent would show it as a window of its own.
        for page in self.pages.values():
            self._stack.addWidget(page)
        column.addWidget(self.reading)
        self.note.setProperty("part", "note")
        self.note.setWordWrap(True)
        self.reading.setProperty("part", "caption")
        self.reading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.reading.setTextFormat(Qt.TextFormat.PlainText)

    def show_page(self, page: PageName) -> None:
        """Bring a page to the front."""
        self.page = page
        for name, widget in self.pages.items():
            # The pages behind need no room: one of many layers is high.
            widget.setSizePolicy(_ROOM if name == page else _NO_ROOM)
        self._stack.setCurrentWidget(self.pages[page])
        # The surface says beneath itself what is pointed at.
        self.reading.setVisible(page != "surface")
        self.reading.clear()
        self._speak()
        self._show()

    def lesson_shown(self, lesson: Lesson) -> None:
        """Show another lesson; its first moment comes later. What is seen stays where only weights or settings differ."""
        before, self._lesson = self._lesson, lesson
        if before is None or not _looks_the_same(before, lesson):
            self._moment = None
            for page in self.pages.values():
                page.lesson_shown(lesson)

    def show_moment(self, moment: Moment | None) -> None:
        """Show a moment; None clears everything."""
        self._moment = moment
        if moment is None:
            for page in self.pages.values():
                page.show_moment(None)
            return
        self.norms.keep(moment)
        self._show()

    def look_at(self, neuron: str | None) -> None:
        """Show the surface of a neuron while it is pointed at, None for the chosen one again."""
        self.surface.look_at(neuron)

    def _show(self) -> None:
        """Bring the page in front up to the moment."""
        if self._moment is not None:
            self.pages[self.page].show_moment(self._moment)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        for page in self.pages.values():
            page.set_theme(theme)

    def set_language(self, language: str) -> None:
        """Speak a language."""
        self._language = language
        for page in self.pages.values():
            page.set_language(language)
        self._speak()

    def _speak(self) -> None:
        note = _NOTES.get(self.page)
        self.note.setVisible(note is not None)
        self.note.setText("" if note is None else translate(note, self._language))
        for page, name in (
            (self.histograms, message("Histograms of weights, activations and gradients by layer")),
            (self.norms, message("Size of the gradient by layer over the epochs")),
        ):
            page.setAccessibleName(translate(name, self._language))


def _looks_the_same(one: Lesson, other: Lesson) -> bool:
    """Tell whether two lessons have the same neurons, edges, samples and error, so that the same pictures show both."""
    same_network = (one.network.neurons, one.network.edges) == (other.network.neurons, other.network.edges)  # fmt: skip
    return (
        same_network
        and one.data == other.data
        and one.loss == other.loss
        and one.update.choice.name == other.update.choice.name
        and one.update.batch_size == other.update.batch_size
    )
