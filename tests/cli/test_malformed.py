"""The command line refuses every malformed file with exit code 2 and one line, in bounded time and memory; markup stays text."""

import json
import os
import subprocess
import sys

import pytest
from pypdf import PdfReader

from tests.cli.helpers import ROOT, run
from tests.counts import MODE
from tests.lesson.malformed import MARKUP, TREE, files

FILES = files()
# Each is a process of its own; the others are read in this one by tests/lesson.
NAMES = (
    list(FILES) if MODE == "long" else [name for name in FILES if " MB" in name or "000" in name]
)
SECONDS, KILOBYTES = 2.0, 500_000
MEASURED = """
import resource, sys
from explainer.cli import main
code = main(["trace", sys.argv[1]])
used = resource.getrusage(resource.RUSAGE_SELF)
# Not ru_maxrss, which begins with what the process had that started this one.
status = open("/proc/self/status").read()
print(used.ru_utime + used.ru_stime, status.partition("VmHWM:")[2].split()[0])
sys.exit(code)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux does")
@pytest.mark.parametrize("name", NAMES)
def test_refused_in_one_line_and_within_bounds(name, tmp_path):
    path = tmp_path / "lesson.json"
    path.write_bytes(FILES[name])
    process = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert process.returncode == 2
    assert process.stderr.count("\n") == 1
    assert "Traceback" not in process.stderr
    seconds, kilobytes = map(float, process.stdout.split())
    # A processor that others use is slower, not by twice.
    assert seconds < 2 * SECONDS
    assert kilobytes < KILOBYTES


@pytest.mark.parametrize("text", MARKUP, ids=range(len(MARKUP)))
def test_markup_is_shown_literally_in_every_document(text, tmp_path):
    tree = TREE | {"title": text, "description": text, "notes": text}
    names = [str(tmp_path / name) for name in ("a.html", "a.tex", "a.pdf")]
    process = run("export", "-", "-o", *names, stdin=json.dumps(tree).encode())
    assert process.returncode == 0, process.stderr
    html = (tmp_path / "a.html").read_text("utf-8")
    for forbidden in ("<script>alert", "<img src=x", 'href="javascript:'):
        assert forbidden not in html
    tex = (tmp_path / "a.tex").read_text("utf-8")
    body = tex.partition("\\begin{document}")[2]
    for forbidden in ("\\input{/etc", "\\write18", "\\frac{1}{2}$ \\end"):
        assert forbidden not in body
    assert tex.count("\\end{document}") == 1
    page = PdfReader(tmp_path / "a.pdf").pages[0].extract_text()
    if text.isascii():
        shown = "".join(page.split())
        assert text.split()[0].replace('"', "")[:6] in shown.replace("“", "").replace(
            "”", ""
        ).replace('"', "")
    assert "root:" not in page
