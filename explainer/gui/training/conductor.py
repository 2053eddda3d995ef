"""Between the window and the process that trains: what is trained, where it stands, what the user wants of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from explainer.gui.frame import Frame
from explainer.gui.stage import Stage
from explainer.gui.timing import once
from explainer.gui.training.client import TrainingClient, opening
from explainer.gui.training.gaze import Gaze
from explainer.gui.training.standing import Standing
from explainer.lesson.batches import batches
from explainer.lesson.lesson import Lesson
from explainer.messages import message
from explainer.session.training.edits import Trained
from explainer.session.training.following import Following
from explainer.training.curve import Curve
from explainer.training.refusals import why_not_trained
from explainer.training.wire import (
    Command,
    Look,
    Pause,
    Refusal,
    Reply,
    Run,
    Seen,
    Stand,
    Step,
    Stood,
    Visit,
)

# Edits that follow each other, as while a number is nudged, are one beginning; ms.
_REST = 60


class Conductor(Standing):
    """Holds one training. `moment_shown` carries each moment, None for none.

    `opened` comes when the steps of an update have been opened, `begun` when something else is trained from so many passes
    on, −1 from the beginning. Moments are only asked for while somebody looks (`look`). `seen_closer` carries more of the
    present moment while the graph shows a step.
    """

    moment_shown = Signal(object)
    seen_closer = Signal(object)
    stands = Signal(object)
    opened = Signal()
    begun = Signal(int)

    def __init__(self, stage: Stage, client: TrainingClient | None = None) -> None:
        super().__init__(stage)
        self._client = client or TrainingClient(parent=self)
        self._client.came.connect(self._take)
        self._client.ended.connect(self._lost)
        stage.stopped.connect(self._client.stop)
        self._number = 0
        self._following = Following()
        self._adopts = False
        # Whether the graph shows a step although somebody looks at the training.
        self._is_stepped = False
        self.gaze = Gaze(self._client.send, self)
        self._begin = once(self, _REST, self._begin_anew)

    @property
    def process_id(self) -> int | None:
        """The number of the process that trains, None where there is none."""
        return self._client.process_id

    # --- what is seen ----------------------------------------------------------------------

    def look(self, wanted: Look) -> None:
        """Show moments from now on, with what is looked at."""
        sees_more = self.gaze.turn_to(wanted)
        self._take_lesson(self._stage.frame.lesson)
        if sees_more and self.moment is not None:
            self._is_stepped = False
            self.moment_shown.emit(self.moment)
        if self._number and not self._begin.isActive():
            self.gaze.ask()

    def look_closer(self, wanted: Look) -> None:
        """Look at something else of the same moments, if anybody looks."""
        if self.gaze.wants is not None and self.gaze.turn_to(wanted) and self._number:
            self.gaze.ask()

    def look_away(self) -> None:
        """Show no more moments; training goes on."""
        self.gaze.turn_away()
        self.moment_shown.emit(None)

    def show_frame(self, old: Frame | None, new: Frame) -> None:
        """Train the lesson of a frame."""
        if old is None or old.lesson is not new.lesson:
            self._take_lesson(new.lesson)
        elif (old.pass_index, old.step_index) != (new.pass_index, new.step_index):
            # Whoever steps looks at the step.
            self._is_stepped = True
            self.moment_shown.emit(None)

    # --- what is wanted --------------------------------------------------------------------

    def run(self) -> None:
        """Train, or pause."""
        if self.is_running:
            self._send(Pause())
            self._set_running(on=False)
        elif self._is_ready():
            self._send(Run(self.pace))
            self._set_running(on=True)

    def pause(self) -> None:
        """Stand still."""
        if self.is_running:
            self.run()

    def set_pace(self, pace: float | None) -> None:
        """Train at another pace, now and from now on."""
        self.pace = pace
        if self.is_running:
            self._send(Run(pace))
        self.changed.emit()

    def step(self, *, whole_epoch: bool) -> None:
        """Train for an epoch, or for a batch."""
        if self._is_ready():
            self._set_running(on=False)
            self._send(Step(whole_epoch))

    def visit(self, epoch: int) -> None:
        """Go to any epoch that was reached."""
        if self._is_ready():
            self._set_running(on=False)
            self._send(Visit(epoch))

    def sample(self) -> None:
        """Train with one sample; where a batch has more, open the steps of the next update, a sample after the other."""
        size, _ = batches(self._stage.session.lesson)
        if size == 1:
            self.step(whole_epoch=False)
        else:
            self.explain()

    def back(self) -> None:
        """Go to where this epoch began, or to where the one before it did."""
        if self.moment is not None and self.seen is not None:
            within = self.moment.passes % self.seen.per_epoch != 0
            self.visit(self.moment.epoch if within else self.moment.epoch - 1)

    def restart(self) -> None:
        """Begin again with the same weights."""
        if self._following.origin is None:
            self._begin_anew()
        else:
            self._open(self._following.origin)

    def explain(self) -> None:
        """Open the steps of the update that follows."""
        self._stand("explain")

    def keep(self) -> None:
        """Make the present weights the lesson's start."""
        self._stand("keep")

    def hand_over(self) -> None:
        """Have `stands` carry where training stands, which goes on."""
        if self._is_ready():
            self._send(Stand("hand over", stops=False))

    # --- inside ----------------------------------------------------------------------------

    def _is_ready(self) -> bool:
        """Begin what is about to begin; tell whether commands can be sent, the process being there or on its way."""
        if self._begin.isActive():
            self._begin.stop()
            self._begin_anew()
        return self.can_train

    def _stand(self, purpose: str) -> None:
        if self._is_ready():
            self._set_running(on=False)
            self._send(Stand(purpose))

    def _take_lesson(self, lesson: Lesson) -> None:
        if self._adopts:
            return
        if self._following.knows(lesson) and not self._was_lost:
            self._begin.stop()
            self.changed.emit()
        elif self.gaze.wants is not None or self.is_running:
            self.is_begun = True
            self._begin.start()
            self.changed.emit()

    def _begin_anew(self) -> None:
        """Train the lesson as it is now: from the same weights, where only settings are others."""
        lesson = self._stage.session.lesson
        keeps = self._following.take(lesson) == "settings" and self.can_train
        if why_not_trained(lesson) is not None:
            self._forget()
        else:
            self._open(lesson, keeps=keeps)

    def _open(self, lesson: Lesson, *, keeps: bool = False) -> None:
        was_running = self.is_running and keeps
        self._number += 1
        self._was_lost = False
        self._refusal = None
        self.is_begun = True
        number = self._number
        self._client.send(partial(opening, number, lesson, keeps=keeps))
        # What was not told yet comes anew, and what came later comes otherwise.
        present = self.moment if keeps else None
        self.curve = Curve() if present is None else self.curve.until(present.epoch)
        self.begun.emit(-1 if present is None else present.passes)
        if not keeps:
            self._set_running(on=False)
        if was_running:
            self._client.send(Run(self.pace))
        self.gaze.begin_anew()
        self.gaze.ask()
        self.changed.emit()

    def _forget(self) -> None:
        self._number += 1
        self.seen, self.moment, self.curve = None, None, Curve()
        self._refusal, self.is_begun = None, False
        self._set_running(on=False)
        self._client.stop()
        self.moment_shown.emit(None)
        self.changed.emit()

    def _send(self, command: Command) -> None:
        self._client.send(command)
        self.gaze.ask()

    def _take(self, reply: Reply) -> None:
        if reply.number != self._number:
            return
        match reply:
            case Refusal():
                self.seen, self.moment = None, None
                self._refusal, self.is_begun = reply, False
                self._set_running(on=False)
                self.moment_shown.emit(None)
                self.changed.emit()
            case Stood():
                self._take_over(reply)
            case Seen():
                self._show(reply)

    def _show(self, seen: Seen) -> None:
        self.gaze.take()
        self._note(seen)
        if self.gaze.wants is None:
            return
        is_same = self.moment is not None and self.moment.passes == seen.moment.passes
        self.seen, self.moment = seen, seen.moment
        if seen.trouble is not None:
            self.is_running = False
        self.changed.emit()
        self._is_stepped = self._is_stepped and is_same
        (self.seen_closer if self._is_stepped else self.moment_shown).emit(seen.moment)

    def _take_over(self, stood: Stood) -> None:
        session = self._stage.session
        trained = Trained(stood.passes, stood.parameters, stood.memory)
        if stood.purpose == "hand over":
            self.stands.emit(trained)
            return
        at = self.seen.at if self.seen is not None else None
        self._adopts = True
        try:
            if stood.purpose == "explain":
                refusal = self._stage.attempt(session.explain_update, trained, at)
            else:
                refusal = self._stage.attempt(session.keep_trained, trained)
        finally:
            self._adopts = False
        if refusal is not None:
            self._stage.inform(refusal)
            return
        self._following.adopt(session.lesson, is_start=stood.purpose == "keep")
        if stood.purpose == "explain":
            self.opened.emit()
        else:
            self._stage.inform(message("The lesson now starts with these weights."))

    def _lost(self) -> None:
        self._was_lost = True
        self.seen, self.is_begun = None, False
        self.gaze.begin_anew()
        self._following = Following()
        self._set_running(on=False)
        self.changed.emit()
