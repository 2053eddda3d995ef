"""How training stands, as the window knows it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from explainer.gui.stage import Stage
from explainer.lesson.lesson import Lesson
from explainer.messages import Message, message
from explainer.training.curve import Curve
from explainer.training.moment import Moment
from explainer.training.refusals import why_not_trained
from explainer.training.wire import Refusal, Seen


class Standing(QObject):
    """What is known of a training; `changed` tells that something of it is another.

    `noted` carries the gradient norms by their passes that came with a moment, shown or not.
    """

    changed = Signal()
    noted = Signal(object)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._stage = stage
        self.moment: Moment | None = None
        self.seen: Seen | None = None
        self.curve = Curve()
        self.pace: float | None = None
        self.is_running = False
        # Whether the process has been told what to train; it may still be starting.
        self.is_begun = False
        # Why this lesson is not trained, as the process has said it, by language.
        self._refusal: Refusal | None = None
        self._was_lost = False
        self._looked_at: Lesson | None = None
        self._reason: Message | None = None

    def draw_new_weights(self) -> None:
        """Begin again with other weights."""
        self._stage.do(self._stage.session.draw_new_weights)

    def _set_running(self, *, on: bool) -> None:
        if on != self.is_running:
            self.is_running = on
            self.changed.emit()

    def _note(self, seen: Seen) -> None:
        """Keep what came between two moments."""
        for point in seen.points:
            self.curve.add(point)
        self.noted.emit(seen.norms)

    @property
    def fault(self) -> str | None:
        """Why nothing is trained, in the user's language."""
        lesson, language = self._stage.session.lesson, self._stage.frame.language
        if self._looked_at is not lesson:
            # Asked at every moment, and another one only with another lesson.
            self._looked_at, self._reason = lesson, why_not_trained(lesson)
        reason = self._reason
        if reason is not None:
            return self._stage.say(reason)
        if self._refusal is not None:
            return self._refusal.sentences.get(language, "")
        if self._was_lost:
            return self._stage.say(message("The process that trains ended unexpectedly."))
        return None

    @property
    def trouble(self) -> str | None:
        """What went wrong in training, in the user's language."""
        if self.seen is None or self.seen.trouble is None:
            return None
        return self.seen.trouble.get(self._stage.frame.language, "")

    @property
    def can_train(self) -> bool:
        """Whether there is a training that can go on."""
        return self.is_begun and self.fault is None

    @property
    def can_begin(self) -> bool:
        """Whether training can begin again, also where its process has ended."""
        return self.can_train or self._was_lost

    @property
    def epochs(self) -> tuple[int, int]:
        """The first and the last epoch that can be visited."""
        return (0, 0) if self.seen is None else (self.seen.first, self.seen.furthest)

    @property
    def can_go_back(self) -> bool:
        """Whether an earlier moment can be visited."""
        moment, seen = self.moment, self.seen
        if moment is None or seen is None or not self.can_train:
            return False
        return moment.epoch > seen.first or moment.passes % seen.per_epoch != 0
