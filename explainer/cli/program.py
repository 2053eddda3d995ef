"""The command `explainer`: runs what was asked, turns every refusal into one line and an exit code."""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
import traceback

from explainer.cli.arguments import parse
from explainer.cli.language import language_for
from explainer.cli.names import WINDOW
from explainer.cli.parser import UsageError
from explainer.messages import ExplainerError, message, translate

DONE, REFUSED, NOT_WRITTEN = 0, 2, 3
# As sysexits.h and the shells have them.
_OWN_FAULT, _INTERRUPTED = 70, 130


def run(words: list[str]) -> int:
    """Run one command line and return its exit code."""
    language = language_for(words)
    _prepare_output()
    try:
        code = _run(parse(words, language))
        _flush()
    except UsageError as error:
        return _complain(str(error), REFUSED)
    except ExplainerError as error:
        return _complain(translate(error.message, language), error.exit_code)
    except BrokenPipeError:
        # Whoever read the output has seen enough. Python must not flush into the closed pipe at exit.
        _discard_output()
        return DONE
    except OSError as error:
        _discard_output()
        # Imported where it is needed: hardly ever.
        from explainer.lesson.disk import reason

        fault = message("the output could not be written: {fault}", fault=reason(error))
        return _complain(translate(fault, language), NOT_WRITTEN)
    except KeyboardInterrupt:
        _discard_output()
        return _INTERRUPTED
    except SystemExit as request:  # argparse has shown its help
        return _flushed(request)
    except Exception:  # noqa: BLE001 - the last resort: a fault of the program must be reportable
        traceback.print_exc()
        text = message("This is a fault in Explainer itself; please report the lines above.")
        return _complain(translate(text, language), _OWN_FAULT)
    return code


def _run(options: argparse.Namespace) -> int:
    if options.command == WINDOW:
        # What is made until the first frame is there to stay. Looking for what can be thrown away, as Python does
        # again and again meanwhile, would take a tenth of the time; the window has it done again later.
        gc.disable()
    # Imported here so that help needs none of it.
    from explainer.cli.commands import COMMANDS

    return COMMANDS[options.command](options)


def _prepare_output() -> None:
    """Make sure that ŷ and ∂ can be printed: UTF-8 into files and pipes, what the terminal can into it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            if stream.isatty():
                reconfigure(errors="replace")
            else:
                reconfigure(encoding="utf-8", errors="replace")


def _complain(sentence: str, code: int) -> int:
    with contextlib.suppress(OSError):
        print(" ".join(sentence.split("\n")), file=sys.stderr)
    return code


def _flush() -> None:
    # A program started without a console has no output at all.
    if sys.stdout is not None:
        sys.stdout.flush()


def _discard_output() -> None:
    if sys.stdout is None:
        return
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _flushed(request: SystemExit) -> int:
    with contextlib.suppress(BrokenPipeError):
        _flush()
        return int(request.code or 0)
    _discard_output()
    return DONE
