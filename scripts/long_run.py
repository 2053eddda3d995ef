"""Run every test with the promised counts and write the result to tests/LONG_RUN.md.

Ends with the exit code of pytest. Arguments are handed on to it.
"""

import datetime
import os
import platform
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import takewhile
from pathlib import Path

# The report is read back from pytest's own file, nobody else's.
from xml.etree import ElementTree

from tests.counts import EXAMPLES

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "build" / "long-run.xml"
TABLE = ROOT / "tests" / "LONG_RUN.md"
# Seconds.
HANGS = 3600
OUTCOMES = {"failure": "failed", "error": "failed", "skipped": "skipped"}


def run_tests(arguments: list[str]) -> int:
    """Run pytest with the promised counts; return its exit code."""
    REPORT.parent.mkdir(exist_ok=True)
    workers = ["-n", "2", "--dist", "loadfile"]
    # Two thousand lessons take longer than a test that hangs is given otherwise.
    patience = ["-o", f"faulthandler_timeout={HANGS}"]
    command = [sys.executable, "-m", "pytest", "-q", *workers, *patience]
    command += [f"--junitxml={REPORT}", *arguments]
    environment = {**os.environ, "EXPLAINER_COUNTS": "long"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def rows() -> list[str]:
    """Return a table row for each folder of tests, and one for all of them."""
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    seconds: dict[str, float] = defaultdict(float)
    for case in ElementTree.parse(REPORT).iter("testcase"):  # noqa: S314 - as above
        parts = case.get("classname", "").split(".")
        folder = "/".join(takewhile(lambda part: not part.startswith("test_"), parts))
        outcome = next((OUTCOMES[child.tag] for child in case if child.tag in OUTCOMES), "passed")
        for name in (folder, "all"):
            outcomes[name][outcome] += 1
            seconds[name] += float(case.get("time", 0))
    names = [*sorted(set(outcomes) - {"all"}), "all"]
    return [
        f"| {name} | {outcomes[name]['passed']} | {outcomes[name]['failed']} "
        f"| {outcomes[name]['skipped']} | {seconds[name]:.0f} |"
        for name in names
    ]


def write_table(exit_code: int) -> None:
    """Write when, where and how often the tests ran, and what came of it."""
    today = datetime.datetime.now(datetime.UTC).date()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    result = "everything passed" if exit_code == 0 else "NOT everything passed"
    lines = [
        "# The last long run",
        "",
        f"{today}, Python {platform.python_version()}, {machine}: {result}.",
        f"Each Hypothesis property was tried on {EXAMPLES['long']} examples, in `make test` on",
        f"{EXAMPLES['ci']}, unless the property names its own number.",
        "",
        "| tests | passed | failed | skipped | seconds |",
        "| --- | --: | --: | --: | --: |",
        *rows(),
    ]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Run, write, and return the exit code of pytest."""
    exit_code = run_tests(sys.argv[1:])
    write_table(exit_code)
    print(f"Written: {TABLE.relative_to(ROOT)}")
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
