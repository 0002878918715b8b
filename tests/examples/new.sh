#!/bin/sh
# new.sh BUILD [meson option ...] - begins a game with the installed Moonpatch, builds it, runs its tests, plays
# it, patches it while it plays, and installs it.
#
# CC, CFLAGS and LDFLAGS are the compiler's.
set -eu
build=$1
shift
options=$*
. "$(dirname "$(realpath "$0")")/prefix.sh"

cd "$prefix/include/moonpatch-engine"
echo 'typedef int not_empty;' >"$work/alone.c"
for header in */*.h; do
    # shellcheck disable=SC2046
    run ${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only $(pkg-config --cflags moonpatch-engine) \
        -include "$header" "$work/alone.c"
done

mkdir "$work/games"
cd "$work/games"
run moonpatch new my-game
sed -n 's/^    //p' "$work/log" >"$work/steps"
grep -rn '@[A-Z]*@' my-game --include='*.c' --include='*.lua' --include='*.md' --include='*.json' &&
    fail "a word of the templates was not filled in"
for word in scripts stubs; do
    [ -d "$(sed -n "s|.*\"library\": .*\"\([^\"]*/$word\)\".*|\1|p" my-game/.luarc.json)" ] ||
        fail ".luarc.json: there is no such folder of $word"
done

# Every step that it tells of, but the last of the first block, which would play until the player quits.
build_project my-game
for step in "cd my-game" "meson setup build" "meson test -C build" "build/my-game" "mkdir -p patch && cp patches/feather.lua patch/"; do
    grep -qx "$step" "$work/steps" || fail "new does not tell of '$step'"
done
cd my-game
run meson test -C build --print-errorlogs
[ -e build/my_game.d.lua ] || fail "the editor's stubs are missing"

play() { # screenshot, option ...
    shot=$1
    shift
    build/my-game --headless --user-dir "$work/user" --screenshot "$shot" "$@" >"$work/log" 2>&1
}
play "$work/plain.png" --frames 100 || fail "the game ended with $?"
play "$work/again.png" --frames 100 || fail "the game ended with $?"
cmp "$work/plain.png" "$work/again.png" || fail "two games of one seed differ"
mkdir -p patch && cp patches/feather.lua patch/
play "$work/patched.png" --frames 100 || fail "the patched game ended with $?"
cmp -s "$work/plain.png" "$work/patched.png" && fail "the patch changed nothing that one can see"
rm patch/feather.lua

start build/my-game --headless --user-dir "$work/user" --screenshot "$work/live.png"
await 'running: seed'
cp patches/feather.lua patch/
await 'patch feather applied'
rm patch/feather.lua
await 'patch feather removed'
stop
[ -s "$work/live.png" ] || fail "no picture was written"

# The installed game finds its files without its source.
DESTDIR="$work/elsewhere" run meson install -C build
mv "$work/games" "$work/gone"
run "$work/elsewhere/usr/local/bin/my-game" --headless --autoplay --frames 30 --user-dir "$work/user"

# Without the engine's files it says what is missing.
mv "$prefix/share/moonpatch" "$work/moonpatch"
code=0
"$work/elsewhere/usr/local/bin/my-game" --headless --frames 1 --user-dir "$work/user" >"$work/log" 2>&1 || code=$?
[ $code = 2 ] || fail "without the engine's scripts the game ends with $code"
grep -q "^my-game: error: the engine's scripts/host.lua is neither in '.*/share/my-game' nor " "$work/log" ||
    fail "it is not told what is missing"
echo "a new game: built, tested, played, patched, installed"
