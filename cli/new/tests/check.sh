#!/bin/sh
# check.sh GAME - the autopilot lands the ship; with the patch, fuel is left that it needs without.
set -eu
game=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "FAILED: $*" >&2
    cat "$work/log" >&2
    exit 1
}

play() { # patch folder: prints the score
    "$game" --headless --autoplay --frames 1200 --patch-dir "$1" --user-dir "$work/user" \
        --report "$work/report.json" >"$work/log" 2>&1 || fail "the game ended with $?"
    grep -q '"errors": 0,' "$work/report.json" || fail "scripts made errors"
    sed -n 's/.*"score": \([0-9]*\).*/\1/p' "$work/report.json"
}

landed=$(play "$work/none")
[ "$landed" -gt 0 ] || fail "the ship did not land"
patched=$(play "$here/../patches")
grep -q "patch feather applied" "$work/log" || fail "the patch was not applied"
[ "$patched" -gt "$landed" ] || fail "the patch made no difference: $landed and $patched"
echo "landed with $landed, patched with $patched"
