#!/bin/sh
# record.sh GAME - a session in a real window, played with mouse and keys, on a virtual display; its
# recording, replayed without a window, must come to the same end.
set -eu
. "$(dirname "$0")/scene.sh"

cat >"$work/play.sh" <<'END'
"$game" --seed 5 --patch-dir "$work/patch" --user-dir "$work/user" --record "$work/session.rec" \
    --report "$work/recorded.json" >"$work/log" 2>&1 &
pid=$!
until window=$(xdotool search --onlyvisible --name Moonbase 2>/dev/null); do
    kill -0 $pid
    sleep 0.1
done
xdotool windowfocus "${window%%
*}" key space
for round in 1 2 3 4 5 6; do
    xdotool mousemove $((300 + round * 90)) $((200 + round * 40)) mousedown 1 keydown d
    sleep 0.3
    xdotool mouseup 1 keyup d keydown w click 4
    sleep 0.2
    xdotool keyup w
done
kill -TERM $pid
wait $pid
END
xvfb-run -a -s "-screen 0 1600x1000x24" sh "$work/play.sh" || fail "the game ended badly"
"$game" --headless --patch-dir "$work/patch" --user-dir "$work/other" --replay "$work/session.rec" \
    --report "$work/replayed.json" >"$work/log" 2>&1 || fail "the replay is another game"
grep -q "the same as recorded" "$work/log" || fail "the recording has no end"
for key in score frames seed; do
    [ "$(grep "\"$key\"" "$work/recorded.json")" = "$(grep "\"$key\"" "$work/replayed.json")" ] ||
        fail "$key is another"
done
# Keys and a mouse that did nothing would prove nothing: without them there is about a byte a frame.
[ "$(tr -cd 'kp' <"$work/session.rec" | wc -c)" -gt 40 ] || fail "nothing was pressed"
echo "a session with keys and mouse was the same again"
