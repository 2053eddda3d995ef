"""The table of the long run is made of pytest's own report."""

from scripts import long_run

REPORT = """<testsuites><testsuite>
<testcase classname="tests.properties.test_gradients" name="a" time="2.4"/>
<testcase classname="tests.properties.test_gradients" name="b" time="1.2"><failure/></testcase>
<testcase classname="tests.test_wheel" name="c" time="0.5"><skipped/></testcase>
<testcase classname="tests.test_languages.TestCatalogue" name="d" time="0.5"/>
</testsuite></testsuites>"""


def test_it_counts_by_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(long_run, "REPORT", tmp_path / "report.xml")
    monkeypatch.setattr(long_run, "TABLE", tmp_path / "table.md")
    long_run.REPORT.write_text(REPORT, encoding="utf-8")
    long_run.write_table(1)
    table = long_run.TABLE.read_text(encoding="utf-8")
    assert "NOT everything passed" in table
    assert table.splitlines()[-3:] == [
        "| tests | 1 | 0 | 1 | 1 |",
        "| tests/properties | 1 | 1 | 0 | 4 |",
        "| all | 2 | 1 | 1 | 5 |",
    ]
