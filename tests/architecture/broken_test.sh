#!/bin/sh
# arrows.sh finds each of the wrong includes, links and calls planted under broken/, and nothing else.
set -u
cd "$(dirname "$0")" || exit 1
if sh arrows.sh broken >/dev/null 2>&1; then
    echo "arrows.sh let broken/ pass"
    exit 1
fi
sh arrows.sh broken | diff broken.expected -
