# program.sh - what the tests of examples begin with: $work, a folder that goes with the test, and a program that runs
# beside the test.
work=$(mktemp -d)
program=""
trap '[ -z "$program" ] || kill "$program" 2>/dev/null || true; rm -rf "$work"' EXIT

fail() {
    echo "FAILED: $*" >&2
    [ ! -e "$work/log" ] || tail -n 30 "$work/log" >&2
    exit 1
}

run() { # command: its output is only of interest when it fails
    "$@" >"$work/log" 2>&1 || fail "$*"
}

start() { # command: runs beside the test from here on
    : >"$work/log" # not by the program: what the last one said must not be awaited
    "$@" >>"$work/log" 2>&1 &
    program=$! name=$1 seen=0
}

await() { # pattern: waits for a line that was not waited for yet
    tries=0
    until line=$(tail -n "+$((seen + 1))" "$work/log" | grep -n -m 1 -e "$1"); do
        kill -0 "$program" 2>/dev/null || fail "$name ended before it said '$1'"
        tries=$((tries + 1))
        [ "$tries" -lt 300 ] || fail "$name does not say '$1'"
        sleep 0.1
    done
    seen=$((seen + ${line%%:*}))
}

stop() {
    kill -TERM "$program"
    wait "$program" || fail "$name ended with $?"
    program=""
}
