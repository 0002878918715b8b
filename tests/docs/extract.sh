#!/bin/sh
# extract.sh PAGE.md FOLDER - a block "```lua patch/x.lua" of the page goes to FOLDER/patch/x.lua.
set -eu
awk -v out="$2" '
    /^```/ && inside { close(file); inside = 0; next }
    /^```/ && NF == 2 {
        file = out "/" $2; folder = file; sub("/[^/]*$", "", folder)
        system("mkdir -p \"" folder "\""); printf "" > file; inside = 1; next
    }
    /^```/ { inside = 1; file = "/dev/null"; next }
    inside { print > file }' "$1"
