#!/usr/bin/env bash
# Open the window on the lecture example; without a display write its PDF instead.
set -euo pipefail
cd "$(dirname "$0")/.."

lesson=example:lecture-2-2-1
sheet=build/lecture-2-2-1.pdf

scripts/setup.sh
if .venv/bin/python scripts/has_display.py; then
    scripts/setup.sh --window
    exec .venv/bin/python -m explainer "$lesson"
fi
echo "There is no display here, so the worked example is written to $sheet instead."
mkdir -p build
exec .venv/bin/python -m explainer export "$lesson" -o "$sheet" --force
