"""What the window and the process that trains say to each other: two lengths, a msgpack message, a block of numbers.

The block holds the surfaces and heat maps of a moment, single precision, so that they are copied once only.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from msgspec import DecodeError, Struct, msgpack

from explainer.training.losses import Losses
from explainer.training.moment import Moment
from explainer.training.packing import PackedMoment, blocks, packed, unpacked

if TYPE_CHECKING:
    from explainer.training.kernels import Array

_LENGTH = 4
# A lesson file is at most some megabytes, surfaces of 300 neurons are 12.
_LARGEST = 64 * 1024 * 1024

Sentences = dict[str, str]


class Open(Struct, frozen=True, tag="open"):
    """Train a lesson (its JSON) from now on; `number` tells its replies apart from those before.

    `keeps` goes on from the present parameters with other settings, the lesson's network being the same.
    """

    number: int
    lesson: bytes
    keeps: bool = False


class Run(Struct, frozen=True, tag="run"):
    """Train until told otherwise: so many epochs a second, one for each look with 0, as fast as it goes with None."""

    pace: float | None


class Pause(Struct, frozen=True, tag="pause"):
    """Stand still."""


class Step(Struct, frozen=True, tag="step"):
    """Run what is left of the epoch (of a new one all), or one batch; then stand still."""

    whole_epoch: bool


class Visit(Struct, frozen=True, tag="visit"):
    """Stand where so many epochs were done."""

    epoch: int


class Look(Struct, frozen=True, tag="look"):
    """Ask for a moment: the present one if it has not been told, else the next one.

    `whole` are the neurons whose surface is wanted with all its points, `side` is how many points a side heat maps have (0:
    there are none); histograms come with `layers` alone.
    """

    whole: tuple[str, ...] = ()
    side: int = 0
    layers: bool = False

    def sees_more_than(self, other: Look) -> bool:
        """Tell whether this wants anything that does not come with another one."""
        has_other_heat = self.side not in (0, other.side)
        return has_other_heat or self.layers > other.layers or not {*self.whole} <= {*other.whole}


class Stand(Struct, frozen=True, tag="stand"):
    """Stand still, if it `stops`, and ask for everything that changes while training; `purpose` comes back with it."""

    purpose: str
    stops: bool = True


Command = Open | Run | Pause | Step | Visit | Look | Stand


class Refusal(Struct, frozen=True, tag="refusal"):
    """The lesson cannot be trained so; why, by language."""

    number: int
    sentences: Sentences


class Seen(Struct, frozen=True, tag="seen"):
    """A moment that was looked for, and what stands around it.

    `points` are the losses since the last one and `norms` the gradient norms by their passes, `first` to `furthest` the
    epochs that can be visited. `trouble` says what
    went wrong, by language, and `at` in which phase and to what, where training stands right before an update that it cannot do.
    Where no step shows it, as one with an infinite number, `is_before` tells that `at` is a step of the update before; None
    where there is none.
    """

    number: int
    moment: Moment
    is_running: bool
    points: tuple[Losses, ...] = ()
    first: int = 0
    furthest: int = 0
    per_epoch: int = 1
    trouble: Sentences | None = None
    at: tuple[str, str] | None = None
    is_before: bool = False
    norms: tuple[tuple[int, tuple[float, ...]], ...] = ()


class Stood(Struct, frozen=True, tag="stood"):
    """Where training stands: passes done, parameters, memory of the rule with running averages."""

    number: int
    purpose: str
    passes: int
    parameters: dict[str, float]
    memory: dict[str, dict[str, float]]


Reply = Refusal | Seen | Stood


class _Seen(Struct, frozen=True, tag="seen"):
    number: int
    moment: PackedMoment
    is_running: bool
    points: tuple[tuple[int, float, float | None], ...]
    first: int
    furthest: int
    per_epoch: int
    trouble: Sentences | None
    at: tuple[str, str] | None
    is_before: bool
    norms: tuple[tuple[int, tuple[float, ...]], ...]


class BrokenStreamError(Exception):
    """The stream does not hold what it should; nothing after this can be trusted."""


_encoder = msgpack.Encoder()
_commands = msgpack.Decoder(Command)
_replies: msgpack.Decoder[Refusal | _Seen | Stood] = msgpack.Decoder(Refusal | _Seen | Stood)


def write_command(stream: IO[bytes], command: Command) -> None:
    """Write a command and send it on its way."""
    _write(stream, _encoder.encode(command), ())


def read_command(stream: IO[bytes]) -> Command | None:
    """Return the next command, None at the end of the stream; BrokenStreamError for anything else."""
    found = _read(stream)
    try:
        return None if found is None else _commands.decode(found[0])
    except DecodeError as error:
        raise BrokenStreamError(str(error)) from None


def write_reply(stream: IO[bytes], reply: Reply) -> None:
    """Write a reply and send it on its way."""
    if not isinstance(reply, Seen):
        _write(stream, _encoder.encode(reply), ())
        return
    moment = reply.moment
    sent = _Seen(
        reply.number,
        packed(moment),
        reply.is_running,
        tuple((point.epoch, point.training, point.test) for point in reply.points),
        reply.first,
        reply.furthest,
        reply.per_epoch,
        reply.trouble,
        reply.at,
        reply.is_before,
        reply.norms,
    )
    _write(stream, _encoder.encode(sent), blocks(moment))


def read_reply(stream: IO[bytes]) -> Reply | None:
    """Return the next reply, None at the end of the stream; BrokenStreamError for anything else."""
    found = _read(stream)
    if found is None:
        return None
    try:
        reply = _replies.decode(found[0])
    except DecodeError as error:
        raise BrokenStreamError(str(error)) from None
    if not isinstance(reply, _Seen):
        return reply
    return Seen(
        reply.number,
        unpacked(reply.moment, found[1]),
        reply.is_running,
        tuple(Losses(*point) for point in reply.points),
        reply.first,
        reply.furthest,
        reply.per_epoch,
        reply.trouble,
        reply.at,
        reply.is_before,
        reply.norms,
    )


def _write(stream: IO[bytes], body: bytes, blocks: tuple[Array, ...]) -> None:
    length = sum(block.nbytes for block in blocks)
    stream.write(len(body).to_bytes(_LENGTH, "big") + length.to_bytes(_LENGTH, "big") + body)
    for block in blocks:
        stream.write(block.data.cast("B"))
    stream.flush()


def _read(stream: IO[bytes]) -> tuple[bytes, bytes] | None:
    header = stream.read(2 * _LENGTH)
    if not header:
        return None
    lengths = [int.from_bytes(header[:_LENGTH], "big"), int.from_bytes(header[_LENGTH:], "big")]
    if len(header) < 2 * _LENGTH or max(lengths) > _LARGEST:
        raise BrokenStreamError("no message is that long")
    body, block = (stream.read(length) for length in lengths)
    if [len(body), len(block)] != lengths:
        raise BrokenStreamError("a message breaks off")
    return body, block
