#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The demos of channels: conversations of two programs each. Run by make check in the build directory, with srcdir and
# host in the environment.
set -u

number=0 failed=0 server=
work=$(mktemp -d) || exit
trap 'stop; rm -rf -- "$work"' EXIT

# stop: ends the server, if one is still running.
stop() {
    [ -z "$server" ] || kill "$server" 2>/dev/null
    server=
}

result() { # result STATUS NAME: one line of TAP
    number=$((number + 1))
    if [ "$1" = 0 ]; then echo "ok $number - $2"; return; fi
    echo "not ok $number - $2"
    head -20 "$work/server" "$work/client" 2>/dev/null | sed 's/^/# /'
    failed=1
}

: "${srcdir:?}"
case ${host:?} in
*mingw*)
    run() { local demo=$1; shift; "$srcdir/tools/wine-test" "demos/$demo.exe" "$@"; }
    run multicast-client --help >/dev/null 2>&1 </dev/null || { echo "1..0 # SKIP no Wine that runs this"; exit 0; }
    ;;
*)
    run() { local demo=$1; shift; "demos/$demo" "$@"; }
    ;;
esac

# serve DEMO ARGUMENTS: starts a server, and waits until it says that it is ready.
serve() {
    local i
    rm -f "$work/server"
    run "$@" >"$work/server" 2>&1 </dev/null &
    server=$!
    for ((i = 0; i < 300; i++)); do
        if grep -q ready "$work/server" 2>/dev/null; then return 0; fi
        kill -0 "$server" 2>/dev/null || return 1
        sleep 0.1
    done
    return 1
}

# client DEMO ARGUMENTS: what it says goes to a file.
client() {
    rm -f "$work/client"
    run "$@" >"$work/client.raw" 2>&1
    local status=$?
    tr -d '\r' <"$work/client.raw" >"$work/client"
    return $status
}

# served LINES: the server has ended well, and said these.
served() {
    local status
    wait "$server"
    status=$?
    server=
    [ $status = 0 ] && diff - <(tr -d '\r' <"$work/server") >/dev/null
}

# said LINES: so has the client.
said() { diff - "$work/client" >/dev/null; }

# A port for this run. Ports of the system's choice begin above.
port=$((20000 + $$ % 10000))

serve multicast-server --loopback --port $port alice pencil 1 &&
    client multicast-client --loopback --port $port pencil </dev/null && said <<<'alice has it' && served <<'LINES'
alice is ready
who has pencil?
LINES
result $? "who has it? asks a multicast group"
stop

if serve multicast-server --loopback --port $port alice pencil 1; then
    client multicast-client --loopback --port $port eraser </dev/null && said <<<'nobody has it'
    status=$?
    client multicast-client --loopback --port $port pencil </dev/null && said <<<'alice has it' && [ $status = 0 ]
fi
result $? "who does not have it says nothing"
stop

url=net.tcp://127.0.0.1:$port/journal
serve journal-server $url 2 && client journal-client $url <<<$'one\ntwo ä\n\nfour' &&
    client journal-client $url <<<'five' && said </dev/null && served <<'LINES'
ready
1: one
2: two ä
3: 
4: four
end of the session
1: five
end of the session
LINES
result $? "a journal over net.tcp"
stop
client journal-client $url <<<'nobody listens'
[ $? = 1 ] && grep -q "$port" "$work/client"
result $? "a journal that nobody keeps"

url=http://127.0.0.1:$port/stock
serve stock-server $url 4 && { client stock-client $url pencil ink eraser paper </dev/null; [ $? = 1 ]; } &&
    grep -v '^stock-client: ' "$work/client" | diff - <(printf '%s\n' 'pencil: 120' 'ink: 0' 'paper: 3') &&
    grep -q 'There is no such article' "$work/client" && served <<'LINES'
ready
pencil: 120
ink: 0
eraser: unknown
paper: 3
LINES
result $? "a stock over HTTP, with a fault"
stop

echo "1..$number"
exit $failed
