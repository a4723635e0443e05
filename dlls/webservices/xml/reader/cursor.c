/* SPDX-License-Identifier: MIT */
/*
 * cursor.c - what all functions that read have in common: how a call begins and ends, and the move to the next node;
 * see reader.h.
 *
 * All moves go through reader_next(), except those to a position in an XML buffer and to an attribute: so the work that
 * is due before a node is left has one place, and costs nothing when there is none.
 *
 * What `state` is, and who moves it:
 *
 *     READER_NO_INPUT --WsSetInput----------> READER_READY --a move that is starved--> READER_PENDING
 *            |                                     ^                                      |
 *            |                                     `---the next call that needs the node--'
 *            `--WsSetInputToBuffer--> READER_TREE
 *
 * During a callback of the caller's, a fill and reader_hold() READER_READY, _TREE and _PENDING become READER_BUSY, and
 * afterwards what they were. Any failure but a refusal makes it READER_FAULTED. From anywhere but READER_BUSY,
 * WsSetInput makes it READER_READY and WsSetInputToBuffer READER_TREE, and WsReadXmlBufferFromBytes leaves it
 * READER_NO_INPUT. What the reader is at, in each:
 *
 *                      node                   in_attribute   leave_work         input
 *     READY            any                    no             not LEAVE_DONE     bytes, or none: at EOF
 *                      its text, or EOF       yes
 *     TREE             that of tree_node      no             not LEAVE_DONE     an XML buffer
 *                      its text, or EOF       yes
 *     PENDING          the one to be left     no             LEAVE_DONE         a stream
 *     NO_INPUT         EOF                    no             0                  none
 *     FAULTED          the last one that was read well
 */
#include "xml/reader/decoder.h"

#include "base/error.h"
#include "base/memory.h"

#ifdef WS_CHECK_STATE
#include <assert.h>

/* What of the text shown has been read. */
static void check_text(const WS_XML_READER *reader)
{
    const struct reader_base64 *base64 = &reader->base64;

    assert(reader->text_bytes || !reader->text_length);
    assert(reader->text_begun || (!reader->text_bytes && !reader->bytes_used && !reader->low_surrogate));
    assert(reader->text_begun || (!base64->quantum_count && !base64->left_count && !base64->padded));
    assert(base64->quantum_count < 4 && base64->left_pos <= base64->left_count);
}

static void check_node(const WS_XML_READER *reader)
{
    WS_XML_NODE_TYPE type = reader->node->nodeType;

    if (reader->in_attribute)
    {
        assert(reader->node == &reader->attribute_text.node || reader->node == &reader_eof);
        assert(reader->attribute_of->nodeType == WS_XML_NODE_TYPE_ELEMENT);
    }
    else if (reader->state == READER_TREE)
        assert(reader->node == &reader->tree_node->shown.node);
    else if (type == WS_XML_NODE_TYPE_ELEMENT)
        assert(reader->node == &reader->element->shown.node && reader->scope.depth);
    else if (type == WS_XML_NODE_TYPE_EOF)
        assert(reader->node == &reader_eof && !reader->scope.depth);
    else
        assert(reader->node != &reader->attribute_text.node);
}

static void check_input(const WS_XML_READER *reader)
{
    const struct reader_input *input = &reader->input;

    assert((uintptr_t)reader->pos <= (uintptr_t)reader->end);
    assert(!input->utf16 || (uintptr_t)input->raw <= (uintptr_t)input->raw_end);
    assert(!input->utf16 || reader->transient);
    assert(!reader->tree == !reader->tree_node);
    assert(!reader->tree || (!input->callback && !reader->scope.depth && !reader->mtom));
}

void reader_check_state(const WS_XML_READER *reader)
{
    if (reader->state == READER_BUSY)
        return;
    assert(!reader->hold);
    assert(!reader->canonical.form == !reader->observer);
    assert(!reader->observer == !(reader->leave_work & LEAVE_OBSERVER));
    if (reader->state == READER_FAULTED)
        return;
    /* The table above. */
    assert(!reader->free_later);
    assert((reader->state == READER_TREE) == (reader->tree != NULL));
    assert((reader->state == READER_PENDING) == ((reader->leave_work & LEAVE_DONE) != 0));
    assert(reader->state != READER_PENDING || (reader->input.callback && !reader->in_attribute));
    assert(reader->state != READER_NO_INPUT || (reader->node == &reader_eof && !reader->in_attribute));
    if (reader->state == READER_READY || reader->state == READER_TREE)
        check_node(reader);
    check_text(reader);
    check_input(reader);

    /* Memory of the node is freed when the reader leaves it. */
    assert(reader->decoded == &reader->arenas[0] || reader->decoded == &reader->arenas[1]);
    assert(reader->leave_work || !arena_requested(reader->decoded));
}
#endif

/* --- Calls --- */

COLD HRESULT reader_enter_slow(WS_XML_READER *reader, WS_ERROR *error)
{
    if (!handle_is(reader, HANDLE_XML_READER))
        return handle_refuse(reader, HANDLE_XML_READER, error);
    reader_check_state(reader);
    switch (reader->state)
    {
    case READER_TREE:
        if (reader->tree_node->tag == XML_NODE_LIVE)
            return S_OK;
        return error_report(
            error, WS_E_INVALID_OPERATION,
            "The node that the reader is at has been removed from its XML buffer: WsSetReaderPosition makes "
            "the reader usable again.");
    case READER_PENDING: reader->state = READER_READY; return reader_finish(reader, reader_next(reader, error), error);
    case READER_NO_INPUT:
        return error_report(error, WS_E_INVALID_OPERATION,
                            "The reader has no input: WsSetInput or WsSetInputToBuffer gives it one.");
    case READER_BUSY: return reader_refuse_busy(error);
    case READER_FAULTED:
        return error_report(
            error, WS_E_OBJECT_FAULTED,
            "The reader is faulted: an earlier operation has failed. WsSetInput makes it usable again.");
    default: return S_OK;
    }
}

HRESULT reader_enter_with_heap(WS_XML_READER *reader, WS_HEAP *heap, WS_ERROR *error)
{
    if (handle_is(reader, HANDLE_XML_READER) && !handle_is(heap, HANDLE_HEAP))
        return handle_refuse(heap, HANDLE_HEAP, error);
    return reader_enter(reader, error);
}

COLD HRESULT reader_finish_slow(WS_XML_READER *reader, HRESULT hr, WS_ERROR *error)
{
    if (hr == READER_STARVED)
        hr = reader_report(reader, WS_E_QUOTA_EXCEEDED, error,
                           "More of the stream is needed than has been buffered with WsFillReader.");
    if (FAILED(hr) && hr != E_INVALIDARG && hr != WS_E_INVALID_OPERATION)
        reader->state = READER_FAULTED;
    if (UNLIKELY(reader->free_later) && FAILED(hr) && !reader->hold)
        reader_free_now(reader);
    return hr;
}

/* --- Operations of other folders --- */

HRESULT reader_end_use(WS_XML_READER *reader, HRESULT hr, WS_ERROR *error)
{
    hr = reader_finish(reader, hr, error);
    if (--reader->uses)
        return hr;
    if (arena_requested(&reader->scratch))
    {
        arena_reset(&reader->scratch);
        memset(reader->free_pieces, 0, sizeof(reader->free_pieces));
    }
    if (UNLIKELY(reader->gathered.room > READER_DECODED_TRIM))
    {
        memory_free(reader->gathered.bytes);
        reader->gathered = (struct reader_bytes){NULL, 0};
    }
    if (UNLIKELY(reader->free_later) && !reader->hold)
        reader_free_now(reader);
    return hr;
}

struct reader_piece *reader_take_piece(WS_XML_READER *reader, size_t size, ULONG size_class)
{
    struct reader_piece *piece;

    while (size_class < READER_PIECE_CLASSES && ((size_t)1 << size_class) - sizeof(*piece) < size)
        size_class++;
    if (size_class >= READER_PIECE_CLASSES)
        return NULL;
    if ((piece = reader->free_pieces[size_class]))
        reader->free_pieces[size_class] = piece->next;
    else if (!(piece = arena_alloc(&reader->scratch, (size_t)1 << size_class)))
        return NULL;
    piece->next = NULL;
    piece->count = 0;
    piece->size_class = size_class;
    return piece;
}

HRESULT reader_check_heap(const WS_XML_READER *reader, WS_ERROR *error)
{
    const struct reader_heap *used = &reader->heap;

    if (LIKELY(!used->heap || (handle_is(used->heap, HANDLE_HEAP) && used->heap->generation == used->generation)))
        return S_OK;
    return error_report(error, WS_E_INVALID_OPERATION, "The heap was freed or reset while it was needed.");
}

enum reader_state reader_enter_callback(WS_XML_READER *reader)
{
    enum reader_state before = reader->state;

    reader->state = READER_BUSY;
    callback_begin(&reader->use);
    return before;
}

HRESULT reader_leave_callback(WS_XML_READER *reader, enum reader_state before, HRESULT hr, const char *what, ULONG mark,
                              WS_ERROR *error)
{
    reader->free_later |= callback_end(&reader->use);
    reader->state = before;
    if ((hr = callback_result(hr, what, mark, error)) != S_OK)
        return hr;
    return reader->free_later ? callback_freed("reader", error) : reader_check_heap(reader, error);
}

HRESULT reader_hold(struct reader_hold *hold, WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr = reader_enter(reader, error);

    if (hr != S_OK)
        return hr;
    hold->reader = reader;
    hold->node = reader->node;
    hold->freed = false;
    reader->hold = hold;
    reader->state = READER_BUSY;
    return S_OK;
}

void reader_let_go(struct reader_hold *hold)
{
    WS_XML_READER *reader = hold->reader;

    /* Else it is faulted, or pending. */
    if (reader->state == READER_BUSY)
        reader->state = reader->tree ? READER_TREE : READER_READY;
    reader->hold = NULL;
    if (UNLIKELY(reader->free_later))
        reader_free_now(reader);
}

HRESULT reader_step(struct reader_hold *hold, bool is_last, WS_ERROR *error)
{
    HRESULT hr = reader_next(hold->reader, error);

    hold->node = hold->reader->node;
    return hr == READER_STARVED && is_last ? S_OK : reader_finish(hold->reader, hr, error);
}

void reader_fault(WS_XML_READER *reader)
{
    reader->state = READER_FAULTED;
}

const WS_XML_NODE *reader_node(const WS_XML_READER *reader)
{
    return reader->node;
}

/* --- Moves --- */

/* In an attribute there is its text, then the end. */
static NOINLINE HRESULT next_in_attribute(WS_XML_READER *reader, WS_ERROR *error)
{
    if (reader->node == &reader_eof)
        return error_report(error, WS_E_INVALID_OPERATION, "The reader is at the end of an attribute already.");
    reader_end_text(reader);
    reader->node = &reader_eof;
    return S_OK;
}

/*
 * If the node shown has memory in an arena, the next node uses the other one: the memory stays until the reader leaves
 * the next node too, or longer, unless it is much.
 */
static void change_arenas(WS_XML_READER *reader)
{
    struct arena *shown = reader->decoded, *other = &reader->arenas[shown == &reader->arenas[0]];

    if (arena_requested(shown))
    {
        reader_empty_arena(other);
        reader->decoded = other;
        if (shown->actual > READER_DECODED_TRIM)
            reader->leave_work |= LEAVE_MEMORY;
    }
    else if (other->actual > READER_DECODED_TRIM)
        arena_reset(other);
}

static NOINLINE HRESULT leave_node(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr;

    if (reader->leave_work & LEAVE_DONE)
    {
        /* What was decoded when the move was tried is in the arena for the next node. */
        reader->leave_work &= ~(unsigned)LEAVE_DONE;
        reader_empty_arena(reader->decoded);
        return S_OK;
    }
    if ((reader->leave_work & LEAVE_OBSERVER) && (hr = reader->observer->leave(reader, error)) != S_OK)
        return hr;
    reader->leave_work &= LEAVE_OBSERVER;
    change_arenas(reader);
    return S_OK;
}

static inline HRESULT next(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr;

    if (UNLIKELY(reader->in_attribute))
        return next_in_attribute(reader, error);
    if (UNLIKELY(reader->node->nodeType == WS_XML_NODE_TYPE_EOF))
        return error_report(error, WS_E_INVALID_OPERATION, "The reader is at the end of the document already.");
    if (UNLIKELY(reader->leave_work) && (hr = leave_node(reader, error)) != S_OK)
        return hr;
    reader_end_text(reader);
    hr = reader->decoder->next(reader, error);
    if (UNLIKELY(reader->input.shown.bytes != NULL) && hr == S_OK)
        reader_forget_shown(reader);
    if (UNLIKELY(hr == READER_STARVED))
    {
        reader->state = READER_PENDING;
        reader->leave_work |= LEAVE_DONE;
    }
    return hr;
}

HRESULT reader_next(WS_XML_READER *reader, WS_ERROR *error)
{
    return next(reader, error);
}

HRESULT reader_next_markup(WS_XML_READER *reader, WS_ERROR *error)
{
    if (reader->decoder->skip_space && !(reader->leave_work & (LEAVE_OBSERVER | LEAVE_DONE)))
        reader->decoder->skip_space(reader);
    return next(reader, error);
}

HRESULT reader_next_or_later(WS_XML_READER *reader, WS_ERROR *error)
{
    HRESULT hr = reader_next(reader, error);

    return hr == READER_STARVED ? S_OK : hr;
}
