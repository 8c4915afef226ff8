#!/bin/sh
# arrows.sh ROOT: prints every include and link under ROOT/simulator that the table of ROOT/docs/architecture.md
# does not allow, and every arrow of the table that is not linked or that no include follows. Fails when there is one, or
# when the table could not be read.
set -eu
rules=$(cd "$(dirname "$0")" && pwd)/arrows.awk
cd "$1"
find simulator -mindepth 2 \( -name '*.h' -o -name '*.cc' -o -name CMakeLists.txt \) | LC_ALL=C sort |
    xargs awk -f "$rules" docs/architecture.md
