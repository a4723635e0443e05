#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# HTTP of clients against Python's http.server, which answers in several ways, and against nginx: in front of it, where
# it keeps connections for a short time only, and as an HTTP proxy.
set -u

skip() { echo "1..0 # SKIP $1"; exit 0; }
command -v python3 >/dev/null || skip "no python3"
nginx=$(PATH=$PATH:/usr/sbin command -v nginx) || nginx=
work=$(mktemp -d)

coproc server { exec python3 "${srcdir:-.}/tests/oracle/channel-server.py" 2>"$work/errors"; }
read -r -t 60 port <&"${server[0]}" || { echo "Bail out! the server does not start: $(cat "$work/errors")"; exit 1; }
root=http://127.0.0.1:$port

count=0 good=0
try() {
    local name=$1
    shift
    count=$((count + 1))
    if said=$(timeout 60 tests/oracle/channel-client "$@" 2>&1) && [[ $said = *"failed because of 7"*"all is well"* ]]; then
        echo "ok $count - $name"
        good=$((good + 1))
    else
        printf '# %s\n' "${said//$'\n'/$'\n# '}"
        sed 's/^/# /' "$work/errors" | tail -n 5
        echo "not ok $count - $name"
    fi
}

for mode in buffered streamed; do
    for path in plain chunked close old; do
        # What is streamed cannot be sent again, when the server closes a connection that it had promised to keep.
        [ $mode-$path = streamed-close ] || try "text, $mode, $path" "$root/$path" 11 text $mode 50 300000
    done
    try "SOAP 1.2, $mode" "$root/plain" 12 text $mode 50 300000
    try "MTOM, $mode" "$root/plain" 11 mtom $mode 50 1000000
    try "MTOM and SOAP 1.2 in chunks, $mode" "$root/chunked" 12 mtom $mode 50 1000000
done

front() {
    local free
    free=$(python3 -c 'import socket; a = [socket.socket() for i in "12"]; [s.bind(("127.0.0.1", 0)) for s in a]
print(*[s.getsockname()[1] for s in a])')
    front=${free% *} proxy=${free#* }
    cat >"$work/nginx.conf" <<END
daemon off; pid $work/pid; error_log $work/nginx.log; worker_processes 1;
events { worker_connections 64; }
http {
    access_log off; client_body_temp_path $work/body; proxy_temp_path $work/proxy; client_max_body_size 100m;
    client_body_buffer_size 4m; proxy_max_temp_file_size 0;
    fastcgi_temp_path $work/1; uwsgi_temp_path $work/2; scgi_temp_path $work/3;
    upstream back { server 127.0.0.1:$port; keepalive 4; }
    server {
        listen 127.0.0.1:$front; keepalive_requests 3;
        location / { proxy_pass http://back; proxy_http_version 1.1; proxy_set_header Connection ""; }
    }
    server {
        listen 127.0.0.1:$proxy;
        location / { proxy_pass http://\$http_host\$request_uri; proxy_http_version 1.1; proxy_buffering off; }
    }
}
END
    "$nginx" -p "$work" -c "$work/nginx.conf" >"$work/nginx.out" 2>&1 &
    nginx_pid=$!
    for i in $(seq 100); do
        if (exec 3<>"/dev/tcp/127.0.0.1/$proxy") 2>/dev/null; then return 0; fi
        sleep 0.05
    done
    return 1
}

nginx_pid=
if [ -n "$nginx" ] && front; then
    for mode in buffered streamed; do
        try "behind nginx, $mode" "http://127.0.0.1:$front/plain" 11 text $mode 50 300000
        try "behind nginx, MTOM in chunks, $mode" "http://localhost:$front/chunked" 12 mtom $mode 50 1000000
    done
    try "through nginx as a proxy" "$root/plain" 11 text buffered 50 300000 "127.0.0.1:$proxy"
else
    count=$((count + 1)) good=$((good + 1))
    echo "ok $count - nginx # SKIP no nginx"
fi

echo "1..$count"
[ -z "$nginx_pid" ] || { kill "$nginx_pid"; wait "$nginx_pid" 2>/dev/null; }
exec {server[1]}>&-
rm -rf "$work"
[ "$good" = "$count" ]
