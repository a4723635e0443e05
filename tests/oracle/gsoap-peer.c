/* SPDX-License-Identifier: MIT */
/*
 * gsoap-peer.c - for typed-gsoap.sh: reads the documents of what typed-peer prints for the contract "soap" into
 * gSOAP's structures, writes each of them again, and prints them as that program does. What it includes is generated
 * from gsoap-contract.idl.
 */
#include "soapH.h"
#include "s.nsmap"

static void check(struct soap *soap, int result)
{
    if (result == SOAP_OK)
        return;
    fprintf(stderr, "gsoap-peer: ");
    soap_print_fault(soap, stderr);
    exit(1);
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void copy(struct soap *soap, const char *document)
{
    const char *again = NULL;
    struct s__all *all;

    soap->is = document;
    check(soap, soap_begin_recv(soap));
    all = soap_get_s__all(soap, NULL, "s:all", NULL);
    check(soap, all ? SOAP_OK : soap->error ? soap->error : SOAP_ERR);
    check(soap, soap_end_recv(soap));
    soap->is = NULL;
    soap->os = &again;
    soap_serialize_s__all(soap, all);
    check(soap, soap_begin_send(soap));
    check(soap, soap_put_s__all(soap, all, "s:all", NULL));
    check(soap, soap_end_send(soap));
    for (; *again; again++)
        printf("%02x", (unsigned char)*again);
    printf("\n");
    soap->os = NULL;
}

int main(void)
{
    static char line[1 << 20];
    struct soap *soap = soap_new1(SOAP_C_UTFSTRING | SOAP_XML_STRICT | SOAP_XML_TREE | SOAP_ENC_PLAIN);
    char *end, *digits;
    int length;

    soap_set_namespaces(soap, namespaces);
    while (fgets(line, sizeof(line), stdin))
    {
        length = 0;
        sscanf(line, "document soap %*s %n", &length);
        if (!length)
            continue;
        printf("%.*s", length, line);
        for (end = line, digits = line + length; digit(digits[0]) >= 0 && digit(digits[1]) >= 0; digits += 2)
            *end++ = (char)(digit(digits[0]) << 4 | digit(digits[1]));
        *end = 0;
        copy(soap, line);
        soap_end(soap);
    }
    soap_free(soap);
    return 0;
}
