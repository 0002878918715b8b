#!/bin/sh
# run.sh MOONPATCH - folders that are played, with their own patches, and those that cannot be.
set -eu
moonpatch=$(realpath "$1")
. "$(dirname "$0")/lib.sh"
cd "$work"

mistake "the folder of the game is missing; see moonpatch run --help" run
mistake "the folder of the game is missing; see moonpatch run --help" run --headless
mistake "there is no folder 'nowhere'" run nowhere
mkdir empty
expect 2 run empty --headless --frames 1 --user-dir "$work/user"
grep -qx "empty: error: cannot mount 'empty/scripts': there is no such folder" err || fail "no scripts: $(cat err)"
mkdir empty/scripts
expect 2 run empty --headless --frames 1 --user-dir "$work/user"
grep -qx "empty: error: the game's scripts/main.lua is missing" err || fail "no main.lua: $(cat err)"

mkdir -p dots/scripts dots/patch
cat >dots/scripts/main.lua <<'END'
local main = {}
function main.colour() return 1, 0, 0 end
function main.draw()
   local graphics = require "graphics"
   graphics.clear(main.colour())
   graphics.print("dots", 20, 20)
end
return main
END
play() {
    expect 0 run dots --headless --frames 3 --user-dir "$work/user" "$@"
}
play --screenshot plain.png
play --screenshot again.png
cmp plain.png again.png || fail "the same game has two pictures"
cat >dots/patch/blue.lua <<'END'
local patch = require "patch"
patch.override(require "main", "colour", function() return 0, 0, 1 end)
END
play --screenshot patched.png
grep -q "patch blue applied" err || fail "patches beside the scripts are not applied: $(cat err)"
cmp -s plain.png patched.png && fail "the patch changed nothing"
play --patch-dir "$work/none" --screenshot without.png
cmp plain.png without.png || fail "--patch-dir names no other folder"
mkdir dots/assets
cd dots
play() { expect 0 run . --headless --frames 3 --user-dir "$work/user" "$@"; }
play --patch-dir "$work/none" --screenshot ../inside.png
cmp ../plain.png ../inside.png || fail "from inside, with assets/, it is another game"
grep -q "^dots: info: running" "$work/err" || fail "the game has another name than its folder: $(cat "$work/err")"
