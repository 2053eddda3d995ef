"""What every test shares: no screen, a fixed language, settings of its own, counts by mode."""

import os
import tempfile

from hypothesis import HealthCheck, settings

from tests.counts import EXAMPLES, MODE

# All this before anything imports Qt or reads the locale.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)
# A test neither reads nor changes the settings of whoever runs it.
SETTINGS = tempfile.TemporaryDirectory(prefix="explainer-settings-")
os.environ["XDG_CONFIG_HOME"] = SETTINGS.name

for name, examples in EXAMPLES.items():
    settings.register_profile(
        name,
        max_examples=examples,
        # SymPy's first calls are slow, and two processes share the machine.
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        # A fault found in CI is the same fault at the desk.
        derandomize=name == "ci",
        print_blob=True,
    )
settings.load_profile(MODE)


def pytest_addoption(parser):
    parser.addoption("--regen", action="store_true", help="write the golden files anew")
