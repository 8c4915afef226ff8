#!/bin/sh
# run.sh PROGRAM TEST…: tests of this folder against the built program. Exits 77, which CTest shows as skipped, without
# Node or the packages of package-lock.json.
set -eu
cd "$(dirname "$0")/../.."  # where a developer runs the program: it looks for its vehicles here first
if ! command -v node >/dev/null; then
    echo "skipped: no node here"
    exit 77
fi
# The package that came last.
if ! [ -d tests/sdk/node_modules/smartcar-9 ]; then
    echo "skipped: tests/sdk/node_modules is missing or old; ./dev test installs it"
    exit 77
fi
export SMARTCAR_SIM="$1"
shift
exec node --test --test-reporter=spec "$@"
