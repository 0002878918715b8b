#!/bin/sh
# cohort.sh MOONPATCH - who gets what: as many as the percentage says, nobody who had it loses it, cohorts by their weights.
set -eu
moonpatch=$(realpath "$1")
. "$(dirname "$0")/../lib.sh"
cd "$work"
export MOONPATCH_PASSPHRASE=secret SOURCE_DATE_EPOCH=1769860800

# between LEAST MOST PATTERN: the second-last column, or the number behind the words, of the line in `out`.
between() {
    count=$(sed -n "s/^$3 *\([0-9][0-9]*\).*/\1/p" out)
    [ -n "$count" ] && [ "$count" -ge "$1" ] && [ "$count" -le "$2" ] || fail "$3: $count, not $1 to $2: $(cat out)"
}

mkdir patches && echo one >patches/one.txt
expect 0 channel init stable --app moonbase --days-timestamp 30
cheapen stable.keys
expect 0 cohort stable --simulate 1000
between 1000 1000 "what the program ships"
expect 0 publish stable patches --force --rollout 5%

# Five standard deviations of a fair draw: 5 * sqrt(100,000 * 0.05 * 0.95) = 345.
expect 0 cohort stable --simulate 100000
between 4655 5345 "release 1"
between 94655 95345 "what the program ships"
mv out first
expect 0 cohort stable --simulate 100000
diff first out || fail "another answer to the same question"
expect 0 cohort stable --simulate 100000 --seed 7
! diff first out >/dev/null || fail "another seed, the same installations"

# reached: those of 150 installations that run release 1.
reached() {
    for i in $(seq 150); do
        id=$(printf %032x $((i * 7919)))
        "$moonpatch" cohort stable --install "$id" | grep -q 'release 1: this one runs' && echo "$id" || true
    done
}
reached >before
[ "$(wc -l <before)" -ge 1 ] && [ "$(wc -l <before)" -le 25 ] || fail "5% of 150 are $(wc -l <before)"
for percent in 6 40; do
    expect 0 rollout stable $percent%
    reached >now
    [ -z "$(comm -23 before now)" ] || fail "with $percent%, some lose it: $(comm -23 before now)"
    [ "$(wc -l <now)" -ge "$(wc -l <before)" ] || fail "$percent% reaches fewer"
    mv now before
done
expect 0 rollout stable 100%
expect 0 cohort stable --simulate 1000
between 1000 1000 "release 1"

# Another release draws anew: its 50% are not the first ones' 50%.
echo two >patches/two.txt
expect 0 publish stable patches --force --rollout 50% --requires-api 2
expect 0 cohort stable --simulate 10000 --api 2
between 4750 5250 "release 2"
salts=$(grep -o '"salt":"[0-9a-f]*"' "$(ls -v stable/metadata/*.targets.json | tail -n 1)" | sort -u | wc -l)
[ "$salts" = 2 ] || fail "two releases, $salts salts"
expect 0 cohort stable --simulate 10000 --api 1
between 10000 10000 "release 1"
expect 0 cohort stable --install 000102030405060708090a0b0c0d0e0f --api 1
grep -qx 'release 2: it needs a newer version of the game' out && grep -qx 'release 1: this one runs' out || fail "$(cat out)"

# Cohorts.
expect 0 channel cohorts stable a=75 b=25
echo three >patches/three.txt
expect 0 publish stable patches --force --cohort b
expect 0 cohort stable --simulate 10000
between 2280 2720 "release 3"
grep -Eq '^release 3 .* a 0  b [0-9]+$' out || fail "others than cohort b get it: $(cat out)"
expect 0 cohort stable --simulate 1000 --json
grep -q '"release": 0' out && grep -q '"b": ' out || fail "$(cat out)"
expect 2 channel cohorts stable a
expect 2 channel cohorts stable A=5
expect 2 channel cohorts stable a=-5
expect 2 publish stable patches --force --cohort c
mistake "channel cohorts: there are two cohorts 'b'" channel cohorts stable b=1 b=2
mistake "channel cohorts: nobody would be in any cohort: give one a weight" channel cohorts stable a=0 b=0
expect 1 channel cohorts stable a=75 bee=25
grep -q "release 3 is for cohort 'b': name it too" err || fail "who runs it loses it: $(cat err)"
expect 0 channel cohorts stable a=75 bee=25 b=0
expect 0 channel cohorts stable a=75 b=25

# What nobody could get is not published, and what is not there not halted.
mistake "publish: --max-api 2: no game has that, and level 5 or a newer one" \
    publish stable patches --force --requires-api 5 --max-api 2
mistake "publish: --platform: linux, windows, macos or other expected, not 'Linux'" publish stable patches --force --platform Linux
mistake "halt: --release: releases count from 1" halt stable --release 0

# Platforms; a pinned release goes before newer ones.
echo four >patches/four.txt
expect 0 publish stable patches --force --platform windows
expect 0 cohort stable --simulate 1000 --platform windows
between 1000 1000 "release 4"
expect 0 publish stable --embedded --pin
expect 0 cohort stable --simulate 1000 --platform windows
between 1000 1000 "release 5"
expect 0 halt stable
expect 0 cohort stable --simulate 1000 --platform windows
between 1000 1000 "release 4"

expect 2 cohort stable
expect 2 cohort stable --simulate 5 --install 00
expect 2 cohort stable --install 00
expect 1 cohort nothing --simulate 5
