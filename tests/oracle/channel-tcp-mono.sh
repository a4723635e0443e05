#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Sessions over net.tcp with Mono's NetTcpBinding without security, and with its other encodings: each side asks, and
# the other one serves.
#
# Usage: channel-tcp-mono.sh [REQUESTS]
set -u

skip() { echo "1..0 # SKIP $1"; exit 0; }
command -v python3 >/dev/null || skip "no python3"
{ command -v mcs && command -v mono; } >/dev/null || skip "no Mono (mono-mcs, mono-runtime)"
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
echo 'class A { static void Main() { System.ServiceModel.NetTcpBinding a = null; } }' >"$work/probe.cs"
mcs -nologo -warn:0 -r:System.ServiceModel -out:"$work/probe.exe" "$work/probe.cs" >/dev/null 2>&1 ||
    skip "no System.ServiceModel (libmono-system-servicemodel4.0a-cil)"

mcs -nologo -warn:0 -r:System.ServiceModel -r:System.Runtime.Serialization -r:System.Xml \
    -out:"$work/channel-tcp-mono.exe" "${srcdir:-.}/tests/oracle/channel-tcp-mono.cs" ||
    { echo "Bail out! channel-tcp-mono.cs cannot be compiled"; exit 1; }

python3 - "$work/channel-tcp-mono.exe" "${1:-40}" <<'END'
import subprocess, sys

OURS, MONO = ["tests/oracle/channel-tcp-peer"], ["mono", sys.argv[1]]
count = sys.argv[2]

def ask(client, mode, server, sessions):
    """What goes wrong, or nothing."""
    serving = subprocess.Popen(server + ["serve", mode, sessions], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        port = serving.stdout.readline().decode().strip()
        if not port.isdigit():
            return "server: " + port
        asked = subprocess.run(client + ["ask", mode, "net.tcp://localhost:%s/service" % port, count],
                               stdout=subprocess.PIPE, timeout=120)
        said = asked.stdout.decode().strip()
        serving.stdin.close()
        served = "ok"
        if server is OURS:
            served = serving.stdout.read().decode().strip()
        return "" if said == served == "ok" else "client: %s\nserver: %s" % (said, served)
    except subprocess.TimeoutExpired:
        return "it takes too long"
    finally:
        serving.kill()
        serving.wait()

# Mono has no MTOM over net.tcp: it wants the boundary from the transport, which does not have it.
MODES = ["buffered", "text", "streamed"]
print("1..%d" % (2 * len(MODES)), flush=True)
number, failed = 0, False
for mode in MODES:
    for client, server, name in ((OURS, MONO, "we ask Mono"), (MONO, OURS, "Mono asks us")):
        number += 1
        wrong = ask(client, mode, server, count if mode == "streamed" else "1")
        failed = failed or bool(wrong)
        for line in wrong.split("\n")[:12] if wrong else []:
            print("# " + line)
        print("%sok %d - %s, %s" % ("not " if wrong else "", number, name, mode), flush=True)
sys.exit(failed)
END
