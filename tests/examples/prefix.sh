# prefix.sh - what the tests of installed games begin with: installs the build $build into $prefix and
# finds it there. They set $build and $options, for meson.
. "$(dirname "$(realpath "$0")")/program.sh"

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
