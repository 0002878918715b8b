#!/bin/sh
# program.sh HOST SAY SOURCE - the server's program: its command line, its metrics, its signals, and
# what scripts that fail do to it.
set -eu
host=$(realpath "$1") say=$(realpath "$2") source=$3
. "$source/tests/host/lib.sh"

# refused CODE MESSAGE ARGUMENT ... - it does not start, and says why.
refused() {
    code=$1 message=$2 got=0
    shift 2
    timeout 60 "$host" --user-dir user "$@" >log 2>&1 || got=$?
    [ "$got" = "$code" ] || fail "exit code $got for $*, not $code"
    says "$message" || fail "no '$message' for $*"
}

refused 2 "which server? name its script: --script server.lua"
refused 2 "there is no file 'nowhere.lua'" --script nowhere.lua
refused 2 "is no name of a Lua script" --script .
refused 2 "unknown or misused option '--screenshot" --screenshot x.png
refused 2 "metrics-port takes a whole number" --metrics-port 65536
"$host" --help | grep -q -- "--metrics-port N" || fail "--help says nothing of --metrics-port"
if "$host" --help | grep -q -- --screenshot; then fail "--help tells of pictures"; fi

mkdir bad
echo 'local x = = 1' >bad/syntax.lua
echo 'return { load = function() error "no luck" end }' >bad/fails.lua
echo 'return { load = function() local l, why = require "net".listen("here", 1, {}) error(why, 0) end }' >bad/listens.lua
refused 1 "scripts/syntax.lua:1:" --script bad/syntax.lua
refused 1 "scripts/fails.lua:1: no luck" --script bad/fails.lua
refused 1 "'here' is no address; give one such as 127.0.0.1" --script bad/listens.lua

# Messages with their length before them, there and back: a line feed in one is a byte like any other.
cat >bad/lengths.lua <<'LUA'
local net, log = require "net", require "log"
return { load = function()
   local listener = assert(net.listen("127.0.0.1", 0, {
      received = function(client, message)
         client:write(#message .. ":" .. message)
         if message == "end" then client:close() end
      end,
   }, { framing = "LENGTHS" }))
   log.info("listens on port " .. listener.port .. ".")
end }
LUA
"$host" --user-dir user --script bad/lengths.lua >log 2>&1 &
lengths=$!
wait_for "the port" says "listens on port"
printf '\0\0\0\3a\nb\0\0\0\0\0\0\0\3end' | "$say" "$(sed -n 's/.*listens on port \([0-9]*\)\..*/\1/p' log)" >answer
printf '\0\0\0\0053:a\nb\0\0\0\0020:\0\0\0\0053:end' | cmp - answer || fail "LENGTHS: $(od -c answer)"
kill "$lengths" && wait "$lengths"

# Neither window nor sound.
if readelf -d "$host" | grep -i "NEEDED.*sdl"; then fail "it is linked with SDL"; fi

start_lobby
printf 'GET /metrics HTTP/1.0\r\n\r\n' | "$say" "$metrics" >answer
grep -q "^moonpatch_connections 0" answer || fail "no metrics: $(cat answer)"
printf 'GET /else HTTP/1.0\r\n\r\n' | "$say" "$metrics" | grep -q "404" || fail "there is more than /metrics"
printf 'POST /metrics HTTP/1.0\r\n\r\n' | "$say" "$metrics" | grep -q "405" || fail "metrics take a POST"

# A handler that fails: the patch goes, and the client stays.
mkdir -p patch/scripts
cat >patch/scripts/commands.lua <<'LUA'
return { run = function(player, line)
   if line == "fail" then error "a mistake" end
   player.client:write("heard " .. line)
end }
LUA
kill -HUP "$pid"
wait_for "the script" says "patch scripts/commands.lua applied"
says "SIGHUP: looking at the patch folder again" || fail "SIGHUP was not heard"
printf 'one\nfail\ntwo\n' | "$say" "$port" 3 >answer
grep -q "heard one" answer || fail "the script over the server's own has no effect"
grep -q "error unknown command" answer || fail "the client did not survive: $(cat answer)"
says "patch scripts/commands.lua quarantined: scripts/commands.lua:2: a mistake" || fail "the error was not told"
rolled_back() {
    printf 'GET /metrics HTTP/1.0\r\n\r\n' | "$say" "$metrics" | grep -q "^moonpatch_patch_rollbacks_total 1"
}
wait_for "the roll-back among the metrics" rolled_back

# It takes leave.
: | "$say" "$port" >answer &
saying=$!
wait_for "a client" grep -q "join NAME" answer
stop_lobby
wait "$saying"
grep -q "bye: the server ends" answer || fail "it went without a word: $(cat answer)"
says "SIGTERM: the server ends" || fail "it did not say why it ends"
echo "ok"
