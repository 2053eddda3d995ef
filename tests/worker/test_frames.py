from __future__ import annotations

import io

import pytest

from explainer.protocol import (
    LARGEST_REQUEST,
    HereCheck,
    WantCheck,
    decode_reply,
    decode_request,
    frame,
)
from explainer.worker.frames import DamagedFrameError, read_frame


def test_a_frame_comes_back_as_it_was_sent():
    request = WantCheck(3, b"{}", "en")
    stream = io.BytesIO(frame(request) * 2)
    assert [decode_request(read_frame(stream)) for _ in range(2)] == [request, request]
    assert read_frame(stream) is None


def test_a_reply_comes_back_as_it_was_sent():
    reply = HereCheck(3, True, 2.1e-11, "fine")
    assert decode_reply(read_frame(io.BytesIO(frame(reply)))) == reply


@pytest.mark.parametrize(
    "content",
    [
        b"\0\0",
        b"\0\0\0\x05abc",
        (LARGEST_REQUEST + 1).to_bytes(4, "big") + b"x",
    ],
)
def test_what_breaks_off_or_is_too_long_is_damage(content):
    with pytest.raises(DamagedFrameError):
        read_frame(io.BytesIO(content))
