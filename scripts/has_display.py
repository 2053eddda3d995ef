"""Exit with 0 where a window can be shown, with 1 where it cannot.

A DISPLAY that is set but does not answer, as in a lapsed remote session, counts as none: Qt would
abort the process on it.
"""

import ctypes
import os
import sys
from pathlib import Path


def wayland_answers() -> bool:
    """Return whether the named Wayland socket exists."""
    name = os.environ.get("WAYLAND_DISPLAY")
    return bool(name) and Path(os.environ.get("XDG_RUNTIME_DIR", ""), str(name)).is_socket()


def x11_answers() -> bool:
    """Return whether the X server named by DISPLAY accepts a connection."""
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # not installed yet, so it cannot be asked
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


if __name__ == "__main__":
    sys.exit(not (sys.platform in ("darwin", "win32") or wayland_answers() or x11_answers()))
