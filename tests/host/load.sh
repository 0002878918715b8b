#!/bin/sh
# load.sh HOST LOAD SOURCE CLIENTS SECONDS - the lobby under load while patches come and go, each
# phase as long as that; see load.c.
set -eu
host=$(realpath "$1") load=$(realpath "$2") source=$3 clients=$4 seconds=$5
. "$source/tests/host/lib.sh"

start_lobby
"$load" "$port" "$metrics" "$clients" "$seconds" patch "$source/tests/host/tagged.lua" \
    "$source/examples/lobby/patches/broken.lua" || fail "see above"
stop_lobby
