#!/bin/sh
# run.sh PROGRAM TEST…: tests of this folder against the built program, in the system's Chromium. Exits 77, which CTest
# shows as skipped, without Node, the packages of package-lock.json or a Chromium.
set -eu
cd "$(dirname "$0")/../.."  # where a developer runs the program: it looks for its vehicles here first
if ! command -v node >/dev/null; then
    echo "skipped: no node here"
    exit 77
fi
if ! [ -d tests/browser/node_modules/playwright-core ] || ! [ -d tests/browser/node_modules/axe-core ]; then
    echo "skipped: tests/browser/node_modules is missing; ./dev test --all installs it"
    exit 77
fi
if ! CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome); then
    echo "skipped: no chromium here; ./dev test --all installs it"
    exit 77
fi
export CHROMIUM SMARTCAR_SIM="$1" PICTURES="$PWD/build/browser"
shift
exec node --test --test-reporter=spec "$@"
