"""Running the programs that lessons are exported as."""

import contextlib
import io

from explainer.render.program import program_source


def ran(run, library="numpy"):
    """Run a lesson's program, which asserts its own numbers, and return what it printed."""
    source = program_source(run, library, "en")
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(source, "program.py", "exec"), {"__name__": "__main__"})  # noqa: S102 - the program's own source is run, as a reader would
    return said.getvalue()
