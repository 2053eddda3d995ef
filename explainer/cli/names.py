"""The commands there are. Imports nothing: it is asked before anything else is."""

COMMANDS = (
    "examples",
    "catalogue",
    "trace",
    "check",
    "export",
    "worksheet",
    "grade",
    "train",
    "share",
    "install-desktop",
)
# No command is called so; whoever types it opens a file of that name.
WINDOW = "window"


def opens_window(words: list[str]) -> bool:
    """Tell whether a command line asks for the window."""
    shows_text = any(word in ("-h", "--help", "--version") for word in words)
    return not shows_text and (not words or words[0] not in COMMANDS)


# What `export` can be limited to; said here because the help must not load what computes.
PHASES = (
    "forward",
    "error",
    "backward",
    "update",
)
DEPTHS = ("results", "numbers", "full")
PAPERS = ("a4", "letter")
