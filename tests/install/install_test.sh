#!/bin/sh
# install_test.sh CMAKE BUILD-FOLDER: installs into a temporary prefix; the files are where they belong, and the program
# runs there, away from the source tree, and finds its vehicles.
set -eu
cmake=$1 build=$2
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT

"$cmake" --install "$build" --prefix "$prefix" --component smartcar-sim >"$prefix/install.log"

failed=0
complain() { echo "$*"; failed=1; }

for file in bin/smartcar-sim share/smartcar-sim/fixtures/vehicles share/smartcar-sim/fixtures/config.schema.json \
    share/smartcar-sim/scenarios/README.md share/man/man1/smartcar-sim.1 \
    share/bash-completion/completions/smartcar-sim share/zsh/site-functions/_smartcar-sim \
    share/doc/smartcar-sim/LICENSE; do
    [ -s "$prefix/$file" ] || complain "not installed, or empty: $file"
done
head -n 1 "$prefix/share/man/man1/smartcar-sim.1" | grep -q '^\.TH' || complain "the man page does not start with .TH"
bash -n "$prefix/share/bash-completion/completions/smartcar-sim" || complain "bash cannot read the completion"

cd "$prefix"
bin/smartcar-sim --version | grep -q '^smartcar-sim [0-9]' || complain "--version says: $(bin/smartcar-sim --version)"
vehicles=$(bin/smartcar-sim list vehicles | wc -l)
[ "$vehicles" -ge 16 ] || complain "list vehicles shows $vehicles, there are at least sixteen"

exit "$failed"
