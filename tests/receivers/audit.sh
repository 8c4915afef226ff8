#!/bin/sh
# audit.sh PROGRAM KIND: the audit's verdicts on a receiver are those of tests/receivers/expected/KIND.txt, whose lines are
# "VERSION grade GRADE", for each check that did not pass "VERSION fail ID", "VERSION unknown ID" or "VERSION skip ID", and
# "VERSION mistake ID" and "VERSION print ID" for what was found out about its hash. Where a right event is refused, nearly
# all is skipped, in one line. UPDATE_EXPECTED=1 writes that file instead. The family time is left out: how busy the machine
# is says nothing of a receiver. Exits 77, which CTest shows as skipped, without the receiver's runtime or its packages.
set -eu
program=$1 kind=$2
cd "$(dirname "$0")/../.."
. tests/receivers/app.sh
find_receiver "$kind"

report=$made/report.json output=$made/output verdicts=$made/verdicts expected=tests/receivers/expected/$kind.txt

# The first text of that name in each line.
texts() { sed -n '/"'"$1"'":"/{ s/"'"$1"'":"\([^"]*\)".*/\n\1/; s/.*\n//; p; }'; }

# What is answered after another turn of the event loop races with the sender's end.
case $kind in aiohttp-raw | web-request) skipped="--skip time --skip half-close" ;; *) skipped="--skip time" ;; esac

for version in 2.0 4.0; do
    status=0 failed=
    # shellcheck disable=SC2086 # several words
    "$program" audit --app "$app" --webhook-version $version $skipped ${probe:+--probe-url "$probe"} \
        --report "json=$report" >"$output" 2>&1 || status=$?
    # 4 says that a check failed.
    case $status in 0 | 4) ;; *) cat "$output" >&2; echo "audit of $version: exit $status" >&2; exit 1 ;; esac
    grade=$(grep '"type":"summary"' "$report" | texts grade)
    [ -n "$grade" ] || { cat "$report" >&2; echo "audit of $version: no grade" >&2; exit 1; }
    echo "$version grade $grade"
    grep '"type":"check"' "$report" | texts mistake | sed "s/^/$version mistake /"
    sed -n "s/.*printed by \\([a-z0-9, -]*\\):.*/$version print \\1/p" "$report"
    # Of a check that no longer tells anything nothing else would say so.
    for verdict in fail unknown skip; do
        ids=$(grep '"type":"check"' "$report" | grep '"verdict":"'$verdict'"' | texts id | LC_ALL=C sort)
        case $verdict,$failed in fail,*) failed=$ids ;; skip,event-accepted) ids="the rest" ;; esac
        [ -z "$ids" ] || echo "$ids" | sed "s/^/$version $verdict /"
    done
done >"$verdicts"

if [ -n "${UPDATE_EXPECTED:-}" ]; then
    mkdir -p "${expected%/*}"
    cp "$verdicts" "$expected"
elif ! diff -u "$expected" "$verdicts"; then
    cat "$output"
    exit 1
fi
