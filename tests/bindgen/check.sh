#!/bin/sh
# check.sh BINDGEN - what bindgen says, in which form, and when it writes nothing.
set -eu
bindgen=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$here"
include=-I../../bridge/include

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

header() { # module, header, what follows it: its messages go to $work/said
    name=$1 file=$2
    shift 2
    "$bindgen" header --module "$name" --output-dir "$work" "$file" -- "$@" 2>"$work/said"
}
expect() { # file: these were the messages, exactly
    sed "s|$work/||" "$work/said" | diff "$1" - || fail "$1: it is told otherwise"
}

# Faults of one header: exactly these, in this order.
header faults faults.h $include && fail "a header with faults was accepted"
expect faults.expected
[ ! -e "$work/faults.gen.c" ] || fail "files were written in spite of faults"

header nameless nameless.h $include && fail "what no code can name or define was accepted"
expect nameless.expected

header endless endless.h $include && fail "a struct that contains itself was accepted"
expect endless.expected

# A comment in Latin-1 is read as such: its text arrives in UTF-8, in the editor's stubs too.
printf '#include "moonpatch/annotate.h"\n/** Zum Caf\351, \374ber Nacht. */\nMP_STATIC(cafe) void cafe_open(void);\n' >"$work/cafe.h"
header bistro "$work/cafe.h" $include || fail "a comment in Latin-1 was refused"
"$bindgen" module --module bistro --output-dir "$work" "$work/cafe.api.json" || fail "its API was refused"
grep -q "Zum Caf$(printf '\303\251'), $(printf '\303\274')ber Nacht" "$work/bistro.d.lua" || fail "the comment is not in the stubs"

# A module that is called like its header has files of the same names.
cp "$work/cafe.gen.h" "$work/before"
(cd "$work" && "$bindgen" module --module cafe ./cafe.api.json) 2>"$work/said" && fail "a module replaced its header's files"
grep -q "cafe.api.json: module cafe would replace what was made of this header" "$work/said" || fail "its message: $(cat "$work/said")"
cmp "$work/before" "$work/cafe.gen.h" || fail "the header's files are others"

# A default that its enum does not have.
header guess guess.h $include || fail "a header without faults was refused"
"$bindgen" module --module guesses --output-dir "$work" "$work/guess.api.json" 2>"$work/said" && fail "a wrong default was accepted"
expect guess.expected

# Suspicions are warnings: the files are written all the same.
header tanks suspicions.h $include || fail "warnings were taken for errors"
expect suspicions.expected
[ -e "$work/suspicions.gen.c" ] || fail "nothing was written because of warnings"
echo 'int nothing;' >"$work/empty.h"
header empty "$work/empty.h" || fail "a warning was taken for an error"
grep -q '^[^ ]*empty.h:1: warning: nothing in this header is declared' "$work/said" || fail "an empty header passed silently"

# Faults of a module: the same header twice gives every name twice.
header twice twice.h $include || fail "a header without faults was refused"
"$bindgen" module --module twice --output-dir "$work" "$work/twice.api.json" "$work/twice.api.json" 2>"$work/said" &&
    fail "a module with faults was accepted"
expect twice.expected

# Metamethods that contradict each other, within a class and along a line of classes.
header operators operators.h $include || fail "a header without faults was refused"
"$bindgen" module --module operators --output-dir "$work" "$work/operators.api.json" 2>"$work/said" &&
    fail "metamethods that contradict each other were accepted"
expect operators.expected

# A header that does not compile: all that the compiler says of it, in the same form.
printf 'struct A { int x; };\nstruct A { int y; };\n#include "nowhere.h"\n' >"$work/broken.h"
header broken "$work/broken.h" && fail "broken C was accepted"
expect broken.expected
seq 30 | sed 's/.*/Nothing f&;/' >"$work/broken.h"
header broken "$work/broken.h" && fail "broken C was accepted"
grep -qx '30 errors' "$work/said" || fail "not all errors of the compiler were told"
header broken faults.h --nonsense && fail "nonsense was accepted"
grep -q '^moonpatch-bindgen: error: .*--nonsense' "$work/said" || fail "a wrong argument: $(cat "$work/said")"

# What would spoil a terminal, or fits no screen, is not shown as it is.
printf 'Nothing a; /*\033[2J*/\r\nNothing b; /*%300s*/\n' x >"$work/broken.h"
header broken "$work/broken.h" && fail "broken C was accepted"
grep -qx 'Nothing a; /\*?\[2J\*/' "$work/said" || fail "a control character came through: $(cat "$work/said")"
grep -q 'broken.h:2:1: error: ' "$work/said" || fail "the error in a long line is missing"
grep -q '^Nothing b' "$work/said" && fail "a line of 300 characters was shown"

# Colours are for terminals, and for people who do not refuse them.
coloured() { # NAME=VALUE: whether messages on a terminal are coloured
    env -u NO_COLOR TERM=xterm "$1" script -qec "'$bindgen' header --module faults faults.h -- $include" /dev/null \
        >"$work/said" && fail "a header with faults was accepted"
    grep -q '[0-9] errors' "$work/said" || fail "nothing was said on a terminal"
    grep -q "$(printf '\033')" "$work/said"
}
if script -qec true /dev/null >/dev/null 2>&1; then
    coloured NO_COLOR= || fail "no colours on a terminal"
    coloured NO_COLOR=1 && fail "colours in spite of NO_COLOR"
    coloured TERM=dumb && fail "colours on a terminal that has none"
else
    echo "there are no pseudo-terminals here (is devpts mounted?), so colours were not looked at"
fi

# What the editor is told of metamethods.
"$bindgen" header --module zoo --output-dir "$work" ../unit/bridge/zoo/inventory.h -- -I../../bridge/include
"$bindgen" module --module zoo --output-dir "$work" "$work/inventory.api.json"
sed -n 's/^ *---@\(operator\|overload\|field \[\)/\1/p' "$work/zoo.d.lua" | sed 's/ *$//' >"$work/said"
diff operators.stubs "$work/said" || fail "the stubs tell metamethods otherwise"

# Mistakes in its use: one line, exit code 2.
while read -r arguments; do
    code=0
    # shellcheck disable=SC2086
    "$bindgen" $arguments >/dev/null 2>"$work/said" || code=$?
    [ "$code" = 2 ] || fail "'$arguments': exit code $code instead of 2"
    [ -s "$work/said" ] || fail "'$arguments': nothing was said"
done <<'END'
header
module
module --module x
header --module x
header --module x nowhere.h
header --module x faults.h twice.h
header --module bad-name twice.h
header --module ../x twice.h
module --module 1x x.api.json
embed --name a.b --output x.c twice.h
header --oops
nonsense
END
"$bindgen" --help | grep -q usage || fail "--help says nothing"
"$bindgen" --version | grep -qx 'moonpatch-bindgen [0-9.]* (.*clang.*)' || fail "--version says '$("$bindgen" --version)'"

# Where its templates are can be said; if they are not there, so can it.
cp -r ../../bridge/bindgen/lua ../../bridge/bindgen/templates "$work"
echo '/* mine */' >>"$work/templates/header.h.tmpl"
MOONPATCH_BINDGEN_DATA=$work "$bindgen" header --module zoo --output-dir "$work" ../unit/bridge/zoo/animal.h -- $include
grep -q mine "$work/animal.gen.h" || fail "MOONPATCH_BINDGEN_DATA is not heeded"
MOONPATCH_BINDGEN_DATA=/nowhere "$bindgen" --help 2>"$work/said" && fail "it works without its data"
grep -q "^moonpatch-bindgen: error: .*'/nowhere'.*MOONPATCH_BINDGEN_DATA" "$work/said" || fail "$(cat "$work/said")"

# The same input gives the same bytes, and unchanged files are not touched.
mkdir "$work/a" "$work/b"
for output in a b; do
    "$bindgen" header --module zoo --output-dir "$work/$output" ../unit/bridge/zoo/animal.h -- $include
done
diff -r "$work/a" "$work/b" || fail "two runs differ"
touch -d '2001-01-01' "$work"/a/*
"$bindgen" header --module zoo --output-dir "$work/a" ../unit/bridge/zoo/animal.h -- $include
[ -z "$(find "$work/a" -newermt '2002-01-01' -type f)" ] || fail "unchanged files were written again"
echo "bindgen says what it should"
