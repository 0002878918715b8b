#!/bin/sh
# errors.sh GAME SOURCE - a game that breaks in a real window, on a virtual display: it waits, and goes on
# when the file is corrected, or when the player asks for it.
set -eu
. "$(dirname "$0")/scene.sh"
source=$(realpath "$2")
mkdir -p "$work/data/demo"
cp -r "$source/scripts" "$source/assets" "$work/data"
cp -r "$source/demo/scripts" "$source/demo/assets" "$work/data/demo"
main=$work/data/demo/scripts/main.lua

export MOONPATCH_DATA="$work/data" main

cat >"$work/play.sh" <<'END'
# expect WORDS [TIMES] - waits until that many lines of the log have these words
expect() {
    tries=600
    until [ "$(grep -c "$1" "$work/log")" -ge "${2:-1}" ]; do
        kill -0 $pid
        tries=$((tries - 1))
        [ $tries -gt 0 ] || { echo "FAILED: no '$1'" >&2; kill $pid; exit 1; }
        sleep 0.1
    done
}

# save TEXT - edits main.lua in one step
save() {
    printf '%s\n' "$1" >"$main.new"
    mv "$main.new" "$main"
}

save 'return {' # does not parse
# A device that does not exist: silence, and a warning.
SDL_AUDIODRIVER=none_of_these "$game" --patch-dir "$work/patch" --user-dir "$work/user" >"$work/log" 2>&1 &
pid=$!
expect "error: scripts/main.lua:2: unexpected symbol near '<eof>'"
expect 'warning: no sound: '
save 'return { load = function() error "in load" end }'
expect 'error: scripts/main.lua:1: in load'
save 'return { load = function() print "loaded" end, update = function() print "plays" end }'
expect 'info: loaded'
expect 'info: plays'
expect 'the game goes on'
save 'return { update = function() end, draw = function() error "in draw" end }'
expect 'error: scripts/main.lua:1: in draw'
save 'return { draw = function( end }'
expect 'reload of main.lua refused'
[ "$(grep -c 'the game goes on' "$work/log")" = 1 ]
save 'local tries = 0 return { draw = function() tries = tries + 1 if tries % 2 == 1 then error "again" end print("try " .. tries) end }'
expect 'error: scripts/main.lua:1: again'
window=$(xdotool search --onlyvisible --name Moonbase)
xdotool windowfocus "${window%%
*}" key Down Up c Return
expect 'info: try 2'
expect 'error: scripts/main.lua:1: again' 2
code=0
xdotool key Escape
wait $pid || code=$?
[ $code = 1 ] || { echo "FAILED: exit code $code" >&2; exit 1; }
END
xvfb-run -a -s "-screen 0 1600x1000x24" sh -eu "$work/play.sh" || fail "it did not go on"
echo "a game that broke went on"
