#!/bin/sh
# links.sh SOURCE - every relative link in the project's pages leads to a file, and to a heading in it.
set -eu
cd "$1"

# anchors PAGE - the names of its headings, as code-hosting sites make them.
anchors() {
    sed -n '/^```/,/^```/d; s/^##* //p' "$1" | tr -d '`' | tr 'A-Z ' 'a-z-' | sed 's/[^[:alnum:]_-]//g'
}
# links PAGE - the targets of its links, code left out.
links() {
    awk '/^ *```/ { code = !code; next } !code && !/^    /' "$1" | sed 's/`[^`]*`//g' |
        grep -oE '\]\([^() ]+\)' | sed 's/^](//; s/)$//' || true
}

checked=0 broken=0
for page in README.md CHANGELOG.md $(find docs demo assets examples -name '*.md' | sort); do
    for link in $(links "$page"); do
        case $link in *://* | mailto:*) continue ;; esac
        file=${link%%#*} anchor=
        case $link in *#*) anchor=${link#*#} ;; esac
        target=$page
        [ -z "$file" ] || target=$(dirname "$page")/$file
        checked=$((checked + 1))
        if [ ! -e "$target" ]; then
            echo "$page: no such file: $link" >&2
            broken=1
        elif [ -n "$anchor" ] && ! anchors "$target" | grep -qxF -e "$anchor"; then
            echo "$page: no such heading: $link" >&2
            broken=1
        fi
    done
done
[ "$checked" -ge 100 ] || {
    echo "only $checked links were found" >&2
    exit 1
}
[ "$broken" = 0 ] || exit 1
echo "$checked links lead somewhere"
