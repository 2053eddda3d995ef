"""Running the programs that lessons are exported as."""

import contextlib
import io

from explainer.render.program import program_source


def ran(run, library="numpy"):
    """Run a lesson's program, which asserts its own numbers, and return what it printed."""
    source = program_source(run, library, "en")
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        run_source(source, {"__name__": "__main__"})
    return said.getvalue()


def run_source(source, known):
    """Run source in a space of names, as a reader would."""
    eval(compile(source, "program", "exec"), known)  # noqa: S307 - the program's own source is run, as a reader would
