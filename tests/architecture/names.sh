#!/bin/sh
# names.sh ROOT: prints every test case under ROOT/tests that CTest cannot ask for by its name, and fails when there is
# one. A ';' splits it in two names that no case has, a '~' at its start asks for every case but it, and a '-' makes it
# an option.
set -eu
cd "$1"
found=$(grep -rnoE --include='*_test.cc' --exclude-dir=broken 'TEST_CASE\("(~|-|[^"]*;)[^"]*' tests || true)
[ -n "$found" ] || exit 0
printf '%s\n' "$found" | LC_ALL=C sort | sed "s/TEST_CASE(\"\(.*\)/a name with a ';' in it, or a '~' or '-' before it, is never run: \1/"
exit 1
