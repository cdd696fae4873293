#!/bin/sh
# Resolves pyproject.toml into requirements.lock and requirements-test.lock: exact versions with the index's own hashes,
# for every processor, and no addresses. Settings of this machine's pip (local wheels, mirrors) stay out of it.
set -eu
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check uv

resolve() {
    env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL -u UV_FIND_LINKS -u UV_EXTRA_INDEX_URL \
        "$folder/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate pyproject.toml "$@"
}
resolve --upgrade -o requirements.lock
resolve --upgrade --extra test --constraints requirements.lock -o requirements-test.lock
# What pyproject.toml says of every one of them need not stand on every line.
sed -E -i "s/ (;|and) platform_python_implementation == 'CPython' and sys_platform == 'linux'//" requirements.lock requirements-test.lock
