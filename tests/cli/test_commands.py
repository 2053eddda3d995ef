"""What each command prints."""

import json

import pytest

from explainer.cli import main
from explainer.lesson.examples import example, example_groups, example_names
from explainer.lesson.files import lesson_from_json, lesson_to_json
from explainer.maths.activations import ACTIVATIONS
from explainer.maths.initialisers import INITIALISERS
from explainer.maths.losses import LOSSES
from explainer.maths.penalties import PENALTIES
from explainer.maths.schedules import SCHEDULES
from explainer.maths.updates import RULES
from explainer.maths.vector_activations import VECTOR_ACTIVATIONS


@pytest.fixture
def printed(capsys):
    """Run a command line that succeeds and return what it prints."""

    def run(*arguments):
        assert main(arguments) == 0
        found = capsys.readouterr()
        assert found.err == ""
        return found.out

    return run


def test_examples_are_listed_under_their_groups_in_both_languages(printed):
    lines = [line for line in printed("examples").splitlines()[2:] if line]
    listed: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith(" "):
            listed[-1][1].append(line.split()[0])
        else:
            listed.append((line, []))
    assert [tuple(names) for _, names in listed] == [group.names for group in example_groups()]
    assert listed[0][0] == "First neurons"
    assert "Пример из лекции" in printed("examples", "--lang", "ru")


@pytest.mark.parametrize("name", example_names())
def test_an_example_is_printed_as_its_file(printed, name):
    assert lesson_from_json(printed("examples", name).encode()) == example(name)


def test_the_catalogue_has_every_row_of_every_table(printed):
    catalogue = json.loads(printed("catalogue", "--json"))
    tables = {
        "activations": {**ACTIVATIONS, **VECTOR_ACTIVATIONS},
        "losses": LOSSES,
        "updates": RULES,
        "penalties": PENALTIES,
        "initialisers": INITIALISERS,
        "schedules": SCHEDULES,
    }
    assert list(catalogue) == list(tables)
    for kind, table in tables.items():
        assert [row["name"] for row in catalogue[kind]] == list(table)
        assert set(catalogue[kind][0]) == {"name", "formula", "derivative", "parameters", "source"}
    text = printed("catalogue")
    assert all(name in text for table in tables.values() for name in table)


def test_the_trace_reads_as_text(printed):
    text = printed("trace", "example:lecture-2-2-1")
    assert text.startswith("Pass 1 · epoch 1 · sample 1\n")
    assert "    h₁ = w₁·i₁ + w₂·i₂\n       = 0.11·2 + 0.21·3\n       = 0.85\n" in text
    assert "−0.22652" in text
    assert text.count("step ") >= 19


def test_the_trace_follows_language_digits_and_passes(printed):
    text = printed(
        "trace", "example:lecture-2-2-1", "--lang", "ru", "--digits", "3", "--passes", "2"
    )
    assert "0,327" in text
    assert "0,3272" not in text
    assert "Проход 2 · эпоха 2 · объект 1" in text


def test_a_batch_names_its_samples(printed):
    assert printed("trace", "example:xor-2-2-1").startswith(
        "Pass 1 · epoch 1 · samples 1, 2, 3, 4\n"
    )


def test_the_trace_as_json_holds_full_doubles(printed):
    trace = json.loads(printed("trace", "example:lecture-2-2-1", "--json", "--passes", "2"))
    assert (trace["format"], trace["version"], len(trace["passes"])) == ("explainer-trace", 1, 2)
    first, second = trace["passes"]
    assert first["loss"] == 0.32724049999999993
    assert first["gradients"]["w1"] == pytest.approx(-0.22652, rel=1e-15)
    assert first["parameters_after"] == second["parameters_before"]
    assert [step["index"] for step in first["steps"]] == list(range(19))
    assert {"title", "symbol", "value", "lines", "focus"} <= set(first["steps"][0])


def test_the_check_prints_every_gradient(printed):
    text = printed("check", "example:mazur-2-2-2")
    rows = [line.split()[0] for line in text.splitlines()[2:] if line.startswith(("w", "b", "i"))]
    assert rows == ["w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "b1", "b2", "i1", "i2"]
    assert "12 gradients agree: the largest difference is" in text
    assert "12 градиентов совпадают" in printed("check", "example:mazur-2-2-2", "--lang", "ru")


def test_a_failed_check_ends_with_one(capsys, monkeypatch):
    import explainer.trace.check as module

    report = module.check(example("logistic-neuron"))
    rows = tuple(
        type(row)(row.name, row.sample, 1.0, 2.0, 3.0, 0.5, 0.5, "differs") for row in report.rows
    )
    monkeypatch.setattr(module, "check", lambda lesson: module.CheckReport(rows))
    assert main(["check", "example:logistic-neuron"]) == 1
    out = capsys.readouterr().out
    assert "DIFFERS" in out
    assert "5 gradients differ." in out


def test_a_kink_is_reported_with_its_reason(printed, tmp_path):
    lesson = json.loads(lesson_to_json(example("logistic-neuron")))
    lesson["network"]["neurons"][2]["activation"] = "relu"
    lesson["network"]["parameters"] = {"w1": 0, "w2": 0, "b": 0}
    path = tmp_path / "kink.json"
    path.write_text(json.dumps(lesson))
    text = printed("check", str(path))
    assert "kink: not compared" in text
    assert "Nothing could be compared." in text


def test_a_lesson_from_a_file(printed, tmp_path):
    path = tmp_path / "lesson.json"
    path.write_bytes(lesson_to_json(example("logistic-neuron")))
    assert printed("trace", str(path)) == printed("trace", "example:logistic-neuron")


def test_the_version(printed, capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("explainer ")
