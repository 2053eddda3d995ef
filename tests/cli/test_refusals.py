"""Whatever is typed or fed: one line on standard error, the right exit code, never a traceback."""

import json
import os
import pickle
import signal
import subprocess
import sys
import time

import pytest

from explainer.cli import main
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_to_json
from tests.cli.helpers import ROOT, run

LESSON = lesson_to_json(example("mazur-2-2-2"))


def complaint(process, code):
    assert process.returncode == code, process.stderr
    assert process.stdout == b""
    assert process.stderr.count(b"\n") == 1, process.stderr
    return process.stderr.decode().strip()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["trace"], "missing: LESSON (explainer trace --help)"),
        (["trace", "a", "b"], "not understood: b (explainer trace --help)"),
        (["trace", "a", "--passes"], "--passes needs a value (explainer trace --help)"),
        (["trace", "a", "--passes", "0"], "--passes: it must be a whole number from 1 to 10000 (explainer trace --help)"),
        (["trace", "a", "--passes", "9" * 99], "--passes: it must be a whole number from 1 to 10000 (explainer trace --help)"),
        (["trace", "a", "--digits", "1"], "--digits: it must be a whole number from 2 to 15 (explainer trace --help)"),
        (["trace", "a", "--json=yes"], "--json takes no value, not 'yes' (explainer trace --help)"),
        (["trace", "a", "--jso"], "not understood: --jso (explainer trace --help)"),
        (["trace", "--expr", "x*y", "a"], "--expr stands for LESSON; a is one too many (explainer trace --help)"),
        (["export", "a"], "missing: -o/--output (explainer export --help)"),
        (["export", "-o", "a.pdf", "example:xor-2-2-1"], "missing: LESSON (explainer export --help)"),
        (["trace", "none.json"], "none.json: there is no such file or folder"),
        (["trace", "."], ".: this is a folder"),
        (["trace", "a\nb.json"], "a\\u000ab.json: there is no such file or folder"),
        (["trace", ""], ".: this is a folder"),
        (["none.json"], "none.json: there is no such file or folder"),
        (["tracee", "x"], "not understood: x (explainer --help)"),
        (["examples", "mazur"], 'no built-in lesson "mazur"; perhaps mazur-2-2-2? "explainer examples" lists them all'),
        (["check", "example:../../etc/passwd"], 'no built-in lesson "../../etc/passwd"; perhaps '),
    ],
)  # fmt: skip
def test_wrong_words_are_refused(capsys, arguments, sentence):
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith(sentence)


def test_an_unknown_language_is_refused_with_those_there_are(capsys):
    assert main(["trace", "a", "--lang", "de"]) == 2
    assert capsys.readouterr().err.startswith("--lang: 'de' is not one of ")


HOSTILE = {
    "empty": (b"", "standard input: the file is empty"),
    "zeros": (b"\0" * 4096, "standard input: this is not JSON: line 1, column 1"),
    "truncated": (LESSON[:500], "standard input: this is not JSON: line"),
    "utf-16": (LESSON.decode().encode("utf-16"), "standard input: this is not a UTF-8 text file"),
    "brackets": (b"[" * 100_000, "standard input: it is nested deeper than 32 levels"),
    "sixty megabytes": (b" " * 60_000_000, "standard input: the file is larger than 8 MB"),
    "pickle": (pickle.dumps(object), "standard input: this is not a UTF-8 text file"),
    "NaN": (LESSON.replace(b"0.05", b"NaN"), "data.inputs[0][0]: NaN is not a number"),
    "1e400": (LESSON.replace(b"0.05", b"1e400"), "data.inputs[0][0]: the number is too large for double precision"),
    "unknown neuron": (LESSON.replace(b'"from": "i2", "to": "h2"', b'"from": "h9", "to": "h2"'), 'network.edges[3].from: no neuron "h9"'),
    "cycle": (LESSON.replace(b'"from": "i2", "to": "h2"', b'"from": "o1", "to": "h2"'), "network.edges[5]: the edge closes a cycle: o1 → h2 → o1"),
    "version": (LESSON.replace(b'"version": 1', b'"version": 999'), "version: the file has version 999, this program reads up to version 1; a newer Explainer can open it"),
    "too large numbers": (LESSON.replace(b'"w5": 0.4', b'"w5": 1e308').replace(b'"w6": 0.45', b'"w6": 1e308').replace(b'"sigmoid"', b'"identity"'), "The numbers grew too large"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_refused_in_one_line(name):
    content, sentence = HOSTILE[name]
    assert complaint(run("trace", "-", stdin=content), 2).startswith(sentence)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_without_a_display_the_window_is_refused(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert complaint(run(), 2).startswith("there is no display for the window")


def test_complaints_are_in_the_language_of_the_user():
    process = run("trace", "none.json", language="ru_RU.UTF-8")
    assert complaint(process, 2) == "none.json: нет такого файла или папки"
    process = run("trace", "none.json", "--lang", "en", language="ru_RU.UTF-8")
    assert complaint(process, 2) == "none.json: there is no such file or folder"


@pytest.mark.parametrize("value", [b"-0.0", b"5e-324", b"1e308", b"123456789012345678901234567890"])
def test_any_double_is_a_weight(value):
    process = run("trace", "-", "--json", stdin=LESSON.replace(b"0.15", value))
    assert process.returncode == 0, process.stderr
    assert json.loads(process.stdout)["passes"][0]["parameters_before"]["w1"] == float(value)


def test_a_title_with_markup_stays_text(tmp_path):
    tree = json.loads(LESSON)
    tree["title"] = "<script>alert(1)</script> \\input{/etc/passwd} #include & $x$ {{7*7}}"
    path = tmp_path / "a.html"
    process = run("export", "-", "-o", str(path), stdin=json.dumps(tree).encode())
    assert process.returncode == 0, process.stderr
    assert "<script" not in path.read_text("utf-8")


def test_a_reader_that_stops_early_is_no_fault():
    command = [sys.executable, "-m", "explainer", "trace", "example:xor-2-2-1", "--passes", "20"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")  # noqa: PTH110 - evaluated at import
def test_a_full_disk_is_said():
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        process = subprocess.run(
            [sys.executable, "-m", "explainer", "examples"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
    assert process.returncode == 3
    assert (
        process.stderr == b"the output could not be written: there is no space left on the disk\n"
    )


@pytest.mark.skipif(os.name != "posix", reason="a shell of POSIX")
@pytest.mark.parametrize(
    ("closed", "code", "err"), [("<&-", 2, b"there is no standard input\n"), (">&-", 0, b"")]
)
def test_streams_may_be_missing(closed, code, err):
    command = f'"{sys.executable}" -m explainer trace - {closed}'
    process = subprocess.run(
        ["sh", "-c", command],
        input=LESSON,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert (process.returncode, process.stderr) == (code, err)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_an_interrupt_leaves_no_traceback():
    process = subprocess.Popen(
        [sys.executable, "-m", "explainer", "trace", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        # Whoever runs the tests in the background may have it ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (out, err, process.returncode) == (b"", b"", 130)


def test_a_fault_of_the_program_is_reported_not_hidden(capsys, monkeypatch):
    import explainer.cli.commands as commands

    def broken(options):
        raise RuntimeError("a fault")

    monkeypatch.setitem(commands.COMMANDS, "examples", broken)
    assert main(["examples"]) == 70
    err = capsys.readouterr().err
    assert "RuntimeError: a fault" in err
    assert "This is a fault in Explainer itself" in err


def test_the_window_opens_on_the_lesson_that_is_named(monkeypatch, tmp_path):
    import explainer.gui.app as app

    opened = []
    monkeypatch.setattr(app, "run", lambda *arguments, welcomes: opened.append(arguments) or 0)
    path = tmp_path / "lesson.json"
    path.write_bytes(LESSON)
    assert main([]) == main([str(path)]) == main(["example:xor-2-2-1", "--lang", "ru"]) == 0
    assert opened == [
        (example("lecture-2-2-1"), None, None),
        (example("mazur-2-2-2"), path, None),
        (example("xor-2-2-1"), None, "ru"),
    ]
