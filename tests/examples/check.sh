#!/bin/sh
# check.sh SOURCE [meson option ...] - installs the bridge as docs/binding.md says, and builds and runs
# the project of that page and the examples that need no engine against what was installed, and nothing else.
#
# CC, CFLAGS and LDFLAGS are the compiler's.
set -eu
source=$1
shift
options=$*
. "$(dirname "$(realpath "$0")")/program.sh"

export HOME="$work/home"
export PKG_CONFIG_PATH="$HOME/.local/lib/pkgconfig"
mkdir "$HOME"

# ---- installing -----------------------------------------------------------------------------

"$source/tests/docs/extract.sh" "$source/docs/binding.md" "$work/game"
mkdir "$work/moonpatch"
cp -r "$source/meson.build" "$source/meson_options.txt" "$source/bridge" "$work/moonpatch"
cd "$work/moonpatch"
sed -i "s|^meson setup .*|& $options|" "$work/game/install.sh"
run sh -e "$work/game/install.sh"
# Newer versions of meson also list what is part of every system, and what it calls depNNN itself.
meson introspect --dependencies build | grep -o '"name": "[^"]*"' | grep -vE '"(dep[0-9]+|m|dl|threads)"' | sort \
    >"$work/dependencies"
printf '"name": "jansson"\n"name": "luajit"\n' | diff - "$work/dependencies" || fail "the bridge alone needs more"

echo 'typedef int not_empty;' >"$work/alone.c"
for header in "$HOME"/.local/include/moonpatch/*.h; do
    # shellcheck disable=SC2046,SC2086
    run ${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only $(pkg-config --cflags moonpatch) \
        -include "$header" "$work/alone.c"
done

# The generator finds its data where it was installed, where it was moved with it, and without it.
generator=$(pkg-config --variable=bindgen moonpatch)
run "$generator" --version
cp "$generator" "$work/alone"
run "$work/alone" --version
DESTDIR="$work/image" run meson install -C build --no-rebuild
mv "$HOME/.local" "$HOME/elsewhere"
run "$work/image$generator" --version
"$work/alone" --version >"$work/log" 2>&1 && fail "it works without its data, so this proves nothing"
mv "$HOME/elsewhere" "$HOME/.local"
rm -r "$work/moonpatch" "$work/image"

# ---- the documentation's project ------------------------------------------------------------

build() { # folder: out of its source
    # shellcheck disable=SC2086
    run meson setup "$1/build" "$1" $options
    run ninja -C "$1/build"
}

cat >"$work/expected" <<'EOF'
90	25
80	25
70	25
EOF
cd "$work/game"
build "$work/game"
run build/game
diff "$work/expected" "$work/log" || fail "docs/binding.md: the program says something else"

run make
run ./game
diff "$work/expected" "$work/log" || fail "docs/binding.md: what make built says something else"
make -q || fail "docs/binding.md: make finds work where there is none"
touch -d 2001-01-01 enemy.gen.h enemy.gen.c enemy.api.json # the header is newer
make -q && fail "docs/binding.md: make does not see a changed header"
run make
make -q || fail "docs/binding.md: make makes glue again that would not change"
echo "docs/binding.md: installed, built with meson and make"

# ---- examples -------------------------------------------------------------------------------

for project in "$source"/examples/[a-z]*/meson.build; do # the others are Lua alone: see gallery.sh, tests/host
    example=$(dirname "$project")
    cp -r "$example" "$work"
    build "$work/$(basename "$example")"
done

cd "$work/bind-a-library"
run build/playlist
diff "$source/tests/examples/playlist.expected" "$work/log" || fail "bind-a-library says something else"
added=$(($(cat main.c meson.build | wc -l) + $(cat playlist.h playlist.c | grep -cE '\b(MP_|Mp[A-Z]|mp_)|moonpatch/|\.gen\.h')))
[ "$added" -lt 100 ] || fail "bind-a-library: $added lines were added"
echo "bind-a-library: bound with $added lines"

cd "$work/plugin"
run build/host build
diff - "$work/log" <<'EOT' || fail "plugin says something else"
plugin games 1.0
a dice with 20 sides: 17, 1, 7
plugin games is in use: 1 Dice alive
unloaded
EOT
echo "plugin: loaded, used, kept while in use, unloaded"

cd "$work/console-host"
start build/thermostat 1
await 'outside  [1-9]\.[0-9]  wanted 18\.0' # both come from the script
mkdir patch
cp patches/frugal.lua patch
await 'patch frugal applied'
await 'wanted 20\.0  room 17\.[0-9]  heater off' # C asked Lua
sed 's/17/15/' patches/frugal.lua >patch/frugal.lua
await 'patch frugal applied'
await 'wanted 20\.0  room 15\.[0-9]  heater off'
rm patch/frugal.lua
await 'patch frugal removed'
await 'wanted 20\.0  room 20\.[0-9]  heater on'
echo "console-host: scripted, patched while it runs, and back"

echo 'patch.override(' >patch/broken.lua
await 'patch broken refused: broken.lua:[0-9]*: '
cp patches/faulty.lua patch
await 'patch faulty: Room.wants_heat: faulty.lua:6: attempt to index'
await 'patch faulty quarantined: 8 errors'
await 'wanted 20\.0  room 20\.[0-9]  heater on'
stop
echo "console-host: errors of patches are contained"
