#!/bin/sh
# check.sh BINDGEN - what bindgen says of headers with faults, and that it then writes nothing.
set -eu
bindgen=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$here"

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# Faults of one header: exactly these, in this order.
"$bindgen" header --module faults --output-dir "$work" faults.h -- -I../../bridge/include 2>"$work/said" &&
    fail "a header with faults was accepted"
diff faults.expected "$work/said" || fail "the faults of faults.h are told otherwise"
[ ! -e "$work/faults.gen.c" ] || fail "files were written in spite of faults"

# Faults of a module: the same header twice gives every name twice.
"$bindgen" header --module twice --output-dir "$work" twice.h -- -I../../bridge/include
"$bindgen" module --module twice --output-dir "$work" "$work/twice.api.json" "$work/twice.api.json" 2>"$work/said" &&
    fail "a module with faults was accepted"
diff twice.expected "$work/said" || fail "the faults of the module are told otherwise"

# A header that does not compile is the compiler's to report.
echo 'int f(' >"$work/broken.h"
"$bindgen" header --module broken --output-dir "$work" "$work/broken.h" -- 2>"$work/said" && fail "broken C was accepted"
grep -q 'broken.h:1:.* error: ' "$work/said" || fail "the compiler's message is missing"

# Mistakes in its use: one line, exit code 2.
for arguments in "header" "module" "header --module x" "header --module x nowhere.h" "header --oops" "nonsense"; do
    code=0
    # shellcheck disable=SC2086
    "$bindgen" $arguments >/dev/null 2>"$work/said" || code=$?
    [ "$code" = 2 ] || fail "'$arguments': exit code $code instead of 2"
    [ -s "$work/said" ] || fail "'$arguments': nothing was said"
done
"$bindgen" --help | grep -q usage || fail "--help says nothing"

# The same input gives the same bytes, and unchanged files are not touched.
mkdir "$work/a" "$work/b"
for output in a b; do
    "$bindgen" header --module zoo --output-dir "$work/$output" ../unit/bridge/zoo/animal.h -- -I../../bridge/include
done
diff -r "$work/a" "$work/b" || fail "two runs differ"
touch -d '2001-01-01' "$work"/a/*
"$bindgen" header --module zoo --output-dir "$work/a" ../unit/bridge/zoo/animal.h -- -I../../bridge/include
[ -z "$(find "$work/a" -newermt '2002-01-01' -type f)" ] || fail "unchanged files were written again"
echo "bindgen says what it should"
