# prefix.sh - what the tests of installed games begin with: installs the build $build into $prefix and
# finds it there. They set $build and $options, for meson. $work is a folder that goes with the test.
work=$(mktemp -d)
game=""
trap '[ -z "$game" ] || kill "$game" 2>/dev/null || true; rm -rf "$work"' EXIT

fail() {
    echo "FAILED: $*" >&2
    [ ! -e "$work/log" ] || tail -n 30 "$work/log" >&2
    exit 1
}

run() { # command: its output is only of interest when it fails
    "$@" >"$work/log" 2>&1 || fail "$*"
}

DESTDIR="$work/image" run meson install -C "$build" --no-rebuild
prefix=$(dirname "$(dirname "$(find "$work/image" -path '*/bin/moonpatch')")")
# The build was made for another prefix.
find "$prefix" -name '*.pc' -exec sed -i "s|^prefix=.*|prefix=$prefix|" {} +
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name moonpatch-engine.pc)")
export PKG_CONFIG_PATH PATH="$prefix/bin:$PATH" HOME="$work/home"
mkdir "$HOME"

build_project() { # folder
    # shellcheck disable=SC2086
    run meson setup "$1/build" "$1" $options
    run ninja -C "$1/build" -j2
}
