"""The table of the board: lines are chosen with the arrows up and down, numbers typed over, Enter goes to a line's step."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from explainer.gui.board.model import GRADIENT, NEW, SYMBOL, VALUE, WHAT, BoardModel
from explainer.gui.board.painting import HEADING_HEIGHT, ROW_HEIGHT, BoardHead, LinePainter
from explainer.gui.frame import Frame
from explainer.gui.number_editing import ENTER, NumberTable, begins_number
from explainer.gui.theme import Theme

# Keys that mean something here, whatever they do elsewhere in the window; ← and → step, as everywhere.
_OWN_KEYS = frozenset((Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_F2, *ENTER))
# What edits a graph does nothing to a table.
_OF_GRAPH = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.Delete,
    QKeySequence.StandardKey.SelectAll,
)
_SEEN = QAbstractItemView.ScrollHint.EnsureVisible


class BoardTable(NumberTable):
    """`chosen` carries the line that is chosen, `wanted` the step to go to."""

    chosen = Signal(int)
    wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = BoardModel(self)
        self.setModel(self.lines)
        self._painter = LinePainter(self.lines, theme)
        self._painter.stepped.connect(self._go_on)
        self._type_with(self._painter)
        self._head = BoardHead(self.lines, theme)
        self.setHorizontalHeader(self._head)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(20)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._click)
        self.doubleClicked.connect(self._type_at)
        self._zoom = 1.0
        self._step = -1

    # --- showing ---------------------------------------------------------------------------

    def show_frame(self, frame: Frame) -> None:
        """Show a frame; the line that is chosen stays, the step's own comes into sight."""
        line = self.currentIndex().row()
        self._painter.phase = frame.moment.phase
        self._step = frame.step_index
        if self.lines.show_frame(frame):
            self._set_heights()
            self.clearSpans()
            for place in range(self.lines.rowCount()):
                if self.lines.row(place) is None:
                    self.setSpan(place, SYMBOL, 1, NEW + 1)
            was_blocked = self.blockSignals(True)
            self.choose(min(max(line, 1), self.lines.rowCount() - 1))
            self.blockSignals(was_blocked)
        self.fit()
        about = self._line_of_step()
        if about is not None:
            self.scrollTo(self.lines.index(about, VALUE), _SEEN)
        self.viewport().update()

    def _line_of_step(self) -> int | None:
        places = range(self.lines.rowCount())
        return next((place for place in places if self.lines.is_about(place)), None)

    def choose_step(self) -> None:
        """Choose the line that the step is about, and say nothing of it."""
        about = self._line_of_step()
        if about is not None:
            was_blocked = self.blockSignals(True)
            self.choose(about)
            self.blockSignals(was_blocked)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._painter.theme = self._head.theme = theme
        self.viewport().update()
        self._head.viewport().update()

    def set_zoom(self, zoom: float) -> None:
        """Set everything so much larger than usual."""
        self._zoom = self._painter.zoom = self._head.zoom = zoom
        self._set_heights()
        self._head.updateGeometry()
        self.updateGeometries()
        self.fit()
        self.viewport().update()

    def _set_heights(self) -> None:
        self.verticalHeader().setDefaultSectionSize(round(ROW_HEIGHT * self._zoom))
        for place in range(self.lines.rowCount()):
            if self.lines.row(place) is None:
                self.setRowHeight(place, round(HEADING_HEIGHT * self._zoom))

    def fit(self) -> None:
        """Make columns as wide as what stands in them; what room is left goes to the words."""
        widths = [self._painter.width(column) for column in range(NEW + 1)]
        left = self.viewport().width() - sum(widths)
        widths[WHAT] += max(left, 0)
        for column, width in enumerate(widths):
            if self.columnWidth(column) != width:
                self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    # --- choosing and typing ---------------------------------------------------------------

    def choose(self, line: int) -> None:
        """Choose a line, or the next one where it is a heading."""
        while line < self.lines.rowCount() and self.lines.row(line) is None:
            line += 1
        if 0 <= line < self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(line, SYMBOL))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]  # Qt's stub names QPersistentModelIndex too
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(current.row())

    def _go_on(self, rows: int, columns: int) -> None:
        """Go to the next line that can be typed into."""
        line, step = self.currentIndex().row(), rows or columns
        while 0 <= line + step < self.lines.rowCount():
            line += step
            row = self.lines.row(line)
            if row is not None and row.edits is not None:
                self.choose(line)
                return

    def _type_at(self, index: QModelIndex) -> None:
        row = self.lines.row(index.row())
        if row is not None and row.edits is not None:
            self.edit(self.lines.index(index.row(), VALUE))

    def _click(self, index: QModelIndex) -> None:
        """Go to the step that has found a number: a click on it asks where it comes from."""
        visits = self.lines.visits(index.row())
        step = {VALUE: visits.value, GRADIENT: visits.gradient, NEW: visits.new}.get(index.column())
        if step is not None:
            self.wanted.emit(step)

    def _go_to_step(self, line: int) -> None:
        """Go to the first step about a line, from there to the next one, and round again."""
        steps = [step for step in self.lines.visits(line) if step is not None]
        if steps:
            later = [step for step in steps if step > self._step]
            self.wanted.emit(min(later) if self._step in steps and later else min(steps))

    # --- events ----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            is_own = plain and (event.key() in _OWN_KEYS or begins_number(event))
            if is_own or any(event.matches(keys) for keys in _OF_GRAPH):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in ENTER:
            self._go_to_step(index.row())
        elif event.key() == Qt.Key.Key_F2:
            self._type_at(index)
        elif begins_number(event) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._type_at(index)
            if self.editor is not None:
                self.editor.setText(event.text())
                self.editor.setModified(True)
        elif event.key() in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown,
        ):
            super().keyPressEvent(event)
        else:
            event.ignore()
