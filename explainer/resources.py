"""Find the files that come with the program: lessons, catalogues, icons, templates, fonts."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Return the path of a file or folder that comes with the program.

    `parts` are its steps below the resource folder: `resource("lang", "ru.mo")`. In an installed
    wheel the folder lies inside the package, in a checkout beside it. The path is returned
    whether or not something is there, so that the caller can say what it missed.
    """
    inside = _PACKAGE / "resources"
    root = inside if inside.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)
