#!/bin/sh
# check.sh BINDGEN MODULE MANIFEST LOWEST LEVEL - the module still has what its released levels have,
# from the lowest supported one on. The levels are in the project's meson.build.
set -eu
bindgen=$(realpath "$1") module=$2 manifest=$(realpath "$3") lowest=$4 level=$5
cd "$(dirname "$0")"

broken=0
while [ "$lowest" -le "$level" ]; do
    released=$module-$lowest.api.json
    if [ -e "$released" ]; then
        "$bindgen" compare "$released" "$manifest" || broken=1
    elif [ "$lowest" -lt "$level" ]; then
        echo "tests/api/$released is missing: run \`make freeze-api\` before api_level is raised" >&2
        broken=1
    fi
    lowest=$((lowest + 1))
done
if [ "$broken" = 1 ]; then
    echo "the lowest supported level is api_lowest_level, the current one api_level, both in meson.build" >&2
    exit 1
fi
echo "module $module keeps its word"
