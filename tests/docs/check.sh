#!/bin/sh
# check.sh GAME BINDGEN SOURCE - runs every code block of the documentation that names a file:
# patches are applied to the game, main.lua is played, C and meson are built.
set -eu
game=$(realpath "$1") bindgen=$(realpath "$2") source=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# A block "```lua patch/x.lua" of page.md goes to $work/page/patch/x.lua.
extract() {
    awk -v out="$2" '
        /^```/ && inside { close(file); inside = 0; next }
        /^```/ && NF == 2 {
            file = out "/" $2; folder = file; sub("/[^/]*$", "", folder)
            system("mkdir -p \"" folder "\""); printf "" > file; inside = 1; next
        }
        /^```/ { inside = 1; file = "/dev/null"; next }
        inside { print > file }' "$1"
}

play() { # patch folder, log
    "$game" --headless --autoplay --frames 300 --patch-dir "$1" --user-dir "$work/user" --report "$work/report.json" \
        >"$2" 2>&1
}

# A game whose main.lua is in the patch folder: it needs no autopilot, so it is played without.
play_main() {
    "$game" --headless --frames 120 --patch-dir "$1" --user-dir "$work/user" --report "$work/report.json" >"$2" 2>&1
}

checked=0
for page in "$source"/README.md "$source"/docs/*.md; do
    name=$(basename "$page" .md)
    extract "$page" "$work/$name"
    [ -d "$work/$name" ] || continue

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

    if [ -e "$work/$name/meson.build" ]; then
        {
            echo "project('docs', 'c', default_options: ['c_std=c11', 'warning_level=3', 'werror=true'])"
            echo "bindgen = '$bindgen'"
            echo "bridge_include = '$source/bridge/include'"
            echo "bridge = declare_dependency(include_directories: include_directories('include'), dependencies: dependency('luajit'))"
            cat "$work/$name/meson.build"
        } >"$work/$name/meson.full"
        ln -s "$source/bridge/include" "$work/$name/include"
        mv "$work/$name/meson.full" "$work/$name/meson.build"
        meson setup "$work/$name/build" "$work/$name" >"$work/log" 2>&1 || fail "$page: $(cat "$work/log")"
        ninja -C "$work/$name/build" >"$work/log" 2>&1 || fail "$page: $(cat "$work/log")"
        checked=$((checked + 1))
    fi
done
[ "$checked" -ge 4 ] || fail "only $checked blocks were found"
echo "$checked blocks of the documentation run"
