"""What becomes of the gradient from layer to layer: ‖∂E/∂z‖ as bars, the factors along one path."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explainer.gui.frame import Frame
from explainer.gui.lab.plot_view import PlotView
from explainer.gui.lab.saving import SaveButton
from explainer.gui.lab.studio import Studio
from explainer.gui.scaling import px
from explainer.gui.stage import Stage
from explainer.gui.theme import Theme
from explainer.gui.timing import once
from explainer.maths.numbers import shown
from explainer.messages import Message, message
from explainer.render.curves.files import PlotFormat, as_csv, saved
from explainer.render.curves.layers import Bar, LayersChart, LayersPlot
from explainer.render.curves.look import Size
from explainer.session.looking.by_layer import LayerGradient, PathFactor, along_path, by_layer

_SHARE, _LOWEST, _AROUND = 0.95, 320, 120
_REST = 60
_FILE_SIZE = Size(720, 480)
# A gradient that changes by less from the last layer to the first is called neither vanishing nor exploding.
_VANISHING, _EXPLODING = 0.1, 10.0
_DIGITS = 3


class LayersPage(QWidget):
    """Shows the layers of the pass and sample that the board shows; derivatives not yet on the board are hollow."""

    def __init__(self, theme: Theme, stage: Stage, studio: Studio) -> None:
        super().__init__()
        self._stage, self._studio = stage, studio
        self._chart = LayersChart()
        self.layers: tuple[LayerGradient, ...] = ()
        self.path: tuple[PathFactor, ...] = ()
        self.view = PlotView(theme)
        self.said = QLabel()
        self.said.setProperty("part", "text")
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.note = QLabel()
        self.note.setProperty("part", "note")
        self.note.setWordWrap(True)
        self.save = SaveButton(stage, studio, message("gradient-by-layer"), self._file)
        self._rest = once(self, _REST, self.draw)
        self.view.resized.connect(self._rest.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.save)
        for part in (self.said, self.view, self.note):
            column.addWidget(part)
        column.addLayout(last)
        column.addStretch(1)

    def show_frame(self, new: Frame) -> None:
        """Show the layers of a frame."""
        say = self._stage.say
        self.layers = self.path = ()
        if new.one_pass is not None and not self._stage.holds_results:
            self.layers = by_layer(new.lesson, new.one_pass, new.moment)
            self.path = along_path(new.lesson, new.one_pass, new.moment)
        self.save.speak()
        self.save.setVisible(bool(self.layers))
        self.view.setVisible(bool(self.layers))
        self.said.setText(say(self._sentence(new)))
        self.view.setAccessibleName(self.said.text())
        self.note.setText(
            say(
                message(
                    "Going back through a layer multiplies ∂E/∂z by w · f′(z). The path is the one on which each step passes on most. Hollow bars are not on the board yet."
                )
            )
        )
        self.note.setVisible(bool(self.layers))
        self.draw()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.view.set_theme(theme)
        self.draw()

    def set_room(self, width: int, height: int) -> None:
        """Give the plot a height that suits the room of the page: it is seen without scrolling."""
        lowest = px(_LOWEST)
        most = max(height - px(_AROUND), lowest)
        self.view.setFixedHeight(min(max(round(width * _SHARE), lowest), most))

    def rescale(self) -> None:
        """Draw for another scale."""
        self.draw()

    def draw(self) -> None:
        """Have the plot drawn as it is."""
        if not self.isVisible() or not self.layers:
            return
        plot, look = self.plot(), self.view.look(self._stage.frame.language)
        size = self.view.wanted_size()
        self._studio.ask(
            "layers", lambda: self._chart.drawn(plot, look, size), self.view.show_raster
        )

    def plot(self) -> LayersPlot:
        """Return the plot as data."""
        products: dict[str, float] = {}
        factors: dict[str, float] = {}
        if self.path:
            products[self.path[0].target] = 1.0
        for step in self.path:
            products[step.source] = step.product
            factors[step.source] = step.factor
        on_path = [
            next((name for name in layer.neurons if name in products), None)
            for layer in self.layers
        ]
        return LayersPlot(
            tuple(Bar(layer.names, layer.norm, layer.known) for layer in self.layers),
            tuple(None if name is None else products[name] for name in on_path),
            tuple(None if name is None else factors.get(name) for name in on_path),
            "‖∂E/∂z‖",
            self._stage.say(message("Product of w · f′ from the output back")),
        )

    def _sentence(self, frame: Frame) -> Message:
        if frame.lesson.expression is not None:
            return message("A formula has no layers.")
        if self._stage.holds_results:
            return message("This would give away what is to be predicted.")
        if frame.one_pass is None:
            return message("The pass is being computed.")
        if not self.layers:
            return message("This rule learns without a gradient: there is nothing to pass back.")
        first, last = self.layers[0], self.layers[-1]
        if not first.norm or not last.norm:
            return message("No gradient reaches the first layer.")
        ratio = first.norm / last.norm
        told = shown(ratio, _DIGITS, frame.language)
        if len(self.layers) > 1 and ratio < _VANISHING:
            return message("The gradient vanishes: at the first layer ∂E/∂z is {ratio} times that at the output.", ratio=told)  # fmt: skip
        if len(self.layers) > 1 and ratio > _EXPLODING:
            return message("The gradient explodes: at the first layer ∂E/∂z is {ratio} times that at the output.", ratio=told)  # fmt: skip
        return message("From the output to the first layer ∂E/∂z changes by the factor {ratio}.", ratio=told)  # fmt: skip

    def _file(self, kind: PlotFormat) -> Callable[[], bytes]:
        plot, look = self.plot(), self.view.look_in_files(self._stage.frame.language)
        rows = [(" ".join(layer.neurons), layer.norm) for layer in self.layers]
        path = [(f"{step.target} > {step.source}", step.weight, step.slope, step.product) for step in self.path]  # fmt: skip

        def made() -> bytes:
            if kind == "csv":
                by_layers = as_csv(("layer", "norm of dE/dz"), rows)
                return by_layers + b"\n" + as_csv(("path", "w", "f'(z)", "product"), path)
            return saved(LayersChart().figure(plot, look, _FILE_SIZE), kind)

        return made
