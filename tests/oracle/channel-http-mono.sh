#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# HTTP of clients against Mono's WCF: BasicHttpBinding, text with SOAP 1.2, and binary with WS-Addressing, buffered and
# streamed. MTOM is not among them: Mono writes its MIME header into the body.
set -u

skip() { echo "1..0 # SKIP $1"; exit 0; }
{ command -v mcs && command -v mono; } >/dev/null || skip "no Mono (mono-mcs, mono-runtime)"
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
echo 'class A { static void Main() { System.ServiceModel.EndpointAddress a = null; } }' >"$work/probe.cs"
mcs -nologo -warn:0 -r:System.ServiceModel -out:"$work/probe.exe" "$work/probe.cs" >/dev/null 2>&1 ||
    skip "no System.ServiceModel (libmono-system-servicemodel4.0a-cil)"

mcs -nologo -warn:0 -r:System.ServiceModel -r:System.Runtime.Serialization -out:"$work/server.exe" "${srcdir:-.}/tests/oracle/channel-mono.cs" ||
    { echo "Bail out! channel-mono.cs cannot be compiled"; exit 1; }

# The server ends with its input, which is this pipe.
coproc server { exec mono "$work/server.exe" 2>"$work/errors"; }
read -r -t 60 root <&"${server[0]}" || { echo "Bail out! the server does not start: $(cat "$work/errors")"; exit 1; }

count=0 good=0
try() {
    local name=$1 path=$2
    shift 2
    count=$((count + 1))
    if said=$(timeout 60 tests/oracle/channel-client "$root$path" "$@" 2>&1) && [[ $said = *"all is well"* ]]; then
        echo "ok $count - $name"
        good=$((good + 1))
    else
        printf '# %s\n' "${said//$'\n'/$'\n# '}"
        echo "not ok $count - $name"
    fi
}

for mode in buffered streamed; do
    try "BasicHttpBinding, $mode" "basic" 11 text $mode 100 300000
    try "text with SOAP 1.2, $mode" "text12" 12 text $mode 100 300000
    try "binary, $mode" "binary12" 12 binary $mode 100 16000
done
echo "1..$count"
exec {server[1]}>&-
[ "$good" = "$count" ]
