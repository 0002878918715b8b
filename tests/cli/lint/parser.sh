#!/bin/sh
# parser.sh LUAJIT SOURCE COUNT - parser.lua over all Lua of the project, and COUNT texts made of it.
set -eu
cd "$2"
# shellcheck disable=SC2046
exec "$1" -joff tests/cli/lint/parser.lua "$3" \
    $(find bench bridge cli demo docs engine examples scripts stubs tests -name '*.lua' | sort)
