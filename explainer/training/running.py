"""Training on command: runs at a pace, stops, goes back, tells what is looked at. Knows no process and no clock of its own."""

from __future__ import annotations

from collections.abc import Callable

from explainer.lesson.files import lesson_from_json
from explainer.messages import Message, Refused, languages, translate
from explainer.training.course import NormCourse
from explainer.training.curve import Curve
from explainer.training.explosion import Explosion
from explainer.training.going_on import is_counted_as, with_present
from explainer.training.looking import Looking
from explainer.training.trainer import Standing, Trainer
from explainer.training.wire import (
    Command,
    Look,
    Open,
    Pause,
    Refusal,
    Reply,
    Run,
    Seen,
    Sentences,
    Stand,
    Step,
    Stood,
    Visit,
)

# Seconds. In an epoch that takes long, so often a moment in the middle of it is told.
_PATIENCE = 0.1
# So long training runs before it looks for commands and whoever looks at it.
_STRETCH = 0.008


class Runner:
    """Carries out commands. `clock` tells seconds.

    Training is done in `work`, a stretch at a time; `answer` then gives what was looked for.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._number = 0
        self._trainer: Trainer | None = None
        self._look: Look | None = None
        self._run: Run | None = None
        # Epochs still to run before it stands still; the epoch it is on its way to.
        self._epochs = 0
        self._goal: int | None = None
        self._due = 0.0
        self._curve = Curve()
        self._course = NormCourse()
        self._is_new = False
        self._told = Look()
        self._told_at = 0.0
        self._told_epoch = -1
        self._told_norms = -1

    @property
    def is_running(self) -> bool:
        """Whether it trains until told otherwise."""
        return self._run is not None

    def take(self, command: Command) -> Refusal | Stood | None:
        """Carry out a command, or begin to; return a reply that is none to a look."""
        match command:
            case Open():
                return self._open(command)
            case Look():
                self._look = command
                return None
            case Visit():
                self._halt()
                self._goal = command.epoch
                return None
        # Whoever goes somewhere and on from there arrives first.
        self._arrive(bool)
        match command:
            case Run():
                self._run, self._epochs, self._due = command, 0, self._clock()
                self._is_new = True
            case Pause():
                self._halt()
            case Step():
                self._step(whole_epoch=command.whole_epoch)
            case Stand():
                return self._stand(command)
        return None

    def rest(self) -> float | None:
        """Return in how many seconds there is something to do: 0 for now, None for not before a command."""
        if self._trainer is None:
            return None
        if self._epochs or self._goal is not None or self._wants_to_tell():
            return 0.0
        if self._run is None:
            return None
        if self._run.pace is None:
            return 0.0
        if self._run.pace == 0:
            return 0.0 if self._look is not None else None
        return max(0.0, self._due - self._clock())

    def work(self, interrupted: Callable[[], bool] = bool) -> None:
        """Train for a stretch, or what is due; ends early where it is `interrupted`, and goes on the next time."""
        trainer, now = self._trainer, self._clock()
        if trainer is None:
            return
        until = now + _STRETCH

        def ends() -> bool:
            return interrupted() or self._clock() > until

        self._arrive(interrupted)
        while self._epochs and not ends():
            if self._one_epoch(trainer, ends):
                self._epochs -= 1
        if self._run is not None and self._goal is None:
            self._keep_pace(trainer, self._run.pace, now, ends)

    def _keep_pace(
        self, trainer: Trainer, pace: float | None, now: float, ends: Callable[[], bool]
    ) -> None:
        if pace is None:
            while not ends() and self.is_running:
                self._one_epoch(trainer, ends)
        elif pace == 0:
            if self._look is not None and not self._wants_to_tell():
                self._one_epoch(trainer, ends)
        elif now >= self._due:
            # What a slow machine misses it does not make up for.
            due = max(self._due + 1 / pace, now)
            if self._one_epoch(trainer, ends):
                self._due = due

    def answer(self) -> Reply | None:
        """Return the moment that was looked for, None while there is nothing new to see."""
        trainer, look = self._trainer, self._look
        if trainer is None or look is None or not self._wants_to_tell():
            return None
        self._look, self._told, self._is_new = None, look, False
        self._told_at = self._clock()
        points = tuple(point for point in self._curve.points if point.epoch > self._told_epoch)
        self._told_epoch = self._curve.last_epoch
        norms = tuple(self._course.after(self._told_norms))
        self._told_norms = max(self._told_norms, norms[-1][0] if norms else -1)
        explosion = trainer.explosion
        return Seen(
            self._number,
            self._looking.moment(whole=look.whole, side=look.side, layers=look.layers),
            self.is_running,
            points,
            trainer.history.first,
            trainer.furthest,
            trainer.engine.per_epoch,
            None if explosion is None else _told(explosion),
            *self._explained(trainer),
            norms,
        )

    # --- inside ----------------------------------------------------------------------------

    def _wants_to_tell(self) -> bool:
        """Whether somebody looks, and there is something new; in the middle of an epoch not too often."""
        look, trainer, told = self._look, self._trainer, self._told
        if look is None or trainer is None:
            return False
        if not (self._is_new or look.sees_more_than(told)):
            return False
        is_within = trainer.passes % trainer.engine.per_epoch != 0
        is_busy = self._run is not None or self._epochs > 0
        return not (is_within and is_busy) or self._clock() - self._told_at > _PATIENCE

    def _open(self, command: Open) -> Refusal | None:
        if command.keeps:
            self._arrive(bool)
        self._halt()
        self._number = command.number
        before, self._trainer = self._trainer, None
        try:
            lesson = lesson_from_json(command.lesson)
            if command.keeps and before is not None:
                lesson = with_present(before, lesson)
            trainer = Trainer(lesson)
        except Refused as error:
            return Refusal(command.number, _said(error.message))
        # What came after the present moment would now come otherwise.
        keeps = command.keeps and before is not None
        self._curve = self._curve.until(trainer.epoch) if keeps else Curve()
        goes_on = keeps and is_counted_as(before, trainer)
        self._course.forget_after(trainer.passes if goes_on else -1)
        self._told_epoch = self._told_norms = -1
        self._trainer, self._looking = trainer, Looking(trainer)
        self._is_new = True
        self._note_losses(trainer)
        return None

    def _halt(self) -> None:
        if self._run is not None:
            self._is_new = True
        self._run, self._epochs, self._goal = None, 0, None

    def _arrive(self, interrupted: Callable[[], bool]) -> None:
        """Go where it is on its way to, unless interrupted."""
        trainer, goal = self._trainer, self._goal
        if trainer is None or goal is None:
            return
        reachable = min(max(goal, trainer.history.first), trainer.furthest)
        if trainer.visit(reachable, interrupted):
            self._goal, self._is_new = None, True

    def _step(self, *, whole_epoch: bool) -> None:
        trainer = self._trainer
        if self._run is not None:
            self._halt()
        if trainer is None or trainer.explosion is not None:
            return
        if whole_epoch:
            self._epochs += 1
            return
        self._is_new = True
        if trainer.step_batch() and trainer.passes % trainer.engine.per_epoch == 0:
            self._note_losses(trainer)

    def _stand(self, command: Stand) -> Stood | None:
        if command.stops:
            self._halt()
        trainer = self._trainer
        if trainer is None:
            return None
        stands = Standing(trainer.passes, trainer.parameters(), trainer.state())
        if command.purpose == "explain" and self._explained(trainer)[1]:
            stands = trainer.update_before() or stands
        return Stood(self._number, command.purpose, *stands)

    @staticmethod
    def _explained(trainer: Trainer) -> tuple[tuple[str, str] | None, bool]:
        """Return which step shows what went wrong, and whether it is one of the update before."""
        explosion = trainer.explosion
        if explosion is None:
            return None, False
        if explosion.can_be_stepped:
            return (explosion.kind, explosion.place), False
        if trainer.passes <= max(trainer.lesson.state.passes, trainer.history.first * trainer.engine.per_epoch):  # fmt: skip
            return None, False
        parameters = trainer.parameters()
        # What has become largest did it.
        return ("update", max(parameters, key=lambda name: abs(parameters[name]))), True

    def _one_epoch(self, trainer: Trainer, ends: Callable[[], bool]) -> bool:
        """Train to the end of the epoch; False where that was not reached."""
        done = trainer.step_epoch(ends)
        self._is_new = True
        if done:
            self._note_losses(trainer)
        if trainer.explosion is not None:
            self._halt()
        return done and trainer.explosion is None

    def _note_losses(self, trainer: Trainer) -> None:
        if self._curve.wants(trainer.epoch):
            losses = trainer.sound_losses(max(self._curve.last_epoch, trainer.history.first))
            if losses is not None:
                self._curve.add(losses)
                self._course.add(trainer.passes, self._looking.norms())


def _told(explosion: Explosion) -> Sentences:
    return {
        language: translate(explosion.message_in(language), language) for language in languages()
    }


def _said(text: Message) -> Sentences:
    return {language: translate(text, language) for language in languages()}
