#!/bin/sh
# interrupted.sh MOONPATCH TUF_CHECK DIE_AT - a publisher dies in each of its calls that change the disk: until the last one,
# players see the channel as it was, and the same command again makes exactly what an undisturbed one makes.
set -eu
moonpatch=$(realpath "$1") tuf_check=$(realpath "$2") die_at=$(realpath "$3")
. "$(dirname "$0")/../lib.sh"
cd "$work"
export MOONPATCH_PASSPHRASE=secret SOURCE_DATE_EPOCH=1769860800

mkdir patches
seq 1 500 >patches/table.txt
expect 0 channel init first --app moonbase --channel stable
cheapen first.keys
expect 0 publish first patches --force --keys first.keys
sed -i 's/^250$/changed/' patches/table.txt
keys=first.keys

# try COMMAND: dies in call 1, 2, ... of `moonpatch COMMAND`, until it comes through.
try() {
    rm -rf whole
    cp -r first whole
    "$moonpatch" "$1" whole $2 --keys $keys >/dev/null
    calls=0
    while :; do
        calls=$((calls + 1)) code=0
        rm -rf stable
        cp -r first stable
        MP_DIE_AT=$calls LD_PRELOAD=$die_at "$moonpatch" "$1" stable $2 --keys $keys >out 2>err || code=$?
        [ $code = 0 ] && break
        [ $code = 99 ] || fail "$1, call $calls: exit code $code: $(cat err)"
        # While a key is rotated, what the old one has signed may be there for a while, and is not believed.
        [ "$1" = rotate ] || "$tuf_check" stable first.keys/root.json 2026-01-31 >seen || fail "$1, call $calls: the channel is broken"
        [ "$1" = rotate ] || expect 0 verify stable --root first.keys/root.json --now 2026-01-31
        "$moonpatch" "$1" stable $2 --keys $keys >out 2>err || fail "$1, call $calls: again: $(cat err)"
        diff -r whole stable || fail "$1, call $calls: run again, it makes something else"
    done
    [ $calls -ge "$3" ] || fail "$1 was interrupted $calls times only"
    echo "$1: $((calls - 1)) places to die"
}

try publish "patches --force --rollout 5%" 20
expect 0 keygen first.keys/spare
cheapen first.keys
try rotate "timestamp --with first.keys/spare" 6

# A channel that is being made, of keys that are there: the same command completes it.
mkdir made
for role in root targets snapshot timestamp; do expect 0 keygen made/$role-1; done
cheapen made
calls=0 died=99
while [ $died = 99 ]; do
    calls=$((calls + 1)) died=0
    rm -rf stable stable.keys
    cp -r made stable.keys
    MP_DIE_AT=$calls LD_PRELOAD=$die_at "$moonpatch" channel init stable --app moonbase >out 2>err || died=$?
    expect 0 channel init stable --app moonbase
    cmp stable.keys/root.json stable/metadata/1.root.json || fail "init, call $calls: the game gets another root"
    expect 0 verify stable --now 2026-01-31
done
[ $died = 0 ] && [ $calls -ge 10 ] || fail "init was interrupted $calls times only: $(cat err)"
echo "init: $((calls - 1)) places to die"

# Two at once: the second one is told.
flock first/lock -c "$moonpatch refresh-timestamp first --now 2026-02-01" >out 2>err && fail "two write at once"
grep -q "another moonpatch writes this channel; wait until it is done" err || fail "$(cat err)"
expect 0 verify first --now 2026-01-31
