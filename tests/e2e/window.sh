#!/bin/sh
# window.sh GAME - the game in a real window, on a virtual display: it opens, plays, takes a patch
# and closes; what the player sees is a picture of the window's size.
set -eu
. "$(dirname "$0")/scene.sh"

cat >"$work/patch/seen.lua" <<'EOF'
local patch = require "patch"
patch.before(native.World, "step", function() end)
EOF
xvfb-run -a -s "-screen 0 1600x1000x24" "$game" --autoplay --frames 240 --seed 1 --size 1000x700 \
    --patch-dir "$work/patch" --user-dir "$work/user" --screenshot "$work/shot.png" --report "$work/report.json" \
    >"$work/log" 2>&1 || fail "the game ended badly"
grep -q 'patch seen applied' "$work/log" || fail "the patch was not applied"
grep -q '"errors": 0,' "$work/report.json" || fail "scripts failed"
# A PNG's width and height are bytes 17 to 24, big-endian.
size=$(od -A n -t u1 -j 16 -N 8 "$work/shot.png" | awk '{ print $3 * 256 + $4 "x" $7 * 256 + $8 }')
[ "$size" = 1000x700 ] || fail "the picture is $size instead of 1000x700"
echo "a window opened, played and closed"
