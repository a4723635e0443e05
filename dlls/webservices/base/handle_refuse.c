/* SPDX-License-Identifier: MIT */
/* handle_refuse.c - reports a handle of the wrong kind; see handle.h. */
#include "handle.h"

#include "error.h"

static const char *tag_name(uint32_t tag)
{
    switch (tag)
    {
    case HANDLE_HEAP: return "a heap";
    case HANDLE_ERROR: return "an error object";
    case HANDLE_XML_BUFFER: return "an XML buffer";
    case HANDLE_XML_READER: return "an XML reader";
    case HANDLE_XML_WRITER: return "an XML writer";
    case HANDLE_MESSAGE: return "a message";
    case HANDLE_CHANNEL: return "a channel";
    case HANDLE_LISTENER: return "a listener";
    case HANDLE_FREED: return "an object that has been freed";
    default: return "not an object of this API";
    }
}

HRESULT handle_refuse(const void *object, enum handle_tag tag, WS_ERROR *error)
{
    if (!object)
        return error_report(error, E_INVALIDARG, "NULL was passed where %s is needed.", tag_name(tag));
    return error_report(error, E_INVALIDARG, "The handle %p is %s; %s is needed.", object,
                        tag_name(__atomic_load_n(&((const struct handle *)object)->tag, __ATOMIC_RELAXED)),
                        tag_name(tag));
}
