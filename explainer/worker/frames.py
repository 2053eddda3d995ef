"""Frames on a byte stream: a four-byte length, then the message."""

from __future__ import annotations

from typing import IO

from explainer.protocol import HEADER, LARGEST_REQUEST


class DamagedFrameError(Exception):
    """The stream does not hold what it should; nothing after this can be trusted."""


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Return the next message, None at the end of the stream; DamagedFrameError where it breaks off."""
    header = _exactly(stream, HEADER)
    if not header:
        return None
    length = int.from_bytes(header, "big")
    if len(header) < HEADER or length > LARGEST_REQUEST:
        raise DamagedFrameError(f"a frame of {length} bytes is announced")
    body = _exactly(stream, length)
    if len(body) < length:
        raise DamagedFrameError(f"a frame breaks off after {len(body)} of {length} bytes")
    return body


def _exactly(stream: IO[bytes], count: int) -> bytes:
    parts: list[bytes] = []
    while count:
        part = stream.read(count)
        if not part:
            break
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
