#!/usr/bin/env bash
# Bring .venv up to date with pyproject.toml and constraints.txt; --window also readies the
# machine for a real window. Does nothing, quickly, when everything is in place.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

# Debian package and the library in it that Qt loads.
base_libraries="libglib2.0-0:libglib-2.0.so.0 libgl1:libGL.so.1 libegl1:libEGL.so.1
    libxkbcommon0:libxkbcommon.so.0 libdbus-1-3:libdbus-1.so.3 libfontconfig1:libfontconfig.so.1"
window_libraries="libxcb-cursor0:libxcb-cursor.so.0 libxcb-icccm4:libxcb-icccm.so.4
    libxcb-keysyms1:libxcb-keysyms.so.1 libxcb-shape0:libxcb-shape.so.0
    libxkbcommon-x11-0:libxkbcommon-x11.so.0"

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    local candidate
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python}; do
        if is_new_enough "$candidate"; then
            printf '%s' "$candidate"
            return
        fi
    done
    say "Python 3.11 or newer is needed and was not found (set PYTHON to its path if it has another name)."
    return 1
}

# Print the package of each library that cannot be loaded.
missing_packages() {
    "$python" - "$@" <<'PYTHON'
import ctypes
import sys

for pair in sys.argv[1:]:
    package, library = pair.split(":")
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
PYTHON
}

install_packages() {
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        say "Installing system packages: $*"
        export DEBIAN_FRONTEND=noninteractive
        # A list that could not be fetched matters only if the install then fails.
        apt-get update -qq </dev/null >&2 || true
        apt-get install -y -qq --no-install-recommends "$@" </dev/null >&2 && return
    fi
    say "System packages are missing. On Debian or Ubuntu:  sudo apt-get install -y $*"
    return 1
}

ensure_venv_module() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null && return
    local package=python3-venv
    if [ "$python" != python3 ]; then
        package="$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    fi
    install_packages "$package"
}

ensure_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    local packages
    # shellcheck disable=SC2086 # the lists are meant to be split
    packages="$(missing_packages $*)"
    [ -z "$packages" ] && return
    # shellcheck disable=SC2086
    install_packages $packages && return
    # Elsewhere than on Debian the names are only a hint, and the library may be found another way.
    ! command -v apt-get >/dev/null
}

is_up_to_date() {
    [ -f .venv/.installed ] && is_new_enough .venv/bin/python &&
        [ ! pyproject.toml -nt .venv/.installed ] && [ ! constraints.txt -nt .venv/.installed ]
}

update_venv() {
    is_new_enough .venv/bin/python || { ensure_venv_module && "$python" -m venv --clear .venv; }
    say "Installing the Python packages into .venv (once)."
    local pip=".venv/bin/python -m pip --disable-pip-version-check --no-input"
    # The build backend first, pinned like the rest, then the project in place with it.
    $pip install --quiet -c constraints.txt hatchling editables
    $pip install --quiet -c constraints.txt --no-build-isolation -e '.[dev]'
    touch .venv/.installed
}

python="$(find_python)"
if [ "${1:-}" = --window ]; then
    ensure_libraries "$base_libraries $window_libraries"
else
    ensure_libraries "$base_libraries"
fi
is_up_to_date || update_venv
