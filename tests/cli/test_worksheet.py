"""`explainer worksheet` and `explainer grade`: all files or none, the same bytes again, tables that cannot run."""

import csv
import io
import json

import pytest

from explainer.cli import main
from explainer.lesson.examples import example
from explainer.lesson.files import lesson_to_json
from explainer.pages.sheets import series as sheets

LESSON = "example:lecture-2-2-1"


@pytest.fixture
def refused(capsys):
    def run(code, *arguments):
        assert main([*map(str, arguments)]) == code
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        return err.strip()

    return run


def worksheet(folder, *more, lesson=LESSON):
    return main(["worksheet", lesson, "-o", str(folder), "--format", "html", *map(str, more)])


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def fill(path, change):
    rows = table(path)
    for row in rows:
        row.update(change(row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), "utf-8")


def test_sheets_keys_and_answers_are_written(tmp_path, capsys):
    folder = tmp_path / "sheets"
    assert (
        main(
            ["worksheet", LESSON, "-o", str(folder), "--variants", "2", "--seed", "3", "--combined"]
        )
        == 0
    )
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "sheet-01.pdf", "key-01.pdf", "sheet-02.pdf", "key-02.pdf", "sheets.pdf", "keys.pdf", "answers.csv",
    }  # fmt: skip
    out, err = capsys.readouterr()
    assert out.count("written: ") == 7
    assert "6 of 6 files" in err
    assert len({row["form"] for row in table(folder / "answers.csv")}) == 2


def test_the_same_seed_or_form_gives_the_same_bytes(tmp_path):
    for folder in ("a", "b"):
        assert (
            worksheet(
                tmp_path / folder, "--variants", 2, "--seed", 3, "--points", "--school", "№ 5"
            )
            == 0
        )
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
    form = table(tmp_path / "a" / "answers.csv")[-1]["form"]
    assert worksheet(tmp_path / "c", "--form", form, "--school", "№ 5") == 0
    for name in ("sheet-02.html", "key-02.html"):
        assert (tmp_path / "c" / name).read_bytes() == (tmp_path / "a" / name).read_bytes()


def test_what_was_typed_stands_there_literally(tmp_path):
    hostile = "<script>alert(1)</script>"
    assert worksheet(tmp_path / "a", "--school", hostile) == 0
    page = (tmp_path / "a" / "sheet-01.html").read_text()
    assert hostile not in page
    assert "&lt;script&gt;" in page


def test_a_file_that_is_there_stays_unless_forced(tmp_path, refused, capsys):
    (tmp_path / "key-01.html").write_text("mine")
    sentence = refused(3, "worksheet", LESSON, "-o", tmp_path, "--format", "html")
    assert sentence.endswith("key-01.html: the file exists; --force replaces it")
    assert [path.name for path in tmp_path.iterdir()] == ["key-01.html"]
    assert worksheet(tmp_path, "--force") == 0
    assert "mine" not in (tmp_path / "key-01.html").read_text()


def test_a_key_that_the_check_does_not_confirm_is_not_written(tmp_path, refused, monkeypatch):
    original = sheets.check

    def corrupted(lesson):
        report = original(lesson)
        rows = tuple(
            type(row)(
                **{**{f: getattr(row, f) for f in row.__struct_fields__}, "status": "differs"}
            )
            for row in report.rows
        )
        return type(report)(rows)

    monkeypatch.setattr(sheets, "check", corrupted)
    sentence = refused(1, "worksheet", LESSON, "-o", tmp_path / "a", "--format", "html")
    assert "does not agree with the check: nothing was written" in sentence
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--blank", "everything"], '"everything" is not one of sums, '),
        (["--step", "weighted_sum:h9.z#1"], 'no step "weighted_sum:h9.z#1"'),
        (
            ["--format", "svg"],
            "worksheets are written as pdf, html, tex, docx, odt, md, csv, moodle, assignment, not as svg",
        ),
        (["--form", "AAAA-AAAA"], "the form ID"),
        (["--form", "AAAA-AAAA", "--seed", "2"], "--form says it all; --seed is one too many"),
        (["--variants", "0"], "it must be a whole number from 1 to 1000"),
        (["--school", "x" * 200], "at most 120 characters"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(tmp_path, refused, arguments, words):
    assert words in refused(2, "worksheet", LESSON, "-o", tmp_path / "a", *arguments)
    assert list(tmp_path.iterdir()) == []


def test_no_folder_above_is_refused(tmp_path, refused):
    assert "there is no folder" in refused(
        3, "worksheet", LESSON, "-o", tmp_path / "a" / "b", "--format", "html"
    )


def test_a_filled_table_is_marked(tmp_path, capsys):
    worksheet(tmp_path, "--share", "all")
    answers = tmp_path / "answers.csv"

    def change(row):
        if row["number"] == "1":
            return {"name": "=Anna", "given": "=cmd|' /C calc'!A0"}
        if row["step"].startswith("delta:o1"):
            return {"name": "=Anna", "given": str(-float(row["exact"]))}
        return {"name": "=Anna", "given": row["answer"].replace(".", ",")}

    fill(answers, change)
    capsys.readouterr()
    marks = tmp_path / "marks.csv"
    assert main(["grade", str(answers), LESSON, "-o", str(marks)]) == 0
    out = capsys.readouterr().out
    assert "The sign is wrong" in out
    assert "This is no number." in out
    found = table(marks)
    wrong = [row for row in found if row["status"] != "right"]
    assert [row["status"] for row in wrong] == ["unreadable", "wrong"]
    assert all(row["name"] == "'=Anna" for row in found)
    assert wrong[0]["given"].startswith("'=cmd")


def test_symbols_are_compared_as_text_and_else_left_to_the_teacher(tmp_path, capsys):
    worksheet(tmp_path, "--blank", "symbols", "--share", "30")
    answers = tmp_path / "answers.csv"
    first = table(answers)[0]["number"]
    fill(
        answers,
        lambda row: {"given": row["answer"].replace(" ", "") if row["number"] == first else "w"},
    )
    capsys.readouterr()
    assert main(["grade", str(answers), LESSON]) == 0
    out = capsys.readouterr().out
    assert "Right." in out
    assert "to be marked by hand" in out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("form,number\nX,1\n", 'the column "given" is missing'),
        ("form,number,given\nX,1,2\n", 'row 2: "X" is not a form ID'),
        ("", 'the column "form" is missing'),
        ("{}", "this is not an assignment"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path, refused, content, words):
    path = tmp_path / "a.csv"
    path.write_text(content)
    assert words in refused(2, "grade", path, LESSON)


def test_an_assignment_goes_out_and_comes_back(tmp_path, capsys):
    assert main(["worksheet", LESSON, "-o", str(tmp_path), "--format", "assignment"]) == 0
    path = tmp_path / "assignment-01.json"
    tree = json.loads(path.read_text())
    assert tree["answers"] == {}
    tree["name"] = "Boris"
    tree["answers"] = {str(tree["questions"][0]["number"]): "17"}
    path.write_text(json.dumps(tree))
    capsys.readouterr()
    assert main(["grade", str(path), LESSON]) == 0
    out = capsys.readouterr().out
    assert "Boris" in out
    assert "No answer." in out


def test_what_is_not_said_is_as_the_lesson_says(tmp_path, capsys):
    tree = json.loads(lesson_to_json(example("lecture-2-2-1")))
    tree["worksheet"] = {
        "variants": 2,
        "seed": 5,
        "steps": ["delta:h1.z#1"],
        "points": True,
        "school": "School <1>",
        "date": "3 May",
        "key": "short",
        "format": "html",
        "combined": True,
        "language": "ru",
        "digits": 3,
    }
    lesson = tmp_path / "l.json"
    lesson.write_text(json.dumps(tree), "utf-8")
    folder = tmp_path / "preset"
    assert main(["worksheet", str(lesson), "-o", str(folder)]) == 0
    assert {path.name for path in folder.iterdir()} == {
        "sheet-01.html", "key-01.html", "sheet-02.html", "key-02.html", "sheets.html", "keys.html", "answers.csv",
    }  # fmt: skip
    sheet = (folder / "sheet-01.html").read_text("utf-8")
    assert "School &lt;1&gt;" in sheet
    assert "3 May" in sheet
    assert 'lang="ru"' in sheet
    rows = table(folder / "answers.csv")
    assert {row["step"] for row in rows} >= {"delta:h1.z#1"}
    key = (folder / "key-01.html").read_text("utf-8")
    assert key.count("<table") == 2
    # What is said counts, and a form brings the same sheet back without naming its steps again.
    other = tmp_path / "other"
    assert main(
        ["worksheet", str(lesson), "-o", str(other), "--variants", "1", "--no-combined", "--blank", "sums",
         "--lang", "en", "--no-points", "--key", "full"]
    ) == 0  # fmt: skip
    assert len(list(other.iterdir())) == 3
    assert {row["step"].partition(":")[0] for row in table(other / "answers.csv")} == {"weighted_sum"}  # fmt: skip
    again = tmp_path / "again"
    form = rows[-1]["form"]
    assert main(["worksheet", str(lesson), "-o", str(again), "--no-combined", "--form", form]) == 0
    assert (again / "sheet-02.html").read_bytes() == (folder / "sheet-02.html").read_bytes()
    capsys.readouterr()


def test_the_lesson_says_which_steps_its_forms_and_answers_are_about(tmp_path, capsys):
    """Forms with blanks by hand, and others, are written again and graded without naming a step."""
    tree = json.loads(lesson_to_json(example("lecture-2-2-1")))
    tree["worksheet"] = {"steps": ["delta:h1.z#1"], "format": "html", "language": "en"}
    lesson = tmp_path / "l.json"
    lesson.write_text(json.dumps(tree), "utf-8")
    for name, more in (("hand", []), ("drawn", ["--blank", "sums"])):
        folder = tmp_path / name
        assert main(["worksheet", str(lesson), "-o", str(folder), *more]) == 0
        form = table(folder / "answers.csv")[0]["form"]
        again = tmp_path / f"{name} again"
        assert main(["worksheet", str(lesson), "-o", str(again), "--form", form]) == 0
        assert (again / "sheet-01.html").read_bytes() == (folder / "sheet-01.html").read_bytes()
        fill(folder / "answers.csv", lambda row: {"given": row["answer"]})
        capsys.readouterr()
        assert main(["grade", str(folder / "answers.csv"), str(lesson), "--lang", "en"]) == 0
        assert "✓" in capsys.readouterr().out
