#!/bin/sh
# run.sh PROGRAM: the tests of this folder against the built program. Exits 77, which CTest shows as skipped, without
# Node or the packages of package-lock.json.
set -eu
cd "$(dirname "$0")/../.."  # where a developer runs the program: it looks for its vehicles here first
if ! command -v node >/dev/null; then
    echo "skipped: no node here"
    exit 77
fi
if ! [ -d tests/sdk/node_modules ]; then
    echo "skipped: tests/sdk/node_modules is missing; ./dev test installs it"
    exit 77
fi
SMARTCAR_SIM=$1 exec node --test tests/sdk/webhooks.test.mjs tests/sdk/api.test.mjs
