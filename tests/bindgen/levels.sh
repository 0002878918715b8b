#!/bin/sh
# levels.sh BINDGEN - API levels: what `compare` finds between two manifests, and MP_SINCE.
set -eu
bindgen=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$here/levels"

fail() {
    echo "FAILED: $*" >&2
    cat "$work/said" >&2
    exit 1
}

# manifest HEADER LEVEL - writes $work/HEADER/shop.api.json
manifest() {
    "$bindgen" header --module shop --path "src/shop.h" --output-dir "$work" "$1.h" -- -I../../../bridge/include
    mkdir -p "$work/$1"
    "$bindgen" module --module shop --level "$2" --output-dir "$work/$1" "$work/$1.api.json"
}
compare() {
    code=0
    "$bindgen" compare "$@" 2>"$work/said" || code=$?
}

manifest before 1
manifest after 2
compare "$work/before/shop.api.json" "$work/before/shop.api.json"
[ "$code" = 0 ] && [ ! -s "$work/said" ] || fail "a manifest breaks what it declares itself"

compare "$work/before/shop.api.json" "$work/after/shop.api.json"
[ "$code" = 1 ] || fail "exit code $code for a broken level"
diff ../breaks.expected "$work/said" || fail "the breaks are told otherwise"

# --since 1: what is new need not say since when.
compare "$work/before/shop.api.json" "$work/after/shop.api.json" --since 1
grep -q 'is new' "$work/said" && fail "--since 1 did not allow what is new"

# A level that the module does not have yet.
"$bindgen" module --module shop --level 1 --output-dir "$work/after" "$work/after.api.json" 2>"$work/said" &&
    fail "level 2 was accepted in a module of level 1"
grep -q 'after.h:[0-9]*:[0-9]*: error: Kind.BLACK: since level 2, but module shop is at level 1' "$work/said" ||
    fail "an enum member of the future is told otherwise"
grep -q 'after.h:[0-9]*:[0-9]*: error: box_allowed: since level 2' "$work/said" || fail "a method of the future is accepted"
grep -q 'after.h:[0-9]*:[0-9]*: note: raise the module.s level with --level 2' "$work/said" || fail "the way out is missing"

# A level is a number.
printf '#include "moonpatch/annotate.h"\ntypedef enum MP_ENUM MP_SINCE(next) Kind { KIND_A } Kind;\n' >"$work/odd.h"
"$bindgen" header --module odd --output-dir "$work" "$work/odd.h" -- -I../../../bridge/include 2>"$work/said" &&
    fail "MP_SINCE(next) was accepted"
grep -q "odd.h:2:.* error: Kind: 'next' is no API level" "$work/said" || fail "MP_SINCE(next) is told otherwise"

# Mistakes in its use: one line, exit code 2.
echo '{}' >"$work/none.json"
echo '{' >"$work/broken.json"
for arguments in "" "$work/none.json" "$work/none.json $work/none.json" "$work/broken.json $work/broken.json" \
    "$work/before/shop.api.json $work/before/shop.api.json --since x"; do
    # shellcheck disable=SC2086
    compare $arguments
    [ "$code" = 2 ] || fail "'compare $arguments': exit code $code instead of 2"
    [ "$(wc -l <"$work/said")" = 1 ] || fail "'compare $arguments' says more than a line"
done

# What is JSON, but not what the command reads: the file, and where in it the fault lies.
refused() { # message, command and arguments
    expected=$1 code=0
    shift
    "$bindgen" "$@" 2>"$work/said" || code=$?
    [ "$code" = 2 ] || fail "'$*': exit code $code instead of 2"
    [ "$(cat "$work/said")" = "moonpatch-bindgen: error: $expected" ] || fail "'$*' is told otherwise"
}
shop=$work/before/shop.api.json odd=$work/odd.api.json
echo '[1]' >"$work/list.json"
for file in "$work/list.json" "$work/none.json" "$work/before.api.json"; do
    refused "$file: an API manifest of version 2 expected" compare "$shop" "$file"
    refused "$file: an API manifest of version 2 expected" reference --output-dir "$work/pages" "$file"
done
for file in "$work/list.json" "$work/none.json" "$shop"; do
    refused "$file: the API of a header of version 1 expected" module --module shop --output-dir "$work" "$file"
done
sed 's/"owners": \[/&3, /' "$shop" >"$odd"
refused "$odd: moonpatch-api.owners[1]: record expected, got number" compare "$shop" "$odd"
sed 's/"level": 1/"nolevel": 1/' "$shop" >"$odd"
refused "$odd: moonpatch-api.level: number expected, got nothing" reference --output-dir "$work/pages" "$odd"
sed 's/"kind": "int32"/"kind": "int33"/' "$work/before.api.json" >"$odd"
"$bindgen" module --module shop --output-dir "$work" "$odd" 2>"$work/said" && fail "a type of kind int33 was accepted"
grep -q "kind: no kind of type is called 'int33'" "$work/said" || fail "int33 is told otherwise"
echo "levels are kept"
