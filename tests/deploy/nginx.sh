# nginx.sh - nginx with docs/deploy/nginx.conf, on a loopback port, by nobody. Sourced after lib.sh, which has made $work; before
# it, $nginx and $root (the source tree) are set.
server=$work/nginx port= nginx_pid=
mkdir "$server"
chmod 755 "$work"
trap 'crash; rm -rf "$work"' EXIT

# Who may become another, becomes nobody.
as_nobody=
if [ "$(id -u)" = 0 ]; then
    as_nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
    chown 65534:65534 "$server"
fi

# put FROM TO: in the site's file; what is not there cannot be replaced.
put() {
    grep -q "$1" "$server/site.conf" || fail "docs/deploy/nginx.conf has no '$1'"
    sed -i "s|$1|$2|" "$server/site.conf"
}

# configure FOLDER DIRECTIVES: the shipped site for the folder, with a log; the rest of a configuration about it.
configure() {
    cp "$root/docs/deploy/nginx.conf" "$server/site.conf"
    put 'listen 8080;' "listen 127.0.0.1:$port;"
    put 'root /srv/channel;' "root $1;"
    put 'access_log off;' "access_log $server/access.log;"
    {
        echo "worker_processes 2; pid $server/pid; error_log $server/errors; daemon off;"
        echo 'events { worker_connections 1024; }'
        echo "http { $2"
        for temporary in client_body proxy fastcgi uwsgi scgi; do echo "${temporary}_temp_path $server/$temporary;"; done
        echo "include $server/site.conf; }"
    } >"$server/nginx.conf"
}

# serve FOLDER [DIRECTIVES]: at $url, on the port of before, or a free one.
serve() {
    tries=0
    while [ $tries -lt 20 ]; do
        [ -n "$port" ] || port=$((20000 + ($$ + 997 * tries) % 10000))
        configure "$1" "${2-}"
        rm -f "$server/pid"
        setsid $as_nobody "$nginx" -c "$server/nginx.conf" 2>"$work/startup" &
        nginx_pid=$!
        while kill -0 $nginx_pid 2>/dev/null; do
            [ ! -s "$server/pid" ] || { url=http://127.0.0.1:$port; return; }
            sleep 0.02
        done
        grep -q 'Address already in use' "$work/startup" || break
        port= tries=$((tries + 1))
    done
    fail "nginx does not start: $(cat "$work/startup")"
}

# crash: kill -9 of nginx and all its workers.
crash() {
    [ -z "$nginx_pid" ] || kill -9 -$nginx_pid 2>/dev/null || true
    [ -z "$nginx_pid" ] || wait $nginx_pid 2>/dev/null || true
    nginx_pid=
}
