#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Our HTTP services with Mono's WCF as client: BasicHttpBinding, and custom bindings with SOAP 1.2, with WS-Addressing,
# with binary messages, and streamed; answers and faults.
set -u

skip() { echo "1..0 # SKIP $1"; exit 0; }
{ command -v mcs && command -v mono; } >/dev/null || skip "no Mono (mono-mcs, mono-runtime)"
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
echo 'class A { static void Main() { System.ServiceModel.EndpointAddress a = null; } }' >"$work/probe.cs"
mcs -nologo -warn:0 -r:System.ServiceModel -out:"$work/probe.exe" "$work/probe.cs" >/dev/null 2>&1 ||
    skip "no System.ServiceModel (libmono-system-servicemodel4.0a-cil)"
mcs -nologo -warn:0 -r:System.ServiceModel -r:System.Runtime.Serialization -r:System.Xml \
    -out:"$work/client.exe" "${srcdir:-.}/tests/oracle/channel-reply-mono.cs" ||
    { echo "Bail out! channel-reply-mono.cs cannot be compiled"; exit 1; }

printf 'got one\ngot two\nfault ouch\ngot d\303\251j\303\240 vu\n' >"$work/wanted"
echo 1..7
number=0 bad=0
while read -r binding version encoding mode; do
    number=$((number + 1))
    mkfifo "$work/in$number" "$work/out$number"
    # shellcheck disable=SC2086
    tests/oracle/channel-service "$version" "$encoding" $mode <"$work/in$number" >"$work/out$number" &
    service=$!
    exec 3>"$work/in$number"
    read -r port <"$work/out$number"
    LC_ALL=C.UTF-8 timeout 100 mono "$work/client.exe" "$binding" "http://localhost:$port/service" \
        >"$work/got" 2>"$work/errors"
    exec 3>&-
    wait "$service"
    if cmp -s "$work/wanted" "$work/got"; then
        echo "ok $number - $binding to $version, $encoding $mode"
    else
        sed 's/^/# /' "$work/got" "$work/errors" | head -20
        echo "not ok $number - $binding to $version, $encoding $mode"
        bad=1
    fi
done <<'END'
basic 11 text
basic 11 text stream
streamed 11 text
12 12 text
12/10 12/10 text
12/10 12/10 text stream
binary 12/10 binary
END
exit $bad
