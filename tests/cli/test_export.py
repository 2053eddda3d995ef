"""Export: questions first, then everything or nothing."""

import pytest

from explainer.cli import main
from explainer.render.publish import FORMATS

LESSON = "example:lecture-2-2-1"


@pytest.fixture
def refused(capsys):
    def run(code, *arguments):
        assert main(["export", *map(str, arguments)]) == code
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        return err.strip()

    return run


def test_every_format_is_written(tmp_path, capsys):
    files = [tmp_path / f"example{form.endings[0]}" for form in FORMATS.values()]
    assert main(["export", LESSON, "-o", *map(str, files)]) == 0
    assert all(file.stat().st_size > 500 for file in files)
    assert capsys.readouterr().out.count("written: ") == len(files)


def test_an_unknown_ending_is_refused_before_anything_is_read(tmp_path, refused):
    sentence = refused(2, "none.json", "-o", tmp_path / "a.pdf", tmp_path / "a.xyz")
    assert sentence.startswith(f"{tmp_path / 'a.xyz'}: the file must end in one of .pdf, ")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_exists_stays_unless_forced(tmp_path, refused, capsys):
    path = tmp_path / "a.svg"
    path.write_text("mine")
    sentence = refused(3, LESSON, "-o", tmp_path / "b.svg", path)
    assert sentence == f"{path}: the file exists; --force replaces it"
    assert path.read_text() == "mine"
    assert not (tmp_path / "b.svg").exists()
    assert main(["export", LESSON, "-o", str(path), "--force"]) == 0
    assert path.read_text().startswith("<")
    assert [file.name for file in tmp_path.iterdir()] == ["a.svg"]


def test_a_dangling_link_counts_as_a_file(tmp_path, refused):
    link = tmp_path / "a.svg"
    link.symlink_to(tmp_path / "elsewhere.svg")
    assert refused(3, LESSON, "-o", link).endswith("the file exists; --force replaces it")


def test_where_nothing_can_be_written(tmp_path, refused):
    folder = tmp_path / "folder.pdf"
    folder.mkdir()
    assert refused(3, LESSON, "-o", folder, "--force") == f"{folder}: this is a folder"
    missing = tmp_path / "none" / "a.pdf"
    assert refused(3, LESSON, "-o", missing).startswith(f"{missing}: there is no folder ")
    assert refused(3, LESSON, "-o", "/proc/a.pdf").startswith("/proc/a.pdf: ")


def test_one_file_twice(tmp_path, refused):
    path = tmp_path / "a.pdf"
    assert refused(2, LESSON, "-o", path, "-o", path) == f"{path}: the file is named twice"


def test_the_documents_follow_the_language(tmp_path):
    path = tmp_path / "a.html"
    assert main(["export", LESSON, "-o", str(path), "--lang", "ru"]) == 0
    text = path.read_text("utf-8")
    assert 'lang="ru"' in text
    assert "Пример из лекции" in text
