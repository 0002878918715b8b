#!/bin/sh
# run.sh LUAJIT SCRIPT SOURCE [STUB ...] - runs a check over all Lua files that an editor shows to
# people, and over generated stubs besides.
set -eu
luajit=$1 script=$2 source=$3
shift 3
stubs=
for stub in "$@"; do stubs="$stubs $(realpath "$stub")"; done
cd "$source"
# shellcheck disable=SC2046,SC2086
exec "$luajit" "tests/luals/$script" "$source" $stubs $(find scripts stubs demo/scripts demo/stubs demo/patches -name '*.lua' | sort)
