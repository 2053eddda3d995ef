"""Import a table: choose a file, look at how it is read, say what each column is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from explainer.gui.dialogs.asking import run, tell
from explainer.gui.stage import Stage
from explainer.lesson.disk import read_bytes
from explainer.lesson.limits import MAX_FILE_BYTES
from explainer.messages import ExplainerError, message

_SUFFIXES = "*.csv *.tsv *.txt"


def import_table(stage: Stage, window: QWidget) -> None:
    """Let the user choose a file, and show how it is read."""
    title = stage.say(message("Import a table"))
    # The catalogue is collected by reading the source, which does not look into texts with places in them.
    tables, everything = stage.say(message("Tables")), stage.say(message("All files"))
    kinds = f"{tables} ({_SUFFIXES});;{everything} (*)"
    start = str(stage.session.path.parent) if stage.session.path is not None else ""
    name, _ = QFileDialog.getOpenFileName(window, title, start, kinds)
    if name:
        import_file(stage, window, Path(name))


def import_file(stage: Stage, window: QWidget, path: Path) -> None:
    """Show how a file is read, or say why it cannot be."""
    from explainer.gui.data.import_dialog import ImportDialog

    try:
        dialog = ImportDialog(stage, window, path.name, read_bytes(path, MAX_FILE_BYTES))
    except ExplainerError as error:
        tell(window, message("The table was not imported"), error.message, stage.frame.language)
        return
    run(dialog)
