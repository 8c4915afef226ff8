#!/bin/sh
# python.sh PROGRAM: the Python SDK's requests against the built program. Exits 77, which CTest shows as skipped, without
# Python.
set -eu
cd "$(dirname "$0")/../.."  # where a developer runs the program: it looks for its vehicles here first
if ! command -v python3 >/dev/null; then
    echo "skipped: no python3 here"
    exit 77
fi
exec python3 tests/sdk/python_client.py "$1"
