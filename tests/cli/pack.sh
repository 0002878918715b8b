#!/bin/sh
# pack.sh MOONPATCH SOURCE_ROOT - bundles: the same bytes each time, and nothing that games refuse.
set -eu
moonpatch=$(realpath "$1")
root=$2
. "$(dirname "$0")/lib.sh"
cd "$work"

pack() { # CODE, its arguments
    status=$1
    shift
    expect "$status" pack "$@"
}

# refuse TEXT ARGUMENT ...: one line of error, with these words.
refuse() {
    said=$1
    shift
    pack 1 "$@"
    grep -qF -- "$said" "$work/err" || fail "moonpatch pack $*: $(cat "$work/err")"
    [ "$(wc -l <"$work/err")" = 1 ] && [ ! -s "$work/out" ] || fail "moonpatch pack $*: more than a line: $(cat "$work/err")"
}

# source_of FOLDER: a small bundle's source, made anew.
source_of() {
    rm -rf "$1"
    mkdir -p "$1/scripts" "$1/assets/b" "$1/assets/B b"
    echo "return" >"$1/patch.lua"
    echo "return {}" >"$1/scripts/snow.lua"
    printf 'x' >"$1/assets/b.txt"
    printf '' >"$1/assets/b/empty"
    printf '\000\001' >"$1/assets/B b/bytes"
}

# What it says, and what is inside.
source_of one
pack 0 one -o one.zip
echo "packed 5 files, 20 bytes, into one.zip of $(wc -c <one.zip) bytes" | diff - out
pack 0 one/ --output one.zip
cat >names <<'END'
assets/B b/bytes
assets/b.txt
assets/b/empty
patch.lua
scripts/snow.lua
END
while read -r name; do
    LC_ALL=C grep -aboF "$name" one.zip | head -n 1 | cut -d: -f1
done <names >offsets
[ "$(wc -l <offsets)" = 5 ] && sort -nc offsets || fail "not all files, or not sorted by name"

# The same bytes from the same files: other order on disk, times, rights, language, zone, path.
mkdir other
(
    umask 077
    mkdir -p other/two/scripts "other/two/assets/B b" other/two/assets/b
    for name in scripts/snow.lua patch.lua "assets/B b/bytes" assets/b/empty assets/b.txt; do
        cat "one/$name" >"other/two/$name"
    done
    chmod 755 other/two/patch.lua
    touch -d 2001-02-03 other/two/scripts/snow.lua other/two/assets
    for zone in UTC0 EST5EDT '<+14>-14'; do
        for language in C C.UTF-8; do
            (cd other && TZ=$zone LC_ALL=$language "$moonpatch" pack ./two/ -o "$work/two.zip" >/dev/null)
            cmp "$work/one.zip" "$work/two.zip" || fail "TZ=$zone LC_ALL=$language: other bytes"
        done
    done
)
pack 0 "$root/demo/patches/gold-rover" -o gold.zip
cmp gold.zip "$root/demo/patches/gold-rover.zip" || fail "gold-rover.zip is not what pack makes"

# Hidden files stay out, and that is said.
mkdir one/.git && touch one/.git/config one/assets/.DS_Store
pack 0 one -o hidden.zip
cmp one.zip hidden.zip && grep -qx 'left out 2 hidden files or folders' out || fail "hidden: $(cat out)"

# What games refuse is named: the very checks of the patch folder.
spoil() { source_of bad; }
spoil && ln -s /etc/passwd bad/assets/link
refuse "'bad/assets/link' is a link, a pipe or a device" bad -o bad.zip
spoil && mkfifo bad/scripts/pipe
refuse "'bad/scripts/pipe' is a link, a pipe or a device" bad -o bad.zip
spoil && touch 'bad/assets/a$b'
refuse "rename 'bad/assets/a\$b': its entry 'assets/a\$b' has a character" bad -o bad.zip
spoil && touch bad/assets/Con.txt
refuse "its entry 'assets/Con.txt' has a part that Windows takes for a device" bad -o bad.zip
spoil && touch bad/assets/B.TXT
refuse "in case only" bad -o bad.zip
spoil && touch bad/scripts/host.lua
refuse "scripts/host.lua is the engine's own, and nothing may lie over it" bad -o bad.zip
spoil && mkdir -p bad/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16 && touch bad/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/x
refuse "more than 16 folders deep" bad -o bad.zip
spoil && truncate -s 65M bad/assets/large
refuse "'bad/assets/large' has 68157440 bytes; at most 67108864 are read" bad -o bad.zip
spoil && truncate -s 40M bad/assets/one && truncate -s 40M bad/assets/two
refuse "there are more than 64 MB to pack" bad -o bad.zip
mkdir nested nothing && cp -R one nested/gold && rm -rf nested/gold/.git
refuse "pack what is in the folder, not the folder" nested -o bad.zip
refuse "there is nothing to pack in 'nothing'" nothing -o bad.zip
refuse "'missing' is no folder" missing -o bad.zip
refuse "'names' is no folder" names -o bad.zip
[ ! -e bad.zip ] || fail "a bundle was written all the same"

# Only a zip archive is written over, and never one that would be packed the next time.
echo "dear diary" >diary
refuse "'diary' is there and no zip archive" one -o diary
[ "$(cat diary)" = "dear diary" ] || fail "the diary is gone"
refuse "'nested' is there and no zip archive" one -o nested
refuse "'one/x.zip' is in the folder that is packed" one -o one/x.zip
refuse "'one/assets/x.zip' is in the folder that is packed" one -o one/assets/x.zip
(cd one && refuse "'x.zip' is in the folder that is packed" . -o x.zip)
refuse "cannot write 'no/such/folder.zip'" one -o no/such/folder.zip
cp gold.zip again.zip
pack 0 one -o again.zip
cmp one.zip again.zip

# Called wrongly: exit code 2.
pack 2
pack 2 one
pack 2 -o x.zip
pack 2 one -o
pack 2 one nested -o x.zip
pack 2 --fast one -o x.zip
pack 0 --help
grep -q '^usage: moonpatch pack DIR' out
