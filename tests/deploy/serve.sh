#!/bin/sh
# serve.sh MOONPATCH NGINX SOURCE - a channel as nginx serves it by docs/deploy/nginx.conf: what caches are told, what can be asked
# for and what not; and `moonpatch verify` over HTTP.
set -eu
moonpatch=$(realpath "$1") nginx=$2 root=$(realpath "$3")
here=$(dirname "$0")
. "$here/../cli/lib.sh"
. "$here/nginx.sh"
cd "$work"
export MOONPATCH_PASSPHRASE=secret SOURCE_DATE_EPOCH=1769860800 # 2026-01-31
today=2026-01-31
export no_proxy='*'

mkdir patches
seq 1 5000 >patches/table.txt
expect 0 channel init stable --app moonbase
cheapen stable.keys
expect 0 publish stable patches --force
sed -i 's/^2500$/changed/' patches/table.txt
expect 0 publish stable patches --force
echo outside >secret
ln -s ../../../secret stable/targets/objects/link
serve "$work/stable"
$as_nobody "$nginx" -t -q -c "$server/nginx.conf" || fail "nginx -t"

# ask PATH ARGUMENT ...: the answer's head is in `head`, its body in `body`, its status in $status.
ask() {
    path=$1
    shift
    rm -f body
    status=$(curl -s --path-as-is -D head -o body -w '%{http_code}' "$@" "$url$path") || fail "curl $path: $?"
    tr -d '\r' <head >clean && mv clean head
    [ -e body ] || : >body
}
# answers STATUS CACHE_CONTROL: what the last one was.
answers() {
    [ "$status" = "$1" ] || fail "$path: $status, not $1: $(cat head)"
    [ "$(sed -n 's/^Cache-Control: //p' head)" = "$2" ] || fail "$path: not '$2': $(cat head)"
}
has() { grep -qix "$1" head || fail "$path has no '$1': $(cat head)"; }
for_ever="public, max-age=31536000, immutable"

# ---- every file of the channel, as it is --------------------------------------------------------
files=0
for file in $(cd stable && find metadata targets -type f); do
    ask "/$file" --header 'Accept-Encoding: gzip, deflate, br, zstd'
    wanted=$for_ever
    [ "$file" != metadata/timestamp.json ] || wanted=no-cache
    answers 200 "$wanted"
    cmp body "stable/$file" || fail "$file is not what is on the disk"
    has "Content-Length: $(wc -c <"stable/$file")"
    ! grep -qi '^Content-Encoding' head || fail "$file is compressed: $(cat head)"
    has 'Server: nginx'
    files=$((files + 1))
done
[ $files = 13 ] || fail "$files files were asked for"

# ---- asked again: has it changed? ---------------------------------------------------------------
ask /metadata/timestamp.json
etag=$(sed -n 's/^ETag: //p' head) since=$(sed -n 's/^Last-Modified: //p' head)
[ -n "$etag" ] && [ -n "$since" ] || fail "$(cat head)"
ask /metadata/timestamp.json --header "If-None-Match: $etag"
answers 304 no-cache
[ ! -s body ] || fail "304 with a body"
ask /metadata/timestamp.json --header "If-Modified-Since: $since"
answers 304 no-cache
ask /metadata/timestamp.json --header 'If-None-Match: "other"'
answers 200 no-cache

# ---- a part of it -------------------------------------------------------------------------------
object=/$(cd stable && ls -S targets/objects/*.* | head -n 1)
size=$(wc -c <"stable$object")
ask "$object"
etag=$(sed -n 's/^ETag: //p' head)
ask "$object" --range 1000- --header "If-Range: $etag"
answers 206 "$for_ever"
has "Content-Range: bytes 1000-$((size - 1))/$size"
tail -c +1001 "stable$object" | cmp - body || fail "another part"
ask "$object" --range 1000- --header 'If-Range: "other"'
answers 200 "$for_ever"
ask "$object" --range "$size-"
[ "$status" = 416 ] || fail "behind the end: $status"

# ---- what is not to be had ----------------------------------------------------------------------
for path in / /metadata /metadata/ /targets /targets/ /targets/objects /targets/objects/ /lock /stable.keys/root.json \
    /metadata/9.root.json /metadata/root.json /targets/objects/none /metadata/../lock /metadata/%2e%2e/lock \
    /targets/objects/link /targets/objects/%2e%2e/%2e%2e/lock; do
    ask "$path"
    answers 404 no-cache
done
for path in /../secret /targets/../../secret /%2e%2e/secret; do
    ask "$path"
    [ "$status" = 400 ] || fail "$path: $status"
done
for method in POST PUT DELETE; do
    ask "$object" --request $method
    [ "$status" = 405 ] || fail "$method: $status"
done

# ---- verify over HTTP ---------------------------------------------------------------------------
expect 0 verify stable --now $today
cp out by_folder
expect 0 verify "$url" --root stable.keys/root.json --now $today
sed "s|'$url'|'stable'|; s|$url|stable|" out | diff by_folder - || fail "over HTTP it sees something else"
expect 0 verify "$url/" --root stable.keys/root.json --now $today
expect 1 verify "$url" --root stable.keys/root.json --now 2030-01-01
grep -q expired err || fail "$(cat err)"
printf x >>"stable$object"
expect 1 verify "$url" --root stable.keys/root.json --now $today
grep -q "$(basename "$object" | cut -d. -f2)" err || fail "the damaged file is not named: $(cat err)"
rm "stable$object"
expect 1 verify "$url" --root stable.keys/root.json --now $today
grep -q "$(basename "$object" | cut -d. -f2)" err || fail "the missing file is not named: $(cat err)"
crash
expect 1 verify "$url" --root stable.keys/root.json --now $today
