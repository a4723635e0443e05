#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Our HTTP services with a client of gSOAP: SOAP 1.1 and 1.2, kept connections, chunks and HTTP/1.0; answers and faults.
set -u

skip() { echo "1..0 # SKIP $1"; exit 0; }
command -v soapcpp2 >/dev/null || skip "no gSOAP (gsoap)"
printf '#include <stdsoap2.h>\n' | ${CC:-cc} -E -x c - >/dev/null 2>&1 || skip "no gSOAP library (gsoap)"
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT

cat >"$work/service.h" <<'END'
//gsoap t service name: service
//gsoap t service namespace: urn:b
//gsoap t service style: document
//gsoap t service encoding: literal
//gsoap t schema namespace: urn:b
typedef char *t__b;
END
cat >"$work/client.c" <<'END'
#include "soapH.h"
#include "service.nsmap"

static int version;

/* One call by the functions that generated stubs consist of. */
static int call(struct soap *soap, const char *url, char *text)
{
    char *answer = NULL;

    soap_begin(soap);
    soap_set_version(soap, version);
    soap_serializeheader(soap);
    soap->encodingStyle = NULL;
    if (soap_begin_count(soap))
        return soap->error;
    if (soap->mode & SOAP_IO_LENGTH)
        if (soap_envelope_begin_out(soap) || soap_putheader(soap) || soap_body_begin_out(soap) ||
            soap_put_t__b(soap, &text, "t:b", NULL) || soap_body_end_out(soap) || soap_envelope_end_out(soap))
            return soap->error;
    if (soap_end_count(soap))
        return soap->error;
    if (soap_connect(soap, url, "urn:action") || soap_envelope_begin_out(soap) || soap_putheader(soap) ||
        soap_body_begin_out(soap) || soap_put_t__b(soap, &text, "t:b", NULL) || soap_body_end_out(soap) ||
        soap_envelope_end_out(soap) || soap_end_send(soap))
        return soap_closesock(soap);
    if (soap_begin_recv(soap) || soap_envelope_begin_in(soap) || soap_recv_header(soap) || soap_body_begin_in(soap))
        return soap_closesock(soap);
    if (soap_recv_fault(soap, 1))
        return soap->error;
    if (!soap_get_t__b(soap, &answer, "t:b", NULL))
        return soap->error ? soap->error : soap_recv_fault(soap, 0);
    if (soap_body_end_in(soap) || soap_envelope_end_in(soap) || soap_end_recv(soap))
        return soap_closesock(soap);
    printf("%s\n", answer ? answer : "");
    return soap_closesock(soap);
}

int main(int argc, char **argv)
{
    static char *texts[] = {"one", "two", "fault", "three"};
    struct soap soap;
    size_t i;

    soap_init1(&soap, strstr(argv[2], "keep") ? SOAP_IO_KEEPALIVE : strstr(argv[2], "chunk") ? SOAP_IO_CHUNK : 0);
    if (strstr(argv[2], "1.0"))
        soap.http_version = "1.0";
    soap_set_namespaces(&soap, namespaces);
    version = atoi(argv[3]);
    for (i = 0; i < 4; i++)
        if (call(&soap, argv[1], texts[i]))
        {
            const char **reason = soap_faultstring(&soap);

            printf("fault %s\n", reason && *reason ? *reason : "?");
            soap_closesock(&soap);
        }
    (void)argc;
    soap_destroy(&soap);
    soap_end(&soap);
    soap_done(&soap);
    return 0;
}
END
(cd "$work" && soapcpp2 -C -c -x -L service.h && ${CC:-cc} -w -I. client.c soapC.c -lgsoap -o client) >"$work/log" 2>&1 ||
    { sed 's/^/# /' "$work/log" | tail -20; echo "Bail out! the client cannot be made"; exit 1; }

printf 'got one\ngot two\nfault ouch\ngot three\n' >"$work/wanted"
echo 1..6
number=0 bad=0
while read -r version way mode; do
    number=$((number + 1))
    mkfifo "$work/in$number" "$work/out$number"
    # shellcheck disable=SC2086
    tests/oracle/channel-service "1$version" text $mode <"$work/in$number" >"$work/out$number" &
    service=$!
    exec 3>"$work/in$number"
    read -r port <"$work/out$number"
    timeout 60 "$work/client" "http://localhost:$port/service" "$way" "$version" >"$work/got" 2>&1
    exec 3>&-
    wait "$service"
    if cmp -s "$work/wanted" "$work/got"; then
        echo "ok $number - SOAP 1.$version, $way $mode"
    else
        sed 's/^/# /' "$work/got"
        echo "not ok $number - SOAP 1.$version, $way $mode"
        bad=1
    fi
done <<'END'
1 keep
1 chunk
1 1.0
1 keep stream
2 keep
2 chunk stream
END
exit $bad
