"""The client against workers that behave badly."""

from __future__ import annotations

import sys

import pytest

from explainer.gui.worker_client import WorkerClient
from explainer.protocol import HereCheck, HereExport, WantCheck, WantExport, WantPass
from tests.gui.conftest import PATIENCE

# A worker that does what the lesson's bytes say, and remembers in a file how often it was started.
WORKER = """
import sys, time, pathlib
from msgspec.structs import replace
from explainer.protocol import *
from explainer.worker.frames import read_frame
starts = pathlib.Path(sys.argv[1])
starts.write_text(starts.read_text() + "x")
while (body := read_frame(sys.stdin.buffer)) is not None:
    request = decode_request(body)
    word = request.lesson.decode()
    if word == "hang" or (word == "hang once" and len(starts.read_text()) == 1):
        time.sleep(100)
    if word == "die":
        sys.stderr.write("the worker's last words")
        sys.exit(3)
    if word == "garbage":
        sys.stdout.buffer.write(bytes([0, 0, 0, 3]) + b"abc")
    if word == "boast":
        sys.stdout.buffer.write(bytes([255, 255, 255, 255]))
        sys.stdout.buffer.flush()
        time.sleep(100)
    if word == "slow check":
        time.sleep(20)
    if word == "stale":
        sys.stdout.buffer.write(frame(HereCheck(request.number - 1, True, 1.0, word)))
    if isinstance(request, WantExport):
        reply = HereExport(request.number, request.lesson)
    else:
        reply = HereCheck(request.number, True, 0.0, word)
    sys.stdout.buffer.write(frame(reply))
    sys.stdout.buffer.flush()
"""


class Listener:
    """Collects what a client tells."""

    def __init__(self, client: WorkerClient) -> None:
        self.answers: list[tuple[object, object]] = []
        self.losses: list[tuple[object, str, str]] = []
        client.answered.connect(self._answered)
        client.given_up.connect(self._given_up)

    def _answered(self, request, reply) -> None:
        self.answers.append((request, reply))

    def _given_up(self, request, why, complaints) -> None:
        self.losses.append((request, str(why), complaints))


@pytest.fixture
def starts(tmp_path):
    path = tmp_path / "starts"
    path.write_text("")
    return path


@pytest.fixture
def client(qapp, starts):
    made = WorkerClient((sys.executable, "-c", WORKER, str(starts)))
    made.first_answer = 5.0
    yield made
    made.stop()


@pytest.fixture
def listener(client) -> Listener:
    return Listener(client)


def a_pass(word: str) -> WantPass:
    return WantPass(0, word.encode(), 0, "en")


def test_requests_are_answered_in_order(client, listener, qtbot):
    wanted = [a_pass("one"), a_pass("two"), WantExport(0, b"three", "pdf", "en", 5)]
    client.want(wanted)
    qtbot.waitUntil(lambda: len(listener.answers) == 3, timeout=PATIENCE)
    assert [request for request, _ in listener.answers] == wanted
    assert isinstance(listener.answers[2][1], HereExport)


def test_what_is_no_longer_wanted_is_never_sent(client, listener, qtbot):
    client.want([a_pass("one"), a_pass("two"), a_pass("three")])
    client.want([a_pass("four")])
    qtbot.waitUntil(lambda: len(listener.answers) == 2, timeout=PATIENCE)
    assert [request.lesson for request, _ in listener.answers] == [b"one", b"four"]
    assert client.under_way is None


def test_an_answer_to_another_number_is_dropped(client, listener, qtbot):
    client.want([a_pass("stale")])
    qtbot.waitUntil(lambda: len(listener.answers) == 1, timeout=PATIENCE)
    reply = listener.answers[0][1]
    assert isinstance(reply, HereCheck)
    assert reply.worst == 0.0


def test_an_overrun_restarts_the_worker_and_asks_once_more(client, listener, qtbot, starts):
    client.first_answer = 1.5
    client.want([a_pass("hang once"), a_pass("after")])
    qtbot.waitUntil(lambda: len(listener.answers) == 2, timeout=PATIENCE)
    assert listener.losses == []
    assert len(starts.read_text()) == 2


def test_a_second_overrun_gives_up_and_goes_on(client, listener, qtbot, starts):
    client.first_answer = 1.5
    client.want([a_pass("hang"), a_pass("after")])
    qtbot.waitUntil(lambda: len(listener.answers) == 1, timeout=PATIENCE)
    assert [request.lesson for request, _, _ in listener.losses] == [b"hang"]
    assert "too long" in listener.losses[0][1]
    assert len(starts.read_text()) == 3


def test_a_deadline_holds_for_pages(client, listener, qtbot):
    client.page_deadline = 0.3
    client.want([a_pass("first")])
    qtbot.waitUntil(lambda: len(listener.answers) == 1, timeout=PATIENCE)
    client.first_answer = 1.5
    client.want([a_pass("hang")])
    qtbot.waitUntil(lambda: len(listener.losses) == 1, timeout=PATIENCE)


def test_a_crash_is_told_with_the_last_words(client, listener, qtbot):
    client.want([a_pass("die")])
    qtbot.waitUntil(lambda: len(listener.losses) == 1, timeout=PATIENCE)
    assert "ended unexpectedly" in listener.losses[0][1]
    assert "last words" in listener.losses[0][2]
    client.want([a_pass("after")])
    qtbot.waitUntil(lambda: len(listener.answers) == 1, timeout=PATIENCE)


def test_damaged_answers_count_as_a_failure(client, listener, qtbot):
    client.want([a_pass("garbage")])
    qtbot.waitUntil(lambda: len(listener.losses) == 1, timeout=PATIENCE)
    assert "cannot be read" in listener.losses[0][1]


def test_an_answer_that_claims_to_be_endless_is_not_waited_for(client, listener, qtbot):
    client.first_answer = client.page_deadline = 100.0
    client.want([a_pass("boast")])
    qtbot.waitUntil(lambda: len(listener.losses) == 1, timeout=PATIENCE)
    assert "cannot be read" in listener.losses[0][1]


def test_a_cancelled_export_stops_the_worker_and_the_rest_goes_on(client, listener, qtbot):
    export = WantExport(0, b"hang", "pdf", "en", 5)
    client.want([export, a_pass("after")])
    assert client.under_way == export
    client.cancel(export)
    qtbot.waitUntil(lambda: len(listener.answers) == 1, timeout=PATIENCE)
    assert listener.answers[0][0] == a_pass("after")
    assert listener.losses == []


def test_a_check_gives_way_to_what_the_user_waits_for(client, listener, qtbot):
    check = WantCheck(0, b"slow check", "en")
    interrupted = []
    client.interrupted.connect(interrupted.append)
    client.want([], [check])
    client.want([a_pass("urgent")], [check])
    qtbot.waitUntil(lambda: len(listener.answers) == 1, timeout=10_000)
    assert listener.answers[0][0] == a_pass("urgent")
    assert interrupted == [check]


def test_a_check_does_not_give_way_to_what_may_be_wanted_later(client, listener, qtbot):
    client.want([], [WantCheck(0, b"slow check", "en"), a_pass("later")])
    qtbot.wait(1200)
    assert isinstance(client.under_way, WantCheck)


def test_a_program_that_does_not_start_is_told(qapp, qtbot):
    client = WorkerClient(("/nowhere/python",))
    listener = Listener(client)
    client.want([a_pass("one")])
    qtbot.waitUntil(lambda: len(listener.losses) == 1, timeout=PATIENCE)
    assert "could not be started" in listener.losses[0][1]
    client.stop()
