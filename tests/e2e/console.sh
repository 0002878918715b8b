#!/bin/sh
# console.sh GAME - a game in a real window, on a virtual display, that is looked into from its console: with keys and
# mouse, while its window is resized, hidden and made to fill the screen.
set -eu
. "$(dirname "$0")/scene.sh"

cat >"$work/play.sh" <<'END'
give_up() {
    echo "FAILED: $*" >&2
    kill $pid
    exit 1
}

# until_true COMMAND ... - waits until it succeeds
until_true() {
    tries=300
    until "$@"; do
        kill -0 $pid
        tries=$((tries - 1))
        [ $tries -gt 0 ] || give_up "no $*"
        sleep 0.1
    done
}

logged() { grep -q "info: $1" "$work/log"; }

# ask NAME EXPRESSION - has the console log a value, and waits for that
ask() {
    xdotool type --delay 20 "print('$1 ' .. tostring($2))"
    xdotool key Return
    until_true logged "$1 "
}

answer() { sed -n "s/.*info: $1 //p" "$work/log"; }

expect() { [ "$(answer "$1")" = "$2" ] || give_up "$1 is '$(answer "$1")', not $2"; }

# Whether the upper part of the picture is as dark as the console makes it.
is_dark() {
    import -window "$window" -crop 1280x500+0+0 -resize 1x1! -colorspace Gray -depth 8 "$work/dark.gray"
    [ "$(od -A n -t u1 -N 1 "$work/dark.gray")" -lt 45 ]
}
is_bright() { ! is_dark; }

"$game" --seed 5 --size 1280x720 --patch-dir "$work/patch" --user-dir "$work/user" --screenshot "$work/shot.png" \
    --report "$work/report.json" >"$work/log" 2>&1 &
pid=$!
window=
find_window() { window=$(xdotool search --onlyvisible --name Moonbase 2>/dev/null); }
until_true find_window
window="${window%%
*}"
xdotool windowfocus "$window" key space
sleep 1
until_true is_bright

xdotool key grave
until_true is_dark
ask before native.world.rover.x
ask shifted '1 ~= 2'
expect shifted true
xdotool type "print('ticks ' .. #'"
xdotool key ctrl+grave
xdotool type "')"
xdotool key Return
until_true logged 'ticks 1'
xdotool type "print('made ' .. type(native.wor"
xdotool key Tab
xdotool type "))"
xdotool key Return
until_true logged 'made userdata'

# A key that moves the rover, when the console is closed.
xdotool key grave
until_true is_bright
xdotool keydown d
sleep 1
xdotool keyup d key grave
until_true is_dark
ask after native.world.rover.x
[ "$(answer before)" != "$(answer after)" ] || give_up "the rover stood still"

# A patch comes, and is switched off by a key and on by a click.
cat >"$work/patch/seen.new" <<'LUA'
local patch = require "patch"
patch.before(native.World, "step", function() end)
LUA
mv "$work/patch/seen.new" "$work/patch/seen.lua"
until_true logged 'patch seen applied'
off="require 'inspector'.patches()[1].is_off"
xdotool key F3
sleep 0.5
xdotool key Return key F1
ask disabled "$(echo "$off" | tr "'" '"')"
expect disabled true
xdotool key F3
sleep 0.5
xdotool mousemove --window "$window" 1094 77 mousedown 1
sleep 0.5
xdotool mouseup 1 key F1
ask enabled "$(echo "$off" | tr "'" '"')"
expect enabled false

# The window changes, and goes, and comes back; there is nobody else who manages windows.
xdotool windowunmap "$window"
sleep 0.5
xdotool windowmap --sync "$window" windowfocus --sync "$window"
xdotool key F11
sleep 1
xdotool key F11
sleep 1
xdotool windowsize --sync "$window" 900 600
xdotool windowfocus --sync "$window"
ask changed '"still here"'
sleep 0.5
kill -TERM $pid
wait $pid
END
xvfb-run -a -s "-screen 0 1280x1000x24" sh -eu "$work/play.sh" || fail "the game ended badly"
grep -q '"errors": 0,' "$work/report.json" || fail "scripts failed"
# A PNG's width and height are bytes 17 to 24, big-endian.
size=$(od -A n -t u1 -j 16 -N 8 "$work/shot.png" | awk '{ print $3 * 256 + $4 "x" $7 * 256 + $8 }')
[ "$size" = 900x600 ] || fail "the picture is $size instead of 900x600"
echo "the console showed the game, and changed it"
