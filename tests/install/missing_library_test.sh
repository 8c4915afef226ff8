#!/bin/sh
# missing_library_test.sh CMAKE SOURCE-FOLDER: where a library is neither installed nor to be had, configuring stops with
# the one line to type, which installs everything a build needs; a download is used when it is the pinned one.
set -eu
cmake=$1 source=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

configure() {  # CASE OPTION…: has to fail; what was said is in $said
    one=$1
    shift
    if "$cmake" -S "$source" -B "$folder/$one" -G Ninja "$@" >"$folder/log" 2>&1; then
        echo "$one: configured all the same"
        failed=1
    fi
    said=$(tr '\n' ' ' <"$folder/log" | tr -s ' ')
}

expect() {  # WORDS…
    for words; do
        case $said in
        *"$words"*) ;;
        *) echo "$one: the message does not say: $words"; cat "$folder/log"; failed=1 ;;
        esac
    done
}

packages() { awk '$1 == "build" { print $2 }' "$source/packages.txt"; }

configure no-openssl -DCMAKE_DISABLE_FIND_PACKAGE_OpenSSL=ON
# shellcheck disable=SC2046 # a word each
expect "OpenSSL 3 is not installed" "Type: sudo apt-get install" $(packages)

configure no-httplib -DSMARTCAR_SIM_SYSTEM_LIBRARIES=OFF -DSMARTCAR_SIM_DOWNLOADS="file://$folder"
# shellcheck disable=SC2046 # a word each
expect "httplib is not installed and cannot be downloaded" "Type: sudo apt-get install" $(packages)

# What a proxy may answer under the address of the pinned one, and then what is pinned: libraries of two lines each, in a
# copy of the project that pins those.
copy=$folder/copy
mkdir "$copy"
(cd "$source" && tar --exclude=./build --exclude=node_modules --exclude=./.git -cf - .) | tar -xf - -C "$copy"
pinned=$copy/cmake/Dependencies.cmake
sed -n '/^ *fetch_pinned(/{N;s|.*fetch_pinned(\([^ ]*\) [^/]*/\([^ ]*\)\n *\([0-9a-f]*\)).*|\1 \2 \3|p}' "$pinned" >"$folder/pins"
while read -r name path hash; do
    mkdir -p "$folder/$name" "$folder/${path%/*}"
    printf 'add_library(%s INTERFACE)\nadd_library(%s::%s ALIAS %s)\n' "$name" "$name" "$name" "$name" \
        >"$folder/$name/CMakeLists.txt"
    tar -czf "$folder/$path" -C "$folder" "$name"
    sed -i "s/$hash/$(sha256sum "$folder/$path" | cut -d ' ' -f 1)/" "$pinned"
done <"$folder/pins"
[ "$(grep -c . "$folder/pins")" = 4 ] || { echo "not four pinned libraries: $(cat "$folder/pins")"; failed=1; }

configure another-httplib -DSMARTCAR_SIM_SYSTEM_LIBRARIES=OFF -DSMARTCAR_SIM_DOWNLOADS="file://$folder"
expect "is not the httplib that is pinned" "Type: sudo apt-get install"

if ! "$cmake" -S "$copy" -B "$folder/downloaded" -G Ninja -DSMARTCAR_SIM_TESTS=OFF -DSMARTCAR_SIM_SYSTEM_LIBRARIES=OFF \
    -DSMARTCAR_SIM_DOWNLOADS="file://$folder" >"$folder/log" 2>&1; then
    echo "what was downloaded is not used"
    cat "$folder/log"
    failed=1
fi

exit "$failed"
