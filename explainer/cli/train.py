"""`explainer train`: the loss of every epoch on standard output, progress on standard error."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import json
from msgspec.structs import replace

from explainer.cli.lessons import lesson_named
from explainer.cli.writing import check_writable
from explainer.lesson.choice import Choice
from explainer.lesson.disk import write_bytes
from explainer.lesson.faults import quoted_path
from explainer.lesson.files import lesson_to_json
from explainer.lesson.lesson import Lesson, Update
from explainer.messages import Message, NotWritten, Refused, message, translate
from explainer.training.api import run
from explainer.training.build import XAVIER, lesson_for
from explainer.training.tables import is_table, read_samples, split
from explainer.training.trainer import Losses, Trainer, trained_lesson
from explainer.training.weights_file import read_weights, with_weights, write_weights

DONE, EXPLODED, INTERRUPTED = 0, 2, 130
# A terminal is told how far it is a few times a second.
_PROGRESS_SECONDS = 0.2
_FOR_TABLES = ("hidden", "activation", "loss", "update", "rate", "batch", "target", "test_share")


def train(options: argparse.Namespace) -> int:
    """Train what is asked for and write what came of it; Refused or NotWritten before anything is computed."""
    for path in _written(options):
        check_writable(path, force=options.force)
    trainer = Trainer(_subject(options))
    folder = None if options.checkpoint is None else _folder(Path(options.checkpoint))
    report = _Report(options)

    def watch(losses: Losses) -> None:
        report.epoch(losses)
        if folder is not None and losses.epoch % options.every == 0:
            name = folder / f"epoch-{losses.epoch:07d}.json"
            write_bytes(name, lesson_to_json(trained_lesson(trainer)))

    with _interruptible(trainer) as interrupted:
        run(trainer, options.epochs, options.early_stopping, watch)
    report.end()
    code = DONE
    if trainer.explosion is not None:
        _say(trainer.explosion.message_in(options.lang), options.lang)
        code = EXPLODED
    elif interrupted():
        _say(message("Stopped after epoch {epoch}.", epoch=trainer.epoch), options.lang)
        code = INTERRUPTED
    _write(trainer, options)
    return code


def _written(options: argparse.Namespace) -> list[Path]:
    return [Path(name) for name in (options.output, options.save_weights) if name is not None]


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
        lesson = _of_table(options)
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


def _of_table(options: argparse.Namespace) -> Lesson:
    path = Path(options.lesson)
    samples = read_samples(path, options.target or (), loss=options.loss)
    seed = options.seed or 0
    data = split(samples.data, options.test_share or 0.0, seed)
    kinds = {0: "half_squared_error", 2: "binary_cross_entropy"}
    loss = options.loss or kinds.get(len(samples.classes), "cross_entropy")
    rule = Update(
        Choice(options.update or "adam"),
        learning_rate=options.rate or 0.01,
        batch_size=min(options.batch or 10, len(data.inputs)),
        shuffle=True,
    )
    lesson = lesson_for(
        data,
        options.hidden or [8],
        title=path.stem[:80] or "table",
        activation=Choice(options.activation or "tanh"),
        loss=Choice(loss),
        update=rule,
        seed=seed,
    )
    return _named(lesson, samples.columns, samples.classes)


def _named(lesson: Lesson, columns: tuple[str, ...], classes: tuple[str, ...]) -> Lesson:
    """Return the lesson with a description that says which input is which column."""
    words = [f"x{number} = {name}" for number, name in enumerate(columns, 1)]
    if len(classes) == 2:
        words.append(f"0 = {classes[0]}, 1 = {classes[1]}")
    else:
        words += [f"o{number} = {name}" for number, name in enumerate(classes, 1)]
    return replace(lesson, description="; ".join(words)[:4000])


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
