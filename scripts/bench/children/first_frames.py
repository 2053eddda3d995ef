"""The first frames of the program, opened from the command line. Argument: when the process was started.

Says how long it took to the first frame with the graph, to the first with computed values, and to the first with the
formulas of step 1, the key → being pressed as soon as there is something to see. Until the program's own window is
imported, nothing is imported here that the program does not import itself, so that it starts as it always does.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

_WATCHED = "explainer.gui.app"


class Finder:
    """Finds the module that makes the program, and has somebody watch the program it makes."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the module as Python finds it, its program replaced when it has been run."""
        if name != _WATCHED:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module

        def run_and_watch(module: ModuleType) -> None:
            execute(module)
            from scripts.bench.children.watched import watched

            vars(module)["Program"] = watched(module.Program, float(sys.argv[1]))

        vars(spec.loader)["exec_module"] = run_and_watch
        return spec


def main() -> None:
    """Run the program as the command `explainer` does, until everything was seen."""
    sys.meta_path.insert(0, Finder())
    from explainer.cli import main as explainer

    explainer(["example:lecture-2-2-1"])


if __name__ == "__main__":
    main()
