#!/bin/sh
# docs.sh BINDGEN - comments: what --require-docs refuses, and what the reference and the stubs make
# of them.
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

# All faults at once, in the order of the header, beside those of another kind.
"$bindgen" header --module x --require-docs --output-dir "$work" undocumented.h -- -I../../bridge/include \
    2>"$work/said" && fail "a header without comments was accepted"
diff undocumented.expected "$work/said" || fail "missing comments are told otherwise"
[ ! -e "$work/undocumented.gen.c" ] || fail "files were written in spite of missing comments"
"$bindgen" header --module x --require-docs --output-dir "$work" garden/garden.h -- -I../../bridge/include ||
    fail "a header with all comments was refused"

# The reference: exactly these pages.
mkdir "$work/header"
"$bindgen" header --module garden --path src/garden.h --output-dir "$work/header" garden/garden.h -- -I../../bridge/include
"$bindgen" module --module garden --level 2 --output-dir "$work" "$work/header/garden.api.json"
"$bindgen" reference --output-dir "$work/reference" --sources ../.. "$work/garden.api.json"
diff -r garden/reference "$work/reference" || fail "the reference says something else"
grep -rq "$here\|$work" "$work/reference" && fail "the reference names a folder of this machine"
"$bindgen" reference --output-dir "$work/elsewhere" --sources https://example.org/garden "$work/garden.api.json"
grep -q '(https://example.org/garden/src/garden.h)' "$work/elsewhere/garden/Plant.md" || fail "no link to the site"
"$bindgen" reference --output-dir "$work/elsewhere" "$work/garden.api.json"
grep -q '| `src/garden.h` |' "$work/elsewhere/garden/Plant.md" || fail "without --sources the header is not named"

# The stubs: these lines among others.
while IFS= read -r line; do
    grep -qxF -e "$line" "$work/garden.d.lua" || fail "the stubs lack: $line"
done <garden/declarations
echo "comments are read"
