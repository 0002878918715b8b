# scene.sh - what the tests of a window begin with: $game, which is their first argument, and $work, a folder that
# goes with the test and has one for patches. The game writes to $work/log.
game=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/patch"

fail() {
    echo "FAILED: $*" >&2
    cat "$work/log" >&2
    exit 1
}

# Graphics drivers keep memory and are unloaded before a sanitizer looks for leaks, so it cannot
# tell whose it is. The headless tests look for leaks.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"
export SDL_AUDIODRIVER=dummy work game
