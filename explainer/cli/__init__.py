"""The command line: every command prints or writes what the lower rooms compute."""

from explainer.cli.program import main

__all__ = ["main"]
