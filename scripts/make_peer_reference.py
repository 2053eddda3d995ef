"""Have PyTorch compute the values that tests compare with, and store them for machines without it.

Needs PyTorch (`pip install torch==2.13.0`). Writes tests/peers/reference.json; the sections are those of the tests.
"""

import importlib
import json
import sys

from tests.peers.stored import REFERENCE

# Each module has a function `reference` that returns a section.
SECTIONS = {
    "activations": "tests.peers.torch_activations",
    "losses": "tests.peers.torch_losses",
    "training": "tests.peers.torch_training",
    "layers": "tests.peers.torch_layers",
    "initialisers": "tests.peers.torch_initialisers",
}


def main() -> int:
    """Compute every section and write the file; return 1 where PyTorch is missing."""
    try:
        import torch
    except ImportError:
        print("PyTorch is not installed here: pip install torch==2.13.0")
        return 1
    found: dict[str, object] = {"torch": torch.__version__.partition("+")[0]}
    for name, module in SECTIONS.items():
        found[name] = importlib.import_module(module).reference()
    text = json.dumps(found, indent=1, sort_keys=True)
    REFERENCE.write_text(text + "\n", encoding="utf-8")
    print(f"Written: {REFERENCE.name}, by PyTorch {found['torch']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
