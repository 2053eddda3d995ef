"""`explainer train`: the loss of every epoch on standard output, progress on standard error."""

from __future__ import annotations

import argparse
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import json

from explainer.cli.lessons import lesson_named
from explainer.cli.train_table import lesson_of_table
from explainer.cli.writing import check_writable
from explainer.lesson.disk import write_bytes
from explainer.lesson.faults import quoted_path
from explainer.lesson.files import lesson_to_json
from explainer.lesson.lesson import Lesson
from explainer.messages import Message, NotWritten, Refused, message, translate
from explainer.training.api import run
from explainer.training.build import XAVIER
from explainer.training.tables import is_table
from explainer.training.trainer import Losses, Trainer, trained_lesson
from explainer.training.weights_file import read_weights, with_weights, write_weights

DONE, EXPLODED, INTERRUPTED = 0, 2, 130
# A terminal is told how far it is a few times a second.
_PROGRESS_SECONDS = 0.2
_FOR_TABLES = ("hidden", "activation", "loss", "update", "rate", "batch", "target", "test_share")


def train(options: argparse.Namespace) -> int:
    """Train what is asked for and write what came of it; Refused or NotWritten before anything is computed."""
    _check_results(options)
    trainer = Trainer(_subject(options))
    folder = None
    if options.checkpoint is not None:
        folder = _folder(Path(options.checkpoint))
        _check_checkpoints(folder, trainer.epoch, options)
    report = _Report(options)

    def watch(losses: Losses) -> None:
        report.epoch(losses)
        if folder is not None and losses.epoch % options.every == 0:
            write_bytes(_checkpoint(folder, losses.epoch), lesson_to_json(trained_lesson(trainer)))

    with _interruptible(trainer) as interrupted:
        ran = run(trainer, options.epochs, options.early_stopping, watch)
    report.end()
    code = DONE
    if ran.explosion is not None:
        _say(ran.explosion.message_in(options.lang), options.lang)
        code = EXPLODED
    elif interrupted():
        _say(message("Stopped after epoch {epoch}.", epoch=trainer.epoch), options.lang)
        code = INTERRUPTED
    if ran.losses and trainer.epoch < ran.losses[-1].epoch:
        _say(message("Back to epoch {epoch}, the best.", epoch=trainer.epoch), options.lang)
    _write(trainer, options)
    return code


def _written(options: argparse.Namespace) -> list[Path]:
    return [Path(name) for name in (options.output, options.save_weights) if name is not None]


def _check_results(options: argparse.Namespace) -> None:
    for path in _written(options):
        check_writable(path, force=options.force)
    if len({path.resolve() for path in _written(options)}) < len(_written(options)):
        raise Refused(message("-o and --save-weights name the same file"))


def _check_checkpoints(folder: Path, epoch: int, options: argparse.Namespace) -> None:
    """Raise NotWritten where a checkpoint cannot be written, or would replace one of another training."""
    every: int = options.every
    check_writable(_checkpoint(folder, epoch + every - epoch % every), force=options.force)
    for path in sorted(folder.glob("epoch-*.json")):
        number = path.stem.removeprefix("epoch-")
        if not re.fullmatch("[0-9]{7}", number):
            continue
        if epoch < int(number) <= epoch + options.epochs and int(number) % every == 0:
            check_writable(path, force=options.force)


def _checkpoint(folder: Path, epoch: int) -> Path:
    return folder / f"epoch-{epoch:07d}.json"


def _write(trainer: Trainer, options: argparse.Namespace) -> None:
    if options.output is not None:
        write_bytes(Path(options.output), lesson_to_json(trained_lesson(trainer)))
    if options.save_weights is not None:
        write_weights(Path(options.save_weights), trainer.parameters())
    for path in _written(options):
        _say(message("written: {path}", path=path), options.lang)


def _folder(path: Path) -> Path:
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        fault = message(
            "{place}: the folder cannot be made: {fault}",
            place=quoted_path(path),
            fault=error.strerror or "",
        )
        raise NotWritten(fault) from None
    return path


def _subject(options: argparse.Namespace) -> Lesson:
    """Return the lesson to train."""
    if is_table(options.lesson):
        lesson = lesson_of_table(options)
    else:
        for name in _FOR_TABLES:
            if getattr(options, name) is not None:
                option = "--" + name.replace("_", "-")
                fault = message("{option} is for a table; a lesson says it itself", option=option)
                raise Refused(fault)
        lesson = lesson_named(options.lesson)
        if options.seed is not None and lesson.expression is None:
            from explainer.lesson.training_edits import initialised

            lesson = initialised(lesson, lesson.initialise or XAVIER, options.seed)
    if options.weights is not None:
        path = Path(options.weights)
        lesson = with_weights(lesson, read_weights(path), path.name)
    return lesson


@contextmanager
def _interruptible(trainer: Trainer) -> Iterator[Callable[[], bool]]:
    """Let Ctrl+C end the training after the batch it is in, not in the middle of it; yields whether it has."""
    pressed = False

    def stop(*_: object) -> None:
        nonlocal pressed
        pressed = True
        trainer.cancel()

    try:
        before = signal.signal(signal.SIGINT, stop)
    except ValueError:  # not in the main thread, where there is no Ctrl+C
        yield lambda: pressed
        return
    try:
        yield lambda: pressed
    finally:
        signal.signal(signal.SIGINT, before)


class _Report:
    """Prints the losses, and how far it is."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._shown = 0.0
        self._count = 0
        self._is_terminal = sys.stderr is not None and sys.stderr.isatty()
        # Both on one screen would write into each other.
        self._tells = self._is_terminal and not sys.stdout.isatty()

    def epoch(self, losses: Losses) -> None:
        """Print the losses after an epoch."""
        self._count += 1
        if self._options.json:
            line: dict[str, float | int | None] = {"epoch": losses.epoch, "loss": losses.training}
            if losses.test is not None:
                line["test_loss"] = losses.test
            print(json.encode(line).decode())
        else:
            words = message(
                "epoch {epoch}: loss {loss}", epoch=losses.epoch, loss=f"{losses.training:.6g}"
            )
            if losses.test is not None:
                words = message(
                    "epoch {epoch}: loss {loss}, test {test}",
                    epoch=losses.epoch,
                    loss=f"{losses.training:.6g}",
                    test=f"{losses.test:.6g}",
                )
            print(translate(words, self._options.lang))
        self._progress(losses)

    def _progress(self, losses: Losses) -> None:
        now = time.monotonic()
        if not self._tells or now - self._shown < _PROGRESS_SECONDS:
            return
        self._shown = now
        words = message(
            "{done} of {all} epochs, loss {loss}",
            done=self._count,
            all=self._options.epochs,
            loss=f"{losses.training:.6g}",
        )
        print(
            f"\r\x1b[K{translate(words, self._options.lang)}", end="", file=sys.stderr, flush=True
        )

    def end(self) -> None:
        """Clear the line of progress."""
        if self._tells:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _say(words: Message, language: str) -> None:
    print(translate(words, language), file=sys.stderr)
