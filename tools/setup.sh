#!/bin/sh
# Makes .venv/ and installs what is missing: `setup.sh run`, or `setup.sh test` for that and what tests and linters need.
# Needs Python 3.11 or newer. Debian's packages are installed only when something they bring is not there.
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-run}
missing=

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
has_program() { command -v "$1" >/dev/null 2>&1; }
has_file() { [ -e "$1" ]; }
has_library() { (ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null) | grep -qF "$1 "; }
has_sorting() { (ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null) | grep -q 'libicui18n\.so\.[0-9]'; }
need() { package=$1; shift; "$@" || missing="$missing $package"; }

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if has_program "$candidate" && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    fail "Letterbox needs Python 3.11 or newer. Install it, or name it: make PYTHON=/path/to/python3.11 $purpose"
}

can_make_venvs() { "$python" -c 'import ensurepip, venv' 2>/dev/null; }
has_postgresql() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || has_program initdb; }
has_chromium() { has_program chromium || has_program chromium-browser || has_program google-chrome; }
has_node() { has_program node && has_program npm; }

look_for_what_is_missing() {
    [ -x .venv/bin/pip ] || need "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" can_make_venvs
    need libpango-1.0-0 has_library libpango-1.0.so.0
    need libpangoft2-1.0-0 has_library libpangoft2-1.0.so.0
    need libharfbuzz-subset0 has_library libharfbuzz-subset.so.0
    need libicu72 has_sorting
    need fonts-noto-core has_file /usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf
    need espeak-ng has_program espeak-ng
    need libespeak-ng1 has_library libespeak-ng.so.1
    need ffmpeg has_program ffmpeg
    need python3-louis has_file /usr/lib/python3/dist-packages/louis/__init__.py
    need liblouis-data has_file /usr/share/liblouis/tables/en-ueb-g2.ctb
    need poppler-utils has_program pdftotext
    need default-jre-headless has_program java
    need libjaxb-java has_file /usr/share/java/jaxb-runtime.jar
    [ "$purpose" = test ] || return 0
    need chromium has_chromium
    need postgresql-15 has_postgresql
    has_node || missing="$missing nodejs npm"
}

install_packages() {
    if ! has_program apt-get; then
        fail "These are missing, by their Debian names:$missing. Install them, then run make again."
    fi
    root=
    if [ "$(id -u)" -ne 0 ]; then
        if ! has_program sudo || ! { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
            fail "These packages are missing. As root, run: apt-get install --no-install-recommends$missing"
        fi
        root="sudo"
    fi
    say "Installing:$missing"
    $root env DEBIAN_FRONTEND=noninteractive apt-get update -q </dev/null >&2
    # shellcheck disable=SC2086  # the list is words
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing </dev/null >&2
}

python=$(find_python)
look_for_what_is_missing
[ -z "$missing" ] || install_packages

[ -x .venv/bin/pip ] || "$python" -m venv .venv
lock=requirements.lock
[ "$purpose" = run ] || lock=requirements-test.lock
say "Installing the Python packages of $lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
