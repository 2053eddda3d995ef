"""Which dialog a button of the data opens."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from explainer.gui.dialogs.asking import run
from explainer.gui.stage import Stage


def open_dialog(name: str, stage: Stage, window: QWidget) -> None:
    """Open the dialog of a button; each is imported when it opens."""
    if name == "import":
        from explainer.gui.data.importing import import_table

        import_table(stage, window)
    elif name == "features":
        from explainer.gui.data.columns_dialog import ColumnsDialog

        run(ColumnsDialog(stage, window))
    elif name == "noise":
        from explainer.gui.data.chance_dialogs import NoiseDialog

        run(NoiseDialog(stage, window))
    elif name == "test":
        from explainer.gui.data.chance_dialogs import SplitDialog

        run(SplitDialog(stage, window))
