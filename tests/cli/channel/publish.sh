#!/bin/sh
# publish.sh MOONPATCH TUF_CHECK - a channel from its first key to its last release; after each step it is read by
# Moonpatch's own client and by one that shares no line with it.
set -eu
moonpatch=$(realpath "$1") tuf_check=$(realpath "$2")
. "$(dirname "$0")/../lib.sh"
cd "$work"
export MOONPATCH_PASSPHRASE=secret SOURCE_DATE_EPOCH=1769860800 # 2026-01-31
today=2026-01-31

# good: everybody can read the channel as it is.
good() {
    "$moonpatch" verify stable --now $today >verified 2>&1 || fail "verify: $(cat verified)"
    "$tuf_check" stable stable.keys/root.json $today >checked || fail "it is no repository of TUF"
}

# refuse TEXT ARGUMENT ...: exit code 1, these words, and the channel as it was.
refuse() {
    said=$1
    shift
    cp -r stable before
    expect 1 "$@"
    grep -qF -- "$said" err || fail "moonpatch $*: $(cat err)"
    [ ! -s out ] || fail "moonpatch $*: it tells of what it did not do: $(cat out)"
    diff -r stable before || fail "moonpatch $*: it changed the channel"
    rm -r before
}

version() { sed -n "s/^  $1 *version \([0-9]*\) .*/\1/p" shown; }
show() { expect 0 channel show stable && mv out shown; }
publish() { expect 0 publish stable "$@" --force; }

# ---- init -------------------------------------------------------------------------------------
expect 0 channel init stable --app moonbase --root 2/3 --targets 1/2
cheapen stable.keys
good
cmp stable.keys/root.json stable/metadata/1.root.json || fail "the game gets another root"
ls stable/metadata >names
printf '1.root.json\n1.snapshot.json\n1.targets.json\ntimestamp.json\n' | diff - names || fail "other metadata"
cp -r stable kept
rm stable.keys/root.json
expect 0 channel init stable --app moonbase
grep -qx 'it is there already; its keys stay as they are' out || fail "$(cat out)"
cmp stable.keys/root.json stable/metadata/1.root.json || fail "what was missing is not completed"
refuse "'stable' is channel 'stable' of 'moonbase' already" channel init stable --app another
diff -r kept stable || fail "it was changed"
rm -r kept
show && grep -qx '  nothing is published yet' shown || fail "$(cat shown)"
grep -q 'timestamp  version 1    until 2026-02-07' shown || fail "$(cat shown)"
expect 2 channel init other --app 'My Game'
expect 2 channel init other
expect 2 channel init other --app moonbase --root 3/2
expect 2 channel init other --app moonbase --days-root 0
mistake "channel init: there are no keys of type 'foo': ed25519, ecdsa or rsa" channel init other --app moonbase --type foo
expect 2 channel init other --app moonbase --now 9999-12-31
[ ! -e other ] && [ ! -e other.keys ] || fail "a channel was made of wrong words"
expect 2 channel
expect 2 channel elephant
expect 1 channel show elephant
grep -q "'elephant' is no channel" err

# ---- publish ----------------------------------------------------------------------------------
mkdir -p patches/deep bundle/scripts
seq 1 2000 >patches/table.txt
echo 'return 1' >patches/deep/two.txt
echo 'return {}' >bundle/scripts/snow.lua
echo 'local patch = require "patch"' >bundle/patch.lua
publish patches bundle --rollout 5% --requires-api 3 --max-api 9 --platform linux --platform macos \
    --description "the first" --apply next-scene
good
grep -q 'published release 1 to 5%: 3 files; 3 new' out || fail "$(cat out)"
cp -r stable one
list=$(echo stable/targets/releases/*.1.json)
"$moonpatch" pack bundle -o bundle.zip >/dev/null
for name in table.txt deep/two.txt; do
    hash=$(sha256sum patches/$name | cut -d' ' -f1)
    grep -qF "\"object\":\"$hash\",\"path\":\"patch/$name\"" "$list" || fail "$name: $(cat "$list")"
    cmp patches/$name stable/targets/objects/$hash.$hash
done
hash=$(sha256sum bundle.zip | cut -d' ' -f1)
grep -qF "{\"length\":$(wc -c <bundle.zip),\"object\":\"$hash\",\"path\":\"patch/bundle.zip\"}" "$list" || fail "$(cat "$list")"
grep -qF '"custom":{"moonpatch":{"app":"moonbase","apply":"next scene","channel":"stable","description":"the first","max_api":9,"min_api":3,"platforms":["linux","macos"],"rollout":{"percent":5,"salt":"' \
    stable/metadata/2.targets.json || fail "directives: $(cat stable/metadata/2.targets.json)"

# The same bytes from the same source, wherever and whenever; again, it is there already.
before=$(find stable -type f | sort | xargs sha256sum)
publish patches bundle --rollout 5% --requires-api 3 --max-api 9 --platform linux --platform macos \
    --description "the first" --apply next-scene
grep -q 'release 1 is that already; nothing was changed' out || fail "$(cat out)"
[ "$before" = "$(find stable -type f | sort | xargs sha256sum)" ] || fail "publishing the same changed something"

# Files that somebody deleted or damaged are put back by the same command, signed as they were.
cp -r stable before
object=$(ls stable/targets/objects/* | head -n 1)
printf x >>"$object"
rm "$(ls stable/targets/objects/* | tail -n 1)" stable/targets/releases/*
publish patches bundle --rollout 5% --requires-api 3 --max-api 9 --platform linux --platform macos \
    --description "the first" --apply next-scene
grep -q 'release 1 is that already; 3 of its files were missing or damaged, and put back' out || fail "$(cat out)"
diff -r before stable || fail "what was put back is something else"
rm -r before

# What changed a little becomes a delta, which zstd applies.
base=$(sha256sum patches/table.txt | cut -d' ' -f1)
sed -i 's/^1000$/one thousand/' patches/table.txt
publish patches bundle --rollout 100%
good
grep -Eq 'published release 2 to 100%: 3 files; 1 new, [0-9]* bytes; 1 delta, [0-9]{2} bytes' out || fail "$(cat out)"
expect 0 diff stable 1 2
grep -Eq '^delta +[0-9]{2} of +[0-9]+  patch/table.txt$' out && [ "$(wc -l <out)" = 2 ] || fail "diff: $(cat out)"
expect 0 diff stable 0 2
[ "$(grep -c '^whole' out)" = 3 ] || fail "diff from nothing: $(cat out)"
expect 0 diff stable 1 2 --json
grep -q '"way": "kept"' out && grep -q '"way": "delta"' out || fail "diff --json: $(cat out)"
expect 1 diff stable 1 7
expect 2 diff stable one two
expect 2 diff stable 1

# A delta is put back as well; one whose base is gone is offered no more, and files are downloaded whole.
cp -r stable before
printf x >>"$(echo stable/targets/deltas/*)"
publish patches bundle --rollout 100%
grep -q '1 of its files was missing or damaged' out || fail "$(cat out)"
diff -r before stable || fail "another delta"
rm stable/targets/deltas/* "stable/targets/objects/$base.$base"
publish patches bundle --rollout 100%
grep -q 'release 2 is that already' out || fail "$(cat out)"
expect 0 diff stable 1 2
grep -q '^whole' out && ! grep -q '^delta' out || fail "a delta that nobody has is offered: $(cat out)"
rm -r stable && mv before stable

# A third release has deltas from both, and is told as JSON.
sed -i 's/^1500$/1500 and more/' patches/table.txt
expect 0 publish stable patches bundle --force --json
grep -q '"deltas": 2' out && grep -q '"release": 3' out && grep -q '"new": true' out || fail "$(cat out)"
good
expect 0 diff stable 1 3
grep -q '^delta' out || fail "no delta from two releases before: $(cat out)"

# What is refused changes nothing.
refuse "two of the files would be 'patch/bundle.zip'" publish stable bundle bundle.zip --force
# limit SAYING COMMAND ...: what COMMAND makes in bad/ is refused, by its name on the disk and with the way out.
limit() {
    said=$1
    shift
    mkdir bad && (cd bad && "$@")
    refuse "$said" publish stable bad --force
    rm -r bad
}
many() { seq 10001 | xargs touch; }
deep() { mkdir -p "$(printf '%016d' 0 | sed 's|0|d/|g')" && echo x >"$(printf '%016d' 0 | sed 's|0|d/|g')x"; }
limit "rename 'bad/a\$b': its entry 'patch/a\$b' has a character in its name that not every system can write: use A-Z a-z 0-9 blank _ . - + , @ ( )" \
    touch 'a$b'
limit "rename 'bad/mäuse.txt': its entry 'patch/m\\xC3\\xA4use.txt' has a character in its name that not every system" touch mäuse.txt
limit "rename 'bad/con.txt': its entry 'patch/con.txt' has a part that Windows takes for a device" touch con.txt
limit "has a name of more than 240 bytes" sh -c 'd=$(printf %0120d 0) && mkdir $d && touch $d/$d'
limit "'bad/large.bin' has 67108865 bytes; at most 67108864 are read, of one file: make it smaller, or divide it" \
    truncate -s 67108865 large.bin
limit "there are more than 10000 files to pack: divide them among bundles" many
limit "is more than 16 folders deep: move it up" deep
limit "'bad/link' is a link, a pipe or a device: copy the file itself" ln -s /etc/hostname link
mkdir empty && touch empty/.hidden
refuse "there are no files in it but hidden ones, whose names begin with a dot, and a release of none takes all patches" \
    publish stable empty --force
mkdir clash && touch clash/a clash/A
refuse "in case only" publish stable clash --force
refuse "missing" publish stable missing --force
expect 2 publish stable --force
mistake "publish: unknown option '--rolout' (did you mean '--rollout'?)" publish stable patches --force --rolout 5%
mistake "publish: unknown option '--elephant'; see moonpatch publish --help" publish stable patches --elephant
expect 2 publish stable patches
grep -q 'against which API are the patches checked?' err || fail "$(cat err)"
expect 2 publish stable patches --embedded --force
expect 2 publish stable patches --strict --force
expect 2 publish stable patches --force --rollout 101%
mistake "publish: --rollout: a whole percentage, such as 5% (for a part of one see --cohort), expected, not '0.5%'" \
    publish stable patches --force --rollout 0.5%
expect 2 publish stable patches --force --apply later
expect 2 publish stable patches --force --cohort b

# ---- rollout, halt, rollback -------------------------------------------------------------------
publish --embedded --rollout 10%
good
expect 0 rollout stable 50%
good
show && grep -q 'release 4    live    50%' shown || fail "$(cat shown)"
expect 0 rollout stable 50
grep -q 'it is so already' out
refuse "with less, players who run it go back" rollout stable 20%
expect 0 rollout stable 20% --shrink
mistake "rollout: a whole percentage, such as 5% (for a part of one see --cohort), expected, not '2,5%'" rollout stable 2,5%
refuse "there is no release 9" rollout stable 50% --release 9
phrase=$MOONPATCH_PASSPHRASE MOONPATCH_PASSPHRASE=wrong
for order in halt 'rollout 90%' 'rollback --to 0'; do
    set -- $order
    name=$1 && shift
    refuse "does not open" "$name" stable "$@"
done
MOONPATCH_PASSPHRASE=$phrase
expect 0 halt stable
show && grep -q 'release 4    halted  20%' shown || fail "$(cat shown)"
expect 0 halt stable --lift
expect 0 rollback stable --to 2
good
show
for release in '4    halted' '3    halted' '2    live'; do
    grep -q "  release $release" shown || fail "$release: $(cat shown)"
done
refuse "release 3 is halted itself" rollback stable --to 3
expect 0 rollback stable
show && grep -q 'release 2    halted' shown && grep -q 'release 1    live' shown || fail "$(cat shown)"
expect 0 rollback stable --to 0
! "$moonpatch" channel show stable | grep -q live || fail "a release is live"
good

# ---- rotate ------------------------------------------------------------------------------------
expect 0 rotate stable timestamp
good
grep -q 'root 2,' checked || fail "$(cat checked)"
expect 0 rotate stable snapshot --type rsa
good
expect 0 rotate stable targets --replace stable.keys/targets-1.pub --type ecdsa
good
mistake "rotate: root has 3 keys: say which with --replace, or --add another one" rotate stable root
expect 0 keygen spare
expect 0 rotate stable root --replace root-2 --with spare.pub --threshold 1 --keys stable.keys --keys .
good
grep -q 'root 5,' checked || fail "$(cat checked)"
expect 0 rotate stable root --replace stable.keys/root-1 --with spare
grep -q 'that key is one of root already' out && grep -q 'nothing was changed' out || fail "$(cat out)"
good
grep -q 'root 5,' checked || fail "$(cat checked)"
expect 2 rotate stable elephant
# A game that shipped with the first root follows to the last; one without it believes nothing.
expect 0 verify stable --root stable.keys/root.json --now $today
expect 0 channel init evil --app moonbase
expect 1 verify stable --root evil.keys/root.json --now $today

# Whose signature is missing, or who is another, is refused; also by those who publish.
cp -r stable broken
cp evil/metadata/1.targets.json "$(ls -v broken/metadata/*.targets.json | tail -n 1)"
expect 1 verify broken --root stable.keys/root.json --now $today
expect 1 publish broken patches --force --keys stable.keys
grep -q 'is not signed by the keys of its role: somebody else wrote it' err || fail "$(cat err)"
rm -r broken
expect 0 rotate evil timestamp
cp evil/metadata/2.root.json one/metadata
expect 1 publish one patches --force --keys stable.keys --keys evil.keys
grep -q 'version 2 of root is not signed by the keys of its role' err || fail "$(cat err)"

# ---- refresh-timestamp -------------------------------------------------------------------------
show && snapshot=$(version snapshot)
expect 0 refresh-timestamp stable
grep -q 'it was signed today already' out || fail "$(cat out)"
today=2026-02-06
expect 0 refresh-timestamp stable --now $today
good
show && [ "$(version snapshot)" = "$snapshot" ] || fail "the snapshot was signed without need"
today=2026-02-14
expect 1 verify stable --now $today
grep -q 'expired at 2026-02-13' err || fail "$(cat err)"
today=2026-02-20
expect 0 refresh-timestamp stable --now $today
good
show && [ "$(version snapshot)" -gt "$snapshot" ] || fail "the snapshot was not signed: $(cat shown)"
expect 0 refresh-timestamp stable --now 2027-01-30
grep -q 'warning: the metadata of targets is good for 1 more day:' err || fail "$(cat err)"
today=2027-01-30
good
cp -r stable before
mistake "refresh-timestamp: what is signed on 9999-12-31 for 730 days expires after the year 9999, and games could not read it: see --now" \
    refresh-timestamp stable --now 9999-12-31
diff -r stable before || fail "a day that cannot be written was signed"
rm -r before

# ---- gc ----------------------------------------------------------------------------------------
publish patches --now $today
sed -i 's/^500$/five hundred/' patches/table.txt
publish patches --now $today
echo junk >stable/targets/objects/orphan
expect 2 gc stable
cp -r stable before
expect 0 gc stable --keep 1 --dry-run --now $today
diff -r stable before || fail "a dry run removed something"
expect 0 gc stable --keep 1 --json --now $today
grep -q '"releases": 5' out || fail "$(cat out)"
good
show && [ "$(grep -c '  release ' shown)" = 1 ] || fail "$(cat shown)"
[ "$(ls stable/metadata/*.root.json | wc -l)" = 5 ] || fail "a root is gone"
[ "$(find stable/targets -type f | wc -l)" = 3 ] || fail "too much is left: $(find stable/targets)"
expect 0 gc stable --keep 1 --now $today
grep -q 'removed 0 releases' out || fail "$(cat out)"
publish patches --pin --now $today
show && grep -q 'release 7 .*pinned' shown || fail "numbers must never be used twice: $(cat shown)"
expect 0 halt stable --now $today
expect 0 gc stable --keep 1 --now $today
show && [ "$(grep -c '  release ' shown)" = 2 ] || fail "the last live release must stay: $(cat shown)"
good

# A release stays while somebody is offered no newer one, whatever narrows the newer one.
stays() { grep -qxF "release $1 stays: $2" out || fail "release $1: $(cat out)"; }
offered="no newer one is for everybody who may have it"
first=8
expect 0 channel cohorts stable a=50 b=50 --now $today
for narrow in '--rollout 5%' '--platform linux' '--cohort a' '--max-api 9' '--requires-api 4'; do
    sed -i "1s/.*/$first/" patches/table.txt
    publish patches --requires-api 2 --now $today
    sed -i "1s/.*/$first more/" patches/table.txt
    publish patches --requires-api 2 $narrow --now $today
    rm -rf before && cp -r stable before
    expect 0 gc stable --keep 1 --dry-run --now $today
    stays $first "$offered"
    diff -r stable before || fail "a dry run removed something"
    expect 0 gc stable --keep 1 --now $today
    stays $first "$offered"
    stays $((first + 1)) "it is one of the newest live ones"
    show && grep -q "release $first " shown || fail "$narrow took a release away: $(cat shown)"
    good
    first=$((first + 2))
done
# Release 6 is for games that are older than 2 of the API; nobody needs what another covers.
[ "$(grep -c '  release ' shown)" = 3 ] || fail "more than needed stays: $(cat shown)"
grep -q "release 6 " shown || fail "release 6 went: $(cat shown)"
publish patches --pin --now $today
publish --embedded --now $today
publish patches --now $today
expect 0 gc stable --keep 1 --json --now $today
for kept in '{"release": 20, "why": "it is one of the newest live ones"}' '{"release": 18, "why": "it is pinned"}'; do
    grep -qF "$kept" out || fail "$kept: $(cat out)"
done
[ "$(grep -o '"release":' out | wc -l)" = 2 ] || fail "more than needed stays: $(cat out)"
expect 0 gc stable --keep 3 --now $today
grep -qx 'none goes: 2 of them are live, and 3 are to stay' out || fail "$(cat out)"
expect 0 rollback stable --to 0 --now $today
expect 0 gc stable --keep 1 --now $today
stays 18 "it is halted, and may be live again"
grep -qx 'none goes while all are halted: nobody knows which of them will be live again' out || fail "$(cat out)"
expect 0 halt stable --lift --now $today
good

# What verify keeps for itself is where TMPDIR says, and goes with it.
mkdir scratch
TMPDIR=$work/nowhere expect 1 verify stable --now $today
grep -qF "$work/nowhere" err || fail "it does not look at TMPDIR: $(cat err)"
TMPDIR=$work/scratch expect 0 verify stable --now $today
[ -z "$(ls -A scratch)" ] || fail "verify leaves something behind: $(ls -A scratch)"

# ---- damage ------------------------------------------------------------------------------------
object=$(ls stable/targets/objects/* | head -n 1)
printf x >>"$object"
expect 1 verify stable --now $today
grep -q "$(basename "$object" | cut -d. -f2)" err || fail "the damaged file is not named: $(cat err)"
grep -q '1 of .* files are missing or damaged: publish the newest release again' err || fail "no way out: $(cat err)"
other=$(ls stable/targets/objects/* | tail -n 1)
mv "$other" taken
expect 1 verify stable --now $today
grep -q "$(basename "$object")" err && grep -q "$(basename "$other")" err && grep -q ' 2 of ' err || fail "not all are named: $(cat err)"
mv taken "$other"
for name in timestamp.json "$(ls -v stable/metadata | grep snapshot | tail -n 1)"; do
    mv "stable/metadata/$name" taken
    expect 1 channel show stable
    grep -q "$name.*: no such file or directory; restore it from a copy" err || fail "no way out: $(cat err)"
    echo '{' >"stable/metadata/$name"
    expect 1 channel show stable
    grep -q "$name' is no metadata.*; restore it from a copy" err || fail "no way out: $(cat err)"
    mv taken "stable/metadata/$name"
done
