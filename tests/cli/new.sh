#!/bin/sh
# new.sh MOONPATCH - which names games may have, and that nothing is written over. What it makes is built
# and played by tests/examples/new.sh.
set -eu
moonpatch=$(realpath "$1")
. "$(dirname "$0")/lib.sh"
mkdir "$work/games"
cd "$work/games"

unfit() { # name: it is refused, and no folder is made
    mistake "'${1##*/}' is no name for a game: it takes a lower-case letter, then such letters, digits, '-' and '_', at most 32 in all" new "$1"
}
for name in '' / a/ Game 1game _game -- 'my game' 'a"b' a.b ../.. näme aaaaaaaaaabbbbbbbbbbccccccccccddd; do
    case $name in -*) mistake "unknown option '$name'; see moonpatch new --help" new "$name" ;; *) unfit "$name" ;; esac
done
for name in test lander engine all; do
    mistake "'$name' has a meaning of its own in a project; choose another name" new "$name"
done
mistake "the name of the game is missing; see moonpatch new --help" new
mistake "one game at a time: 'a' and 'b'" new a b
mistake "unknown option '--force'; see moonpatch new --help" new --force
[ -z "$(ls)" ] || fail "what was refused left something behind: $(ls)"

refuse() { # words, name
    expect 1 new "$2"
    echo "moonpatch: error: $1" | diff - "$work/err" || fail "new $2: it is told otherwise"
}
mkdir taken
echo precious >taken/main.c
refuse "'taken' is there already; nothing was changed" taken
echo precious | diff - taken/main.c
[ "$(ls taken)" = main.c ] || fail "something was written to a folder that was there"
touch file
refuse "'file' is there already; nothing was changed" file
ln -s nowhere link
refuse "'link' is there already; nothing was changed" link
refuse "cannot make the folder 'no/such': No such file or directory" no/such

expect 0 new a-b_c9
for file in .gitignore .luarc.json README.md assets/README.md meson.build patches/feather.lua scripts/main.lua src/lander.c \
    src/lander.h src/main.c tests/check.sh; do
    [ -s "a-b_c9/$file" ] || fail "there is no $file"
done
[ "$(find a-b_c9 -type f | wc -l)" = 11 ] || fail "there are other files: $(find a-b_c9 -type f)"
grep -qF "&mp_module_a_b_c9," a-b_c9/src/main.c || fail "the identifier is not in main.c"
grep -qF "executable('a-b_c9'," a-b_c9/meson.build || fail "the name is not in meson.build"
refuse "'a-b_c9' is there already; nothing was changed" a-b_c9

expect 0 new "$work/games/taken/inner"
grep -qF "    cd $work/games/taken/inner" "$work/out" || fail "the next steps do not lead there"
[ -s taken/inner/src/main.c ] || fail "it is not where it was asked for"
expect 0 new aaaaaaaaaabbbbbbbbbbccccccccccdd
