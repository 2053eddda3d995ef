"""The process itself: answers what it is asked, ends when it should."""

from __future__ import annotations

import io
import subprocess
import sys

from explainer.lesson.examples import example
from explainer.lesson.files import lesson_to_json
from explainer.protocol import HerePass, WantPass, decode_reply, frame
from explainer.worker.frames import read_frame

COMMAND = [sys.executable, "-m", "explainer.worker"]
LESSON = lesson_to_json(example("lecture-2-2-1"))


def run(content: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(COMMAND, input=content, capture_output=True, timeout=60, check=False)


def test_it_answers_in_order_and_ends_with_its_input():
    done = run(frame(WantPass(1, LESSON, 0, "en")) + frame(WantPass(2, LESSON, 1, "en")))
    assert done.returncode == 0
    stream = io.BytesIO(done.stdout)
    replies = [decode_reply(read_frame(stream)) for _ in range(2)]
    assert [reply.number for reply in replies] == [1, 2]
    assert all(isinstance(reply, HerePass) for reply in replies)
    assert read_frame(stream) is None


def test_damaged_frames_end_it_with_a_clear_message():
    for content in (b"\0\0\0\x02hi", b"\xff\xff\xff\xffrubbish", b"\0\0"):
        done = run(content)
        assert done.returncode == 2
        assert b"damaged request" in done.stderr
        assert b"Traceback" not in done.stderr
        assert done.stdout == b""


def test_what_a_library_prints_does_not_reach_the_frames():
    code = (
        "import sys; from explainer.worker import __main__ as worker; from explainer.worker import answers;"
        "ask = answers.Answers.answer;"
        "answers.Answers.answer = lambda self, *asked: (print('noise'), ask(self, *asked))[1];"
        "sys.exit(worker.main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=frame(WantPass(1, LESSON, 0, "en")),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert isinstance(decode_reply(read_frame(io.BytesIO(done.stdout))), HerePass)
    assert b"noise" in done.stderr
