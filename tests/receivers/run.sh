#!/bin/sh
# run.sh PROGRAM KIND: the shipped scenarios on a right receiver or an application in its plainest idiom, and with a token
# it does not have. Exits 77, which CTest shows as skipped, without its runtime or its packages.
set -eu
program=$1 kind=$2
cd "$(dirname "$0")/../.."  # where a developer runs the program: it looks for its scenarios here first
. tests/receivers/app.sh

find_receiver "$kind"

case $kind in *-app) scenarios="scenarios scenarios/with-app" ;; *) scenarios=scenarios ;; esac
output=$made/output

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
