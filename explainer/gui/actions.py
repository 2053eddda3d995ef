"""Every action of the window in one table: menus, buttons and shortcuts are made from it."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from explainer.gui.frame import Frame
from explainer.gui.theme import Theme
from explainer.messages import Message, message, translate


class ActionRow(NamedTuple):
    """One action. `intent` names the method of the commands that carries it out; the first shortcut is shown.

    `enabled` tells from a frame whether it can be used. The shortcuts of an action `of_graph` work while the graph has
    the keyboard: elsewhere the same keys copy text, or delete a letter.
    """

    id: str
    text: Message
    intent: str
    shortcuts: tuple[str, ...] = ()
    enabled: Callable[[Frame], bool] | None = None
    of_graph: bool = False


def _has_step(frame: Frame) -> bool:
    return frame.step_index >= 0


def _has_network(frame: Frame) -> bool:
    return frame.lesson.expression is None


def _can_undo(frame: Frame) -> bool:
    return frame.undo_name is not None


def _can_redo(frame: Frame) -> bool:
    return frame.redo_name is not None


def _can_go_back(frame: Frame) -> bool:
    return frame.can_go_back


def _is_before_end(frame: Frame) -> bool:
    return not frame.is_at_end


def _can_keep(frame: Frame) -> bool:
    return frame.pass_index > 0 or bool(frame.moment.updated)


def _can_tidy(frame: Frame) -> bool:
    return any(neuron.role == "hidden" for neuron in frame.lesson.network.neurons)


ACTIONS: tuple[ActionRow, ...] = (
    ActionRow("new", message("&New network…"), "new_network", ("Ctrl+N",)),
    ActionRow("open", message("&Open…"), "open_file", ("Ctrl+O",)),
    ActionRow("gallery", message("&Built-in lessons…"), "open_gallery", ("Ctrl+L",)),
    ActionRow("save", message("&Save"), "save", ("Ctrl+S",)),
    ActionRow("save_as", message("Save &as…"), "save_as", ("Ctrl+Shift+S",)),
    ActionRow("share", message("Copy the lesson as te&xt"), "sharing.copy", ("Ctrl+Shift+C",)),
    ActionRow(
        "open_text", message("Open &from text…"), "sharing.open_from_text", ("Ctrl+Shift+O",)
    ),
    ActionRow("export", message("&Export…"), "export", ("Ctrl+E",)),
    ActionRow("worksheets", message("&Worksheets…"), "worksheets.open_dialog", ("Ctrl+Shift+E",)),
    ActionRow("print", message("&Print…"), "print_document", ("Ctrl+P",)),
    ActionRow("quit", message("&Quit"), "quit", ("Ctrl+Q",)),
    ActionRow("undo", message("&Undo"), "undo", ("Ctrl+Z",), _can_undo),
    ActionRow("redo", message("&Redo"), "redo", ("Ctrl+Shift+Z", "Ctrl+Y"), _can_redo),
    ActionRow("cut", message("Cu&t"), "building.cut", ("Ctrl+X",), of_graph=True),
    ActionRow("copy", message("&Copy"), "building.copy", ("Ctrl+C",), of_graph=True),
    ActionRow(
        "paste", message("&Paste"), "building.paste", ("Ctrl+V",), _has_network, of_graph=True
    ),
    ActionRow("duplicate", message("D&uplicate"), "building.duplicate", ("Ctrl+D",), of_graph=True),
    ActionRow("delete", message("&Delete"), "building.delete", ("Del", "Backspace"), of_graph=True),
    ActionRow(
        "select_all",
        message("Select &all"),
        "building.select_all",
        ("Ctrl+A",),
        _has_network,
        of_graph=True,
    ),
    ActionRow("rename", message("&Rename…"), "building.rename", ("F2",), of_graph=True),
    ActionRow("connect_all", message("Co&nnect all"), "building.connect_all", (), _has_network),
    ActionRow("tidy", message("&Tidy up"), "tidy_up", ("Ctrl+Shift+T",), _can_tidy),
    ActionRow("texts", message("About this &lesson…"), "edit_texts"),
    ActionRow("keep", message("&Keep these weights"), "keep_weights", (), _can_keep),
    ActionRow("blanks", message("&Blanks by hand"), "worksheets.choose_blanks", ("Ctrl+Shift+B",)),
    ActionRow(
        "blank_result",
        message("Blank this r&esult on the worksheet"),
        "worksheets.blank_result",
        ("Ctrl+B",),
        _has_step,
    ),
    ActionRow("first", message("First step"), "first", ("Home",), _can_go_back),
    ActionRow("back", message("Step back"), "back", ("Left",), _can_go_back),
    ActionRow("play", message("Play or pause"), "play", ("Space",)),
    ActionRow("next", message("Step forward"), "next", ("Right",)),
    ActionRow("last", message("Last step"), "last", ("End",), _is_before_end),
    ActionRow("derivation", message("&Derivation"), "show_derivation", ("Ctrl+1",)),
    ActionRow("choices", message("&Choices"), "show_choices", ("Ctrl+2",)),
    ActionRow("data", message("D&ata"), "show_data", ("Ctrl+3",)),
    ActionRow("training", message("&Training"), "training.show", ("Ctrl+4",)),
    ActionRow("activation", message("A&ctivation"), "looking.show_activation", ("Ctrl+5",)),
    ActionRow(
        "layers", message("Gradient by &layer"), "looking.show_layers", ("Ctrl+6",), _has_network
    ),
    ActionRow("descent", message("De&scent"), "looking.show_descent", ("Ctrl+7",)),
    ActionRow("train", message("&Train or pause"), "training.run", ("Ctrl+R",)),
    ActionRow("train_epoch", message("Train one &epoch"), "training.epoch", ("Ctrl+Shift+Right",)),
    ActionRow("train_batch", message("Train one &batch"), "training.batch", ("Ctrl+Right",)),
    ActionRow("train_sample", message("Train &one sample"), "training.sample"),
    ActionRow("train_back", message("Bac&k one epoch"), "training.back", ("Ctrl+Shift+Left",)),
    ActionRow("train_again", message("Begin again, &same weights"), "training.again"),
    ActionRow("train_new", message("Begin again, ne&w weights"), "training.new_weights"),
    ActionRow(
        "train_explain", message("E&xplain this step"), "training.explain", ("Ctrl+Shift+X",)
    ),
    ActionRow("train_keep", message("Keep the trained we&ights"), "training.keep"),
    ActionRow(
        "train_data", message("&Data set…"), "training.choose_data", ("Ctrl+Shift+D",), _has_network
    ),
    ActionRow("view_neurons", message("&Neurons"), "viewing.neurons", ("Ctrl+Alt+1",)),
    ActionRow(
        "view_computation", message("Computation &graph"), "viewing.computation", ("Ctrl+Alt+2",)
    ),
    ActionRow("view_matrices", message("&Matrices"), "viewing.matrices", ("Ctrl+Alt+3",)),
    ActionRow("view_table", message("Ta&ble"), "viewing.table", ("Ctrl+Alt+4",)),
    ActionRow("zoom_in", message("Zoom &in"), "zoom_in", ("Ctrl++", "Ctrl+=")),
    ActionRow("zoom_out", message("Zoom &out"), "zoom_out", ("Ctrl+-",)),
    ActionRow("fit", message("&Fit the graph"), "fit", ("Ctrl+0",)),
    ActionRow("full_screen", message("Full &screen"), "full_screen", ("F11",)),
    ActionRow("present", message("&Present"), "classroom.present", ("F5",)),
    ActionRow(
        "present_from_start",
        message("Present from the &beginning"),
        "classroom.present_from_start",
        ("Shift+F5",),
    ),
    ActionRow("predict", message("P&redict results"), "classroom.predict", ("Ctrl+Shift+P",)),
    ActionRow(
        "predict_by_factor",
        message("Predict by the &missing factor"),
        "classroom.predict_by_factor",
        ("Ctrl+Shift+M",),
    ),
    ActionRow(
        "predict_summary",
        message("S&ummary of predictions…"),
        "classroom.predict_summary",
        ("Ctrl+Shift+U",),
    ),
    ActionRow("settings", message("Se&ttings…"), "settings", ("Ctrl+,",)),
    ActionRow("check", message("Gradient check"), "show_check"),
    ActionRow("welcome", message("&Welcome…"), "classroom.welcome"),
    ActionRow("tour", message("First &tour"), "classroom.tour"),
    ActionRow("shortcuts", message("&Keyboard shortcuts…"), "classroom.shortcuts", ("F1",)),
    ActionRow("sources", message("&Sources of the formulas…"), "classroom.sources"),
    ActionRow("about", message("&About Explainer…"), "classroom.about"),
)


class ActionSet(QObject):
    """The actions of one window, by their ids."""

    def __init__(self, commands: QObject, window: QWidget, graph: QWidget) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        for row in ACTIONS:
            action = QAction(window)
            action.setObjectName(row.id)
            action.setShortcuts([QKeySequence(keys) for keys in row.shortcuts])
            action.triggered.connect(attrgetter(row.intent)(commands))
            if row.of_graph:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                graph.addAction(action)
            else:
                action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
                window.addAction(action)
            self._actions[row.id] = action

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def tick(self, action_id: str, on: bool) -> None:
        """Show whether what an action switches is on."""
        action = self._actions[action_id]
        action.setCheckable(True)
        action.setChecked(on)

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Take texts and states from a frame."""
        if old is None or old.language != new.language:
            self._translate(new.language)
        for row in ACTIONS:
            if row.enabled is not None:
                self._actions[row.id].setEnabled(row.enabled(new))
        self._name_history(new)

    def set_theme(self, theme: Theme) -> None:
        """Actions have no colours."""

    def _translate(self, language: str) -> None:
        for row in ACTIONS:
            action = self._actions[row.id]
            text = translate(row.text, language)
            action.setText(text)
            action.setToolTip(tip(text, action))

    def _name_history(self, frame: Frame) -> None:
        for action_id, name, pattern in (
            ("undo", frame.undo_name, message("&Undo")),
            ("redo", frame.redo_name, message("&Redo")),
        ):
            word = translate(pattern, frame.language)
            what = translate(name, frame.language) if name is not None else ""
            self._actions[action_id].setText(f"{word}: {what}" if what else word)


def tip(text: str, action: QAction) -> str:
    """Return what an action does and its shortcut, for a tooltip."""
    plain = text.replace("&", "").rstrip("…")
    keys = _native(action.shortcut())
    return f"{plain} ({keys})" if keys else plain


def keys_of(action: QAction) -> str:
    """Return all shortcuts of an action, for a list of them."""
    return ", ".join(_native(keys) for keys in action.shortcuts())


def _native(sequence: QKeySequence) -> str:
    keys = sequence.toString(QKeySequence.SequenceFormat.NativeText)
    return {"Left": "←", "Right": "→"}.get(keys, keys)
