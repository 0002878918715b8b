#!/bin/sh
# check.sh MOONPATCH - what the command says of itself, and what it exits with.
set -eu
moonpatch=$(realpath "$1")
. "$(dirname "$0")/lib.sh"
cd "$work"

expect 0 --version
grep -qx 'moonpatch [0-9.]*' out || fail "version: $(cat out)"

# Help goes to stdout when asked for, and to stderr when it was not.
expect 0 --help
mv out help
expect 0 -h && diff help out || fail "-h is not --help"
expect 0 help && diff help out || fail "help is not --help"
expect 2 && diff help err || fail "nothing asked, no help given"

# Every subcommand of the list has a page, by each of its ways.
names=$(sed -n '/^subcommands/,/^$/s/^  \([a-z-]*\) .*/\1/p' help)
case "$names" in *lint*) ;; *) fail "no subcommands are listed: $names" ;; esac
for name in $names; do
    expect 0 help "$name"
    grep -q "^usage: moonpatch $name " out || fail "help $name: $(cat out)"
    mv out page
    expect 0 "$name" --help && diff page out || fail "$name --help is not help $name"
    expect 0 "$name" nonsense -h && diff page out || fail "$name nonsense -h is not help $name"
    grep -q "^exit codes" page && grep -q '^  2  *the command' page || fail "help $name: what are the exit codes? $(cat page)"
    # What it lists as an option is one, and what resembles one is told so. The options of run are the player's.
    for option in $(sed -n 's/^  \(--[a-z-]*\).*/\1/p' page); do
        [ "$name" = run ] && continue
        part= && [ "$name" = channel ] && part=init
        "$moonpatch" "$name" $part "$option" </dev/null >out 2>err || true
        ! grep -q "unknown option" err || fail "help $name lists $option: $(cat err)"
        expect 2 "$name" $part "${option}x"
        grep -q "unknown option '${option}x' (did you mean .--" err || fail "$name ${option}x: $(cat err)"
    done
done
mistake "channel: there is no 'inti' (did you mean 'init'?)" channel inti
mistake "channel: init, cohorts or show expected, not 'elephant'" channel elephant
mistake "pack: -o FILE.zip expected: which file is to be written?" pack folder

mistake "unknown subcommand 'lnit' (did you mean 'lint'?)" lnit
mistake "unknown subcommand 'lin' (did you mean 'lint'?)" lin
mistake "unknown subcommand 'elephant'; see moonpatch --help" elephant
mistake "unknown subcommand 'x'; see moonpatch --help" x
mistake "unknown subcommand ''; see moonpatch --help" ''
mistake "unknown subcommand 'elephant'; see moonpatch --help" help elephant
mistake "unknown option '--oops'; see moonpatch --help" --oops
