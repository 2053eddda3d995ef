"""`explainer train`: losses, results, refusals, Ctrl+C."""

import json
import os
import signal
import subprocess
import sys
import threading

import pytest

from explainer.lesson.files import read_lesson
from explainer.training.weights_file import read_weights
from tests.cli.helpers import ROOT, run

TABLE = "x,y,kind\n" + "".join(f"{n % 7},{n % 5},{'in' if n % 2 else 'out'}\n" for n in range(40))


def text(process):
    return process.stdout.decode().splitlines()


def test_the_loss_of_every_epoch():
    lines = text(run("train", "example:xor-2-2-1", "--epochs", "3"))
    assert [line.split(":")[0] for line in lines] == ["epoch 1", "epoch 2", "epoch 3"]
    found = [
        json.loads(line)
        for line in text(run("train", "example:xor-2-2-1", "--epochs", "3", "--json"))
    ]
    assert [line["epoch"] for line in found] == [1, 2, 3]
    assert found[0]["loss"] > found[2]["loss"]
    assert f"{found[2]['loss']:.6g}" in lines[2]


def test_what_was_trained_goes_on_exactly(tmp_path):
    whole, half = tmp_path / "whole.json", tmp_path / "half.json"
    assert run("train", "example:adam", "--epochs", "6", "-o", whole).returncode == 0
    assert run("train", "example:adam", "--epochs", "4", "-o", half).returncode == 0
    again = tmp_path / "again.json"
    assert run("train", half, "--epochs", "2", "-o", again).returncode == 0
    assert again.read_bytes() == whole.read_bytes()
    # It exists now.
    assert run("train", half, "-o", again).returncode == 3
    assert run("train", half, "--epochs", "1", "-o", again, "--force").returncode == 0


def test_checkpoints_are_moments_of_the_same_training(tmp_path):
    folder, end = tmp_path / "kept", tmp_path / "end.json"
    arguments = ("--checkpoint", folder, "--every", "2", "-o", end)
    assert run("train", "example:adam", "--epochs", "5", *arguments).returncode == 0
    kept = sorted(path.name for path in folder.iterdir())
    assert kept == ["epoch-0000002.json", "epoch-0000004.json"]
    again = tmp_path / "again.json"
    run("train", folder / kept[0], "--epochs", "3", "-o", again)
    assert again.read_bytes() == end.read_bytes()


def test_weights_out_and_in(tmp_path):
    path, end = tmp_path / "w.safetensors", tmp_path / "end.json"
    run("train", "example:xor-2-2-1", "--epochs", "5", "--save-weights", path, "-o", end)
    trained = read_lesson(end).network
    assert {name: numbers[0] for name, numbers in read_weights(path).items()} == {
        name: trained.value(name) for name in trained.parameters
    }
    loss = json.loads(
        text(run("train", "example:xor-2-2-1", "--weights", path, "--epochs", "1", "--json"))[0]
    )
    assert loss["epoch"] == 1
    assert loss["loss"] < 0.1026


def test_a_table_becomes_a_network(tmp_path):
    path, end = tmp_path / "d.csv", tmp_path / "end.json"
    path.write_text(TABLE, encoding="utf-8")
    options = ["--hidden", "12", "8", "--activation", "relu", "--loss", "binary_cross_entropy"]
    options += ["--update", "adam", "--rate", "0.01", "--test-share", "0.25", "--seed", "3"]
    process = run("train", path, *options, "--epochs", "4", "-o", end)
    assert process.returncode == 0, process.stderr
    assert all("test" in line for line in text(process))
    lesson = read_lesson(end)
    sizes = [len(lesson.network.of_role(role)) for role in ("input", "hidden", "output")]
    assert sizes == [2, 20, 1]
    assert (len(lesson.data.inputs), lesson.update.choice.name) == (30, "adam")
    assert "x1 = x" in lesson.description
    assert lesson.data.names == ("x", "y")


def test_a_seed_draws_new_weights():
    def last(*options):
        return text(run("train", "example:xor-2-2-1", "--epochs", "1", *options))[-1]

    assert last("--seed", "1") == last("--seed", "1") != last("--seed", "2")


def test_early_stopping():
    process = run(
        "train", "example:descent-learning-rate", "--epochs", "500", "--early-stopping", "3"
    )
    assert len(text(process)) < 500


def test_early_stopping_says_where_it_went_back_to_and_hides_no_explosion():
    words = ("train", "example:exploding-gradient", "--epochs", "50", "--early-stopping", "50")
    process = run(*words)
    assert process.returncode == 2
    stopped, back = process.stderr.decode().splitlines()
    assert stopped.startswith("Training stopped in epoch")
    assert back == "Back to epoch 1, the best."


def test_checkpoints_replace_those_of_another_training_only_by_force(tmp_path):
    folder = tmp_path / "kept"
    words = ("train", "example:adam", "--checkpoint", folder, "--every", "2")
    assert run(*words, "--epochs", "4").returncode == 0
    before = (folder / "epoch-0000004.json").read_bytes()
    process = run(*words, "--epochs", "4", "--seed", "5")
    assert process.returncode == 3
    assert b"epoch-0000002.json: the file exists" in process.stderr
    assert process.stdout == b""
    assert (folder / "epoch-0000004.json").read_bytes() == before
    # Going on from the last one writes into the same folder.
    after = ("train", folder / "epoch-0000004.json", "--checkpoint", folder, "--every", "2")
    assert run(*after, "--epochs", "2").returncode == 0
    assert run(*words, "--epochs", "4", "--seed", "5", "--force").returncode == 0
    assert (folder / "epoch-0000004.json").read_bytes() != before


def test_two_results_are_two_files(tmp_path):
    process = run("train", "example:adam", "-o", tmp_path / "a", "--save-weights", tmp_path / "a")
    assert process.returncode == 2
    assert b"the same file" in process.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("loss", "said"),
    [
        ("hinge", "-1 = in; 1 = out"),
        ("cross_entropy", "o1 = in; o2 = out"),
        ("binary_cross_entropy", "0 = in; 1 = out"),
    ],
)
def test_the_description_says_what_stands_for_a_class(tmp_path, loss, said):
    path, end = tmp_path / "d.csv", tmp_path / "end.json"
    path.write_text(TABLE, encoding="utf-8")
    run("train", path, "--loss", loss, "--epochs", "1", "-o", end)
    assert read_lesson(end).description == f"x1 = x; x2 = y; {said}"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["example:graph-sin"], "formula"),
        (["example:xor-2-2-1", "--hidden", "3"], "--hidden is for a table"),
        (["nowhere.csv"], "nowhere.csv"),
        (["example:xor-2-2-1", "--epochs", "0"], "--epochs"),
        (["example:xor-2-2-1", "--weights", "nowhere"], "nowhere"),
        ([], "LESSON"),
        (["example:exploding-gradient", "--epochs", "50"], "Training stopped in epoch"),
    ],
)
def test_refusals_are_one_line(arguments, word):
    process = run("train", *arguments)
    said = process.stderr.decode()
    assert process.returncode == 2
    assert word in said
    assert said.count("\n") == 1
    assert "Traceback" not in said


def test_unknown_names_are_refused(tmp_path):
    path = tmp_path / "d.csv"
    path.write_text(TABLE, encoding="utf-8")
    for option in ("--activation", "--loss", "--update"):
        process = run("train", path, option, "magic")
        assert process.returncode == 2, process.stderr
        assert process.stderr.startswith(f'{option}: "magic" is not one of '.encode())


def test_what_is_wrong_with_a_table_names_it(tmp_path):
    path = tmp_path / "d.csv"
    for content, options, said in (
        (TABLE, ["--hidden", "300", "9"], "d.csv: A network has at most 300 neurons."),
        (TABLE, ["--target", "x", "x"], "d.csv: a column is asked for twice"),
        ("a,b\n1,\0", [], "d.csv: This is not a text file."),
        ('a,b\n1,"2\n3,4\n', [], "d.csv: A quotation mark in line 2 is not closed."),
    ):
        path.write_text(content, encoding="utf-8")
        process = run("train", path, *options)
        assert process.returncode == 2, process.stderr
        assert process.stderr.decode() == said + "\n"


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_keeps_what_was_trained(tmp_path):
    end = tmp_path / "end.json"
    words = ["example:xor-2-2-1", "--epochs", "1000000", "-o", end]
    with subprocess.Popen(
        [sys.executable, "-m", "explainer", "train", *words],
        env=os.environ | {"LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        seen = [process.stdout.readline() for _ in range(20)]
        # What does not end by itself is ended otherwise, and its code tells.
        guard = threading.Timer(60, process.kill)
        guard.start()
        process.send_signal(signal.SIGINT)
        seen += process.stdout.readlines()
        said = process.stderr.read()
        guard.cancel()
    assert process.returncode == 130
    assert b"Traceback" not in said
    assert read_lesson(end).state.passes == len(seen)
