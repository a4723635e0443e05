/* SPDX-License-Identifier: MIT */
/*
 * descriptions.h - descriptions of types, with values for them, made out of choices; and what must be read of a value
 * that was written: a model, which shares nothing with the code that it judges.
 *
 * Whatever the choices are, the description is a valid one, and XML says without ambiguity which value was written:
 * fields have names of their own; what a field for any element takes is in a namespace of its own.
 */
#ifndef WS_SUPPORT_DESCRIPTIONS_H
#define WS_SUPPORT_DESCRIPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "webservices.h"

#define MAKER_STRUCTS 16u

struct maker
{
    const uint8_t *bytes; /* where choices come from; NULL: from `state` */
    size_t left;          /* of the bytes: after the last one all choices are the first of what there is */
    uint32_t state;
    WS_HEAP *heap;         /* for all that is made */
    WS_XML_WRITER *writer; /* for XML buffers */
    bool for_schema;       /* set after maker_init(): only what XML Schema can say, in one namespace; with facets */
    bool beside_tag;       /* a value for an attribute or a text is made */
    unsigned names;        /* that have been given */
    unsigned fields_left, values_left;
    WS_STRUCT_DESCRIPTION *structs[MAKER_STRUCTS]; /* that fields can be of; with a size of 0, still being made */
    unsigned struct_count;
};

/* A maker of what bytes say, or of random things, which are the same for each seed; `bytes` is NULL then. */
void maker_init(struct maker *maker, WS_HEAP *heap, WS_XML_WRITER *writer, uint32_t seed, const uint8_t *bytes,
                size_t count);

/* A number below `count`; one of 64 bits, of interesting ones in the first place. */
unsigned choose(struct maker *maker, unsigned count);
uint64_t choose_number(struct maker *maker);

/* Memory that is all zeros. */
void *take(struct maker *maker, size_t size);

/* A structure, or a type of any other kind, that an element can be of. *description: what goes with it, or NULL. */
WS_STRUCT_DESCRIPTION *make_struct(struct maker *maker);
WS_TYPE make_type(struct maker *maker, void **description);

/* A value of it, in memory of its own. */
void *make_value(struct maker *maker, WS_TYPE type, const void *description);

/* A description that leaves values of a simple type out, or NULL; and a value moved to within one. */
void *make_facets(struct maker *maker, WS_TYPE type);
void fit_value(struct maker *maker, WS_TYPE type, const void *description, void *value);

/* sizeof() of a value. */
size_t described_size(WS_TYPE type, const void *description);

/* Whether a field has its place in the XML of every value. */
bool is_always_there(const WS_FIELD_DESCRIPTION *field);

/* Whether `read` is what must be read where `written` was written. `reader` is for XML buffers. */
bool is_as_written(WS_XML_READER *reader, WS_TYPE type, const void *description, const void *written, const void *read);
/* The same for a field; the two are structures. */
bool field_is_as_written(WS_XML_READER *reader, const WS_FIELD_DESCRIPTION *field, const void *written,
                         const void *read);
/* The innermost field that is not. */
extern const WS_FIELD_DESCRIPTION *differing_field;
/* Whether a field has what a missing one is set to. */
bool field_is_missing(const WS_FIELD_DESCRIPTION *field, const void *structure);

#endif
