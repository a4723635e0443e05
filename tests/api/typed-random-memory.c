/* SPDX-License-Identifier: MIT */
/*
 * Random values of random types, written and read when memory fails, at each operation in turn: the debug variant can
 * bring that about.
 *
 * Source: our choice.
 */
#include "support/descriptions.h"
#include "support/encodings.h"
#include "support/reader.h"
#include "support/writer.h"

#include "webservicesdebug.h"

#define NEVER_FAIL 0xffffffffu

/* The whole life of all that it takes. */
static HRESULT live(const WS_ELEMENT_DESCRIPTION *element, enum encoding encoding, const void *value)
{
    struct document document;
    WS_XML_READER *reader = NULL, *model_reader = NULL;
    WS_XML_WRITER *writer = NULL;
    WS_HEAP *heap = NULL;
    void *read = &document;
    HRESULT hr;

    if ((hr = WsCreateReader(NULL, 0, &reader, NULL)) == S_OK &&
        (hr = WsCreateWriter(NULL, 0, &writer, NULL)) == S_OK &&
        (hr = WsCreateHeap(1 << 20, 0, NULL, 0, &heap, NULL)) == S_OK &&
        (hr = write_document(writer, heap, encoding, element, WS_WRITE_REQUIRED_POINTER, &value, sizeof(value),
                             &document, NULL)) == S_OK &&
        (hr = set_document(reader, &document)) == S_OK)
    {
        hr = WsReadElement(reader, element, WS_READ_REQUIRED_POINTER, heap, &read, sizeof(read), NULL);
        expect((read == &document) == (hr != S_OK));
    }
    ok(WsSetAutoFail(NEVER_FAIL, NULL));
    if (hr == S_OK)
    {
        model_reader = create_reader();
        expect(is_as_written(model_reader, element->type, element->typeDescription, value, read));
    }
    WsFreeReader(reader);
    WsFreeReader(model_reader);
    WsFreeWriter(writer);
    WsFreeHeap(heap);
    return hr;
}

TEST(values_survive_every_failure_of_memory)
{
    static WS_XML_STRING name = STRING("e"), ns = STRING("u");
    WS_ELEMENT_DESCRIPTION element = {&name, &ns, WS_STRUCT_TYPE, NULL};
    WS_XML_WRITER *maker_writer = create_writer(NULL, 0);
    WS_HEAP *heap = create_heap(1 << 24);
    struct maker maker;
    unsigned seed;
    ULONG after;
    void *value;
    HRESULT hr;

    for (seed = 0; seed < 20; seed++)
    {
        maker_init(&maker, heap, maker_writer, seed, NULL, 0);
        element.typeDescription = make_struct(&maker);
        value = make_value(&maker, element.type, element.typeDescription);
        for (after = 0, hr = E_OUTOFMEMORY; hr != S_OK; after++)
        {
            ok(WsSetAutoFail(after, NULL));
            hr = live(&element, seed % ENCODING_COUNT, value);
            expect(hr == S_OK || hr == E_OUTOFMEMORY);
            expect(after < 20000);
        }
        expect(after > 3);
        ok(WsResetHeap(heap, NULL));
    }
    WsFreeWriter(maker_writer);
    WsFreeHeap(heap);
}
