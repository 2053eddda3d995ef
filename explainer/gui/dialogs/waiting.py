"""A dialog while the worker sets the pages to print: what is being done, and a way to give it up."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from explainer.gui.dialogs.asking import PlainDialog
from explainer.gui.frame import Trouble
from explainer.gui.stage import Stage
from explainer.messages import Message, message
from explainer.protocol import HerePrint, WantPrint

# What takes less is not worth a dialog, ms.
_PATIENCE = 300


class Waiting(PlainDialog):
    """Waits for one request of the stage; `answered` carries its reply or the trouble, once, unless it is cancelled."""

    answered = Signal(object)

    def __init__(self, stage: Stage, request: WantPrint, what: Message, parent: QWidget) -> None:
        super().__init__(parent, stage.say(what), "")
        self._stage = stage
        self._request = request
        self._done = False
        bar = QProgressBar(self)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedHeight(6)
        self.body.addWidget(bar)
        cancel = self.add_button(stage.say(message("Cancel")))
        cancel.clicked.connect(self.reject)
        self.rejected.connect(self._cancel)
        stage.errands.done.connect(self._take)
        QTimer.singleShot(_PATIENCE, self, self._appear)

    def _appear(self) -> None:
        if not self._done:
            self.open()

    def _take(self, request: WantPrint, result: HerePrint | Trouble) -> None:
        if request != self._request or self._done:
            return
        self._finish()
        self.answered.emit(result)

    def _cancel(self) -> None:
        if not self._done:
            self._stage.errands.cancel(self._request)
            self._finish()

    def _finish(self) -> None:
        self._done = True
        self._stage.errands.done.disconnect(self._take)
        self.close()
        self.deleteLater()
