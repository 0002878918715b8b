#!/bin/sh
# check.sh GAME HOST SOURCE - runs every code block of the documentation that names a file:
# patches are applied to the game, main.lua is played, server.lua serves. A page with a meson.build is a project of its
# own: tests/examples builds and runs that.
set -eu
game=$(realpath "$1") host=$(realpath "$2") source=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

play() { # patch folder, log
    "$game" --headless --autoplay --frames 300 --patch-dir "$1" --user-dir "$work/user" --report "$work/report.json" \
        >"$2" 2>&1
}

# A game whose main.lua is in the patch folder: it needs no autopilot, so it is played without.
play_main() {
    "$game" --headless --frames 120 --patch-dir "$1" --user-dir "$work/user" --report "$work/report.json" >"$2" 2>&1
}

# A server, on a port that is free: it starts, and ends well when it is told to.
serve() { # script, log
    sed -i 's/7777/0/' "$1"
    "$host" --script "$1" --user-dir "$work/user" >"$2" 2>&1 &
    server=$!
    for _ in $(seq 100); do
        grep -q 'info: running' "$2" && break
        sleep 0.1
    done
    kill $server
    wait $server && grep -q 'info: running' "$2"
}

checked=0
for page in "$source"/README.md "$source"/docs/*.md; do
    name=$(basename "$page" .md)
    "$source/tests/docs/extract.sh" "$page" "$work/$name"
    if [ ! -d "$work/$name" ] || [ -e "$work/$name/meson.build" ]; then continue; fi

    if [ -d "$work/$name/patch" ]; then
        play "$work/$name/patch" "$work/log" || fail "$page: the game with its patches: $(cat "$work/log")"
        for patch in "$work/$name"/patch/*.lua; do
            id=$(basename "$patch" .lua)
            grep -q "patch $id applied" "$work/log" || fail "$page: $id: $(cat "$work/log")"
            checked=$((checked + 1))
        done
        grep -q '"errors": 0,' "$work/report.json" || fail "$page: errors: $(cat "$work/log")"
    fi

    if [ -e "$work/$name/scripts/main.lua" ]; then
        mkdir -p "$work/$name/game" && cp -r "$work/$name/scripts" "$work/$name/game"
        play_main "$work/$name/game" "$work/log" || fail "$page: main.lua: $(cat "$work/log")"
        grep -q '"errors": 0,' "$work/report.json" || fail "$page: main.lua: $(cat "$work/log")"
        checked=$((checked + 1))
    fi

    if [ -e "$work/$name/server.lua" ]; then
        serve "$work/$name/server.lua" "$work/log" || fail "$page: server.lua: $(cat "$work/log")"
        checked=$((checked + 1))
    fi
done
[ "$checked" -ge 4 ] || fail "only $checked blocks were found"
echo "$checked blocks of the documentation run"
