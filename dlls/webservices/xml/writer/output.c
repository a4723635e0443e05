/* SPDX-License-Identifier: MIT */
/*
 * output.c - where a writer's bytes go: a list of chunks whose bytes are never moved, so that what BYTES and BUFFERS
 * have returned stays valid until the writer gets another output; flush.c passes them to a stream.
 *
 * Chunks double in size from SMALLEST_CHUNK to LARGEST_CHUNK. If BUFFER_MAX_SIZE allows less than a chunk has room for,
 * only that much of it is used.
 */
#include "xml/writer/output.h"

#include "base/error.h"
#include "base/memory.h"
#include "xml/writer/encode_binary.h"
#include "xml/writer/start_tag.h"
#include "xml/writer/writer_object.h"

#define SMALLEST_CHUNK ((size_t)4096)
#define LARGEST_CHUNK  ((size_t)1 << 20)

/* Where the free part of the last chunk begins. */
static BYTE **chunk_pos(struct writer_output *output)
{
    return output->window_is_staging ? &output->chunk_pos : &output->pos;
}

static void set_window(struct writer_output *output, BYTE *pos, BYTE *end)
{
    output->chunk_pos = pos;
    output->chunk_end = end;
    if (!output->window_is_staging)
    {
        output->pos = pos;
        output->end = end;
    }
}

static struct writer_chunk *new_chunk(size_t capacity)
{
    struct writer_chunk *chunk;

    if (capacity > SIZE_MAX - sizeof(*chunk) || !(chunk = memory_alloc(sizeof(*chunk) + capacity, "writer output")))
        return NULL;
    chunk->next = NULL;
    chunk->capacity = capacity;
    chunk->used = 0;
    chunk->bytes = (BYTE *)(chunk + 1);
    return chunk;
}

static void free_chunks(const struct writer_output *output, struct writer_chunk *chunk)
{
    struct writer_chunk *next;

    for (; chunk; chunk = next)
    {
        next = chunk->next;
        if (chunk != &output->initial)
            memory_free(chunk);
    }
}

/* Notes how much of the last chunk is used. */
static void settle(struct writer_output *output)
{
    if (output->last)
        output->last->used = (size_t)(*chunk_pos(output) - output->last->bytes);
}

size_t output_size(const WS_XML_WRITER *writer)
{
    const struct writer_output *output = &writer->output;
    const BYTE *pos = output->window_is_staging ? output->chunk_pos : output->pos;

    return output->total + (output->last ? (size_t)(pos - output->last->bytes) : 0);
}

/* Begins to use a chunk, which follows the last one in the list. */
static void use_chunk(struct writer_output *output, struct writer_chunk *chunk, size_t limit)
{
    settle(output);
    if (output->last)
        output->total += output->last->used;
    output->last = chunk;
    set_window(output, chunk->bytes, chunk->bytes + (chunk->capacity < limit ? chunk->capacity : limit));
}

HRESULT output_more(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;
    size_t size = output_size(writer), limit = writer->properties.buffer_limit, capacity;
    struct writer_chunk *chunk = output->last ? output->last->next : output->first;

    if (size >= limit)
        return error_report(
            error, WS_E_QUOTA_EXCEEDED,
            "The writer's BUFFER_MAX_SIZE is %zu bytes: its buffer holds %zu, and has no room for more.", limit, size);
    limit -= size;
    if (!chunk)
    {
        capacity = size < SMALLEST_CHUNK ? SMALLEST_CHUNK : size > LARGEST_CHUNK ? LARGEST_CHUNK : size;
        if (!(chunk = new_chunk(capacity < limit ? capacity : limit)))
            return error_report(error, E_OUTOFMEMORY, "There is no memory to write more: the writer holds %zu bytes.",
                                size);
        if (output->last)
            output->last->next = chunk;
        else
            output->first = chunk;
    }
    use_chunk(output, chunk, limit);
    return S_OK;
}

HRESULT output_append(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;
    BYTE **pos = chunk_pos(output);
    BYTE **end = output->window_is_staging ? &output->chunk_end : &output->end;
    size_t part;
    HRESULT hr;

    while (count)
    {
        if (*pos == *end && (hr = output_more(writer, error)) != S_OK)
            return hr;
        part = (size_t)(*end - *pos) < count ? (size_t)(*end - *pos) : count;
        memcpy(*pos, bytes, part);
        *pos += part;
        bytes += part;
        count -= part;
    }
    return S_OK;
}

void output_reset(WS_XML_WRITER *writer)
{
    struct writer_output *output = &writer->output;
    struct writer_chunk *chunk, *next, *kept = NULL;
    size_t size = 0;

    for (chunk = output->first; chunk; chunk = next)
    {
        next = chunk->next;
        if (chunk == &output->initial)
            continue;
        if (chunk->capacity <= writer->properties.buffer_trim_size &&
            size <= writer->properties.buffer_trim_size - chunk->capacity)
        {
            size += chunk->capacity;
            chunk->next = kept;
            kept = chunk;
        }
        else
            memory_free(chunk);
    }
    free_chunks(output, output->retired);
    output->retired = NULL;
    output->pieces = NULL;
    output->piece_count = 0;
    output->first = kept;
    output->last = NULL;
    output->total = 0;
    if (writer->properties.initial_buffer.length)
    {
        output->initial.bytes = writer->properties.initial_buffer.bytes;
        output->initial.capacity = writer->properties.initial_buffer.length;
        output->initial.used = 0;
        output->initial.next = kept;
        output->first = &output->initial;
    }
    set_window(output, NULL, NULL);
}

void output_release(WS_XML_WRITER *writer)
{
    struct writer_output *output = &writer->output;

    free_chunks(output, output->first);
    free_chunks(output, output->retired);
    output->first = output->last = output->retired = NULL;
}

/*
 * The chunks that are joined stay, because they may have been returned as BUFFERS. The new one has room for as much
 * again, so that however often the bytes are asked for, each is copied only a few times.
 */
static HRESULT join_chunks(WS_XML_WRITER *writer, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;
    size_t size = output_size(writer), limit = writer->properties.buffer_limit;
    struct writer_chunk *joined, *chunk;

    if (!(joined = new_chunk(size <= limit / 2 ? size * 2 : limit)))
        return error_report(error, E_OUTOFMEMORY, "There is no memory to join the bytes written: they are %zu.", size);
    settle(output);
    for (chunk = output->first;; chunk = chunk->next)
    {
        memcpy(joined->bytes + joined->used, chunk->bytes, chunk->used);
        joined->used += chunk->used;
        if (chunk == output->last)
            break;
    }
    joined->next = output->last->next;
    output->last->next = output->retired;
    output->retired = output->first;
    output->first = output->last = joined;
    output->total = 0;
    set_window(output, joined->bytes + size, joined->bytes + joined->capacity);
    return S_OK;
}

HRESULT output_get_bytes(WS_XML_WRITER *writer, WS_BYTES *bytes, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;
    HRESULT hr;

    writer_binary_settle(writer->binary);
    if (output->first != output->last && output->last &&
        ((hr = writer_leave_fast(writer, error)) != S_OK || (hr = join_chunks(writer, error)) != S_OK))
        return hr;
    bytes->length = (ULONG)output_size(writer);
    /* Never NULL, as observed on Windows. */
    bytes->bytes = output->last ? output->last->bytes : xml_empty.bytes;
    return S_OK;
}

HRESULT output_get_buffers(WS_XML_WRITER *writer, WS_BUFFERS *buffers, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;
    struct writer_chunk *chunk, *memory;
    ULONG count = 0, i;

    writer_binary_settle(writer->binary);
    settle(output);
    if (output->last)
        for (count = 1, chunk = output->first; chunk != output->last; chunk = chunk->next)
            count++;
    /* The list that was returned last is returned again if only the length of its last piece has changed. */
    if (count != output->piece_count || (count && output->pieces[0].bytes != output->first->bytes))
    {
        if (!(memory = new_chunk(count * sizeof(WS_BYTES))))
            return error_report(error, E_OUTOFMEMORY, "There is no memory for the list of buffers: they are %u.",
                                (unsigned)count);
        memory->next = output->retired;
        output->retired = memory;
        output->pieces = (WS_BYTES *)(void *)memory->bytes;
        output->piece_count = count;
    }
    for (i = 0, chunk = output->first; i < count; i++, chunk = chunk->next)
    {
        output->pieces[i].length = (ULONG)chunk->used;
        output->pieces[i].bytes = chunk->bytes;
    }
    buffers->bufferCount = count;
    buffers->buffers = output->pieces;
    return S_OK;
}

HRESULT writer_more_room(WS_XML_WRITER *writer, WS_ERROR *error)
{
    return writer->output.window_is_staging ? writer->drain(writer, error) : output_more(writer, error);
}

NOINLINE HRESULT writer_put_slow(WS_XML_WRITER *writer, const BYTE *bytes, size_t count, WS_ERROR *error)
{
    struct writer_output *output = &writer->output;
    size_t part;
    HRESULT hr;

    while (count)
    {
        if (output->pos == output->end && (hr = writer_more_room(writer, error)) != S_OK)
            return hr;
        part = (size_t)(output->end - output->pos) < count ? (size_t)(output->end - output->pos) : count;
        memcpy(output->pos, bytes, part);
        output->pos += part;
        bytes += part;
        count -= part;
    }
    return S_OK;
}
