#!/bin/sh
# lint.sh LUAJIT MOONPATCH BINDGEN SOURCE KENNEL MOONBASE ENGINE - what moonpatch lint finds, how it says so,
# and that it finds nothing in the patches of the project. The last three are API manifests.
set -eu
luajit=$1
shift
moonpatch=$(realpath "$1") bindgen=$(realpath "$2") source=$3
kennel=$(realpath "$4") moonbase=$(realpath "$5") engine=$(realpath "$6")
here=$(cd "$(dirname "$0")" && pwd)
. "$(dirname "$0")/lib.sh"

lint() { # CODE, its arguments
    status=$1
    shift
    expect "$status" lint "$@"
}

# clean FILES ARGUMENT ...: nothing is found in so many files.
clean() {
    files=$1
    shift
    lint 0 "$@"
    echo "0 errors, 0 warnings in $files" | diff - "$work/out" || fail "lint $*: it finds something"
}

# ---- bad patches: exactly these findings ----------------------------------------------------------
cd "$here/lint"
lint 1 --against "$kennel" bad
diff bad.expected "$work/out" || fail "bad/: something else is found"
[ ! -s "$work/err" ] || fail "bad/: it writes to stderr: $(cat "$work/err")"

# Every rule finds something there, but the one that is about archives.
"$moonpatch" lint --rules >"$work/rules"
while read -r rule severity _; do
    [ "$rule" = unreadable ] || grep -q " $severity: .* \[$rule\]\$" bad.expected || fail "rule $rule finds nothing in bad/"
done <"$work/rules"
[ "$(wc -l <"$work/rules")" -ge 15 ] || fail "--rules: $(cat "$work/rules")"

# Whatever the text, it survives: texts that are nearly patches, and some that are far too deep or grow
# when they are followed.
mkdir "$work/mutants"
"$luajit" mutants.lua 1000 "$work/mutants" bad/[a-z]*.lua
lint 1 --against "$kennel" "$work/mutants"
[ ! -s "$work/err" ] || fail "mutants: $(cat "$work/err")"
"$luajit" -e 'io.write("local x = a", (".a"):rep(2e5), " print(1", ("+1"):rep(2e5), ")")' >"$work/deep.lua"
lint 1 --against "$kennel" "$work/deep.lua"
grep -q ': error: an expression in it is too deep to be looked at \[text\]' "$work/out" || fail "deep.lua: $(cat "$work/out")"
"$luajit" -e 'io.write "local x = 1 " for _ = 1, 150 do io.write "local x = x + x\n" end' >"$work/growing.lua"
lint 1 --against "$kennel" "$work/growing.lua"

# ---- the patches of the project: nothing ----------------------------------------------------------
cd "$source"
clean "11 files" --against "$moonbase" --against "$engine" demo/patches
clean "2 files" --against "$moonbase" demo/patches/gold-rover.zip
clean "2 files" --against "$moonbase" demo/patches/gold-rover/
clean "2 files" --against "$moonbase" demo/patches/fix-shield.lua demo/patches/stun-bolts.lua
mkdir "$work/room"
"$bindgen" header --module room --output-dir "$work/room" examples/console-host/room.h -- -Ibridge/include
"$bindgen" module --module thermostat --output-dir "$work/room" "$work/room/room.api.json"
clean "2 files" --against "$work/room/thermostat.api.json" examples/console-host/patches
count=0
for page in README.md docs/*.md; do
    tests/docs/extract.sh "$page" "$work/pages/$(basename "$page" .md)"
done
for patch in "$work"/pages/*/patch/*.lua; do
    clean "1 file" --against "$moonbase" --against "$engine" "$patch"
    count=$((count + 1))
done
[ $count -ge 2 ] || fail "only $count patches were found in the documentation"

# ---- folders and archives -------------------------------------------------------------------------
lint 1 --against "$kennel" demo/patches/gold-rover.zip
grep -q '^demo/patches/gold-rover.zip/patch.lua:[0-9]*:[0-9]*: error: native has no "Crystal"' "$work/out" ||
    fail "findings in an archive: $(cat "$work/out")"
head -c 300 demo/patches/gold-rover.zip >"$work/torn.zip"
lint 1 --against "$moonbase" "$work/torn.zip" "$work/nowhere.lua"
grep -q "torn.zip: error: .* \[unreadable\]" "$work/out" || fail "a torn archive: $(cat "$work/out")"
grep -q "nowhere.lua: error: .* \[unreadable\]" "$work/out" || fail "a missing file: $(cat "$work/out")"

# A patch folder: patches, bundles, what lies over the game's scripts; nothing that is hidden.
mkdir -p "$work/patch/scripts/deep" "$work/patch/unpacked/scripts" "$work/patch/.git"
cp demo/patches/fix-shield.lua demo/patches/gold-rover.zip "$work/patch"
echo 'oops = = 1' | tee "$work/patch/.git/x.lua" >"$work/patch/.hidden.lua"
echo 'score = timer.every(1, print) or native.Dmoe' >"$work/patch/scripts/deep/own.lua"
echo 'local patch = require "patch" patch.before(native.Dome, "reach", require("own").f)' >"$work/patch/unpacked/patch.lua"
echo 'local own = require "own" own.f = print return { f = print, g = lost }' >"$work/patch/unpacked/scripts/own.lua"
lint 1 --against "$moonbase" --against "$engine" "$work/patch"
sed "s|$work/||" "$work/out" | diff - "$here/lint/folder.expected" || fail "a folder is looked at otherwise"

# ---- rules, output, mistakes ----------------------------------------------------------------------
cd "$here/lint"
rules=$(cut -d ' ' -f 1 "$work/rules" | paste -sd ,)
clean "1 file" --against "$kennel" --disable "$rules" bad/targets.lua
lint 1 --against "$kennel" --disable target,member --disable result bad/targets.lua bad/globals.lua
grep -q '\[target\]\|\[member\]' "$work/out" && fail "--disable: $(cat "$work/out")"
lint 1 --against "$kennel" --global count --global score bad/globals.lua
grep -q "undeclared global '\(count\|score\)'" "$work/out" && fail "--global: $(cat "$work/out")"
lint 1 --against "$kennel" -- bad/late.lua

lint 1 --json --against "$kennel" bad/syntax.lua bad/nothing.lua
diff json.expected "$work/out" || fail "--json: something else is written"
lint 0 --json --against "$moonbase" "$source/demo/patches/fix-shield.lua"
grep -q '"findings": \[\]' "$work/out" || fail "--json: no list where nothing is found: $(cat "$work/out")"

echo '{}' >"$work/none.json"
echo '{' >"$work/broken.json"
mistake "lint: which patch? see moonpatch lint --help" lint --against "$kennel"
mistake "lint: against which API? name its manifest: --against NAME.api.json" lint bad/late.lua
mistake "lint: --against needs a value; see moonpatch lint --help" lint bad/late.lua --against
mistake "lint: unknown option '--jsn' (did you mean \"--json\"?)" lint --jsn
mistake "lint: --disable: there is no rule 'targt' (did you mean \"target\"?); see moonpatch lint --rules" lint --disable targt
mistake "lint: --against: $work/none.json: an API manifest of version 2 expected, NAME.api.json as moonpatch-bindgen module writes it" \
    lint --against "$work/none.json" bad/late.lua
lint 2 --against "$work/broken.json" bad/late.lua
grep -q "^moonpatch: error: lint: --against: $work/broken.json: line 2: " "$work/err" || fail "a broken manifest: $(cat "$work/err")"
echo '{"format": "moonpatch-api", "version": 2, "level": 1, "owners": [{"name": 3}]}' >"$work/odd.json"
lint 2 --against "$work/odd.json" bad/late.lua
grep -q "^moonpatch: error: lint: --against: a manifest is damaged: " "$work/err" || fail "an odd manifest: $(cat "$work/err")"
lint 2 --against "$work/nowhere.json" bad/late.lua
grep -q "^moonpatch: error: lint: --against: .*nowhere.json" "$work/err" || fail "a missing manifest: $(cat "$work/err")"
