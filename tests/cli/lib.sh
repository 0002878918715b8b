# lib.sh - what the tests of the command begin with; they set $moonpatch, then source it. $work is a folder
# that goes with the test.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# expect CODE ARGUMENT ...: it exits with CODE; its words are in $work/out and $work/err.
expect() {
    wanted=$1 code=0
    shift
    "$moonpatch" "$@" >"$work/out" 2>"$work/err" || code=$?
    [ $code = "$wanted" ] || fail "moonpatch $*: exit code $code, not $wanted: $(cat "$work/out" "$work/err")"
}

# mistake TEXT ARGUMENT ...: exactly that line of error, nothing else.
mistake() {
    said=$1
    shift
    expect 2 "$@"
    echo "moonpatch: error: $said" | diff - "$work/err" || fail "moonpatch $*: it is told otherwise"
    [ ! -s "$work/out" ] || fail "moonpatch $*: it writes to stdout"
}

# cheapen FOLDER: its keys, of the passphrase in MOONPATCH_PASSPHRASE, open in no time; opening them is what takes all of it.
cheapen() {
    for key in "$1"/*.pem; do
        openssl pkcs8 -topk8 -iter 1 -in "$key" -passin env:MOONPATCH_PASSPHRASE -passout env:MOONPATCH_PASSPHRASE -out "$work/cheap"
        cat "$work/cheap" >"$key"
    done
}
