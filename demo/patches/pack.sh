#!/bin/sh
# Packs gold-rover/ into gold-rover.zip: names sorted, files stored, times fixed, so that the same
# content gives the same bytes everywhere.
set -eu
cd "$(dirname "$0")"
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -R gold-rover/. "$copy"
export TZ=UTC LC_ALL=C
find "$copy" -exec chmod u=rwX,go=rX {} + -exec touch -t 198001010000 {} +
rm -f gold-rover.zip
zip="$PWD/gold-rover.zip"
(cd "$copy" && find . -type f | sed 's,^\./,,' | sort | zip -X -0 -q "$zip" -@)
