"""Movement from one layout to the next: short, and only where nobody has asked for less of it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QObject, Qt, QVariantAnimation
from PySide6.QtWidgets import QApplication, QStyle

from explainer.render.drawing.between import between
from explainer.render.shapes import Drawing

# ms.
DURATION = 160


class Motion(QObject):
    """Shows one drawing turn into another, frame by frame."""

    def __init__(self, show: Callable[[Drawing], None], parent: QObject) -> None:
        super().__init__(parent)
        self._show = show
        self._old = self._new = Drawing(1.0, 1.0, ())
        self._way = QVariantAnimation(self)
        self._way.setDuration(DURATION)
        self._way.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._way.setStartValue(0.0)
        self._way.setEndValue(1.0)
        self._way.valueChanged.connect(self._advance)

    @property
    def is_running(self) -> bool:
        """Tell whether something moves."""
        return self._way.state() == QVariantAnimation.State.Running

    def begin(self, old: Drawing, new: Drawing) -> None:
        """Begin to move from what is shown to another drawing."""
        self._way.stop()
        self._old, self._new = old, new
        # At once, for what is new must not be seen at its end before.
        self._show(between(old, new, 0.0))
        self._way.start()

    def stop(self) -> None:
        """Move no more; whoever stops it shows something else."""
        self._way.stop()

    def _advance(self, share: object) -> None:
        # Qt tells the first value even of what has been stopped.
        if self.is_running and isinstance(share, float):
            self._show(between(self._old, self._new, share))


def system_moves() -> bool:
    """Tell whether the system has things move, as far as Qt knows."""
    if QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) <= 0:
        return False
    # From Qt 6.12 on the system's own wish is told.
    accessibility = getattr(QApplication.styleHints(), "accessibility", lambda: None)()
    preference = getattr(accessibility, "motionPreference", None)
    if preference is not None and getattr(preference(), "name", "") == "ReducedMotion":
        return False
    # Elsewhere Qt calls all effects off when it merely does not know.
    return sys.platform != "win32" or QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
