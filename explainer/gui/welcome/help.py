"""The dialogs of the menu Help: shortcuts from the tables of keys, sources from the tables of formulas, about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from explainer import __version__
from explainer.gui.actions import ACTIONS, ActionSet, keys_of
from explainer.gui.dialogs.asking import PlainDialog, words
from explainer.gui.menus import MENUS
from explainer.gui.presentation.keys import KEYS
from explainer.gui.scaling import px
from explainer.messages import Message, message, translate

_SIZE = (640, 600)
_KINDS: dict[str, Message] = {
    "activations": message("Activation functions"),
    "losses": message("Errors"),
    "updates": message("Update rules"),
    "penalties": message("Penalties"),
    "initialisers": message("Starting weights"),
    "schedules": message("Learning rates that change"),
}
# What the window is made of; the versions are those that run.
_LIBRARIES = (
    "PySide6-Essentials",
    "numpy",
    "sympy",
    "mpmath",
    "matplotlib",
    "ziamath",
    "msgspec",
    "babel",
    "pypandoc_binary",
    "typst",
)
# Keys that belong to a part of the window, not to an action.
_OF_THE_GRAPH: tuple[tuple[Message, str], ...] = (
    (message("Next number on the graph"), "Tab"),
    (message("Number before"), "Shift+Tab"),
    (message("Edit the chosen number"), "Enter, F2"),
    (message("Leave a field"), "Esc"),
)
Line = tuple[str, str]


class TableDialog(PlainDialog):
    """Sections of lines in two columns, which scroll."""

    def __init__(
        self,
        title: str,
        sections: Sequence[tuple[str, Sequence[Line]]],
        close: str,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent, title, "")
        self.lines = [line for _, lines in sections for line in lines]
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        row = 0
        for heading, lines in sections:
            label = words(heading, "group")
            label.setContentsMargins(0, 12 if row else 0, 0, 2)
            grid.addWidget(label, row, 0, 1, 2)
            row += 1
            for left, right in lines:
                grid.addWidget(_cell(left, "text"), row, 0)
                grid.addWidget(_cell(right, "text"), row, 1)
                row += 1
        grid.setRowStretch(row, 1)
        area = QScrollArea()
        area.setWidget(sheet)
        area.setWidgetResizable(True)
        area.setAccessibleName(title)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setProperty("part", "scroll")
        area.setMinimumHeight(px(160))
        self.body.addWidget(area, 1)
        self.prefer(*_SIZE)
        button = self.add_button(close, default=True)
        button.setToolTip(f"{close} (Esc)")
        button.clicked.connect(self.accept)


def _cell(text: str, part: str) -> QLabel:
    label = words(text, "note" if part == "note" else "text")
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return label


def shortcuts(actions: ActionSet, language: str, parent: QWidget | None) -> TableDialog:
    """Return the dialog of every key there is."""

    def say(text: Message) -> str:
        return translate(text, language)

    # Of the table: the menu says what would be undone just now.
    texts = {row.id: say(row.text).replace("&", "").rstrip("…") for row in ACTIONS}
    sections: list[tuple[str, Sequence[Line]]] = []
    for title, items in MENUS:
        lines = [
            (texts[item], keys_of(actions[item]))
            for item in items
            if item is not None and item != "recent" and keys_of(actions[item])
        ]
        sections.append((say(title).replace("&", ""), lines))
    graph = [(say(text), keys) for text, keys in _OF_THE_GRAPH]
    sections.append((say(message("On the graph")), graph))
    sections.append(_presenting(language))
    close = say(message("Close"))
    return TableDialog(say(message("Keyboard shortcuts")), sections, close, parent)


def presentation_keys(language: str, parent: QWidget) -> TableDialog:
    """Return the dialog of the keys that there are during a presentation."""
    close = translate(message("Close"), language)
    title = translate(message("Keyboard shortcuts"), language)
    return TableDialog(title, [_presenting(language)], close, parent)


def _presenting(language: str) -> tuple[str, Sequence[Line]]:
    lines = [(translate(row.text, language), row.words) for row in KEYS]
    return translate(message("During a presentation"), language), lines


def sources(language: str, parent: QWidget | None) -> TableDialog:
    """Return the dialog of where each formula comes from."""
    from explainer.maths.catalogue import TABLES
    from explainer.maths.sources import source_in

    sections = []
    for kind, rows in TABLES.items():
        lines = [
            (_capital(translate(row.label, language)), source_in(row.source, language))
            for row in rows.values()
        ]
        sections.append((translate(_KINDS[kind], language), lines))
    title = translate(message("Sources of the formulas"), language)
    return TableDialog(title, sections, translate(message("Close"), language), parent)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def about(language: str, parent: QWidget | None) -> TableDialog:
    """Return the dialog of version, licence and libraries."""
    from importlib.metadata import PackageNotFoundError, version

    def say(text: Message) -> str:
        return translate(text, language)

    lines: list[Line] = []
    for name in _LIBRARIES:
        try:
            lines.append((name, version(name)))
        except PackageNotFoundError:
            # A distribution may bring a library under another name.
            continue
    own = [
        (say(message("Version")), __version__),
        (say(message("Licence")), say(message("MIT; the fonts: SIL Open Font License 1.1"))),
        (say(message("Authors")), say(message("the Explainer authors"))),
        (
            say(message("What it does")),
            say(message("Explains back-propagation step by step, in symbols and then in numbers.")),
        ),
    ]
    sections = [("Explainer", own), (say(message("Libraries")), lines)]
    title = say(message("About Explainer"))
    return TableDialog(title, sections, say(message("Close")), parent)
