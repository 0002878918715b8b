#!/bin/sh
# Plays the same game three times and compares the last picture and the score: twice compiled, once
# interpreted. Another seed must give another game, or the comparison proves nothing.
set -eu
game=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

play() { # name seed [option]
    mkdir -p "$folder/$1/patch"
    "$game" --headless --autoplay --frames 3600 --seed "$2" --user-dir "$folder/$1" \
        --patch-dir "$folder/$1/patch" --screenshot "$folder/$1.png" --report "$folder/$1.json" ${3:-} 2>/dev/null
    grep '"score"' "$folder/$1.json" >"$folder/$1.score"
}

play compiled 7
play again 7
play interpreted 7 --no-jit
play other 8
for name in again interpreted; do
    cmp "$folder/compiled.png" "$folder/$name.png"
    cmp "$folder/compiled.score" "$folder/$name.score"
done
if cmp -s "$folder/compiled.png" "$folder/other.png"; then
    echo "another seed gave the same picture" >&2
    exit 1
fi
