"""The rules of the house that can be checked by reading it."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path for room in ("explainer", "scripts", "tests") for path in (ROOT / room).rglob("*.py")
)
# A table grows by a row for each entry; splitting it would scatter it.
TABLES = {
    f"explainer/maths/{name}.py"
    for name in ("activations", "losses", "updates", "penalties", "initialisers")
}
# They run text as code, by themselves or through SymPy.
EVALUATORS = {"eval", "exec", "sympify", "parse_expr"}
# Source that the program itself writes is run where it is tested, as its reader would run it.
RUNS_WRITTEN_SOURCE = {
    "tests/maths/test_code.py",
    "tests/peers/test_code.py",
    "tests/render/programs.py",
}
SLOW = {"PySide6", "sympy", "mpmath", "numpy", "matplotlib", "ziamath", "pypandoc", "typst"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def called(node: ast.Call) -> str:
    """Return the function's bare name; of a method only if it belongs to SymPy."""
    match node.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id="sympy" | "builtins"), attr=name):
            return name
    return ""


def imported(node: ast.AST) -> set[str]:
    match node:
        case ast.Import(names=names):
            return {part for alias in names for part in alias.name.split(".")}
        case ast.ImportFrom(module=module, names=names):
            return {*(module or "").split("."), *(alias.name for alias in names)}
    return set()


def loaded_after(program: str) -> set[str]:
    """Run the program in a fresh interpreter and return the slow packages it has loaded."""
    report = "import json, sys; print(json.dumps(sorted(sys.modules)))"
    result = subprocess.run(
        [sys.executable, "-c", f"{program}\n{report}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    modules = json.loads(result.stdout.splitlines()[-1])
    return {module.split(".")[0] for module in modules} & SLOW


def test_rooms_import_only_from_the_rooms_below():
    result = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_file_can_be_read_in_one_sitting(path):
    if name_of(path) not in TABLES:
        lines = path.read_text("utf-8").count("\n")
        assert lines <= 300


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_text_is_run_as_code_and_no_figure_is_kept_alive(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            runs_it = called(node) == "eval" and name_of(path) in RUNS_WRITTEN_SOURCE
            assert runs_it or called(node) not in EVALUATORS, f"line {node.lineno}"
        assert not imported(node) & {"pyplot", "pylab", "sympify", "parse_expr"}, ast.dump(node)


def test_importing_the_command_line_loads_nothing_slow():
    assert loaded_after("import explainer.cli") == set()


def test_help_loads_nothing_slow():
    help_shown = (
        "from explainer.cli import main\n"
        "try:\n"
        "    main(['--help'])\n"
        "except SystemExit as end:\n"
        "    assert end.code in (0, None), end.code"
    )
    assert loaded_after(help_shown) == set()


def test_only_the_window_loads_anything_slow_on_import_and_that_is_qt():
    every_room = (
        "import importlib, pkgutil, explainer\n"
        "for module in pkgutil.walk_packages(explainer.__path__, 'explainer.'):\n"
        "    if not module.name.endswith('__main__') and 'explainer.gui' not in module.name:\n"
        "        importlib.import_module(module.name)"
    )
    assert loaded_after(every_room) == set()
    assert loaded_after(every_room.replace(" and 'explainer.gui' not in module.name", "")) <= {
        "PySide6"
    }
