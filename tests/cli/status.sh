#!/bin/sh
# status.sh MOONPATCH WRITER - what `moonpatch status` shows of journals.
set -eu
moonpatch=$(realpath "$1") writer=$(realpath "$2")
. "$(dirname "$0")/lib.sh"
cd "$work"
export HOME="$work/home" XDG_DATA_HOME=

# shows PATTERN ...: the last output has a line for each, in any order.
shows() {
    for pattern in "$@"; do
        grep -Eq "$pattern" out || fail "no line is like '$pattern': $(cat out)"
    done
}

expect 2 status --oops
expect 2 status one two
expect 2 status --user-dir
expect 2 status game --user-dir .
expect 1 status
grep -q "no game in '$HOME/.local/share/moonpatch' has a journal" err || fail "no game: $(cat err)"
expect 1 status --user-dir "$work"
grep -q "there is no journal of patches in '$work'" err || fail "no journal: $(cat err)"
[ ! -e patches ] || fail "looking made a folder"

games=$HOME/.local/share/moonpatch
mkdir -p "$games/testgame" pipe
mkfifo pipe/in
"$writer" "$games/testgame" <pipe/in >ready &
pid=$!
exec 3>pipe/in
for _ in $(seq 200); do
    [ -s ready ] && break
    sleep 0.05
done

# While the game runs.
expect 1 status
stamp='[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z'
shows "^testgame 1.0, process $pid, started $stamp: runs, with patches on trial$" \
    '^PATCH +VERSION +STATE +SINCE +CAUSE$' \
    "^laser.lua +2 +quarantined \(an earlier version runs\) +$stamp  runaway: Laser.fire ran \?\[31mfor ever \(laser.lua:3\)$" \
    "^torn.lua +2 +refused +$stamp  script-error: torn.lua:3: '<eof>' expected$" \
    "^shield.lua +2 +trial +$stamp *$" \
    "^laser.lua +$(printf three | sha256sum | cut -c1-12) +$stamp +runaway: Laser" \
    "^$stamp +laser.lua +active$"
if grep -q "$(printf '\033')" out; then fail "colours in a file"; fi
mv out before
expect 1 status testgame && diff before out
expect 1 status moonpatch/testgame && diff before out
expect 1 status --user-dir "$games/testgame" && diff before out
expect 1 status --json
shows '"generation": [1-9]' '"phase": "trial"' '"state": "quarantined"' '"cause": "runaway"'
expect 1 status nogame

# Colours are for a terminal, as `script` makes one.
if command -v script >/dev/null; then
    TERM=xterm script -qec "'$moonpatch' status" /dev/null >coloured </dev/null || true
    grep -q "$(printf '\033\\[31mquarantined')" coloured || fail "no colours: $(cat coloured)"
fi

# Several games: which one?
mkdir -p "$games/other/patches"
expect 1 status
grep -q 'which game? other, testgame' err || fail "two games: $(cat err)"

# It died.
exec 3>&-
wait $pid
expect 1 status testgame
shows ': died; the next start says what that means for its patches$'

# A damaged journal: the one before it, and a word of it.
for file in "$games/testgame/patches/journal."[01]; do
    cp "$file" kept
    printf x | dd of="$file" bs=1 seek=200 conv=notrunc 2>/dev/null
    expect 1 status testgame
    grep -q "${file##*/} is damaged; .* taken from the one before it" err || fail "damage: $(cat err)"
    grep -q '^testgame 1.0' out || fail "nothing is shown of the other: $(cat out)"
    cp kept "$file"
done
rm -f "$games/testgame/patches/journal."[01]
echo nonsense >"$games/testgame/patches/journal.0"
expect 1 status testgame
grep -q 'is damaged; .* taken from now on' err || fail "all damaged: $(cat err)"

# Nothing to complain of.
mkdir well
"$writer" well well </dev/null >ready
expect 0 status --user-dir well
expect 0 status --user-dir well --json
