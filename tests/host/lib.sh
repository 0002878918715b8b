# Starts the lobby in a folder of its own. Needs $host, $source.

work=$(mktemp -d)
pid=
finish() {
    [ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
cd "$work"

fail() {
    echo "not ok: $*" >&2
    cat "$work/log" >&2 2>/dev/null || true
    exit 1
}

# wait_for WHAT COMMAND ... - until it succeeds, at most half a minute.
wait_for() {
    what=$1 tries=600
    shift
    until "$@"; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || fail "waited in vain for: $what"
        sleep 0.05
    done
}

says() { grep -q -- "$1" "$work/log"; }

# Ports are the system's choice; they are in the log.
start_lobby() {
    mkdir -p patch/scripts
    echo 'return { host = "127.0.0.1", port = 0 }' >patch/scripts/config.lua
    "$host" --script "$source/examples/lobby/server.lua" --patch-dir patch --user-dir user --metrics-port 0 >log 2>&1 &
    pid=$!
    wait_for "the start" says "running:"
    port=$(sed -n 's/.*listening on 127.0.0.1 port //p' log)
    metrics=$(sed -n 's|.*metrics: http://127.0.0.1:\([0-9]*\)/metrics|\1|p' log)
}

stop_lobby() {
    kill -TERM "$pid"
    wait "$pid" || fail "it ended with exit code $?"
    pid=
}
