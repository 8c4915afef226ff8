#!/bin/sh
# missing_library_test.sh CMAKE SOURCE-FOLDER: where a library is neither installed nor to be had, configuring stops with
# the one line to type, which installs everything a build needs.
set -eu
cmake=$1 source=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

if "$cmake" -S "$source" -B "$folder/build" -G Ninja -DSMARTCAR_SIM_SYSTEM_LIBRARIES=OFF \
    -DSMARTCAR_SIM_DOWNLOADS="file://$folder" >"$folder/log" 2>&1; then
    echo "configured without its libraries"
    exit 1
fi
said=$(tr '\n' ' ' <"$folder/log" | tr -s ' ')
failed=0
for words in "httplib is not installed and cannot be downloaded" "Type: sudo apt-get install" \
    $(awk '$1 == "build" { print $2 }' "$source/packages.txt"); do
    case $said in
    *"$words"*) ;;
    *) echo "the message does not say: $words"; failed=1 ;;
    esac
done
[ "$failed" = 0 ] || cat "$folder/log"
exit "$failed"
