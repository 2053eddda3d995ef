"""What windows left unsaved that ended without being asked: a list, what each would change, and what to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from explainer.gui.dialogs.asking import PlainDialog, words
from explainer.gui.tips import as_tip
from explainer.messages import Message, message, translate
from explainer.session.recovery import Header

_WIDTH = 620
_LIST_ROWS = 4
# More differences than anybody reads; the rest is counted.
_MOST_LINES = 500


class Left(NamedTuple):
    """One recovery file: its header, None where it is damaged."""

    file: Path
    header: Header | None


class RecoveryDialog(PlainDialog):
    """Lists what was left; `recover`, `compare` and `discard` carry the recovery file chosen."""

    recover = Signal(object)
    compare = Signal(object)
    discard = Signal(object)

    def __init__(self, parent: QWidget | None, left: Sequence[Left], language: str) -> None:
        super().__init__(
            parent,
            translate(message("Unsaved changes were kept"), language),
            translate(
                message(
                    "Explainer ended last time without asking. What was not saved is still here; nothing is deleted "
                    "unless you discard it."
                ),
                language,
            ),
        )
        self._language = language
        self.prefer(_WIDTH)
        self._list = QListWidget(self)
        self._list.setProperty("part", "list")
        self._list.setAccessibleName(translate(message("Unsaved lessons"), language))
        for one in left:
            item = QListWidgetItem(self._described(one))
            item.setToolTip(as_tip(one.header.path or "" if one.header else str(one.file)))
            self._list.addItem(item)
        self._left = list(left)
        self.body.addWidget(self._list)
        self._heading = words("", "note")
        self._heading.hide()
        self.body.addWidget(self._heading)
        self._lines = QPlainTextEdit(self)
        self._lines.setReadOnly(True)
        self._lines.setAccessibleName(translate(message("What differs"), language))
        self._lines.setMinimumHeight(150)
        self._lines.hide()
        self.body.addWidget(self._lines, 1)
        self._add_buttons()
        self._list.currentRowChanged.connect(self._chosen)
        self._list.itemDoubleClicked.connect(lambda: self._recover.click())
        self._list.setCurrentRow(0)
        self._fit_list()

    def show_differences(self, file: Path, lines: Sequence[str], heading: Message) -> None:
        """Show what recovering this file would change."""
        if file != self._current.file:
            return
        shown = list(lines[:_MOST_LINES])
        if len(lines) > len(shown):
            more = message("and {count} more", count=len(lines) - len(shown))
            shown.append(translate(more, self._language))
        self._heading.setText(translate(heading, self._language))
        self._heading.show()
        self._lines.setPlainText("\n".join(shown))
        self._lines.setVisible(bool(shown))
        self.fit_screen()

    def remove(self, file: Path) -> None:
        """Take a file that was discarded from the list; with the last one the dialog closes."""
        row = next(index for index, one in enumerate(self._left) if one.file == file)
        del self._left[row]
        self._list.takeItem(row)
        if self._left:
            self._fit_list()
            self._chosen()
        else:
            self.accept()

    def _add_buttons(self) -> None:
        say = self._say
        self._discard = self.add_button(say(message("Discard…")))
        self._compare = self.add_button(say(message("Compare")))
        later = self.add_button(say(message("Later")))
        self._recover = self.add_button(say(message("Recover")), default=True)
        self._discard.clicked.connect(lambda: self.discard.emit(self._current.file))
        self._compare.clicked.connect(lambda: self.compare.emit(self._current.file))
        self._recover.clicked.connect(lambda: self.recover.emit(self._current.file))
        later.clicked.connect(self.reject)

    @property
    def _current(self) -> Left:
        return self._left[max(0, min(self._list.currentRow(), len(self._left) - 1))]

    def _chosen(self) -> None:
        if not self._left:
            return
        is_sound = self._current.header is not None
        self._recover.setEnabled(is_sound)
        self._compare.setEnabled(is_sound)
        self._lines.hide()
        self._heading.hide()

    def _described(self, one: Left) -> str:
        if one.header is None:
            return self._say(message("{name}: damaged", name=one.file.name))
        when = QDateTime.fromSecsSinceEpoch(round(one.header.time.timestamp()))
        locale = QLocale(self._language)
        time = locale.toString(when, QLocale.FormatType.ShortFormat)
        title = " ".join(one.header.title.split())
        if one.header.path is None:
            return self._say(message("{title}, never saved · {time}", title=title, time=time))
        name = Path(one.header.path).name
        return self._say(message("{title} ({name}) · {time}", title=title, name=name, time=time))

    def _fit_list(self) -> None:
        row = self._list.sizeHintForRow(0) or 20
        rows = max(1, min(_LIST_ROWS, len(self._left)))
        self._list.setFixedHeight(row * rows + 2 * self._list.frameWidth() + 8)

    def _say(self, text: Message) -> str:
        return translate(text, self._language)
