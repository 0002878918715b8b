#!/bin/sh
# recipe.sh MOONPATCH GAME SOURCE MANIFEST ... - the commands of README.md and docs/channels.md, as they stand there, and its scripts: a
# release that does no harm comes to all players, one that does to nobody, and one that lint or the game refuses is not published.
set -eu
moonpatch=$(realpath "$1") game=$(realpath "$2") root=$(realpath "$3")
shift 3
here=$(dirname "$0")
. "$here/../lib.sh"
"$root/tests/docs/extract.sh" "$root/docs/channels.md" "$work/ci"
cp "$1" "$work/one.api.json" && cp "$2" "$work/two.api.json"
cd "$work"
export MOONPATCH_PASSPHRASE=secret PATH="$(dirname "$moonpatch"):$PATH"

# commands PAGE COUNT: those of the page, so many at least, with folders of this test in the place of a web server's and of other machines.
commands() {
    (
        mkdir commands && cd commands
        mkdir -p patches stick build/demo
        cp ../ci/upload.sh . && cp ../one.api.json moonbase.api.json && cp ../two.api.json engine.api.json
        cp moonbase.api.json build/demo && cp "$root/demo/patches/fix-shield.lua" patches
        echo $MOONPATCH_PASSPHRASE >online
        for key in stick/root-2 root-3; do moonpatch keygen $key; done
        awk '/^```/ { code = !code; inside = code && /text$/; next }
            inside || !code && /^    (mkdir online|moonpatch r)/' "$1" |
            sed 's,https://updates.example/,stable,; s,/srv/channel,web,; s,/media/stick,stick,g; s,/run/secrets/,,' >said
        sh -eux said
    ) >log 2>&1 || fail "$1: $(cat log)"
    [ "$(wc -l <commands/said)" -ge "$2" ] || fail "$1: the commands were not found: $(cat commands/said)"
    rm -r commands
}
commands "$root/README.md" 4
commands "$root/docs/channels.md" 9

release() { # WATCH
    WATCH=$1 sh ci/release.sh "$game" stable patches web one.api.json two.api.json >log 2>&1
}
sees() { # TEXT: of the web server's folder
    expect 0 channel show web
    grep -q "$1" out || fail "no '$1': $(cat out log)"
    expect 0 verify web --root stable.keys/root.json
}

expect 0 channel init stable --app moonbase
mkdir patches
cp "$root/demo/patches/fix-shield.lua" patches
release true || fail "a good release: $(cat log)"
sees 'release 1    live   100%'

cp "$root/demo/patches/stun-bolts.lua" patches
release false && fail "a release that does harm came through"
sees 'release 2    halted   5%'
sees 'release 1    live   100%'

echo 'local patch = require "patch" patch.override(native.Dome, "damge", function() end)' >patches/typo.lua
release true && fail "lint found nothing"
grep -q 'did you mean "damage"' log || fail "it is not lint that stopped it: $(cat log)"
rm patches/typo.lua
cat >patches/zz-raises.lua <<'END'
local patch = require "patch"
patch.after(native.Dome, "damage", function() end)
if true then error "boom" end
END
expect 0 lint patches --against one.api.json --against two.api.json
release true && fail "a patch that raises came through"
! "$moonpatch" channel show stable | grep -q 'release 3' || fail "it was published: $(cat log)"
sees 'release 2    halted'

# publish itself runs lint.
rm patches/zz-raises.lua
echo 'local patch = require "patch" patch.override(native.Dome, "damge", function() end)' >patches/typo.lua
expect 1 publish stable patches --against one.api.json --against two.api.json
grep -q 'did you mean "damage"' err && grep -q 'lint found errors' err && [ ! -s out ] || fail "$(cat out err)"
expect 0 publish stable patches --force --against one.api.json --against two.api.json
grep -q 'did you mean "damage"' err || fail "what lint finds is not told with --force: $(cat err)"

# A warning is told, and refuses only what is strict.
rm patches/typo.lua
cat >patches/leaves.lua <<'END'
local patch = require "patch"
local count = 0
patch.after(native.Dome, "damage", function() count = count + 1 end)
END
expect 1 publish stable patches --against one.api.json --against two.api.json --strict
grep -q 'leave out --strict if it is warnings only' err || fail "$(cat err)"
! "$moonpatch" channel show stable | grep -q 'release 4' || fail "it was published: $(cat log)"
expect 0 publish stable patches --against one.api.json --against two.api.json
grep -q 'warning: .*\[state\]' err && grep -q '0 errors' err || fail "warnings are not told: $(cat err)"
