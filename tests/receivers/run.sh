#!/bin/sh
# run.sh PROGRAM KIND: the shipped scenarios on a receiver or application in its plainest idiom, and with a token it does
# not have. Exits 77, which CTest shows as skipped, without its runtime or its packages.
set -eu
program=$1 kind=$2
cd "$(dirname "$0")/../.."  # where a developer runs the program: it looks for its scenarios here first

skip() { echo "skipped: $1"; exit 77; }
needs() { command -v "$1" >/dev/null || skip "no $1 here"; }
needs_packages() { [ -d "$1/node_modules" ] || skip "$1/node_modules is missing; ./dev test installs it"; }

scenarios=scenarios
case $kind in
node-sdk) needs node; needs_packages tests/sdk; app="exec node tests/receivers/receiver.mjs" ;;
python) needs python3; app="exec python3 tests/receivers/receiver.py" ;;
php) needs php; app="exec php -S 127.0.0.1:\$PORT tests/receivers/receiver.php" ;;
node-app) needs node; needs_packages examples/node; scenarios="scenarios scenarios/with-app" app="exec node examples/node/app.mjs" ;;
python-app) needs python3; scenarios="scenarios scenarios/with-app" app="exec python3 examples/python/app.py" ;;
*) echo "run.sh does not know $kind" >&2; exit 1 ;;
esac

output=$(mktemp)
trap 'rm -f "$output"' EXIT

# shellcheck disable=SC2086 # folders
"$program" run $scenarios --app "$app" >"$output" 2>&1 || { cat "$output"; exit 1; }
grep '^passed: ' "$output"

# The simulator's token is another now than the receiver's: nothing passes, and the reason is told.
status=0
APPLICATION_MANAGEMENT_TOKEN=a-token-the-receiver-lacks "$program" run scenarios \
    --app "APPLICATION_MANAGEMENT_TOKEN=what-the-receiver-has; export APPLICATION_MANAGEMENT_TOKEN; $app" \
    >"$output" 2>&1 || status=$?
if [ $status != 4 ] || ! grep -q ' 0 passed' "$output" || ! grep -q '^ *why .*"challenge" holds the wrong value' "$output"; then
    cat "$output"
    echo "with a wrong token: exit $status instead of 4, or no reason"
    exit 1
fi
grep '^failed: ' "$output"
