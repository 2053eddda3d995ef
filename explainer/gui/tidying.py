"""Garbage is collected while nothing else is to do, so that no step waits for it."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

# ms without any step or edit until everything is searched through.
_REST = 3000


class Tidying(QObject):
    """Takes the place of Python's own timing of its collector."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._tidy_all)

    def begin(self) -> None:
        """Switch the automatic collector off; what lives as long as the program is never searched again."""
        gc.disable()
        gc.freeze()

    def tidy(self) -> None:
        """Collect what was made lately (a millisecond), and everything after a rest."""
        gc.collect(1)
        self._rest.start()

    def end(self) -> None:
        """Give the timing back to Python."""
        self._rest.stop()
        gc.unfreeze()
        gc.enable()

    def _tidy_all(self) -> None:
        gc.collect()
