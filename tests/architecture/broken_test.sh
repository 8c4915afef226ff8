#!/bin/sh
# arrows.sh finds each of the wrong includes, links, calls and idle arrows planted under broken/, names.sh each of the
# wrong names, constant_time.sh each of the wrong comparisons, and none finds anything else.
set -u
cd "$(dirname "$0")" || exit 1
for check in arrows.sh names.sh constant_time.sh; do
    if sh $check broken >/dev/null 2>&1; then
        echo "$check let broken/ pass"
        exit 1
    fi
done
{
    sh arrows.sh broken
    sh names.sh broken
    sh constant_time.sh broken
} | diff broken.expected -
