"""How often the tests that draw their own cases draw them."""

import os

MODE = os.environ.get("EXPLAINER_COUNTS", "dev")

# Examples of each Hypothesis property, by mode: at the desk, in CI, and as promised.
EXAMPLES = {"dev": 20, "ci": 25, "long": 200}


def count(reduced: int, promised: int) -> int:
    """Return how often to repeat something that Hypothesis does not count."""
    return promised if MODE == "long" else reduced
