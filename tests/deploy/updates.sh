#!/bin/sh
# updates.sh MOONPATCH NGINX SOURCE FOLLOW LOAD CLIENTS REQUESTS - machines that update from nginx, all at once: while a release is
# published, through a narrow line, and although they or the server are killed. Whatever happens, each ends with all of a release.
# Then so many requests, no answer wrong.
set -eu
moonpatch=$(realpath "$1") nginx=$2 root=$(realpath "$3") follow=$(realpath "$4") load=$(realpath "$5") clients=$6 requests=$7
here=$(dirname "$0")
. "$here/../cli/lib.sh"
. "$here/nginx.sh"
cd "$work"
export MOONPATCH_PASSPHRASE=secret no_proxy='*'
patience=100 # seconds
rate=300     # kB/s of each connection, where the line is narrow
big=600      # kB that nothing compresses

# ---- a channel, and a second release to come ----------------------------------------------------
zeroes=00000000000000000000000000000000
mkdir -p tree/assets
cp -R "$root/demo/scripts" tree
head -c $((big * 1000)) /dev/zero | openssl enc -aes-128-ctr -nosalt -K $zeroes -iv $zeroes >tree/assets/big.bin
expect 0 channel init stable --app moonbase
cheapen stable.keys
expect 0 publish stable tree --force
cp -R tree one
echo '-- one line more' >>tree/scripts/hud.lua
echo 'return {}' >tree/scripts/fresh.lua
cp -R tree two

# ---- machines ------------------------------------------------------------------------------------
now() { date +%s%N; }

gun=/dev/null # what a machine opens before it begins
# start NAME RELEASE: machine NAME goes on until it runs the release.
start() {
    mkdir -p "machines/$1"
    "$follow" $url stable.keys/root.json "machines/$1" "$2" $patience <$gun >"machines/$1.out" 2>"machines/$1.err" &
    echo $! >"machines/$1.pid"
}
# finish NAME ...: they came to their ends, and each has all of one release and nothing else.
finish() {
    for name in "$@"; do wait "$(cat "machines/$name.pid")" || fail "machine $name: $(cat "machines/$name.err")"; done
    ended=$(now)
    for name in "$@"; do check "$name"; done
}
check() {
    read -r release folder _ <"machines/$1.out"
    case $release in 1) whole=one ;; 2) whole=two ;; 3) whole=three ;; *) fail "machine $1 runs release $release" ;; esac
    diff -r $whole "$folder" >difference || fail "machine $1 has a part of release $release: $(cat difference)"
}
# start_all FIRST LAST RELEASE: at one moment, as nobody can open a pipe before it has a writer.
start_all() {
    gun=$work/gun
    rm -f "$gun" && mkfifo "$gun"
    for number in $(seq "$1" "$2"); do start "$number" "$3"; done
    began=$(now)
    exec 9>"$gun"
    gun=/dev/null
}

# figures NAME SINCE: of all machines together.
figures() {
    wall=$(((ended - $2) / 1000000))
    cut -d' ' -f3 machines/*.out | sort -n >times
    sent=$(awk '{ bytes += $10 } END { printf "%d requests, %d bytes", NR, bytes }' "$server/access.log")
    echo "$1: $clients machines in $wall ms, p50 $(sed -n "$(((clients + 1) / 2))p" times) ms, slowest $(tail -n 1 times) ms; $sent"
    : >"$server/access.log"
}

# ---- all at once, and a release is published meanwhile --------------------------------------------
mkdir machines
serve "$work/stable"
start_all 1 $((clients / 2)) 1
first=$began
"$moonpatch" publish stable tree --force >published 2>&1 &
publisher=$!
start_all $((clients / 2 + 1)) "$clients" 1
wait $publisher || fail "$(cat published)"
finish $(seq "$clients")
echo "the old release: $(cat machines/*.out | grep -c '^1 ' || true), the new one: $(cat machines/*.out | grep -c '^2 ' || true)"
figures "new machines" "$first"
echo '-- and another one' >>tree/scripts/hud.lua
cp -R tree three
expect 0 publish stable tree --force
start_all 1 "$clients" 3
finish $(seq "$clients")
grep -h -v '^3 ' machines/*.out && fail "a machine stays on an old release"
figures "the next release" "$began"

# ---- a narrow line --------------------------------------------------------------------------------
crash
rm -r machines && mkdir machines
serve "$work/stable" "limit_rate ${rate}k;"

# part NAME: waits until it has a part of the big file.
part() {
    until [ -n "$(find "machines/$1/updates/partial" -type f -size +100k 2>/dev/null)" ]; do
        kill -0 "$(cat "machines/$1.pid")" 2>/dev/null || fail "machine $1 ends too early: $(cat "machines/$1.out" "machines/$1.err")"
        sleep 0.02
    done
}
# resumed COUNT: the big file was asked for again from its middle, so often.
resumed() {
    count=$(grep -c '"GET /targets/objects/[^"]*" 206 ' "$server/access.log" || true)
    [ "$count" = "$1" ] || fail "$count downloads went on where they had ended, not $1"
}
began=$(now)
start slow 3
part slow
start dies 3
part dies
kill -9 "$(cat machines/dies.pid)"
wait "$(cat machines/dies.pid)" 2>/dev/null || true
start dies 3
finish slow
taken=$(((ended - began) / 1000000))
# What comes at once, before the limit counts, is at most a second's worth.
[ $taken -ge $(((big - rate) * 1000 / rate)) ] || fail "$big kB came in $taken ms: the line is not narrow"
finish dies
resumed 1

# ---- the server dies ------------------------------------------------------------------------------
for name in a b c d; do start $name 3; done
for name in a b c d; do part $name; done
crash
sleep 0.5
serve "$work/stable" "limit_rate ${rate}k;"
finish a b c d
resumed 5

# ---- and nothing but right answers ------------------------------------------------------------------
crash
serve "$work/stable"
"$load" $url stable "$requests" 64
