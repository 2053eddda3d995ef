"""The command line: every command prints or writes what the lower rooms compute."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from explainer.cli.names import opens_window


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code: 0 done, 1 check failed, 2 refused, 3 not written."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if opens_window(words):
        from explainer.cli.preload import preload

        preload()
    # Imported here: it takes as long as the libraries need.
    from explainer.cli.program import run

    return run(words)
