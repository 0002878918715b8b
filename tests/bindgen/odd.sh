#!/bin/sh
# odd.sh BINDGEN - headers that are written oddly, or are none: bound rightly, or refused like a compiler does.
set -eu
bindgen=$(realpath "$1")
cd "$(dirname "$0")"
include=-I$(realpath ../../bridge/include)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

header() { # path: what is said of it goes to $work/said
    "$bindgen" header --module odd --output-dir "$(dirname "$1")" "$1" -- "$include" 2>"$work/said"
}
module() { # name of a header in $work
    "$bindgen" module --module odd --output-dir "$work" "$work/$1.api.json" 2>"$work/said"
}

# What cannot be bound is told with its place and the way out.
"$bindgen" header --module odd --output-dir "$work" odd.h -- "$include" 2>"$work/said" && fail "odd.h was accepted"
diff odd.expected "$work/said" || fail "odd.expected: it is told otherwise"

# How it is written changes nothing of what is generated.
cat >"$work/plain.h" <<'END'
#include "moonpatch/annotate.h"
#include "moonpatch/object.h"
typedef struct MP_CLASS Foe {
    MpObject object;
    MP_PROPERTY int hp;
} Foe;
/** Hits. */
MP_METHOD int foe_hit(Foe *self, int amount);
END
header "$work/plain.h" || fail "$(cat "$work/said")"
same() { # what is odd about it; standard input is the header
    mkdir -p "$work/odd"
    cat >"$work/odd/plain.h"
    header "$work/odd/plain.h" || fail "$1: $(cat "$work/said")"
    for kind in h c; do
        cmp "$work/plain.gen.$kind" "$work/odd/plain.gen.$kind" || fail "$1: something else was generated"
    done
    rm -r "$work/odd"
}
{ printf '\357\273\277' && cat "$work/plain.h"; } | same "a byte order mark"
sed 's/$/\r/' "$work/plain.h" | same "line ends of Windows"
head -c -1 "$work/plain.h" | same "no end of the last line"
sed 's/MP_METHOD int foe_hit/MP_ME\\\nTHOD in\\\nt foe_\\\nhit/' "$work/plain.h" | same "words over two lines"
sed 's/foe_hit(Foe \*self, int amount)/foe_hit \/* a *\/ ( \/* b ) *\/ Foe * \/\/ c\nself, int (((amount))) )/' "$work/plain.h" | same "comments everywhere"
sed '$s/^/#if 0\nMP_METHOD broken " (\n#endif\n\/\/ what??\/\n/' "$work/plain.h" | same "what is left out, and no trigraph"
sed '$s/\(.*\)foe_hit\(.*\);/#define DECLARE(name) \1foe_##name\2;\nDECLARE(hit)/' "$work/plain.h" | same "a declaration by a macro"
{ printf '#ifndef PLAIN_H\n#define PLAIN_H\n#include "plain.h"\n' && cat "$work/plain.h" && echo '#endif'; } | same "a header that includes itself"

# Sizes.
awk 'BEGIN { for (i = 0; i < 120; i++) printf "typedef struct MP_VALUE V%d { float x; } V%d; MP_METHOD V%d foe_v%d(Foe *self, V%d v);\n", i, i, i, i, i }' |
    cat "$work/plain.h" - >"$work/many.h"
header "$work/many.h" && module many || fail "many types: $(cat "$work/said")"
awk 'BEGIN { printf "MP_METHOD int foe_long(Foe *self"; for (i = 0; i < 120; i++) printf ", MP_INOUT int *p%d", i; print ");" }' |
    cat "$work/plain.h" - >"$work/long.h"
header "$work/long.h" || fail "many parameters: $(cat "$work/said")"
code=0
module long || code=$?
[ $code = 1 ] && grep -q 'long.h:9:15: error: foe_long is too large for Lua: ' "$work/said" || fail "many parameters: $(cat "$work/said")"
awk 'BEGIN { printf "MP_METHOD int foe_deep(Foe *self, int "; for (i = 0; i < 5000; i++) printf "("; print "x" }' |
    cat "$work/plain.h" - >"$work/deep.h"
header "$work/deep.h" && fail "5000 brackets were accepted"
grep -q 'deep.h:9:[0-9]*: error: bracket nesting level' "$work/said" || fail "deep nesting: $(cat "$work/said")"

# A name that a prefix leaves with a digit in front.
printf 'typedef enum MP_ENUM Key { KEY_1, KEY_A } Key;\n' | cat "$work/plain.h" - >"$work/key.h"
header "$work/key.h" && module key || fail "KEY_1: $(cat "$work/said")"
grep -q '"KEY_1", (int)KEY_1' "$work/key.gen.c" && grep -q '"A", (int)KEY_A' "$work/key.gen.c" || fail "the members of Key are called otherwise"

# No headers.
mkdir "$work/folder.h"
header "$work/folder.h" && fail "a folder was accepted"
grep -q 'error: cannot read .*folder.h: Is a directory' "$work/said" || fail "a folder: $(cat "$work/said")"
header "$work/none.h" && fail "no file was accepted"
grep -q 'error: cannot read .*none.h: No such file' "$work/said" || fail "no file: $(cat "$work/said")"
echo "odd headers are bound, or refused with a reason"
