#!/bin/sh
# ci_jobs_test.sh PROGRAM: the README's two CI jobs do what they say. Every command of theirs is run in a project made
# for the purpose, but for those that fetch and build what is built already. Exits 77 without the runtime they use.
set -eu
program=$1
source=$(cd "$(dirname "$0")/../.." && pwd)
command -v python3 >/dev/null || { echo "skipped: no python3 here"; exit 77; }

project=$(mktemp -d)
trap 'rm -rf "$project"' EXIT
mkdir -p "$project/smartcar-sim/build/dev"
ln -s "$program" "$project/smartcar-sim/build/dev/smartcar-sim"
cp "$source/examples/python/app.py" "$project"
cd "$project"
smartcar-sim/build/dev/smartcar-sim init >/dev/null 2>&1
rm smartcar-sim.json  # it would name a callback

# The commands of the yaml blocks: "- run: COMMAND" and the "- COMMAND" of a script.
awk '/^```yaml$/ { inside = 1; next } /^```$/ { inside = 0 }
     inside && sub(/^ *- run: /, "") { print; next }
     inside && /^  script:/ { script = 1; next }
     inside && script && sub(/^    - /, "") { print; next }
     { script = 0 }' "$source/README.md" >commands

ran=0 known=0
while IFS= read -r command; do
    case $command in
    "apt-get update "* | "git clone "* | "smartcar-sim/dev demo") known=$((known + 1)); continue ;;
    esac
    rm -f webhooks.xml
    echo "$command"
    sh -c "$command" || { echo "failed: $command"; exit 1; }
    grep -q '<testcase' webhooks.xml || { echo "no report of: $command"; exit 1; }
    ran=$((ran + 1))
done <commands
# Two jobs: each builds, and each runs.
if [ $ran != 2 ] || [ $known != 4 ]; then
    cat commands
    echo "$ran commands ran and $known are known"
    exit 1
fi
