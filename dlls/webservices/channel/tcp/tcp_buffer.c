/* SPDX-License-Identifier: MIT */
/* tcp_buffer.c - see tcp_buffer.h. */
#include "tcp_buffer.h"

#include "base/annotate.h"
#include "base/error.h"
#include "base/memory.h"
#include "channel/io/thread.h"

#include <string.h>

/* --- Memory --- */

/* Blocks have a power of two of bytes. Those up to LARGEST_KEPT are kept, up to KEPT_OF_CLASS bytes of each size. */
#define SMALLEST      ((size_t)8192)
#define CLASSES       6u
#define LARGEST_KEPT  (SMALLEST << (CLASSES - 1))
#define KEPT_OF_CLASS ((size_t)1 << 20)

struct block
{
    struct block *next;
};

static struct mutex blocks_lock = MUTEX_INIT;
static struct
{
    struct block *first;
    size_t size;
} blocks[CLASSES];

/* The smallest size of a block that has so much room; 0: there is none. */
static size_t block_size(size_t room)
{
    size_t size = SMALLEST;

    while (size && size < room)
        size <<= 1;
    return size;
}

static unsigned class_of(size_t size)
{
    unsigned i = 0;

    while (SMALLEST << i < size)
        i++;
    return i;
}

static BYTE *take_block(size_t size)
{
    struct block *block = NULL;
    unsigned i = class_of(size);

    if (size <= LARGEST_KEPT)
    {
        mutex_lock(&blocks_lock);
        if ((block = blocks[i].first))
        {
            blocks[i].first = block->next;
            blocks[i].size -= size;
            annotate_allocated(block, size);
        }
        mutex_unlock(&blocks_lock);
    }
    return block ? (BYTE *)block : memory_alloc(size, "received bytes");
}

static void give_block(BYTE *bytes, size_t size)
{
    struct block *block = (struct block *)(void *)bytes;
    unsigned i = class_of(size);

    if (bytes && size <= LARGEST_KEPT)
    {
        mutex_lock(&blocks_lock);
        if (blocks[i].size < KEPT_OF_CLASS)
        {
            block->next = blocks[i].first;
            blocks[i].first = block;
            blocks[i].size += size;
            annotate_free(block + 1, size - sizeof(*block));
            block = NULL;
        }
        mutex_unlock(&blocks_lock);
    }
    memory_free(block);
}

void tcp_buffer_release_all(void)
{
    unsigned i;

    for (i = 0; i < CLASSES; i++)
    {
        struct block *block;

        mutex_lock(&blocks_lock);
        block = blocks[i].first;
        blocks[i].first = NULL;
        blocks[i].size = 0;
        mutex_unlock(&blocks_lock);
        while (block)
        {
            struct block *next = block->next;

            annotate_returned(block, SMALLEST << i);
            memory_free(block);
            block = next;
        }
    }
}

/* --- Buffers --- */

void tcp_buffer_release(struct tcp_buffer *buffer)
{
    give_block(buffer->bytes, buffer->room);
    memset(buffer, 0, sizeof(*buffer));
}

void tcp_buffer_begin(struct tcp_buffer *buffer)
{
    buffer->keeps = true;
    buffer->message = buffer->start;
    buffer->message_size = 0;
}

void tcp_buffer_end(struct tcp_buffer *buffer)
{
    buffer->keeps = false;
    if (buffer->start == buffer->end)
        tcp_buffer_release(buffer);
}

void tcp_buffer_add(struct tcp_buffer *buffer, const BYTE *bytes, size_t length)
{
    BYTE *to = buffer->bytes + buffer->message + buffer->message_size;

    if (to != bytes && length)
        memmove(to, bytes, length);
    buffer->message_size += length;
}

HRESULT tcp_buffer_read(struct tcp_buffer *buffer, struct framing *framing, enum framing_event *event,
                        struct framing_input *input, WS_ERROR *error)
{
    static const BYTE nothing[1] = {0};
    const BYTE *bytes = buffer->bytes ? buffer->bytes + buffer->start : nothing;
    size_t used;
    HRESULT hr = framing_read(framing, bytes, buffer->end - buffer->start, &used, event, input, error);

    buffer->start += used;
    return hr;
}

/* Moves the message, and what has not been used, to the beginning of `to`. */
static void compact(struct tcp_buffer *buffer, BYTE *to)
{
    size_t unused = buffer->end - buffer->start, message = buffer->keeps ? buffer->message_size : 0;

    if (message)
        memmove(to, buffer->bytes + buffer->message, message);
    if (unused)
        memmove(to + message, buffer->bytes + buffer->start, unused);
    buffer->message = 0;
    buffer->start = message;
    buffer->end = message + unused;
}

/*
 * Makes room for at least one byte. What is wanted is what a peer says, so the buffer grows no faster than to twice of
 * what has come.
 */
static bool make_room(struct tcp_buffer *buffer, size_t wanted)
{
    size_t held = (buffer->keeps ? buffer->message_size : 0) + buffer->end - buffer->start, size;
    BYTE *grown;

    if (buffer->bytes && (buffer->room - buffer->end >= wanted || buffer->room - buffer->end >= buffer->room / 2))
        return true;
    /* It fits, or much of it would. */
    if (buffer->bytes && held <= buffer->room / 2 && wanted <= buffer->room - held)
    {
        compact(buffer, buffer->bytes);
        return true;
    }
    if (wanted > LARGEST_KEPT / 4 && wanted > held)
        wanted = held > LARGEST_KEPT / 4 ? held : LARGEST_KEPT / 4;
    if (!(size = block_size(held + wanted)))
        return false;
    if (buffer->bytes && size <= buffer->room)
    {
        compact(buffer, buffer->bytes);
        return buffer->end < buffer->room;
    }
    if (!(grown = take_block(size)))
        return false;
    if (buffer->bytes)
        compact(buffer, grown);
    give_block(buffer->bytes, buffer->room);
    buffer->bytes = grown;
    buffer->room = size;
    return true;
}

HRESULT tcp_buffer_receive(struct tcp_buffer *buffer, struct socket *socket, struct operation *op, size_t wanted,
                           enum receive_hint hint, WS_ERROR *error)
{
    size_t received = 0;
    HRESULT hr;

    if (!make_room(buffer, wanted ? wanted : 1))
        return error_report(error, E_OUTOFMEMORY, "There is no memory for %zu more bytes that are received.", wanted);
    hr = socket_receive(socket, op, buffer->bytes + buffer->end, buffer->room - buffer->end, hint, &received, error);
    if (hr == OPERATION_WAITS && !buffer->keeps && buffer->start == buffer->end)
        tcp_buffer_release(buffer);
    if (hr != S_OK)
        return hr;
    buffer->end += received;
    return received ? S_OK : S_FALSE;
}
