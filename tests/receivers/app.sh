#!/bin/sh
# shellcheck disable=SC2034  # `app` and `probe` are for those who source this
# Sourced by run.sh and audit.sh, in the checkout's own folder. `made` is a folder that goes when they end.

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

# CTest shows exit 77 as skipped.
skip() { echo "skipped: $1"; exit 77; }
needs() { command -v "$1" >/dev/null || skip "no $1 here"; }
needs_packages() { [ -d "$1/node_modules" ] || skip "$1/node_modules is missing; ./dev test installs it"; }

# Sets `python` to one that has the modules: what apt installed is not there for a Python that stands before the system's
# on the path.
needs_modules() {
    for python in python3 /usr/bin/python3; do
        ! "$python" -c "import $1" 2>/dev/null || return 0
    done
    skip "no python3 with $1 here"
}

# Sets `app`, the command that starts the receiver tests/receivers/KIND.* on PORT, or one of the examples, and `probe`, the
# path at which that shows what it made of events. Skips without its runtime or packages.
find_receiver() {  # KIND
    probe=
    case $1 in
    node-app) needs node; needs_packages examples/node; file=examples/node/app.mjs probe='/vehicles/{vehicleId}' ;;
    python-app) file=examples/python/app.py probe='/vehicles/{vehicleId}' ;;
    *) file=$(echo "tests/receivers/$1".*) ;;
    esac
    case $file in
    *.mjs)
        needs node
        needs_packages tests/receivers
        app="exec node $file"
        ;;
    *.py)
        case $1 in
        flask-*) needs_modules flask ;;
        aiohttp-*) needs_modules aiohttp ;;
        fastapi-*) needs_modules fastapi,uvicorn ;;
        *) needs_modules http.server ;;
        esac
        app="exec $python $file"
        ;;
    *.php)
        needs php
        app="exec php -S 127.0.0.1:\$PORT $file"
        ;;
    *.rb)
        needs ruby
        ruby -e 'require "webrick"' 2>/dev/null || skip "no webrick here"
        app="exec ruby $file"
        ;;
    *.go)
        needs go
        GO111MODULE=off go build -o "$made/receiver" "$file"
        app="exec '$made/receiver'"
        ;;
    *.java)
        needs javac
        gson=/usr/share/java/gson.jar
        [ -e $gson ] || skip "no $gson here"
        javac -cp $gson -d "$made" "$file"
        # Without the option every answer waits 40 ms for the client's acknowledgement of its head.
        app="exec java -Dsun.net.httpserver.nodelay=true -cp '$made:$gson' Receiver"
        ;;
    *)
        echo "there is no receiver $1" >&2
        exit 1
        ;;
    esac
}
