/* SPDX-License-Identifier: MIT */
/*
 * A service with one operation: the price of a book, asked for by title.
 *
 * The first part is what wsutil generates from a WSDL document: descriptions of the structures, elements, messages,
 * the operation and the contract, and the stub that calls the operation's function. The second part is what a program
 * adds: the function and a host that serves the contract over HTTP.
 *
 *     usage: service-contract [http://localhost:8080/books]
 */

#include <webservices.h>

#include <stdio.h>
#include <string.h>
#include <wchar.h>

/* ---- The contract, as generated ------------------------------------------------------------------------------ */

/* The bodies of the two messages. */
typedef struct PriceRequest
{
    WCHAR *title;
} PriceRequest;

typedef struct PriceResponse
{
    unsigned int cents;
    BOOL inStock;
} PriceResponse;

/* The operation: every part of the request is a parameter, every part of the response a pointer. */
typedef HRESULT(CALLBACK *PriceOperation)(const WS_OPERATION_CONTEXT *context, WCHAR *title, unsigned int *cents,
                                          BOOL *inStock, const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error);

typedef struct BookShopFunctionTable
{
    PriceOperation Price;
} BookShopFunctionTable;

/* All names, in a dictionary: strings of one dictionary are compared by their numbers. */
static const struct
{
    WS_XML_DICTIONARY dictionary;
    struct
    {
        WS_XML_STRING ns;
        WS_XML_STRING request;
        WS_XML_STRING response;
        WS_XML_STRING requestAction;
        WS_XML_STRING responseAction;
        WS_XML_STRING title;
        WS_XML_STRING cents;
        WS_XML_STRING inStock;
    } strings;
} names = {
    {
        {0x6f3f3c0a, 0x5b1e, 0x4f0e, {0x9a, 0x4c, 0x21, 0x8d, 0x3b, 0x55, 0x70, 0x11}},
        (WS_XML_STRING *)&names.strings,
        8,
        TRUE,
    },
    {
        WS_XML_STRING_DICTIONARY_VALUE("http://example.com/books", &names.dictionary, 0),
        WS_XML_STRING_DICTIONARY_VALUE("Price", &names.dictionary, 1),
        WS_XML_STRING_DICTIONARY_VALUE("PriceResponse", &names.dictionary, 2),
        WS_XML_STRING_DICTIONARY_VALUE("http://example.com/books/Price", &names.dictionary, 3),
        WS_XML_STRING_DICTIONARY_VALUE("http://example.com/books/PriceResponse", &names.dictionary, 4),
        WS_XML_STRING_DICTIONARY_VALUE("title", &names.dictionary, 5),
        WS_XML_STRING_DICTIONARY_VALUE("cents", &names.dictionary, 6),
        WS_XML_STRING_DICTIONARY_VALUE("inStock", &names.dictionary, 7),
    },
};

#define NAME(name) ((WS_XML_STRING *)&names.strings.name)

/* <title>, <cents> and <inStock>, and where their values are kept. A title has at most 200 characters. */
static WS_WSZ_DESCRIPTION titleLength = {1, 200};

static WS_FIELD_DESCRIPTION titleField = {
    WS_ELEMENT_FIELD_MAPPING,
    NAME(title),
    NAME(ns),
    WS_WSZ_TYPE,
    &titleLength,
    WsOffsetOf(PriceRequest, title),
    0,
    NULL,
    0,
    NULL,
    NULL,
    NULL,
};

static WS_FIELD_DESCRIPTION centsField = {
    WS_ELEMENT_FIELD_MAPPING,
    NAME(cents),
    NAME(ns),
    WS_UINT32_TYPE,
    NULL,
    WsOffsetOf(PriceResponse, cents),
    0,
    NULL,
    0,
    NULL,
    NULL,
    NULL,
};

static WS_FIELD_DESCRIPTION inStockField = {
    WS_ELEMENT_FIELD_MAPPING, NAME(inStock), NAME(ns), WS_BOOL_TYPE, NULL, WsOffsetOf(PriceResponse, inStock),
    WS_FIELD_OPTIONAL,        NULL,          0,        NULL,         NULL, NULL,
};

static WS_FIELD_DESCRIPTION *requestFields[] = {&titleField};
static WS_FIELD_DESCRIPTION *responseFields[] = {&centsField, &inStockField};

static WS_STRUCT_DESCRIPTION requestStruct = {
    sizeof(PriceRequest),
    __alignof__(PriceRequest),
    requestFields,
    WsCountOf(requestFields),
    NULL,
    NULL,
    NULL,
    NULL,
    0,
    0,
};

static WS_STRUCT_DESCRIPTION responseStruct = {
    sizeof(PriceResponse),
    __alignof__(PriceResponse),
    responseFields,
    WsCountOf(responseFields),
    NULL,
    NULL,
    NULL,
    NULL,
    0,
    0,
};

/* <Price> and <PriceResponse>, and the messages that carry them. */
static WS_ELEMENT_DESCRIPTION requestElement = {NAME(request), NAME(ns), WS_STRUCT_TYPE, &requestStruct};
static WS_ELEMENT_DESCRIPTION responseElement = {NAME(response), NAME(ns), WS_STRUCT_TYPE, &responseStruct};

static WS_MESSAGE_DESCRIPTION requestMessage = {NAME(requestAction), &requestElement};
static WS_MESSAGE_DESCRIPTION responseMessage = {NAME(responseAction), &responseElement};

/* Which parameter is which field: title is the first of the request, cents and inStock those of the response. */
#define NOT_IN_MESSAGE ((USHORT)-1)

static WS_PARAMETER_DESCRIPTION priceParameters[] = {
    {WS_PARAMETER_TYPE_NORMAL, 0, NOT_IN_MESSAGE},
    {WS_PARAMETER_TYPE_NORMAL, NOT_IN_MESSAGE, 0},
    {WS_PARAMETER_TYPE_NORMAL, NOT_IN_MESSAGE, 1},
};

/* The host lays the parameters out like this before it calls the stub. */
typedef struct PriceFrame
{
    WCHAR *title;
    unsigned int *cents;
    BOOL *inStock;
} PriceFrame;

static HRESULT CALLBACK PriceStub(const WS_OPERATION_CONTEXT *context, void *frame, const void *callback,
                                  const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error)
{
    const PriceFrame *parameters = (const PriceFrame *)frame;
    union
    {
        const void *pointer;
        PriceOperation function;
    } operation;

    operation.pointer = callback;
    return operation.function(context, parameters->title, parameters->cents, parameters->inStock, asyncContext, error);
}

static WS_OPERATION_DESCRIPTION priceOperation = {
    1,
    &requestMessage,
    &responseMessage,
    0,
    0,
    WsCountOf(priceParameters),
    priceParameters,
    PriceStub,
    WS_NON_RPC_LITERAL_OPERATION,
};

static WS_OPERATION_DESCRIPTION *bookShopOperations[] = {&priceOperation};

static const WS_CONTRACT_DESCRIPTION bookShopContract = {WsCountOf(bookShopOperations), bookShopOperations};

/* ---- The service --------------------------------------------------------------------------------------------- */

static HRESULT CALLBACK Price(const WS_OPERATION_CONTEXT *context, WCHAR *title, unsigned int *cents, BOOL *inStock,
                              const WS_ASYNC_CONTEXT *asyncContext, WS_ERROR *error)
{
    static const struct
    {
        const wchar_t *title;
        unsigned int cents;
        BOOL inStock;
    } books[] = {
        {L"Vathek", 1250, TRUE},
        {L"The Monk", 1800, FALSE},
    };
    static const WS_STRING unknown = WS_STRING_VALUE(L"No book has this title.");
    size_t i;

    (void)context;
    (void)asyncContext;
    for (i = 0; i < WsCountOf(books); i++)
    {
        if (wcscmp(books[i].title, title) == 0)
        {
            *cents = books[i].cents;
            *inStock = books[i].inStock;
            return S_OK;
        }
    }
    WsAddErrorString(error, &unknown);
    return WS_E_ENDPOINT_FAILURE;
}

static const BookShopFunctionTable functions = {Price};

static const WS_SERVICE_CONTRACT contract = {&bookShopContract, NULL, &functions};

static void print_error(const char *what, HRESULT hr, WS_ERROR *error)
{
    ULONG count = 0;
    ULONG i;

    printf("%s failed with 0x%08lX\n", what, (unsigned long)hr);
    if (error == NULL || FAILED(WsGetErrorProperty(error, WS_ERROR_PROPERTY_STRING_COUNT, &count, sizeof(count))))
        return;
    for (i = 0; i < count; i++)
    {
        WS_STRING string;

        if (SUCCEEDED(WsGetErrorString(error, i, &string)))
            printf("%.*ls\n", (int)string.length, string.chars);
    }
}

static HRESULT serve(const WCHAR *url, WS_ERROR *error)
{
    ULONG maxConcurrency = 10;
    WS_FAULT_DISCLOSURE disclosure = WS_FULL_FAULT_DISCLOSURE;
    WS_SERVICE_ENDPOINT_PROPERTY endpointProperties[] = {
        {WS_SERVICE_ENDPOINT_PROPERTY_MAX_CONCURRENCY, &maxConcurrency, sizeof(maxConcurrency)},
    };
    WS_SERVICE_PROPERTY properties[] = {
        {WS_SERVICE_PROPERTY_FAULT_DISCLOSURE, &disclosure, sizeof(disclosure)},
    };
    WS_SERVICE_ENDPOINT endpoint;
    const WS_SERVICE_ENDPOINT *endpoints[] = {&endpoint};
    WS_SERVICE_HOST *host = NULL;
    HRESULT hr;

    ZeroMemory(&endpoint, sizeof(endpoint));
    endpoint.address.url.chars = (WCHAR *)url;
    endpoint.address.url.length = (ULONG)wcslen(url);
    endpoint.channelBinding = WS_HTTP_CHANNEL_BINDING;
    endpoint.channelType = WS_CHANNEL_TYPE_REPLY;
    endpoint.contract = &contract;
    endpoint.properties = endpointProperties;
    endpoint.propertyCount = WsCountOf(endpointProperties);

    hr = WsCreateServiceHost(endpoints, WsCountOf(endpoints), properties, WsCountOf(properties), &host, error);
    if (FAILED(hr))
        return hr;
    hr = WsOpenServiceHost(host, NULL, error);
    if (SUCCEEDED(hr))
    {
        printf("Serving %ls; press Enter to stop.\n", url);
        getchar();
        hr = WsCloseServiceHost(host, NULL, error);
    }
    WsFreeServiceHost(host);
    return hr;
}

static int usage(FILE *to, int status)
{
    fputs("Usage: service-contract [URL]\n\n"
          "Serves a shop with one operation, the price of a book, at URL (of at most 199 characters; without one at\n"
          "http://localhost:8080/books), until Enter is pressed.\n",
          to);
    return status;
}

int main(int argc, char **argv)
{
    WCHAR url[200] = L"http://localhost:8080/books";
    WS_ERROR *error = NULL;
    HRESULT hr;

    if (argc > 1 && !strcmp(argv[1], "--help"))
        return usage(stdout, 0);
    if (argc > 2 || (argc > 1 && MultiByteToWideChar(CP_ACP, 0, argv[1], -1, url, WsCountOf(url)) == 0))
        return usage(stderr, 2);
    hr = WsCreateError(NULL, 0, &error);
    if (SUCCEEDED(hr))
        hr = serve(url, error);
    if (FAILED(hr))
        print_error("The service", hr, error);
    if (error != NULL)
        WsFreeError(error);
    return FAILED(hr);
}
