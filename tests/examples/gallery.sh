#!/bin/sh
# gallery.sh BUILD SOURCE COMPARE [meson option ...] - plays the numbered examples with the installed Moonpatch; the
# last picture of each must be its picture.png. On a difference, BUILD/tests/examples gets NAME.actual.png and
# NAME.difference.png; with ACCEPT=1, the pictures are taken as they are.
#
# CC, CFLAGS and LDFLAGS are the compiler's.
set -eu
build=$1 source=$2 compare=$(realpath "$3")
shift 3
options=$*
. "$(dirname "$(realpath "$0")")/prefix.sh"
mkdir "$work/examples"
cp -r "$source"/examples/[0-9]*/ "$work/examples"
cd "$work/examples"
rm -rf ./*/patch ./*/build # of somebody who tried them
failed=""

check() { # example: its picture was written
    actual="$build/tests/examples/$1.actual.png"
    cp "$work/$1.png" "$actual"
    [ -z "${ACCEPT:-}" ] || cp "$actual" "$source/examples/$1/picture.png"
    "$compare" "$actual" "$source/examples/$1/picture.png" "$build/tests/examples/$1.difference.png" || failed="$failed $1"
}

# What it says is in $work/log. Each has a user folder of its own, and a patch folder, which need not be there.
play() { # example, program ..., frames
    example=$1
    shift
    "$@" --headless --seed 1 --user-dir "$work/user-$example" --screenshot "$work/$example.png" \
        --report "$work/report.json" >"$work/log" 2>&1 || fail "$example ended with $?"
    grep -q '"errors": 0,' "$work/report.json" || fail "$example: its scripts made errors"
    check "$example"
}

play 01-sprite moonpatch run 01-sprite --frames 400
play 02-input moonpatch run 02-input --frames 560 --autoplay
play 03-sound moonpatch run 03-sound --frames 400

mkdir 04-bundle/patch
run moonpatch pack 04-bundle/winter -o 04-bundle/patch/winter.zip
play 04-bundle moonpatch run 04-bundle --frames 400
grep -q 'patch winter applied' "$work/log" || fail "04-bundle: its bundle was not applied"

build_project 05-own-class
play 05-own-class 05-own-class/build/planets --frames 900 --patch-dir "$work/none"
play 06-override 05-own-class/build/planets --frames 900 --patch-dir 06-override
grep -q 'patch flowers applied' "$work/log" || fail "06-override: its patch was not applied"

play 07-event moonpatch run 07-event --frames 400
play 08-coroutine moonpatch run 08-coroutine --frames 540

# ---- an edit while it runs: flowers change, and stay where load() put them --------------------------

start moonpatch run 09-state-across-reload --headless --seed 1 --user-dir "$work/user-09" \
    --screenshot "$work/09-state-across-reload.png"
await 'running: seed'
# In the edit: word of when the notice of the reload is gone from the picture.
sed -e '/^return main/i local steps = 0\nfunction main.update()\n   steps = steps + 1\n   if steps == 600 then print "settled" end\nend' \
    -e 's/PETALS = 5/PETALS = 9/; s/PETAL_COLOR = .*/PETAL_COLOR = { 0.75, 0.6, 1 }/; s/SKY = .*/SKY = { 0.98, 0.78, 0.6 }/' \
    "$source/examples/09-state-across-reload/scripts/main.lua" >edited.lua
mv edited.lua 09-state-across-reload/scripts/main.lua
await 'settled'
stop
check 09-state-across-reload

play 10-particles moonpatch run 10-particles --frames 400
play 11-tile-map moonpatch run 11-tile-map --frames 300 --autoplay
play 12-ui moonpatch run 12-ui --frames 170 --autoplay

[ -z "$failed" ] || fail "other pictures:$failed"
for example in */; do
    [ -e "$work/${example%/}.png" ] || fail "$example was not played"
done
echo "$(find . -maxdepth 1 -name '[0-9]*' | wc -l) examples were played"
