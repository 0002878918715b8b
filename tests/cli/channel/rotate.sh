#!/bin/sh
# rotate.sh MOONPATCH TUF_CHECK DIE_AT - keys are replaced, come and go, and more or fewer of them sign: whoever has the first
# root follows. A rotation that fails, or dies in any of its calls, leaves no key that no root names, and no broken channel.
set -eu
moonpatch=$(realpath "$1") tuf_check=$(realpath "$2") die_at=$(realpath "$3")
. "$(dirname "$0")/../lib.sh"
cd "$work"
export MOONPATCH_PASSPHRASE=secret SOURCE_DATE_EPOCH=1769860800

# rotated THRESHOLD COUNT ARGUMENT ...: then so many of so many keys sign for root, and clients of the first root follow.
rotated() {
    threshold=$1 count=$2
    shift 2
    expect 0 rotate stable root "$@"
    grep -q "root is version [0-9]*: $threshold of $count keys sign for root" out || fail "rotate root $*: $(cat out)"
    follows stable
}
follows() {
    expect 0 verify "$1" --root first.json --now 2026-01-31
    "$tuf_check" "$1" first.json 2026-01-31 >seen || fail "another client of the first root does not follow"
}

# refuse CODE TEXT ARGUMENT ...: it fails with these words, and channel and keys are as they were.
refuse() {
    code=$1 said=$2
    shift 2
    rm -rf before before.keys
    cp -r stable before
    cp -r stable.keys before.keys
    expect "$code" rotate stable "$@"
    grep -qF -- "$said" err || fail "rotate $*: $(cat err)"
    [ ! -s out ] || fail "rotate $*: it tells of what it did not do: $(cat out)"
    diff -r before stable || fail "rotate $*: it changed the channel"
    diff -r before.keys stable.keys || fail "rotate $*: it changed the keys"
}

expect 0 channel init stable --app moonbase
cheapen stable.keys
cp stable.keys/root.json first.json
mkdir patches && echo one >patches/one.txt
expect 0 publish stable patches --force

# ---- more keys and fewer, and how many sign ----------------------------------------------------
refuse 2 "--threshold: at least one of the keys signs" root --threshold 0
refuse 2 "root would have 1 key, of which 2 are to sign: add keys first, with --add" root --threshold 2
rotated 1 2 --add
rotated 2 3 --add --threshold 2
[ "$(ls stable.keys/root-*.pem | wc -l)" = 3 ] || fail "$(ls stable.keys)"
refuse 2 "root has 3 keys: say which with --replace, or --add another one" root
rotated 2 2 --remove root-1
refuse 2 "root would have 1 key, of which 2 are to sign" root --remove root-2
refuse 1 "'root-9' is neither the file nor the beginning of the id of one key of root" root --remove root-9
rotated 1 2 --threshold 1
expect 0 rotate stable root --threshold 1
grep -qx 'nothing was changed' out || fail "$(cat out)"
expect 0 rotate stable root --remove root-1
grep -qx 'that key is none of root' out || fail "$(cat out)"
rotated 1 2 --replace root-2
expect 0 rotate stable targets --add --threshold 2
follows stable
echo two >patches/two.txt
expect 0 publish stable patches --force
follows stable
refuse 2 "one of --add, --replace and --remove at a time" root --add --remove root-3
refuse 2 "--remove: no key comes" root --remove root-3 --type rsa
refuse 2 "there are no keys of type 'dsa'" root --add --type dsa

# ---- it fails ----------------------------------------------------------------------------------
cheapen stable.keys
MOONPATCH_PASSPHRASE=other refuse 1 "the passphrase does not open it" timestamp
MOONPATCH_PASSPHRASE=other refuse 1 "the passphrase does not open it" root --add
for role in root snapshot timestamp; do
    mkdir away && mv stable.keys/$role-*.pem away
    refuse 1 "$role needs 1 of its keys to sign, and 0 of them are in stable.keys" targets --replace targets-1
    mv away/* stable.keys && rmdir away
done

# ---- it dies -----------------------------------------------------------------------------------
# Each key has both halves, and a root that names it.
no_orphans() {
    for key in stable.keys/*.pem; do
        public=$(sed -n 's/.*"public": "\([0-9a-f]*\)".*/\1/p' "${key%.pem}.pub") || fail "call $calls: $key has no public half"
        [ -n "$public" ] && grep -q "$public" stable/metadata/*.root.json || fail "call $calls: no root knows $key"
    done
}
mv stable whole && mv stable.keys whole.keys
calls=0
while :; do
    calls=$((calls + 1)) code=0
    rm -rf stable stable.keys
    cp -r whole stable && cp -r whole.keys stable.keys
    MP_DIE_AT=$calls LD_PRELOAD=$die_at "$moonpatch" rotate stable timestamp >out 2>err || code=$?
    [ $code = 0 ] && break
    [ $code = 99 ] || fail "call $calls: exit code $code: $(cat err)"
    expect 0 rotate stable timestamp
    no_orphans
    follows stable
done
[ $calls -ge 10 ] || fail "it was interrupted $calls times only"
no_orphans

# A key that was put there beforehand is taken; one of another type than was asked for is not.
expect 0 keygen stable.keys/snapshot-2
refuse 1 "'stable.keys/snapshot-2' is there, and is no rsa key" snapshot --type rsa
expect 0 rotate stable snapshot
grep -qx 'took stable.keys/snapshot-2.pem' out || fail "$(cat out)"
follows stable
