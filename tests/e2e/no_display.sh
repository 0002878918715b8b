#!/bin/sh
# no_display.sh GAME PLAY - without a display, or with one that is dead, the game says so and ends, and
# `make play` lets the autopilot play.
set -eu
. "$(dirname "$0")/scene.sh"
play=$(realpath "$2")
build=$(dirname "$(dirname "$game")")
cd "$work"

unset DISPLAY WAYLAND_DISPLAY SDL_VIDEODRIVER SDL_VIDEO_DRIVER
export XDG_DATA_HOME="$work/data"

for display in '' :9999; do
    code=0
    DISPLAY=$display "$game" --frames 3 >"$work/log" 2>&1 || code=$?
    [ "$code" = 1 ] || fail "exit code $code with DISPLAY='$display'"
    grep -q 'moonbase: error: there is no display; try --headless' "$work/log" || fail "it does not say why"

    rm -f moonbase.json
    DISPLAY=$display "$play" "$build" >"$work/log" 2>&1 || fail "play with DISPLAY='$display'"
    [ -s moonbase.json ] || fail "the autopilot did not play with DISPLAY='$display'"
done
echo "no display, no window, a line that says so"
