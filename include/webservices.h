/* SPDX-License-Identifier: MIT */
/*
 * webservices.h - the Windows Web Services API (WWSAPI)
 *
 * The public interface of webservices.dll: SOAP services and their clients, and the XML readers and writers
 * underneath. It is written for this project from the API's reference documentation and machine-readable metadata:
 * names, values and layouts are Windows' own, and tests/abi checks every one of them. No text of another header is in
 * it.
 *
 * How to read it. Topics build on each other; "==== Name ====" starts one, and what it is for stands there. A
 * declaration has a comment where its name does not say enough. The words beside a property tell the type of its
 * value and its default.
 *
 * Conventions that hold everywhere:
 *  - Functions return S_OK or another success code, or an error code; then the error object, if one was passed, says
 *    more. Out parameters are meaningful after success only.
 *  - Objects are created by WsCreateX and released by WsFreeX. What a Get function returns belongs to its object,
 *    unless it takes a heap.
 *  - Properties are passed as an array and its count, NULL and 0 for none; a value is a pointer and its size.
 *  - _In_, _Out_, _Outptr_ and the like say which way a pointer's data goes, _opt_ that the pointer may be NULL,
 *    _reads_ and _writes_ how many items or bytes it points to.
 *
 * It includes windows.h: a program that needs winsock2.h includes that before it, as before windows.h itself.
 */

#ifndef WEBSERVICES_H
#define WEBSERVICES_H

#ifdef _WIN32
#include <windows.h>
/* DECIMAL, when windows.h is lean; wtypes.h by itself would add what lean leaves out. */
#ifndef COM_NO_WINDOWS_H
#define COM_NO_WINDOWS_H
#define WEBSERVICES_COM_NO_WINDOWS_H
#endif
#include <wtypes.h>
#ifdef WEBSERVICES_COM_NO_WINDOWS_H
#undef WEBSERVICES_COM_NO_WINDOWS_H
#undef COM_NO_WINDOWS_H
#endif
#include <sal.h>
#else
#include "windows-types.h"
#endif

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Handles. One thread at a time may use these objects: */

typedef struct _WS_ERROR WS_ERROR;
typedef struct _WS_HEAP WS_HEAP;
typedef struct _WS_MESSAGE WS_MESSAGE;
typedef struct _WS_METADATA WS_METADATA;
typedef struct _WS_OPERATION_CONTEXT WS_OPERATION_CONTEXT;
typedef struct _WS_POLICY WS_POLICY;
typedef struct _WS_SECURITY_CONTEXT WS_SECURITY_CONTEXT;
typedef struct _WS_SECURITY_TOKEN WS_SECURITY_TOKEN;
typedef struct _WS_XML_BUFFER WS_XML_BUFFER;
typedef struct _WS_XML_READER WS_XML_READER;
typedef struct _WS_XML_WRITER WS_XML_WRITER;

/* Several threads may use these at once: */

typedef struct _WS_CHANNEL WS_CHANNEL;
typedef struct _WS_LISTENER WS_LISTENER;
typedef struct _WS_SERVICE_HOST WS_SERVICE_HOST;
typedef struct _WS_SERVICE_PROXY WS_SERVICE_PROXY;

/* Structures of Windows that are only pointed to: wincrypt.h and schannel.h define them. */

struct _CERT_CONTEXT;
struct _SecPkgContext_IssuerListInfoEx;

/* Structures that are pointed to before their topic comes. */

typedef struct _WS_ASYNC_OPERATION WS_ASYNC_OPERATION;
typedef struct _WS_XML_DICTIONARY WS_XML_DICTIONARY;
typedef struct _WS_STRUCT_DESCRIPTION WS_STRUCT_DESCRIPTION;
typedef struct _WS_ENDPOINT_ADDRESS WS_ENDPOINT_ADDRESS;
typedef struct _WS_ENDPOINT_IDENTITY WS_ENDPOINT_IDENTITY;
typedef struct _WS_FAULT_CODE WS_FAULT_CODE;
typedef struct _WS_SECURITY_DESCRIPTION WS_SECURITY_DESCRIPTION;
typedef struct _WS_SECURITY_BINDING WS_SECURITY_BINDING;
typedef struct _WS_SECURITY_CONSTRAINTS WS_SECURITY_CONSTRAINTS;
typedef struct _WS_POLICY_CONSTRAINTS WS_POLICY_CONSTRAINTS;

/* ==== Return Values ====
 *
 * Functions return S_OK, one of the codes below, or another system code such as E_INVALIDARG or E_OUTOFMEMORY. A code
 * that a newer winerror.h already defines is left alone.
 */

#ifndef WS_S_ASYNC
#define WS_S_ASYNC ((HRESULT)0x003D0000) /* the work goes on; the callback will be told how it ended */
#endif
#ifndef WS_S_END
#define WS_S_END ((HRESULT)0x003D0001) /* no more messages */
#endif
#ifndef WS_E_INVALID_FORMAT
#define WS_E_INVALID_FORMAT ((HRESULT)0x803D0000) /* the input does not follow its format */
#endif
#ifndef WS_E_OBJECT_FAULTED
#define WS_E_OBJECT_FAULTED ((HRESULT)0x803D0001) /* an earlier failure left the object unusable */
#endif
#ifndef WS_E_NUMERIC_OVERFLOW
#define WS_E_NUMERIC_OVERFLOW ((HRESULT)0x803D0002)
#endif
#ifndef WS_E_INVALID_OPERATION
#define WS_E_INVALID_OPERATION ((HRESULT)0x803D0003) /* not allowed in the object's present state */
#endif
#ifndef WS_E_OPERATION_ABORTED
#define WS_E_OPERATION_ABORTED ((HRESULT)0x803D0004) /* an abort function was called meanwhile */
#endif
#ifndef WS_E_ENDPOINT_ACCESS_DENIED
#define WS_E_ENDPOINT_ACCESS_DENIED ((HRESULT)0x803D0005)
#endif
#ifndef WS_E_OPERATION_TIMED_OUT
#define WS_E_OPERATION_TIMED_OUT ((HRESULT)0x803D0006)
#endif
#ifndef WS_E_OPERATION_ABANDONED
#define WS_E_OPERATION_ABANDONED ((HRESULT)0x803D0007) /* the caller no longer waits for the result */
#endif
#ifndef WS_E_QUOTA_EXCEEDED
#define WS_E_QUOTA_EXCEEDED ((HRESULT)0x803D0008) /* a size or a count went over its limit */
#endif
#ifndef WS_E_NO_TRANSLATION_AVAILABLE
#define WS_E_NO_TRANSLATION_AVAILABLE ((HRESULT)0x803D0009) /* no text for the code in the error object's language */
#endif
#ifndef WS_E_SECURITY_VERIFICATION_FAILURE
#define WS_E_SECURITY_VERIFICATION_FAILURE ((HRESULT)0x803D000A)
#endif
#ifndef WS_E_ADDRESS_IN_USE
#define WS_E_ADDRESS_IN_USE ((HRESULT)0x803D000B)
#endif
#ifndef WS_E_ADDRESS_NOT_AVAILABLE
#define WS_E_ADDRESS_NOT_AVAILABLE ((HRESULT)0x803D000C) /* not an address of this computer */
#endif
#ifndef WS_E_ENDPOINT_NOT_FOUND
#define WS_E_ENDPOINT_NOT_FOUND ((HRESULT)0x803D000D)
#endif
#ifndef WS_E_ENDPOINT_NOT_AVAILABLE
#define WS_E_ENDPOINT_NOT_AVAILABLE ((HRESULT)0x803D000E)
#endif
#ifndef WS_E_ENDPOINT_FAILURE
#define WS_E_ENDPOINT_FAILURE ((HRESULT)0x803D000F)
#endif
#ifndef WS_E_ENDPOINT_UNREACHABLE
#define WS_E_ENDPOINT_UNREACHABLE ((HRESULT)0x803D0010)
#endif
#ifndef WS_E_ENDPOINT_ACTION_NOT_SUPPORTED
#define WS_E_ENDPOINT_ACTION_NOT_SUPPORTED ((HRESULT)0x803D0011) /* the service does not know the message's action */
#endif
#ifndef WS_E_ENDPOINT_TOO_BUSY
#define WS_E_ENDPOINT_TOO_BUSY ((HRESULT)0x803D0012)
#endif
#ifndef WS_E_ENDPOINT_FAULT_RECEIVED
#define WS_E_ENDPOINT_FAULT_RECEIVED ((HRESULT)0x803D0013) /* the answer is a fault: see WsGetFaultErrorProperty */
#endif
#ifndef WS_E_ENDPOINT_DISCONNECTED
#define WS_E_ENDPOINT_DISCONNECTED ((HRESULT)0x803D0014)
#endif
#ifndef WS_E_PROXY_FAILURE
#define WS_E_PROXY_FAILURE ((HRESULT)0x803D0015)
#endif
#ifndef WS_E_PROXY_ACCESS_DENIED
#define WS_E_PROXY_ACCESS_DENIED ((HRESULT)0x803D0016)
#endif
#ifndef WS_E_NOT_SUPPORTED
#define WS_E_NOT_SUPPORTED ((HRESULT)0x803D0017)
#endif
#ifndef WS_E_PROXY_REQUIRES_BASIC_AUTH
#define WS_E_PROXY_REQUIRES_BASIC_AUTH ((HRESULT)0x803D0018)
#endif
#ifndef WS_E_PROXY_REQUIRES_DIGEST_AUTH
#define WS_E_PROXY_REQUIRES_DIGEST_AUTH ((HRESULT)0x803D0019)
#endif
#ifndef WS_E_PROXY_REQUIRES_NTLM_AUTH
#define WS_E_PROXY_REQUIRES_NTLM_AUTH ((HRESULT)0x803D001A)
#endif
#ifndef WS_E_PROXY_REQUIRES_NEGOTIATE_AUTH
#define WS_E_PROXY_REQUIRES_NEGOTIATE_AUTH ((HRESULT)0x803D001B)
#endif
#ifndef WS_E_SERVER_REQUIRES_BASIC_AUTH
#define WS_E_SERVER_REQUIRES_BASIC_AUTH ((HRESULT)0x803D001C)
#endif
#ifndef WS_E_SERVER_REQUIRES_DIGEST_AUTH
#define WS_E_SERVER_REQUIRES_DIGEST_AUTH ((HRESULT)0x803D001D)
#endif
#ifndef WS_E_SERVER_REQUIRES_NTLM_AUTH
#define WS_E_SERVER_REQUIRES_NTLM_AUTH ((HRESULT)0x803D001E)
#endif
#ifndef WS_E_SERVER_REQUIRES_NEGOTIATE_AUTH
#define WS_E_SERVER_REQUIRES_NEGOTIATE_AUTH ((HRESULT)0x803D001F)
#endif
#ifndef WS_E_INVALID_ENDPOINT_URL
#define WS_E_INVALID_ENDPOINT_URL ((HRESULT)0x803D0020)
#endif
#ifndef WS_E_OTHER
#define WS_E_OTHER ((HRESULT)0x803D0021) /* nothing more precise; see WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE */
#endif
#ifndef WS_E_SECURITY_TOKEN_EXPIRED
#define WS_E_SECURITY_TOKEN_EXPIRED ((HRESULT)0x803D0022)
#endif
#ifndef WS_E_SECURITY_SYSTEM_FAILURE
#define WS_E_SECURITY_SYSTEM_FAILURE ((HRESULT)0x803D0023)
#endif

/* ==== Utilities ====
 *
 * Strings, bytes, times and the initializers that descriptions are written with. A count never includes a terminating
 * zero, and none is needed.
 */

/* The number of items in an array. */
#define WsCountOf(arrayValue) (sizeof(arrayValue) / sizeof((arrayValue)[0]))

/* Where a field lies in its structure; descriptions store it as a ULONG. */
#define WsOffsetOf(parent, field) offsetof(parent, field)

/* Initializer of a WS_STRING from a literal of 16-bit characters: L"..." on Windows, u"..." everywhere. */
#define WS_STRING_VALUE(S) { WsCountOf(S) - 1, (WCHAR *)(S) }

/* Initializer of a WS_STRING without characters. */
#define WS_STRING_EMPTY { 0, NULL }

/* Initializers of a WS_XML_STRING: a UTF-8 literal, nothing, and a literal that is entry I of a dictionary. */
#define WS_XML_STRING_VALUE(S) { WsCountOf(S) - 1, (BYTE *)(S), NULL, 0 }
#define WS_XML_STRING_NULL { 0, NULL, NULL, 0 }
#define WS_XML_STRING_DICTIONARY_VALUE(S, D, I) { WsCountOf(S) - 1, (BYTE *)(S), (WS_XML_DICTIONARY *)(D), (I) }

/* UTF-16 text. */
typedef struct _WS_STRING {
    ULONG length;
    WCHAR *chars;
} WS_STRING;

/* A run of bytes. */
typedef struct _WS_BYTES {
    ULONG length;
    BYTE *bytes;
} WS_BYTES;

/* Bytes in several pieces. */
typedef struct _WS_BUFFERS {
    ULONG bufferCount;
    WS_BYTES *buffers;
} WS_BUFFERS;

/* How a time is written, and what it is relative to. */
typedef enum WS_DATETIME_FORMAT {
    WS_DATETIME_FORMAT_UTC = 0,   /* 2007-09-25T01:30:00Z */
    WS_DATETIME_FORMAT_LOCAL = 1, /* with an offset: 2007-09-27T10:30:00-07:00; the ticks are UTC */
    WS_DATETIME_FORMAT_NONE = 2   /* no zone: 2007-09-27T10:30:00 */
} WS_DATETIME_FORMAT;

/* A moment between the years 1 and 9999. */
typedef struct _WS_DATETIME {
    UINT64 ticks; /* units of 100 ns since midnight, 1 January of the year 1 */
    WS_DATETIME_FORMAT format;
} WS_DATETIME;

/* A length of time, positive or negative. */
typedef struct _WS_TIMESPAN {
    INT64 ticks; /* units of 100 ns */
} WS_TIMESPAN;

/* An xsd:duration, field by field as it is written. */
typedef struct _WS_DURATION {
    BOOL negative;
    ULONG years;
    ULONG months;
    ULONG days;
    ULONG hours;
    ULONG minutes;
    ULONG seconds;
    ULONG milliseconds;
    ULONG ticks; /* units of 100 ns beyond the milliseconds */
} WS_DURATION;

/* An identifier that is either a GUID or any URI. */
typedef struct _WS_UNIQUE_ID {
    WS_STRING uri; /* empty when guid holds the value */
    GUID guid;
} WS_UNIQUE_ID;

/* Turns a date into a FILETIME; dates before 1601 have none. */
HRESULT WINAPI WsDateTimeToFileTime(_In_ const WS_DATETIME *dateTime, _Out_ FILETIME *fileTime,
                                    _In_opt_ WS_ERROR *error);

/* Turns a FILETIME into a date. */
HRESULT WINAPI WsFileTimeToDateTime(_In_ const FILETIME *fileTime, _Out_ WS_DATETIME *dateTime,
                                    _In_opt_ WS_ERROR *error);

/* ==== Asynchronous Model ====
 *
 * A function with an asyncContext parameter may return WS_S_ASYNC and finish later by calling back; without a context
 * it blocks. Everything passed to it must stay valid until the callback.
 */

/* How much a callback may do on the thread that runs it. */
typedef enum WS_CALLBACK_MODEL {
    WS_SHORT_CALLBACK = 0, /* return quickly and do not block */
    WS_LONG_CALLBACK = 1   /* may block */
} WS_CALLBACK_MODEL;

/* Told, exactly once, how an asynchronous call ended. */
typedef void (CALLBACK *WS_ASYNC_CALLBACK)(HRESULT errorCode, WS_CALLBACK_MODEL callbackModel,
                                           _In_opt_ void *callbackState);

/* Whom to call when the work is done. */
typedef struct _WS_ASYNC_CONTEXT {
    WS_ASYNC_CALLBACK callback;
    void *callbackState;
} WS_ASYNC_CONTEXT;

/* One step of a longer operation; sets next to the step that follows, or to NULL after the last. */
typedef HRESULT (CALLBACK *WS_ASYNC_FUNCTION)(HRESULT hr, WS_CALLBACK_MODEL callbackModel,
                                              _In_opt_ void *callbackState, _Out_ WS_ASYNC_OPERATION *next,
                                              _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                              _In_opt_ WS_ERROR *error);

/* The step that WsAsyncExecute runs next. */
struct _WS_ASYNC_OPERATION {
    WS_ASYNC_FUNCTION function;
};

/* Room for WsAsyncExecute to remember where an operation is; owned by the caller, who never looks inside. */
typedef struct _WS_ASYNC_STATE {
    void *internal0;
    void *internal1;
    void *internal2;
    void *internal3;
    void *internal4;
} WS_ASYNC_STATE;

/* Runs an operation step by step, synchronously or not, until a step names no next one. */
HRESULT WINAPI WsAsyncExecute(_In_ WS_ASYNC_STATE *asyncState, WS_ASYNC_FUNCTION operation,
                              WS_CALLBACK_MODEL callbackModel, _In_opt_ void *callbackState,
                              _In_opt_ const WS_ASYNC_CONTEXT *asyncContext, _In_opt_ WS_ERROR *error);

/* ==== Heap ====
 *
 * A heap is a group of allocations that count against one quota and are released together. It is used by one thread
 * at a time. Values handed to the caller live in a heap of the caller's choice.
 */

/* What can be asked of a heap. */
typedef enum WS_HEAP_PROPERTY_ID {
    WS_HEAP_PROPERTY_MAX_SIZE = 0,       /* SIZE_T: the quota, in bytes */
    WS_HEAP_PROPERTY_TRIM_SIZE = 1,      /* SIZE_T: bytes kept for reuse when the heap is reset */
    WS_HEAP_PROPERTY_REQUESTED_SIZE = 2, /* SIZE_T: bytes asked for since creation or the last reset */
    WS_HEAP_PROPERTY_ACTUAL_SIZE = 3     /* SIZE_T: bytes taken from the system */
} WS_HEAP_PROPERTY_ID;

typedef struct _WS_HEAP_PROPERTY {
    WS_HEAP_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_HEAP_PROPERTY;

typedef struct _WS_HEAP_PROPERTIES {
    WS_HEAP_PROPERTY *properties;
    ULONG propertyCount;
} WS_HEAP_PROPERTIES;

/* Creates a heap. There are no properties to set yet: pass NULL and 0. */
HRESULT WINAPI WsCreateHeap(SIZE_T maxSize, SIZE_T trimSize,
                            _In_reads_opt_(propertyCount) const WS_HEAP_PROPERTY *properties, ULONG propertyCount,
                            _Outptr_ WS_HEAP **heap, _In_opt_ WS_ERROR *error);

/* Allocates size bytes, aligned to 8. Zero bytes give a pointer too. */
HRESULT WINAPI WsAlloc(_In_ WS_HEAP *heap, SIZE_T size, _Outptr_ void **ptr, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsGetHeapProperty(_In_ WS_HEAP *heap, WS_HEAP_PROPERTY_ID id,
                                 _Out_writes_bytes_(valueSize) void *value, ULONG valueSize,
                                 _In_opt_ WS_ERROR *error);

/* Releases all allocations of the heap at once. */
HRESULT WINAPI WsResetHeap(_In_ WS_HEAP *heap, _In_opt_ WS_ERROR *error);

/* Releases the heap with all its allocations. */
void WINAPI WsFreeHeap(_In_ WS_HEAP *heap);

/* ==== Errors ====
 *
 * An error object collects what went wrong: sentences, the most recent first, and a fault where one was received.
 * Functions take one as their last argument and accept NULL instead.
 */

/* What an error object knows besides its strings. */
typedef enum WS_ERROR_PROPERTY_ID {
    WS_ERROR_PROPERTY_STRING_COUNT = 0,        /* ULONG: how many strings it holds */
    WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE = 1, /* ULONG: the code underneath the WS_E_ code that was returned */
    WS_ERROR_PROPERTY_LANGID = 2               /* LANGID: the language of the strings */
} WS_ERROR_PROPERTY_ID;

typedef struct _WS_ERROR_PROPERTY {
    WS_ERROR_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_ERROR_PROPERTY;

/* The exceptions that end a program which misused the API; not meant to be caught. */
typedef enum WS_EXCEPTION_CODE {
    WS_EXCEPTION_CODE_USAGE_FAILURE = (int)0xC03D0000,   /* an argument or a call breaks the API's contract */
    WS_EXCEPTION_CODE_INTERNAL_FAILURE = (int)0xC03D0001 /* the library found itself broken */
} WS_EXCEPTION_CODE;

HRESULT WINAPI WsCreateError(_In_reads_opt_(propertyCount) const WS_ERROR_PROPERTY *properties, ULONG propertyCount,
                             _Outptr_ WS_ERROR **error);

/* Adds a sentence in front of the others. */
HRESULT WINAPI WsAddErrorString(_In_ WS_ERROR *error, _In_ const WS_STRING *string);

/* Gets string number index; it belongs to the error object. */
HRESULT WINAPI WsGetErrorString(_In_ WS_ERROR *error, ULONG index, _Out_ WS_STRING *string);

HRESULT WINAPI WsGetErrorProperty(_In_ WS_ERROR *error, WS_ERROR_PROPERTY_ID id,
                                  _Out_writes_bytes_(bufferSize) void *buffer, ULONG bufferSize);

HRESULT WINAPI WsSetErrorProperty(_In_ WS_ERROR *error, WS_ERROR_PROPERTY_ID id,
                                  _In_reads_bytes_(valueSize) const void *value, ULONG valueSize);

/* Replaces what destination holds by a copy of source. */
HRESULT WINAPI WsCopyError(_In_ WS_ERROR *source, _In_ WS_ERROR *destination);

/* Empties the object for reuse. */
HRESULT WINAPI WsResetError(_In_ WS_ERROR *error);

void WINAPI WsFreeError(_In_ WS_ERROR *error);

/* ==== Encoding ====
 *
 * How an XML document or a message becomes bytes.
 */

/* The characters of a textual document. */
typedef enum WS_CHARSET {
    WS_CHARSET_AUTO = 0, /* found out from the byte order mark and the XML declaration */
    WS_CHARSET_UTF8 = 1,
    WS_CHARSET_UTF16LE = 2,
    WS_CHARSET_UTF16BE = 3
} WS_CHARSET;

/* The message formats of channels. */
typedef enum WS_ENCODING {
    WS_ENCODING_XML_BINARY_1 = 0,         /* .NET binary XML */
    WS_ENCODING_XML_BINARY_SESSION_1 = 1, /* .NET binary XML with a dictionary that grows during the session */
    WS_ENCODING_XML_MTOM_UTF8 = 2,
    WS_ENCODING_XML_MTOM_UTF16BE = 3,
    WS_ENCODING_XML_MTOM_UTF16LE = 4,
    WS_ENCODING_XML_UTF8 = 5,
    WS_ENCODING_XML_UTF16BE = 6,
    WS_ENCODING_XML_UTF16LE = 7,
    WS_ENCODING_RAW = 8                   /* bytes that are not XML; the body reader shows them as base64 */
} WS_ENCODING;

/* ==== Dictionaries ====
 *
 * Names in XML documents are XML strings: UTF-8, optionally known to a dictionary under a number, which makes
 * comparison and the binary encodings cheaper.
 */

/* UTF-8 text that may be an entry of a dictionary. */
typedef struct _WS_XML_STRING {
    ULONG length;                  /* in bytes */
    BYTE *bytes;
    WS_XML_DICTIONARY *dictionary; /* NULL when the string belongs to none */
    ULONG id;                      /* strings[id] of the dictionary */
} WS_XML_STRING;

/* A set of distinct strings, numbered by their place. */
struct _WS_XML_DICTIONARY {
    GUID guid;    /* tells dictionaries apart within the process */
    WS_XML_STRING *strings;
    ULONG stringCount;
    BOOL isConst; /* TRUE promises that the dictionary outlives whatever uses its strings */
};

/* A name with its namespace. */
typedef struct _WS_XML_QNAME {
    WS_XML_STRING localName;
    WS_XML_STRING ns;
} WS_XML_QNAME;

/* Gets the strings that an encoding defines in advance. */
HRESULT WINAPI WsGetDictionary(WS_ENCODING encoding, _Outptr_result_maybenull_ WS_XML_DICTIONARY **dictionary,
                               _In_opt_ WS_ERROR *error);

/* S_OK if both hold the same bytes, S_FALSE if not. */
HRESULT WINAPI WsXmlStringEquals(_In_ const WS_XML_STRING *string1, _In_ const WS_XML_STRING *string2,
                                 _In_opt_ WS_ERROR *error);

/* ==== XML Node ====
 *
 * The nodes that readers show and writers take. A node starts with a WS_XML_NODE, a text with a WS_XML_TEXT: the type
 * found there says which structure it is.
 */

/* Which node it is. */
typedef enum WS_XML_NODE_TYPE {
    WS_XML_NODE_TYPE_ELEMENT = 1, /* a start element: WS_XML_ELEMENT_NODE */
    WS_XML_NODE_TYPE_TEXT = 2,    /* content: WS_XML_TEXT_NODE */
    WS_XML_NODE_TYPE_END_ELEMENT = 3,
    WS_XML_NODE_TYPE_COMMENT = 4, /* WS_XML_COMMENT_NODE */
    WS_XML_NODE_TYPE_CDATA = 6,   /* where a CDATA section begins; its content follows as text */
    WS_XML_NODE_TYPE_END_CDATA = 7,
    WS_XML_NODE_TYPE_EOF = 8,     /* after everything */
    WS_XML_NODE_TYPE_BOF = 9      /* before everything */
} WS_XML_NODE_TYPE;

/* What all nodes begin with. */
typedef struct _WS_XML_NODE {
    WS_XML_NODE_TYPE nodeType;
} WS_XML_NODE;

/* Which form a text has. */
typedef enum WS_XML_TEXT_TYPE {
    WS_XML_TEXT_TYPE_UTF8 = 1,
    WS_XML_TEXT_TYPE_UTF16 = 2,
    WS_XML_TEXT_TYPE_BASE64 = 3,
    WS_XML_TEXT_TYPE_BOOL = 4,
    WS_XML_TEXT_TYPE_INT32 = 5,
    WS_XML_TEXT_TYPE_INT64 = 6,
    WS_XML_TEXT_TYPE_UINT64 = 7,
    WS_XML_TEXT_TYPE_FLOAT = 8,
    WS_XML_TEXT_TYPE_DOUBLE = 9,
    WS_XML_TEXT_TYPE_DECIMAL = 10,
    WS_XML_TEXT_TYPE_GUID = 11,
    WS_XML_TEXT_TYPE_UNIQUE_ID = 12, /* written as urn:uuid:... */
    WS_XML_TEXT_TYPE_DATETIME = 13,
    WS_XML_TEXT_TYPE_TIMESPAN = 14,
    WS_XML_TEXT_TYPE_QNAME = 15,
    WS_XML_TEXT_TYPE_LIST = 16       /* texts separated by one space */
} WS_XML_TEXT_TYPE;

/* What all texts begin with. */
typedef struct _WS_XML_TEXT {
    WS_XML_TEXT_TYPE textType;
} WS_XML_TEXT;

/* An attribute of an element, or a namespace declaration. */
typedef struct _WS_XML_ATTRIBUTE {
    BYTE singleQuote; /* written 'so' rather than "so" */
    BYTE isXmlNs;     /* a namespace declaration: writers do not look at localName and value */
    WS_XML_STRING *prefix;
    WS_XML_STRING *localName;
    WS_XML_STRING *ns;
    WS_XML_TEXT *value;
} WS_XML_ATTRIBUTE;

typedef struct _WS_XML_ELEMENT_NODE {
    WS_XML_NODE node;
    WS_XML_STRING *prefix;
    WS_XML_STRING *localName;
    WS_XML_STRING *ns;
    ULONG attributeCount;
    WS_XML_ATTRIBUTE **attributes;
    BOOL isEmpty; /* written <so/> */
} WS_XML_ELEMENT_NODE;

typedef struct _WS_XML_TEXT_NODE {
    WS_XML_NODE node;
    WS_XML_TEXT *text;
} WS_XML_TEXT_NODE;

typedef struct _WS_XML_COMMENT_NODE {
    WS_XML_NODE node;
    WS_XML_STRING value;
} WS_XML_COMMENT_NODE;

typedef struct _WS_XML_UTF8_TEXT {
    WS_XML_TEXT text;
    WS_XML_STRING value;
} WS_XML_UTF8_TEXT;

typedef struct _WS_XML_UTF16_TEXT {
    WS_XML_TEXT text;
    BYTE *bytes;
    ULONG byteCount;
} WS_XML_UTF16_TEXT;

/* Bytes that read as base64 characters. */
typedef struct _WS_XML_BASE64_TEXT {
    WS_XML_TEXT text;
    BYTE *bytes;
    ULONG length;
} WS_XML_BASE64_TEXT;

typedef struct _WS_XML_BOOL_TEXT {
    WS_XML_TEXT text;
    BOOL value;
} WS_XML_BOOL_TEXT;

typedef struct _WS_XML_INT32_TEXT {
    WS_XML_TEXT text;
    int value;
} WS_XML_INT32_TEXT;

typedef struct _WS_XML_INT64_TEXT {
    WS_XML_TEXT text;
    INT64 value;
} WS_XML_INT64_TEXT;

typedef struct _WS_XML_UINT64_TEXT {
    WS_XML_TEXT text;
    UINT64 value;
} WS_XML_UINT64_TEXT;

typedef struct _WS_XML_FLOAT_TEXT {
    WS_XML_TEXT text;
    float value;
} WS_XML_FLOAT_TEXT;

typedef struct _WS_XML_DOUBLE_TEXT {
    WS_XML_TEXT text;
    double value;
} WS_XML_DOUBLE_TEXT;

typedef struct _WS_XML_DECIMAL_TEXT {
    WS_XML_TEXT text;
    DECIMAL value;
} WS_XML_DECIMAL_TEXT;

typedef struct _WS_XML_GUID_TEXT {
    WS_XML_TEXT text;
    GUID value;
} WS_XML_GUID_TEXT;

typedef struct _WS_XML_UNIQUE_ID_TEXT {
    WS_XML_TEXT text;
    GUID value;
} WS_XML_UNIQUE_ID_TEXT;

typedef struct _WS_XML_DATETIME_TEXT {
    WS_XML_TEXT text;
    WS_DATETIME value;
} WS_XML_DATETIME_TEXT;

typedef struct _WS_XML_TIMESPAN_TEXT {
    WS_XML_TEXT text;
    WS_TIMESPAN value;
} WS_XML_TIMESPAN_TEXT;

/* A name in content, written prefix:localName. */
typedef struct _WS_XML_QNAME_TEXT {
    WS_XML_TEXT text;
    WS_XML_STRING *prefix;
    WS_XML_STRING *localName;
    WS_XML_STRING *ns;
} WS_XML_QNAME_TEXT;

typedef struct _WS_XML_LIST_TEXT {
    WS_XML_TEXT text;
    ULONG itemCount;
    WS_XML_TEXT **items;
} WS_XML_LIST_TEXT;

/* Finds the part of chars between leading and trailing white space; nothing is copied. */
HRESULT WINAPI WsTrimXmlWhitespace(_In_reads_(charCount) WCHAR *chars, ULONG charCount, _Outptr_ WCHAR **trimmedChars,
                                   _Out_ ULONG *trimmedCount, _In_opt_ WS_ERROR *error);

/* S_OK if the characters are a name without a colon as XML allows it. */
HRESULT WINAPI WsVerifyXmlNCName(_In_reads_(ncNameCharCount) const WCHAR *ncNameChars, ULONG ncNameCharCount,
                                 _In_opt_ WS_ERROR *error);

/* ==== XML Buffer ====
 *
 * An XML buffer holds a piece of XML in memory, in a heap. Readers and writers set on it can move about freely.
 */

/* No XML buffer property is defined; the type keeps its place in the ABI. */
#ifdef __cplusplus
enum WS_XML_BUFFER_PROPERTY_ID : int {};
#else
typedef int WS_XML_BUFFER_PROPERTY_ID;
#endif

typedef struct _WS_XML_BUFFER_PROPERTY {
    WS_XML_BUFFER_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_XML_BUFFER_PROPERTY;

/* A place in a buffer, as WsGetReaderPosition and WsGetWriterPosition report it. */
typedef struct _WS_XML_NODE_POSITION {
    WS_XML_BUFFER *buffer;
    void *node; /* known to the library only */
} WS_XML_NODE_POSITION;

/* Where to go from the present position. Without such a node, the position does not change. */
typedef enum WS_MOVE_TO {
    WS_MOVE_TO_ROOT_ELEMENT = 0,     /* the topmost element */
    WS_MOVE_TO_NEXT_ELEMENT = 1,     /* the next element among the siblings */
    WS_MOVE_TO_PREVIOUS_ELEMENT = 2, /* the previous element among the siblings */
    WS_MOVE_TO_CHILD_ELEMENT = 3,    /* the first element inside */
    WS_MOVE_TO_END_ELEMENT = 4,      /* the end of the present element */
    WS_MOVE_TO_PARENT_ELEMENT = 5,   /* the element around */
    WS_MOVE_TO_NEXT_NODE = 6,        /* the next sibling */
    WS_MOVE_TO_PREVIOUS_NODE = 7,    /* the previous sibling */
    WS_MOVE_TO_FIRST_NODE = 8,       /* the first sibling */
    WS_MOVE_TO_BOF = 9,              /* before everything */
    WS_MOVE_TO_EOF = 10,             /* after everything */
    WS_MOVE_TO_CHILD_NODE = 11       /* the first node inside */
} WS_MOVE_TO;

/* Creates an empty buffer, which lives until its heap is reset or freed. */
HRESULT WINAPI WsCreateXmlBuffer(_In_ WS_HEAP *heap,
                                 _In_reads_opt_(propertyCount) const WS_XML_BUFFER_PROPERTY *properties,
                                 ULONG propertyCount, _Outptr_ WS_XML_BUFFER **buffer, _In_opt_ WS_ERROR *error);

/* Removes a node with all it contains; positions within it are lost. */
HRESULT WINAPI WsRemoveNode(_In_ const WS_XML_NODE_POSITION *nodePosition, _In_opt_ WS_ERROR *error);

/* ==== XML Reader ====
 *
 * A reader is a cursor over XML that comes from memory, from a callback or from a buffer. It stands before the first
 * node at first; WsReadToStartElement and WsReadStartElement then step into elements by name.
 */

/* The fixed-size values that WsReadValue, WsWriteValue and the array functions know. */
typedef enum WS_VALUE_TYPE {
    WS_BOOL_VALUE_TYPE = 0,
    WS_INT8_VALUE_TYPE = 1,
    WS_INT16_VALUE_TYPE = 2,
    WS_INT32_VALUE_TYPE = 3,
    WS_INT64_VALUE_TYPE = 4,
    WS_UINT8_VALUE_TYPE = 5,
    WS_UINT16_VALUE_TYPE = 6,
    WS_UINT32_VALUE_TYPE = 7,
    WS_UINT64_VALUE_TYPE = 8,
    WS_FLOAT_VALUE_TYPE = 9,
    WS_DOUBLE_VALUE_TYPE = 10,
    WS_DECIMAL_VALUE_TYPE = 11,
    WS_DATETIME_VALUE_TYPE = 12,
    WS_TIMESPAN_VALUE_TYPE = 13,
    WS_GUID_VALUE_TYPE = 14,
    WS_DURATION_VALUE_TYPE = 15
} WS_VALUE_TYPE;

/* What can be set or asked, with the defaults. */
typedef enum WS_XML_READER_PROPERTY_ID {
    WS_XML_READER_PROPERTY_MAX_DEPTH = 0,                   /* ULONG, 32: elements within elements */
    WS_XML_READER_PROPERTY_ALLOW_FRAGMENT = 1,              /* BOOL, FALSE: several roots, text beside them */
    WS_XML_READER_PROPERTY_MAX_ATTRIBUTES = 2,              /* ULONG, 128: on one element */
    WS_XML_READER_PROPERTY_READ_DECLARATION = 3,            /* BOOL, TRUE: accept an XML declaration */
    WS_XML_READER_PROPERTY_CHARSET = 4,                     /* WS_CHARSET, to ask: the charset in use */
    WS_XML_READER_PROPERTY_ROW = 5,                         /* ULONGLONG, to ask: line of the node, from 0 */
    WS_XML_READER_PROPERTY_COLUMN = 6,                      /* ULONGLONG, to ask: column of the node, from 0 */
    WS_XML_READER_PROPERTY_UTF8_TRIM_SIZE = 7,              /* ULONG, 4096: memory kept for converting UTF-16 input */
    WS_XML_READER_PROPERTY_STREAM_BUFFER_SIZE = 8,          /* ULONG, 4096: size of the buffer for stream input */
    WS_XML_READER_PROPERTY_IN_ATTRIBUTE = 9,                /* BOOL, to ask: inside an attribute's value */
    WS_XML_READER_PROPERTY_STREAM_MAX_ROOT_MIME_PART_SIZE = 10, /* ULONG, 65536: bytes of the XML part of MTOM */
    WS_XML_READER_PROPERTY_STREAM_MAX_MIME_HEADERS_SIZE = 11, /* ULONG, 256: bytes of one part's headers in MTOM */
    WS_XML_READER_PROPERTY_MAX_MIME_PARTS = 12,             /* ULONG, 4096: parts in MTOM */
    WS_XML_READER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES = 13, /* BOOL, FALSE: accept references such as &#1; */
    WS_XML_READER_PROPERTY_MAX_NAMESPACES = 14              /* ULONG, 32: namespace declarations in scope at once */
} WS_XML_READER_PROPERTY_ID;

typedef struct _WS_XML_READER_PROPERTY {
    WS_XML_READER_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_XML_READER_PROPERTY;

typedef struct _WS_XML_READER_PROPERTIES {
    WS_XML_READER_PROPERTY *properties;
    ULONG propertyCount;
} WS_XML_READER_PROPERTIES;

typedef enum WS_XML_READER_ENCODING_TYPE {
    WS_XML_READER_ENCODING_TYPE_TEXT = 1,
    WS_XML_READER_ENCODING_TYPE_BINARY = 2,
    WS_XML_READER_ENCODING_TYPE_MTOM = 3,
    WS_XML_READER_ENCODING_TYPE_RAW = 4
} WS_XML_READER_ENCODING_TYPE;

/* What all reader encodings begin with. */
typedef struct _WS_XML_READER_ENCODING {
    WS_XML_READER_ENCODING_TYPE encodingType;
} WS_XML_READER_ENCODING;

typedef struct _WS_XML_READER_TEXT_ENCODING {
    WS_XML_READER_ENCODING encoding;
    WS_CHARSET charSet;
} WS_XML_READER_TEXT_ENCODING;

typedef struct _WS_XML_READER_BINARY_ENCODING {
    WS_XML_READER_ENCODING encoding;
    WS_XML_DICTIONARY *staticDictionary;  /* known to both sides in advance */
    WS_XML_DICTIONARY *dynamicDictionary; /* agreed on during the session */
} WS_XML_READER_BINARY_ENCODING;

/* XML in a MIME package, its binary data in parts of their own. */
typedef struct _WS_XML_READER_MTOM_ENCODING {
    WS_XML_READER_ENCODING encoding;
    WS_XML_READER_ENCODING *textEncoding; /* of the XML part */
    BOOL readMimeHeader;           /* TRUE: the package begins with its Content-Type; leave the strings below empty */
    WS_STRING startInfo;           /* type of the XML part */
    WS_STRING boundary;            /* separates the parts */
    WS_STRING startUri;            /* identifies the XML part */
} WS_XML_READER_MTOM_ENCODING;

/* Arbitrary bytes, shown as base64 text. */
typedef struct _WS_XML_READER_RAW_ENCODING {
    WS_XML_READER_ENCODING encoding;
} WS_XML_READER_RAW_ENCODING;

typedef enum WS_XML_READER_INPUT_TYPE {
    WS_XML_READER_INPUT_TYPE_BUFFER = 1,
    WS_XML_READER_INPUT_TYPE_STREAM = 2
} WS_XML_READER_INPUT_TYPE;

/* What all reader inputs begin with. */
typedef struct _WS_XML_READER_INPUT {
    WS_XML_READER_INPUT_TYPE inputType;
} WS_XML_READER_INPUT;

/* The whole document, in memory that the caller keeps. */
typedef struct _WS_XML_READER_BUFFER_INPUT {
    WS_XML_READER_INPUT input;
    void *encodedData;
    ULONG encodedDataSize;
} WS_XML_READER_BUFFER_INPUT;

/* Delivers up to maxSize bytes of a stream; an actualSize of 0 ends it. */
typedef HRESULT (CALLBACK *WS_READ_CALLBACK)(_In_opt_ void *callbackState, _Out_writes_bytes_(maxSize) void *bytes,
                                             ULONG maxSize, _Out_ ULONG *actualSize,
                                             _In_opt_ const WS_ASYNC_CONTEXT *asyncContext, _In_opt_ WS_ERROR *error);

typedef struct _WS_XML_READER_STREAM_INPUT {
    WS_XML_READER_INPUT input;
    WS_READ_CALLBACK readCallback;
    void *readCallbackState;
} WS_XML_READER_STREAM_INPUT;

HRESULT WINAPI WsCreateReader(_In_reads_opt_(propertyCount) const WS_XML_READER_PROPERTY *properties,
                              ULONG propertyCount, _Outptr_ WS_XML_READER **reader, _In_opt_ WS_ERROR *error);

/* Points the reader at a document. */
HRESULT WINAPI WsSetInput(_In_ WS_XML_READER *reader, _In_opt_ const WS_XML_READER_ENCODING *encoding,
                          _In_opt_ const WS_XML_READER_INPUT *input,
                          _In_reads_opt_(propertyCount) const WS_XML_READER_PROPERTY *properties, ULONG propertyCount,
                          _In_opt_ WS_ERROR *error);

/* Points the reader at an XML buffer. */
HRESULT WINAPI WsSetInputToBuffer(_In_ WS_XML_READER *reader, _In_ WS_XML_BUFFER *buffer,
                                  _In_reads_opt_(propertyCount) const WS_XML_READER_PROPERTY *properties,
                                  ULONG propertyCount, _In_opt_ WS_ERROR *error);

/* Buffers at least minSize bytes of a stream; needed before reading. */
HRESULT WINAPI WsFillReader(_In_ WS_XML_READER *reader, ULONG minSize, _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                            _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsGetReaderProperty(_In_ WS_XML_READER *reader, WS_XML_READER_PROPERTY_ID id,
                                   _Out_writes_bytes_(valueSize) void *value, ULONG valueSize,
                                   _In_opt_ WS_ERROR *error);

/* Gets the current node, which is good until the reader moves. */
HRESULT WINAPI WsGetReaderNode(_In_ WS_XML_READER *xmlReader, _Outptr_ const WS_XML_NODE **node,
                               _In_opt_ WS_ERROR *error);

/* Goes to the next node. */
HRESULT WINAPI WsReadNode(_In_ WS_XML_READER *reader, _In_opt_ WS_ERROR *error);

/* Goes to the next node, past everything inside the current one. */
HRESULT WINAPI WsSkipNode(_In_ WS_XML_READER *reader, _In_opt_ WS_ERROR *error);

/* Goes to the next start element, over white space and comments, and checks its name if one is given. With found, a
 * wrong name or no element is an answer instead of an error. */
HRESULT WINAPI WsReadToStartElement(_In_ WS_XML_READER *reader, _In_opt_ const WS_XML_STRING *localName,
                                    _In_opt_ const WS_XML_STRING *ns, _Out_opt_ BOOL *found,
                                    _In_opt_ WS_ERROR *error);

/* Goes past the start element, to its first child. */
HRESULT WINAPI WsReadStartElement(_In_ WS_XML_READER *reader, _In_opt_ WS_ERROR *error);

/* Goes past the end element. */
HRESULT WINAPI WsReadEndElement(_In_ WS_XML_READER *reader, _In_opt_ WS_ERROR *error);

/* Finds the number of an attribute of the current element; S_FALSE if it is absent and not required. */
HRESULT WINAPI WsFindAttribute(_In_ WS_XML_READER *reader, _In_ const WS_XML_STRING *localName,
                               _In_ const WS_XML_STRING *ns, BOOL required, _Out_ ULONG *attributeIndex,
                               _In_opt_ WS_ERROR *error);

/* Goes to the value of an attribute. */
HRESULT WINAPI WsReadStartAttribute(_In_ WS_XML_READER *reader, ULONG attributeIndex, _In_opt_ WS_ERROR *error);

/* Goes back to the element. */
HRESULT WINAPI WsReadEndAttribute(_In_ WS_XML_READER *reader, _In_opt_ WS_ERROR *error);

/* Reads a primitive value out of the text. */
HRESULT WINAPI WsReadValue(_In_ WS_XML_READER *reader, WS_VALUE_TYPE valueType,
                           _Out_writes_bytes_(valueSize) void *value, ULONG valueSize, _In_opt_ WS_ERROR *error);

/* Reads text in pieces; 0 characters mean the end. */
HRESULT WINAPI WsReadChars(_In_ WS_XML_READER *reader, _Out_writes_(maxCharCount) WCHAR *chars, ULONG maxCharCount,
                           _Out_ ULONG *actualCharCount, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsReadCharsUtf8(_In_ WS_XML_READER *reader, _Out_writes_(maxByteCount) BYTE *bytes, ULONG maxByteCount,
                               _Out_ ULONG *actualByteCount, _In_opt_ WS_ERROR *error);

/* Reads base64 text as bytes, in pieces. */
HRESULT WINAPI WsReadBytes(_In_ WS_XML_READER *reader, _Out_writes_bytes_(maxByteCount) void *bytes,
                           ULONG maxByteCount, _Out_ ULONG *actualByteCount, _In_opt_ WS_ERROR *error);

/* Reads values out of repeated elements of one name. */
HRESULT WINAPI WsReadArray(_In_ WS_XML_READER *reader, _In_ const WS_XML_STRING *localName,
                           _In_ const WS_XML_STRING *ns, WS_VALUE_TYPE valueType,
                           _Out_writes_bytes_opt_(arraySize) void *array, ULONG arraySize, ULONG itemOffset,
                           ULONG itemCount, _Out_ ULONG *actualItemCount, _In_opt_ WS_ERROR *error);

/* Reads prefix:localName and looks up the namespace. */
HRESULT WINAPI WsReadQualifiedName(_In_ WS_XML_READER *reader, _In_ WS_HEAP *heap, _Out_opt_ WS_XML_STRING *prefix,
                                   _Out_ WS_XML_STRING *localName, _Out_opt_ WS_XML_STRING *ns,
                                   _In_opt_ WS_ERROR *error);

/* Looks up a prefix in scope; S_FALSE if it is unknown and not required. */
HRESULT WINAPI WsGetNamespaceFromPrefix(_In_ WS_XML_READER *reader, _In_ const WS_XML_STRING *prefix, BOOL required,
                                        _Outptr_result_maybenull_ const WS_XML_STRING **ns, _In_opt_ WS_ERROR *error);

/* Gets the nearest xml:localName around the reader, such as xml:lang; S_FALSE if there is none. */
HRESULT WINAPI WsGetXmlAttribute(_In_ WS_XML_READER *reader, _In_ const WS_XML_STRING *localName, _In_ WS_HEAP *heap,
                                 _Outptr_result_maybenull_ WCHAR **valueChars, _Out_ ULONG *valueCharCount,
                                 _In_opt_ WS_ERROR *error);

/* Reads the current node, with all it contains, into a new buffer. */
HRESULT WINAPI WsReadXmlBuffer(_In_ WS_XML_READER *reader, _In_ WS_HEAP *heap, _Outptr_ WS_XML_BUFFER **xmlBuffer,
                               _In_opt_ WS_ERROR *error);

/* Parses a whole document into a new buffer; encoding NULL means text. */
HRESULT WINAPI WsReadXmlBufferFromBytes(_In_ WS_XML_READER *reader, _In_opt_ const WS_XML_READER_ENCODING *encoding,
                                        _In_reads_opt_(propertyCount) const WS_XML_READER_PROPERTY *properties,
                                        ULONG propertyCount, _In_reads_bytes_(byteCount) const void *bytes,
                                        ULONG byteCount, _In_ WS_HEAP *heap, _Outptr_ WS_XML_BUFFER **xmlBuffer,
                                        _In_opt_ WS_ERROR *error);

/* Tells where the reader is; XML buffers only. */
HRESULT WINAPI WsGetReaderPosition(_In_ WS_XML_READER *reader, _Out_ WS_XML_NODE_POSITION *nodePosition,
                                   _In_opt_ WS_ERROR *error);

/* Goes to a known position; XML buffers only. */
HRESULT WINAPI WsSetReaderPosition(_In_ WS_XML_READER *reader, _In_ const WS_XML_NODE_POSITION *nodePosition,
                                   _In_opt_ WS_ERROR *error);

/* Moves about; XML buffers only. Without `found`, not to find it is a failure, and the reader faulted. */
HRESULT WINAPI WsMoveReader(_In_ WS_XML_READER *reader, WS_MOVE_TO moveTo, _Out_opt_ BOOL *found,
                            _In_opt_ WS_ERROR *error);

void WINAPI WsFreeReader(_In_ WS_XML_READER *reader);

/* ==== XML Writer ====
 *
 * A writer produces XML into memory, to a callback or into a buffer. Elements are opened and closed in order;
 * prefixes and namespace declarations are generated as needed.
 */

/* What can be set or asked, with the defaults. */
typedef enum WS_XML_WRITER_PROPERTY_ID {
    WS_XML_WRITER_PROPERTY_MAX_DEPTH = 0,                     /* ULONG, 32: elements within elements */
    WS_XML_WRITER_PROPERTY_ALLOW_FRAGMENT = 1,                /* BOOL, FALSE: several roots, text beside them */
    WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES = 2,                /* ULONG, 128: on one element */
    WS_XML_WRITER_PROPERTY_WRITE_DECLARATION = 3,             /* BOOL, FALSE: begin with an XML declaration */
    WS_XML_WRITER_PROPERTY_INDENT = 4,                        /* ULONG, 0: spaces to indent by */
    WS_XML_WRITER_PROPERTY_BUFFER_TRIM_SIZE = 5,              /* ULONG, 4096: memory kept from one output to the next */
    WS_XML_WRITER_PROPERTY_CHARSET = 6,                       /* WS_CHARSET, to ask */
    WS_XML_WRITER_PROPERTY_BUFFERS = 7,                       /* WS_BUFFERS, to ask: what was generated, in pieces */
    WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE = 8,               /* ULONG: most bytes to buffer */
    WS_XML_WRITER_PROPERTY_BYTES = 9,                         /* WS_BYTES, to ask: what was generated, in one piece */
    WS_XML_WRITER_PROPERTY_IN_ATTRIBUTE = 10,                 /* BOOL, to ask: inside an attribute's value */
    WS_XML_WRITER_PROPERTY_MAX_MIME_PARTS_BUFFER_SIZE = 11,   /* ULONG, 65536: most bytes of MTOM parts to buffer */
    WS_XML_WRITER_PROPERTY_INITIAL_BUFFER = 12,               /* WS_BYTES: the caller's memory to write into first */
    WS_XML_WRITER_PROPERTY_ALLOW_INVALID_CHARACTER_REFERENCES = 13, /* BOOL, FALSE: write references such as &#1; */
    WS_XML_WRITER_PROPERTY_MAX_NAMESPACES = 14,               /* ULONG, 32: namespace declarations in scope at once */
    WS_XML_WRITER_PROPERTY_BYTES_WRITTEN = 15,                /* ULONG, to ask: generated so far */
    WS_XML_WRITER_PROPERTY_BYTES_TO_CLOSE = 16,               /* ULONG, to ask: what closing all elements will take */
    WS_XML_WRITER_PROPERTY_COMPRESS_EMPTY_ELEMENTS = 17,      /* BOOL, FALSE: WsCopyNode writes <a/> for <a></a> */
    WS_XML_WRITER_PROPERTY_EMIT_UNCOMPRESSED_EMPTY_ELEMENTS = 18 /* BOOL, FALSE: write <a></a>, not <a/> */
} WS_XML_WRITER_PROPERTY_ID;

typedef struct _WS_XML_WRITER_PROPERTY {
    WS_XML_WRITER_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_XML_WRITER_PROPERTY;

typedef struct _WS_XML_WRITER_PROPERTIES {
    WS_XML_WRITER_PROPERTY *properties;
    ULONG propertyCount;
} WS_XML_WRITER_PROPERTIES;

typedef enum WS_XML_WRITER_ENCODING_TYPE {
    WS_XML_WRITER_ENCODING_TYPE_TEXT = 1,
    WS_XML_WRITER_ENCODING_TYPE_BINARY = 2,
    WS_XML_WRITER_ENCODING_TYPE_MTOM = 3,
    WS_XML_WRITER_ENCODING_TYPE_RAW = 4
} WS_XML_WRITER_ENCODING_TYPE;

/* What all writer encodings begin with. */
typedef struct _WS_XML_WRITER_ENCODING {
    WS_XML_WRITER_ENCODING_TYPE encodingType;
} WS_XML_WRITER_ENCODING;

typedef struct _WS_XML_WRITER_TEXT_ENCODING {
    WS_XML_WRITER_ENCODING encoding;
    WS_CHARSET charSet;
} WS_XML_WRITER_TEXT_ENCODING;

/* Asked whether the session's dictionary has, or can take, a string. */
typedef HRESULT (CALLBACK *WS_DYNAMIC_STRING_CALLBACK)(_In_opt_ void *callbackState, _In_ const WS_XML_STRING *string,
                                                       _Out_ BOOL *found, _Out_ ULONG *id, _In_opt_ WS_ERROR *error);

typedef struct _WS_XML_WRITER_BINARY_ENCODING {
    WS_XML_WRITER_ENCODING encoding;
    WS_XML_DICTIONARY *staticDictionary;
    WS_DYNAMIC_STRING_CALLBACK dynamicStringCallback;
    void *dynamicStringCallbackState;
} WS_XML_WRITER_BINARY_ENCODING;

typedef struct _WS_XML_WRITER_MTOM_ENCODING {
    WS_XML_WRITER_ENCODING encoding;
    WS_XML_WRITER_ENCODING *textEncoding; /* of the XML part */
    BOOL writeMimeHeader;
    WS_STRING boundary;
    WS_STRING startInfo;
    WS_STRING startUri;
    ULONG maxInlineByteCount;             /* longer binary data gets a part of its own */
} WS_XML_WRITER_MTOM_ENCODING;

/* Bytes as they are, out of base64 text. */
typedef struct _WS_XML_WRITER_RAW_ENCODING {
    WS_XML_WRITER_ENCODING encoding;
} WS_XML_WRITER_RAW_ENCODING;

typedef enum WS_XML_WRITER_OUTPUT_TYPE {
    WS_XML_WRITER_OUTPUT_TYPE_BUFFER = 1,
    WS_XML_WRITER_OUTPUT_TYPE_STREAM = 2
} WS_XML_WRITER_OUTPUT_TYPE;

/* What all writer outputs begin with. */
typedef struct _WS_XML_WRITER_OUTPUT {
    WS_XML_WRITER_OUTPUT_TYPE outputType;
} WS_XML_WRITER_OUTPUT;

/* Memory of the writer, to be had as a property. */
typedef struct _WS_XML_WRITER_BUFFER_OUTPUT {
    WS_XML_WRITER_OUTPUT output;
} WS_XML_WRITER_BUFFER_OUTPUT;

/* Takes bytes of a stream, in count pieces. */
typedef HRESULT (CALLBACK *WS_WRITE_CALLBACK)(_In_opt_ void *callbackState, _In_reads_(count) const WS_BYTES *buffers,
                                              ULONG count, _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                              _In_opt_ WS_ERROR *error);

typedef struct _WS_XML_WRITER_STREAM_OUTPUT {
    WS_XML_WRITER_OUTPUT output;
    WS_WRITE_CALLBACK writeCallback;
    void *writeCallbackState;
} WS_XML_WRITER_STREAM_OUTPUT;

/* Writes the bytes of an element through writeCallback. */
typedef HRESULT (CALLBACK *WS_PUSH_BYTES_CALLBACK)(_In_opt_ void *callbackState, WS_WRITE_CALLBACK writeCallback,
                                                   _In_opt_ void *writeCallbackState,
                                                   _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                   _In_opt_ WS_ERROR *error);

/* Delivers up to maxSize bytes of an element; an actualSize of 0 ends it. */
typedef HRESULT (CALLBACK *WS_PULL_BYTES_CALLBACK)(_In_opt_ void *callbackState,
                                                   _Out_writes_bytes_(maxSize) void *bytes, ULONG maxSize,
                                                   _Out_ ULONG *actualSize,
                                                   _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                   _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsCreateWriter(_In_reads_opt_(propertyCount) const WS_XML_WRITER_PROPERTY *properties,
                              ULONG propertyCount, _Outptr_ WS_XML_WRITER **writer, _In_opt_ WS_ERROR *error);

/* Points the writer at an output. */
HRESULT WINAPI WsSetOutput(_In_ WS_XML_WRITER *writer, _In_opt_ const WS_XML_WRITER_ENCODING *encoding,
                           _In_opt_ const WS_XML_WRITER_OUTPUT *output,
                           _In_reads_opt_(propertyCount) const WS_XML_WRITER_PROPERTY *properties,
                           ULONG propertyCount, _In_opt_ WS_ERROR *error);

/* Points the writer at an XML buffer. */
HRESULT WINAPI WsSetOutputToBuffer(_In_ WS_XML_WRITER *writer, _In_ WS_XML_BUFFER *buffer,
                                   _In_reads_opt_(propertyCount) const WS_XML_WRITER_PROPERTY *properties,
                                   ULONG propertyCount, _In_opt_ WS_ERROR *error);

/* Hands buffered bytes to the stream once there are minSize of them. */
HRESULT WINAPI WsFlushWriter(_In_ WS_XML_WRITER *writer, ULONG minSize, _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                             _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsGetWriterProperty(_In_ WS_XML_WRITER *writer, WS_XML_WRITER_PROPERTY_ID id,
                                   _Out_writes_bytes_(valueSize) void *value, ULONG valueSize,
                                   _In_opt_ WS_ERROR *error);

/* Opens an element; prefix NULL lets the writer choose. */
HRESULT WINAPI WsWriteStartElement(_In_ WS_XML_WRITER *writer, _In_opt_ const WS_XML_STRING *prefix,
                                   _In_ const WS_XML_STRING *localName, _In_ const WS_XML_STRING *ns,
                                   _In_opt_ WS_ERROR *error);

/* Commits the start tag: no attribute can follow. */
HRESULT WINAPI WsWriteEndStartElement(_In_ WS_XML_WRITER *writer, _In_opt_ WS_ERROR *error);

/* Begins an attribute, whose value is then written as text. */
HRESULT WINAPI WsWriteStartAttribute(_In_ WS_XML_WRITER *writer, _In_opt_ const WS_XML_STRING *prefix,
                                     _In_ const WS_XML_STRING *localName, _In_ const WS_XML_STRING *ns,
                                     BOOL singleQuote, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsWriteEndAttribute(_In_ WS_XML_WRITER *writer, _In_opt_ WS_ERROR *error);

/* Declares a namespace. */
HRESULT WINAPI WsWriteXmlnsAttribute(_In_ WS_XML_WRITER *writer, _In_opt_ const WS_XML_STRING *prefix,
                                     _In_ const WS_XML_STRING *ns, BOOL singleQuote, _In_opt_ WS_ERROR *error);

/* Closes the innermost element. */
HRESULT WINAPI WsWriteEndElement(_In_ WS_XML_WRITER *writer, _In_opt_ WS_ERROR *error);

/* Writes a primitive value as text. */
HRESULT WINAPI WsWriteValue(_In_ WS_XML_WRITER *writer, WS_VALUE_TYPE valueType,
                            _In_reads_bytes_(valueSize) const void *value, ULONG valueSize, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsWriteChars(_In_ WS_XML_WRITER *writer, _In_reads_(charCount) const WCHAR *chars, ULONG charCount,
                            _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsWriteCharsUtf8(_In_ WS_XML_WRITER *writer, _In_reads_(byteCount) const BYTE *bytes, ULONG byteCount,
                                _In_opt_ WS_ERROR *error);

/* Writes bytes as the encoding does it best: base64 in text. */
HRESULT WINAPI WsWriteBytes(_In_ WS_XML_WRITER *writer, _In_reads_bytes_(byteCount) const void *bytes,
                            ULONG byteCount, _In_opt_ WS_ERROR *error);

/* Has a callback write the bytes when they are needed. */
HRESULT WINAPI WsPushBytes(_In_ WS_XML_WRITER *writer, WS_PUSH_BYTES_CALLBACK callback, _In_opt_ void *callbackState,
                           _In_opt_ WS_ERROR *error);

/* Has a callback deliver the bytes when they are needed. */
HRESULT WINAPI WsPullBytes(_In_ WS_XML_WRITER *writer, WS_PULL_BYTES_CALLBACK callback, _In_opt_ void *callbackState,
                           _In_opt_ WS_ERROR *error);

/* Writes values as repeated elements of one name. */
HRESULT WINAPI WsWriteArray(_In_ WS_XML_WRITER *writer, _In_ const WS_XML_STRING *localName,
                            _In_ const WS_XML_STRING *ns, WS_VALUE_TYPE valueType,
                            _In_reads_bytes_opt_(arraySize) const void *array, ULONG arraySize, ULONG itemOffset,
                            ULONG itemCount, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsWriteText(_In_ WS_XML_WRITER *writer, _In_ const WS_XML_TEXT *text, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsWriteStartCData(_In_ WS_XML_WRITER *writer, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsWriteEndCData(_In_ WS_XML_WRITER *writer, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsWriteNode(_In_ WS_XML_WRITER *writer, _In_ const WS_XML_NODE *node, _In_opt_ WS_ERROR *error);

/* Writes prefix:localName as content; declares the namespace if need be. */
HRESULT WINAPI WsWriteQualifiedName(_In_ WS_XML_WRITER *writer, _In_opt_ const WS_XML_STRING *prefix,
                                    _In_ const WS_XML_STRING *localName, _In_opt_ const WS_XML_STRING *ns,
                                    _In_opt_ WS_ERROR *error);

/* Finds a prefix in scope; S_FALSE if there is none and none is required. */
HRESULT WINAPI WsGetPrefixFromNamespace(_In_ WS_XML_WRITER *writer, _In_ const WS_XML_STRING *ns, BOOL required,
                                        _Outptr_result_maybenull_ const WS_XML_STRING **prefix,
                                        _In_opt_ WS_ERROR *error);

/* Writes what a buffer holds. */
HRESULT WINAPI WsWriteXmlBuffer(_In_ WS_XML_WRITER *writer, _In_ WS_XML_BUFFER *xmlBuffer, _In_opt_ WS_ERROR *error);

/* Encodes what a buffer holds into bytes on a heap. */
HRESULT WINAPI WsWriteXmlBufferToBytes(_In_ WS_XML_WRITER *writer, _In_ WS_XML_BUFFER *xmlBuffer,
                                       _In_opt_ const WS_XML_WRITER_ENCODING *encoding,
                                       _In_reads_opt_(propertyCount) const WS_XML_WRITER_PROPERTY *properties,
                                       ULONG propertyCount, _In_ WS_HEAP *heap, _Outptr_ void **bytes,
                                       _Out_ ULONG *byteCount, _In_opt_ WS_ERROR *error);

/* Copies the reader's node with all it contains, and moves the reader past it; at BOF, the whole document. */
HRESULT WINAPI WsCopyNode(_In_ WS_XML_WRITER *writer, _In_ WS_XML_READER *reader, _In_opt_ WS_ERROR *error);

/* Tells where the writer is; XML buffers only. A start tag that is open is ended, and the place is inside of it. */
HRESULT WINAPI WsGetWriterPosition(_In_ WS_XML_WRITER *writer, _Out_ WS_XML_NODE_POSITION *nodePosition,
                                   _In_opt_ WS_ERROR *error);

/* Goes to a known position; XML buffers only. */
HRESULT WINAPI WsSetWriterPosition(_In_ WS_XML_WRITER *writer, _In_ const WS_XML_NODE_POSITION *nodePosition,
                                   _In_opt_ WS_ERROR *error);

/* Moves about; XML buffers only. */
HRESULT WINAPI WsMoveWriter(_In_ WS_XML_WRITER *writer, WS_MOVE_TO moveTo, _Out_opt_ BOOL *found,
                            _In_opt_ WS_ERROR *error);

void WINAPI WsFreeWriter(_In_ WS_XML_WRITER *writer);

/* ==== XML Canonicalization ====
 *
 * While it runs, what a reader reads or a writer writes is also handed out in canonical form, for signatures.
 */

typedef enum WS_XML_CANONICALIZATION_ALGORITHM {
    WS_EXCLUSIVE_XML_CANONICALIZATION_ALGORITHM = 0,
    WS_EXCLUSIVE_WITH_COMMENTS_XML_CANONICALIZATION_ALGORITHM = 1,
    WS_INCLUSIVE_XML_CANONICALIZATION_ALGORITHM = 2,
    WS_INCLUSIVE_WITH_COMMENTS_XML_CANONICALIZATION_ALGORITHM = 3
} WS_XML_CANONICALIZATION_ALGORITHM;

/* Prefixes that exclusive canonicalization shall treat the inclusive way. */
typedef struct _WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES {
    ULONG prefixCount;
    WS_XML_STRING *prefixes;
} WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES;

typedef enum WS_XML_CANONICALIZATION_PROPERTY_ID {
    WS_XML_CANONICALIZATION_PROPERTY_ALGORITHM = 0,         /* WS_XML_CANONICALIZATION_ALGORITHM, exclusive */
    WS_XML_CANONICALIZATION_PROPERTY_INCLUSIVE_PREFIXES = 1, /* WS_XML_CANONICALIZATION_INCLUSIVE_PREFIXES */
    WS_XML_CANONICALIZATION_PROPERTY_OMITTED_ELEMENT = 2,   /* WS_XML_QNAME: left out with all it contains */
    WS_XML_CANONICALIZATION_PROPERTY_OUTPUT_BUFFER_SIZE = 3 /* ULONG, 1024: bytes collected before the callback */
} WS_XML_CANONICALIZATION_PROPERTY_ID;

typedef struct _WS_XML_CANONICALIZATION_PROPERTY {
    WS_XML_CANONICALIZATION_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_XML_CANONICALIZATION_PROPERTY;

HRESULT WINAPI WsStartReaderCanonicalization(
        _In_ WS_XML_READER *reader, WS_WRITE_CALLBACK writeCallback, _In_opt_ void *writeCallbackState,
        _In_reads_opt_(propertyCount) const WS_XML_CANONICALIZATION_PROPERTY *properties, ULONG propertyCount,
        _In_opt_ WS_ERROR *error);

/* Hands out the rest and stops. */
HRESULT WINAPI WsEndReaderCanonicalization(_In_ WS_XML_READER *reader, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsStartWriterCanonicalization(
        _In_ WS_XML_WRITER *writer, WS_WRITE_CALLBACK writeCallback, _In_opt_ void *writeCallbackState,
        _In_reads_opt_(propertyCount) const WS_XML_CANONICALIZATION_PROPERTY *properties, ULONG propertyCount,
        _In_opt_ WS_ERROR *error);

/* Hands out the rest and stops. */
HRESULT WINAPI WsEndWriterCanonicalization(_In_ WS_XML_WRITER *writer, _In_opt_ WS_ERROR *error);

/* ==== Serialization ====
 *
 * Descriptions say how a C value and XML correspond; reading and writing by description does the rest. wsutil writes
 * descriptions from a schema, and so can a person.
 */

/* The C types that have an XML form. Most have an optional description that narrows the values allowed. */
typedef enum WS_TYPE {
    WS_BOOL_TYPE = 0,              /* BOOL */
    WS_INT8_TYPE = 1,              /* char */
    WS_INT16_TYPE = 2,             /* short */
    WS_INT32_TYPE = 3,             /* int */
    WS_INT64_TYPE = 4,             /* __int64 */
    WS_UINT8_TYPE = 5,             /* BYTE */
    WS_UINT16_TYPE = 6,            /* USHORT */
    WS_UINT32_TYPE = 7,            /* ULONG */
    WS_UINT64_TYPE = 8,            /* unsigned __int64 */
    WS_FLOAT_TYPE = 9,             /* float */
    WS_DOUBLE_TYPE = 10,           /* double */
    WS_DECIMAL_TYPE = 11,          /* DECIMAL */
    WS_DATETIME_TYPE = 12,         /* WS_DATETIME */
    WS_TIMESPAN_TYPE = 13,         /* WS_TIMESPAN */
    WS_GUID_TYPE = 14,             /* GUID */
    WS_UNIQUE_ID_TYPE = 15,        /* WS_UNIQUE_ID */
    WS_STRING_TYPE = 16,           /* WS_STRING */
    WS_WSZ_TYPE = 17,              /* WCHAR *, ended by a zero */
    WS_BYTES_TYPE = 18,            /* WS_BYTES */
    WS_XML_STRING_TYPE = 19,       /* WS_XML_STRING */
    WS_XML_QNAME_TYPE = 20,        /* WS_XML_QNAME */
    WS_XML_BUFFER_TYPE = 21,       /* WS_XML_BUFFER * */
    WS_CHAR_ARRAY_TYPE = 22,       /* two fields: WCHAR * and ULONG count */
    WS_UTF8_ARRAY_TYPE = 23,       /* two fields: BYTE * of characters and ULONG count */
    WS_BYTE_ARRAY_TYPE = 24,       /* two fields: BYTE * and ULONG count */
    WS_DESCRIPTION_TYPE = 25,      /* const WS_STRUCT_DESCRIPTION *: which derived structure it is */
    WS_STRUCT_TYPE = 26,           /* a structure: WS_STRUCT_DESCRIPTION is required */
    WS_CUSTOM_TYPE = 27,           /* anything: WS_CUSTOM_TYPE_DESCRIPTION is required */
    WS_ENDPOINT_ADDRESS_TYPE = 28, /* WS_ENDPOINT_ADDRESS: its description is required */
    WS_FAULT_TYPE = 29,            /* WS_FAULT: its description is required */
    WS_VOID_TYPE = 30,             /* a field that is skipped: WS_VOID_DESCRIPTION gives its size */
    WS_ENUM_TYPE = 31,             /* int: WS_ENUM_DESCRIPTION is required */
    WS_DURATION_TYPE = 32,         /* WS_DURATION */
    WS_UNION_TYPE = 33,            /* a union with its selector: WS_UNION_DESCRIPTION is required */
    WS_ANY_ATTRIBUTES_TYPE = 34    /* WS_ANY_ATTRIBUTES */
} WS_TYPE;

/* Which part of the XML a value corresponds to. */
typedef enum WS_TYPE_MAPPING {
    WS_ELEMENT_TYPE_MAPPING = 1,         /* an element whose name is handled elsewhere: attributes and content */
    WS_ATTRIBUTE_TYPE_MAPPING = 2,       /* the value of an attribute */
    WS_ELEMENT_CONTENT_TYPE_MAPPING = 3, /* the content of an element, or a part of it */
    WS_ANY_ELEMENT_TYPE_MAPPING = 4      /* an element with its name */
} WS_TYPE_MAPPING;

/* Whether a value must be there, and where it goes. */
typedef enum WS_READ_OPTION {
    WS_READ_REQUIRED_VALUE = 1,   /* must be there; goes into the caller's storage */
    WS_READ_REQUIRED_POINTER = 2, /* must be there; goes on the heap, a pointer to it into the storage */
    WS_READ_OPTIONAL_POINTER = 3, /* may be missing: the pointer is NULL then */
    WS_READ_NILLABLE_POINTER = 4, /* may be missing or nil: the pointer is NULL then */
    WS_READ_NILLABLE_VALUE = 5    /* may be missing or nil, for types that can express it */
} WS_READ_OPTION;

/* How a value is passed. */
typedef enum WS_WRITE_OPTION {
    WS_WRITE_REQUIRED_VALUE = 1,   /* a pointer to the value */
    WS_WRITE_REQUIRED_POINTER = 2, /* a pointer to a pointer to the value */
    WS_WRITE_NILLABLE_VALUE = 3,   /* a pointer to a value that may express nil */
    WS_WRITE_NILLABLE_POINTER = 4  /* a pointer to a pointer, NULL for nil */
} WS_WRITE_OPTION;

/* An element with the type of its content. */
typedef struct _WS_ELEMENT_DESCRIPTION {
    WS_XML_STRING *elementLocalName;
    WS_XML_STRING *elementNs;
    WS_TYPE type;
    void *typeDescription; /* of the kind that goes with type */
} WS_ELEMENT_DESCRIPTION;

/* An attribute with the type of its value. */
typedef struct _WS_ATTRIBUTE_DESCRIPTION {
    WS_XML_STRING *attributeLocalName;
    WS_XML_STRING *attributeNs;
    WS_TYPE type;
    void *typeDescription;
} WS_ATTRIBUTE_DESCRIPTION;

/* Where in the XML a field of a structure is found. */
typedef enum WS_FIELD_MAPPING {
    WS_TYPE_ATTRIBUTE_FIELD_MAPPING = 0,           /* xsi:type; for WS_DESCRIPTION_TYPE */
    WS_ATTRIBUTE_FIELD_MAPPING = 1,                /* an attribute */
    WS_ELEMENT_FIELD_MAPPING = 2,                  /* an element */
    WS_REPEATING_ELEMENT_FIELD_MAPPING = 3,        /* an array: elements of one name, in a wrapper or not */
    WS_TEXT_FIELD_MAPPING = 4,                     /* all the text of the element */
    WS_NO_FIELD_MAPPING = 5,                       /* not in the XML */
    WS_XML_ATTRIBUTE_FIELD_MAPPING = 6,            /* a reserved attribute such as xml:lang */
    WS_ELEMENT_CHOICE_FIELD_MAPPING = 7,           /* one of several elements; for WS_UNION_TYPE */
    WS_REPEATING_ELEMENT_CHOICE_FIELD_MAPPING = 8, /* an array of such choices */
    WS_ANY_ELEMENT_FIELD_MAPPING = 9,              /* one element of any name */
    WS_REPEATING_ANY_ELEMENT_FIELD_MAPPING = 10,   /* elements of any name */
    WS_ANY_CONTENT_FIELD_MAPPING = 11,             /* whatever is left: elements and text */
    WS_ANY_ATTRIBUTES_FIELD_MAPPING = 12           /* all attributes that no other field takes */
} WS_FIELD_MAPPING;

/* WS_FIELD_DESCRIPTION.options */
#define WS_FIELD_POINTER 0x1          /* the field is a pointer to the value */
#define WS_FIELD_OPTIONAL 0x2         /* may be missing; the default value takes its place */
#define WS_FIELD_NILLABLE 0x4         /* may be nil */
#define WS_FIELD_NILLABLE_ITEM 0x8    /* items of the array may be nil */
#define WS_FIELD_OTHER_NAMESPACE 0x10 /* any namespace except ns */

/* The value of a field that the XML does not give. */
typedef struct _WS_DEFAULT_VALUE {
    void *value;
    ULONG valueSize;
} WS_DEFAULT_VALUE;

/* How many items an array may have. */
typedef struct _WS_ITEM_RANGE {
    ULONG minItemCount;
    ULONG maxItemCount;
} WS_ITEM_RANGE;

/* One field of a structure. */
typedef struct _WS_FIELD_DESCRIPTION {
    WS_FIELD_MAPPING mapping;
    WS_XML_STRING *localName;       /* for an array: the wrapper's name, or NULL for none */
    WS_XML_STRING *ns;
    WS_TYPE type;
    void *typeDescription;
    ULONG offset;                   /* of the field in the structure */
    ULONG options;                  /* WS_FIELD_ flags */
    WS_DEFAULT_VALUE *defaultValue; /* NULL means all zeros */
    ULONG countOffset;              /* where the ULONG count of an array is */
    WS_XML_STRING *itemLocalName;   /* the name of an array's items */
    WS_XML_STRING *itemNs;
    WS_ITEM_RANGE *itemRange;       /* NULL means any number */
} WS_FIELD_DESCRIPTION;

/* WS_STRUCT_DESCRIPTION.structOptions */
#define WS_STRUCT_ABSTRACT 0x1                        /* only derived structures may appear */
#define WS_STRUCT_IGNORE_TRAILING_ELEMENT_CONTENT 0x2 /* skip elements after the last known one */
#define WS_STRUCT_IGNORE_UNHANDLED_ATTRIBUTES 0x4     /* skip unknown attributes */

/* A structure; typeLocalName to subTypeCount are for derivation: NULL and 0 otherwise. */
struct _WS_STRUCT_DESCRIPTION {
    ULONG size;
    ULONG alignment;               /* 1, 2, 4 or 8 */
    WS_FIELD_DESCRIPTION **fields; /* attributes first, elements in the order of the XML */
    ULONG fieldCount;
    WS_XML_STRING *typeLocalName;
    WS_XML_STRING *typeNs;
    WS_STRUCT_DESCRIPTION *parentType;
    WS_STRUCT_DESCRIPTION **subTypes;
    ULONG subTypeCount;
    ULONG structOptions;           /* WS_STRUCT_ flags */
};

/* One choice of a union. */
typedef struct _WS_UNION_FIELD_DESCRIPTION {
    int value; /* the selector's value for this choice */
    WS_FIELD_DESCRIPTION field;
} WS_UNION_FIELD_DESCRIPTION;

/* A structure that holds a union and an enumeration which tells what is in it. */
typedef struct _WS_UNION_DESCRIPTION {
    ULONG size;
    ULONG alignment;
    WS_UNION_FIELD_DESCRIPTION **fields;
    ULONG fieldCount;
    ULONG enumOffset;    /* of the selector */
    int noneEnumValue;   /* the selector's value for no choice */
    ULONG *valueIndices; /* optional: indices of fields, ordered by value, to find one faster */
} WS_UNION_DESCRIPTION;

typedef struct _WS_ENUM_VALUE {
    int value;
    WS_XML_STRING *name;
} WS_ENUM_VALUE;

typedef struct _WS_ENUM_DESCRIPTION {
    WS_ENUM_VALUE *values;
    ULONG valueCount;
    ULONG maxByteCount; /* of the longest name */
    ULONG *nameIndices; /* optional: indices of values, ordered by name, to find one faster */
} WS_ENUM_DESCRIPTION;

/* Reads a custom type. */
typedef HRESULT (CALLBACK *WS_READ_TYPE_CALLBACK)(_In_ WS_XML_READER *reader, WS_TYPE_MAPPING typeMapping,
                                                  _In_ const void *descriptionData, _In_opt_ WS_HEAP *heap,
                                                  _Out_writes_bytes_(valueSize) void *value, ULONG valueSize,
                                                  _In_opt_ WS_ERROR *error);

/* Writes a custom type. */
typedef HRESULT (CALLBACK *WS_WRITE_TYPE_CALLBACK)(_In_ WS_XML_WRITER *writer, WS_TYPE_MAPPING typeMapping,
                                                   _In_ const void *descriptionData,
                                                   _In_reads_bytes_(valueSize) const void *value, ULONG valueSize,
                                                   _In_opt_ WS_ERROR *error);

/* Compares a value of a custom type with the default value. */
typedef HRESULT (CALLBACK *WS_IS_DEFAULT_VALUE_CALLBACK)(_In_ const void *descriptionData,
                                                         _In_reads_bytes_(valueSize) const void *value,
                                                         _In_reads_bytes_opt_(valueSize) const void *defaultValue,
                                                         ULONG valueSize, _Out_ BOOL *isDefault,
                                                         _In_opt_ WS_ERROR *error);

/* A type that the program itself reads and writes. */
typedef struct _WS_CUSTOM_TYPE_DESCRIPTION {
    ULONG size;
    ULONG alignment;
    WS_READ_TYPE_CALLBACK readCallback;
    WS_WRITE_TYPE_CALLBACK writeCallback;
    void *descriptionData; /* handed to the callbacks */
    WS_IS_DEFAULT_VALUE_CALLBACK isDefaultValueCallback;
} WS_CUSTOM_TYPE_DESCRIPTION;

typedef struct _WS_ANY_ATTRIBUTE {
    WS_XML_STRING localName;
    WS_XML_STRING ns;
    WS_XML_TEXT *value;
} WS_ANY_ATTRIBUTE;

/* Attributes that no field was described for. */
typedef struct _WS_ANY_ATTRIBUTES {
    WS_ANY_ATTRIBUTE *attributes;
    ULONG attributeCount;
} WS_ANY_ATTRIBUTES;

/* What narrows the values of a simple type: a range, or a length. */

typedef struct _WS_BOOL_DESCRIPTION {
    BOOL value;
} WS_BOOL_DESCRIPTION;

typedef struct _WS_INT8_DESCRIPTION {
    CHAR minValue;
    CHAR maxValue;
} WS_INT8_DESCRIPTION;

typedef struct _WS_INT16_DESCRIPTION {
    SHORT minValue;
    SHORT maxValue;
} WS_INT16_DESCRIPTION;

typedef struct _WS_INT32_DESCRIPTION {
    int minValue;
    int maxValue;
} WS_INT32_DESCRIPTION;

typedef struct _WS_INT64_DESCRIPTION {
    INT64 minValue;
    INT64 maxValue;
} WS_INT64_DESCRIPTION;

typedef struct _WS_UINT8_DESCRIPTION {
    BYTE minValue;
    BYTE maxValue;
} WS_UINT8_DESCRIPTION;

typedef struct _WS_UINT16_DESCRIPTION {
    USHORT minValue;
    USHORT maxValue;
} WS_UINT16_DESCRIPTION;

typedef struct _WS_UINT32_DESCRIPTION {
    ULONG minValue;
    ULONG maxValue;
} WS_UINT32_DESCRIPTION;

typedef struct _WS_UINT64_DESCRIPTION {
    UINT64 minValue;
    UINT64 maxValue;
} WS_UINT64_DESCRIPTION;

typedef struct _WS_FLOAT_DESCRIPTION {
    float minValue;
    float maxValue;
} WS_FLOAT_DESCRIPTION;

typedef struct _WS_DOUBLE_DESCRIPTION {
    double minValue;
    double maxValue;
} WS_DOUBLE_DESCRIPTION;

typedef struct _WS_DECIMAL_DESCRIPTION {
    DECIMAL minValue;
    DECIMAL maxValue;
} WS_DECIMAL_DESCRIPTION;

typedef struct _WS_DATETIME_DESCRIPTION {
    WS_DATETIME minValue;
    WS_DATETIME maxValue;
} WS_DATETIME_DESCRIPTION;

typedef struct _WS_TIMESPAN_DESCRIPTION {
    WS_TIMESPAN minValue;
    WS_TIMESPAN maxValue;
} WS_TIMESPAN_DESCRIPTION;

/* Orders two durations: result is -1, 0 or 1; WS_E_INVALID_FORMAT if they have no order. */
typedef HRESULT (CALLBACK *WS_DURATION_COMPARISON_CALLBACK)(_In_ const WS_DURATION *duration1,
                                                            _In_ const WS_DURATION *duration2, _Out_ int *result,
                                                            _In_opt_ WS_ERROR *error);

typedef struct _WS_DURATION_DESCRIPTION {
    WS_DURATION minValue;
    WS_DURATION maxValue;
    WS_DURATION_COMPARISON_CALLBACK comparer;
} WS_DURATION_DESCRIPTION;

typedef struct _WS_GUID_DESCRIPTION {
    GUID value;
} WS_GUID_DESCRIPTION;

typedef struct _WS_UNIQUE_ID_DESCRIPTION {
    ULONG minCharCount;
    ULONG maxCharCount;
} WS_UNIQUE_ID_DESCRIPTION;

typedef struct _WS_STRING_DESCRIPTION {
    ULONG minCharCount;
    ULONG maxCharCount;
} WS_STRING_DESCRIPTION;

typedef struct _WS_WSZ_DESCRIPTION {
    ULONG minCharCount;
    ULONG maxCharCount;
} WS_WSZ_DESCRIPTION;

typedef struct _WS_CHAR_ARRAY_DESCRIPTION {
    ULONG minCharCount;
    ULONG maxCharCount;
} WS_CHAR_ARRAY_DESCRIPTION;

typedef struct _WS_UTF8_ARRAY_DESCRIPTION {
    ULONG minByteCount;
    ULONG maxByteCount;
} WS_UTF8_ARRAY_DESCRIPTION;

typedef struct _WS_BYTE_ARRAY_DESCRIPTION {
    ULONG minByteCount;
    ULONG maxByteCount;
} WS_BYTE_ARRAY_DESCRIPTION;

typedef struct _WS_BYTES_DESCRIPTION {
    ULONG minByteCount;
    ULONG maxByteCount;
} WS_BYTES_DESCRIPTION;

typedef struct _WS_XML_STRING_DESCRIPTION {
    ULONG minByteCount;
    ULONG maxByteCount;
} WS_XML_STRING_DESCRIPTION;

typedef struct _WS_XML_QNAME_DESCRIPTION {
    ULONG minLocalNameByteCount;
    ULONG maxLocalNameByteCount;
    ULONG minNsByteCount;
    ULONG maxNsByteCount;
} WS_XML_QNAME_DESCRIPTION;

/* The size of a field that is skipped. */
typedef struct _WS_VOID_DESCRIPTION {
    ULONG size;
} WS_VOID_DESCRIPTION;

/* Reads an element by its description. */
HRESULT WINAPI WsReadElement(_In_ WS_XML_READER *reader, _In_ const WS_ELEMENT_DESCRIPTION *elementDescription,
                             WS_READ_OPTION readOption, _In_opt_ WS_HEAP *heap,
                             _Out_writes_bytes_(valueSize) void *value, ULONG valueSize, _In_opt_ WS_ERROR *error);

/* Reads an attribute of the current element by its description. */
HRESULT WINAPI WsReadAttribute(_In_ WS_XML_READER *reader, _In_ const WS_ATTRIBUTE_DESCRIPTION *attributeDescription,
                               WS_READ_OPTION readOption, _In_opt_ WS_HEAP *heap,
                               _Out_writes_bytes_(valueSize) void *value, ULONG valueSize, _In_opt_ WS_ERROR *error);

/* Reads a value of any type; typeMapping says from which part of the XML. */
HRESULT WINAPI WsReadType(_In_ WS_XML_READER *reader, WS_TYPE_MAPPING typeMapping, WS_TYPE type,
                          _In_opt_ const void *typeDescription, WS_READ_OPTION readOption, _In_opt_ WS_HEAP *heap,
                          _Out_writes_bytes_(valueSize) void *value, ULONG valueSize, _In_opt_ WS_ERROR *error);

/* Writes an element by its description. */
HRESULT WINAPI WsWriteElement(_In_ WS_XML_WRITER *writer, _In_ const WS_ELEMENT_DESCRIPTION *elementDescription,
                              WS_WRITE_OPTION writeOption, _In_reads_bytes_opt_(valueSize) const void *value,
                              ULONG valueSize, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsWriteAttribute(_In_ WS_XML_WRITER *writer, _In_ const WS_ATTRIBUTE_DESCRIPTION *attributeDescription,
                                WS_WRITE_OPTION writeOption, _In_reads_bytes_opt_(valueSize) const void *value,
                                ULONG valueSize, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsWriteType(_In_ WS_XML_WRITER *writer, WS_TYPE_MAPPING typeMapping, WS_TYPE type,
                           _In_opt_ const void *typeDescription, WS_WRITE_OPTION writeOption,
                           _In_reads_bytes_opt_(valueSize) const void *value, ULONG valueSize,
                           _In_opt_ WS_ERROR *error);

/* ==== Message ====
 *
 * A message is an envelope: headers, which are at hand at once, and a body, which is read or written as a stream. Its
 * heap is reset with it.
 */

typedef enum WS_ENVELOPE_VERSION {
    WS_ENVELOPE_VERSION_SOAP_1_1 = 1,
    WS_ENVELOPE_VERSION_SOAP_1_2 = 2,
    WS_ENVELOPE_VERSION_NONE = 3 /* no SOAP envelope around the body */
} WS_ENVELOPE_VERSION;

typedef enum WS_ADDRESSING_VERSION {
    WS_ADDRESSING_VERSION_0_9 = 1,      /* WS-Addressing of August 2004 */
    WS_ADDRESSING_VERSION_1_0 = 2,      /* WS-Addressing 1.0 */
    WS_ADDRESSING_VERSION_TRANSPORT = 3 /* no addressing headers; the transport's own means */
} WS_ADDRESSING_VERSION;

typedef enum WS_MESSAGE_STATE {
    WS_MESSAGE_STATE_EMPTY = 1,       /* nothing to see yet */
    WS_MESSAGE_STATE_INITIALIZED = 2, /* headers can be set */
    WS_MESSAGE_STATE_READING = 3,     /* the body can be read */
    WS_MESSAGE_STATE_WRITING = 4,     /* the body can be written */
    WS_MESSAGE_STATE_DONE = 5         /* the body is complete; headers can still be seen */
} WS_MESSAGE_STATE;

/* Which headers a message begins with. */
typedef enum WS_MESSAGE_INITIALIZATION {
    WS_BLANK_MESSAGE = 0,     /* none */
    WS_DUPLICATE_MESSAGE = 1, /* those of the source message */
    WS_REQUEST_MESSAGE = 2,   /* a new message ID */
    WS_REPLY_MESSAGE = 3,     /* addressed to the source's ReplyTo, and related to it */
    WS_FAULT_MESSAGE = 4      /* addressed to the source's FaultTo or ReplyTo, and related to it */
} WS_MESSAGE_INITIALIZATION;

/* The standard headers, and the type of their values. */
typedef enum WS_HEADER_TYPE {
    WS_ACTION_HEADER = 1,     /* WS_STRING_TYPE, WS_XML_STRING_TYPE or WS_WSZ_TYPE */
    WS_TO_HEADER = 2,         /* WS_STRING_TYPE, WS_XML_STRING_TYPE or WS_WSZ_TYPE */
    WS_MESSAGE_ID_HEADER = 3, /* WS_UNIQUE_ID_TYPE or one of those */
    WS_RELATES_TO_HEADER = 4, /* WS_UNIQUE_ID_TYPE or one of those */
    WS_FROM_HEADER = 5,       /* WS_ENDPOINT_ADDRESS_TYPE */
    WS_REPLY_TO_HEADER = 6,   /* WS_ENDPOINT_ADDRESS_TYPE */
    WS_FAULT_TO_HEADER = 7    /* WS_ENDPOINT_ADDRESS_TYPE */
} WS_HEADER_TYPE;

/* Whether a header may appear more than once. */
typedef enum WS_REPEATING_HEADER_OPTION {
    WS_REPEATING_HEADER = 1,
    WS_SINGLETON_HEADER = 2
} WS_REPEATING_HEADER_OPTION;

/* What a header's element says besides its value. */
#define WS_MUST_UNDERSTAND_HEADER_ATTRIBUTE 0x1
#define WS_RELAY_HEADER_ATTRIBUTE 0x2 /* SOAP 1.2 only */

/* What can be set or asked. */
typedef enum WS_MESSAGE_PROPERTY_ID {
    WS_MESSAGE_PROPERTY_STATE = 0,                            /* WS_MESSAGE_STATE */
    WS_MESSAGE_PROPERTY_HEAP = 1,                             /* WS_HEAP *: owned by the message */
    WS_MESSAGE_PROPERTY_ENVELOPE_VERSION = 2,                 /* WS_ENVELOPE_VERSION */
    WS_MESSAGE_PROPERTY_ADDRESSING_VERSION = 3,               /* WS_ADDRESSING_VERSION */
    WS_MESSAGE_PROPERTY_HEADER_BUFFER = 4,                    /* WS_XML_BUFFER *: the envelope with the headers */
    WS_MESSAGE_PROPERTY_HEADER_POSITION = 5,                  /* WS_XML_NODE_POSITION: the header element within it */
    WS_MESSAGE_PROPERTY_BODY_READER = 6,                      /* WS_XML_READER *, while reading */
    WS_MESSAGE_PROPERTY_BODY_WRITER = 7,                      /* WS_XML_WRITER *, while writing */
    WS_MESSAGE_PROPERTY_IS_ADDRESSED = 8,                     /* BOOL: whether WsAddressMessage was called */
    WS_MESSAGE_PROPERTY_HEAP_PROPERTIES = 9,                  /* WS_HEAP_PROPERTIES, at creation */
    WS_MESSAGE_PROPERTY_XML_READER_PROPERTIES = 10,           /* WS_XML_READER_PROPERTIES, at creation */
    WS_MESSAGE_PROPERTY_XML_WRITER_PROPERTIES = 11,           /* WS_XML_WRITER_PROPERTIES, at creation */
    WS_MESSAGE_PROPERTY_IS_FAULT = 12,                        /* BOOL */
    WS_MESSAGE_PROPERTY_MAX_PROCESSED_HEADERS = 13,           /* ULONG, 64, at creation */
    WS_MESSAGE_PROPERTY_USERNAME = 14,                        /* WS_STRING: who sent it */
    WS_MESSAGE_PROPERTY_ENCODED_CERT = 15,                    /* WS_BYTES: the sender's certificate */
    WS_MESSAGE_PROPERTY_TRANSPORT_SECURITY_WINDOWS_TOKEN = 16, /* HANDLE */
    WS_MESSAGE_PROPERTY_HTTP_HEADER_AUTH_WINDOWS_TOKEN = 17,  /* HANDLE */
    WS_MESSAGE_PROPERTY_MESSAGE_SECURITY_WINDOWS_TOKEN = 18,  /* HANDLE */
    WS_MESSAGE_PROPERTY_SAML_ASSERTION = 19,                  /* WS_XML_BUFFER * */
    WS_MESSAGE_PROPERTY_SECURITY_CONTEXT = 20,                /* WS_SECURITY_CONTEXT * */
    WS_MESSAGE_PROPERTY_PROTECTION_LEVEL = 21                 /* WS_PROTECTION_LEVEL: how the message was protected */
} WS_MESSAGE_PROPERTY_ID;

typedef struct _WS_MESSAGE_PROPERTY {
    WS_MESSAGE_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_MESSAGE_PROPERTY;

typedef struct _WS_MESSAGE_PROPERTIES {
    WS_MESSAGE_PROPERTY *properties;
    ULONG propertyCount;
} WS_MESSAGE_PROPERTIES;

/* An action with the element of the body; either may be NULL. */
typedef struct _WS_MESSAGE_DESCRIPTION {
    WS_XML_STRING *action;
    WS_ELEMENT_DESCRIPTION *bodyElementDescription;
} WS_MESSAGE_DESCRIPTION;

/* Told that a message read or written by hand needs its reader or writer no more. */
typedef void (CALLBACK *WS_MESSAGE_DONE_CALLBACK)(_In_opt_ void *doneCallbackState);

HRESULT WINAPI WsCreateMessage(WS_ENVELOPE_VERSION envelopeVersion, WS_ADDRESSING_VERSION addressingVersion,
                               _In_reads_opt_(propertyCount) const WS_MESSAGE_PROPERTY *properties,
                               ULONG propertyCount, _Outptr_ WS_MESSAGE **message, _In_opt_ WS_ERROR *error);

/* Creates a message of the channel's versions. */
HRESULT WINAPI WsCreateMessageForChannel(_In_ WS_CHANNEL *channel,
                                         _In_reads_opt_(propertyCount) const WS_MESSAGE_PROPERTY *properties,
                                         ULONG propertyCount, _Outptr_ WS_MESSAGE **message,
                                         _In_opt_ WS_ERROR *error);

/* Gives an empty message its first headers; sourceMessage is the one to copy or to answer. */
HRESULT WINAPI WsInitializeMessage(_In_ WS_MESSAGE *message, WS_MESSAGE_INITIALIZATION initialization,
                                   _In_opt_ WS_MESSAGE *sourceMessage, _In_opt_ WS_ERROR *error);

/* Empties the message for reuse; its heap is reset. */
HRESULT WINAPI WsResetMessage(_In_ WS_MESSAGE *message, _In_opt_ WS_ERROR *error);

void WINAPI WsFreeMessage(_In_ WS_MESSAGE *message);

HRESULT WINAPI WsGetMessageProperty(_In_ WS_MESSAGE *message, WS_MESSAGE_PROPERTY_ID id,
                                    _Out_writes_bytes_(valueSize) void *value, ULONG valueSize,
                                    _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsSetMessageProperty(_In_ WS_MESSAGE *message, WS_MESSAGE_PROPERTY_ID id,
                                    _In_reads_bytes_(valueSize) const void *value, ULONG valueSize,
                                    _In_opt_ WS_ERROR *error);

/* Addresses the message to an endpoint. */
HRESULT WINAPI WsAddressMessage(_In_ WS_MESSAGE *message, _In_opt_ const WS_ENDPOINT_ADDRESS *address,
                                _In_opt_ WS_ERROR *error);

/* Reads a standard header. */
HRESULT WINAPI WsGetHeader(_In_ WS_MESSAGE *message, WS_HEADER_TYPE headerType, WS_TYPE valueType,
                           WS_READ_OPTION readOption, _In_opt_ WS_HEAP *heap,
                           _Out_writes_bytes_(valueSize) void *value, ULONG valueSize, _In_opt_ WS_ERROR *error);

/* Adds or replaces a standard header. */
HRESULT WINAPI WsSetHeader(_In_ WS_MESSAGE *message, WS_HEADER_TYPE headerType, WS_TYPE valueType,
                           WS_WRITE_OPTION writeOption, _In_reads_bytes_(valueSize) const void *value,
                           ULONG valueSize, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsRemoveHeader(_In_ WS_MESSAGE *message, WS_HEADER_TYPE headerType, _In_opt_ WS_ERROR *error);

/* Reads a header of the program's own. */
HRESULT WINAPI WsGetCustomHeader(_In_ WS_MESSAGE *message, _In_ const WS_ELEMENT_DESCRIPTION *customHeaderDescription,
                                 WS_REPEATING_HEADER_OPTION repeatingOption, ULONG headerIndex,
                                 WS_READ_OPTION readOption, _In_opt_ WS_HEAP *heap,
                                 _Out_writes_bytes_(valueSize) void *value, ULONG valueSize,
                                 _Out_opt_ ULONG *headerAttributes, _In_opt_ WS_ERROR *error);

/* headerAttributes are WS_..._HEADER_ATTRIBUTE flags. */
HRESULT WINAPI WsAddCustomHeader(_In_ WS_MESSAGE *message, _In_ const WS_ELEMENT_DESCRIPTION *headerDescription,
                                 WS_WRITE_OPTION writeOption, _In_reads_bytes_(valueSize) const void *value,
                                 ULONG valueSize, ULONG headerAttributes, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsRemoveCustomHeader(_In_ WS_MESSAGE *message, _In_ const WS_XML_STRING *headerName,
                                    _In_ const WS_XML_STRING *headerNs, _In_opt_ WS_ERROR *error);

/* Reads a header that travels as an HTTP header: see WS_HTTP_MESSAGE_MAPPING. */
HRESULT WINAPI WsGetMappedHeader(_In_ WS_MESSAGE *message, _In_ const WS_XML_STRING *headerName,
                                 WS_REPEATING_HEADER_OPTION repeatingOption, ULONG headerIndex, WS_TYPE valueType,
                                 WS_READ_OPTION readOption, _In_opt_ WS_HEAP *heap,
                                 _Out_writes_bytes_(valueSize) void *value, ULONG valueSize,
                                 _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsAddMappedHeader(_In_ WS_MESSAGE *message, _In_ const WS_XML_STRING *headerName, WS_TYPE valueType,
                                 WS_WRITE_OPTION writeOption, _In_reads_bytes_(valueSize) const void *value,
                                 ULONG valueSize, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsRemoveMappedHeader(_In_ WS_MESSAGE *message, _In_ const WS_XML_STRING *headerName,
                                    _In_opt_ WS_ERROR *error);

/* Gets the WS_..._HEADER_ATTRIBUTE flags of the header that the reader is on. */
HRESULT WINAPI WsGetHeaderAttributes(_In_ WS_MESSAGE *message, _In_ WS_XML_READER *reader,
                                     _Out_ ULONG *headerAttributes, _In_opt_ WS_ERROR *error);

/* Fails if a header that must be understood was neither read nor marked. */
HRESULT WINAPI WsCheckMustUnderstandHeaders(_In_ WS_MESSAGE *message, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsMarkHeaderAsUnderstood(_In_ WS_MESSAGE *message, _In_ const WS_XML_NODE_POSITION *headerPosition,
                                        _In_opt_ WS_ERROR *error);

/* Writes a value into the body by its description. */
HRESULT WINAPI WsWriteBody(_In_ WS_MESSAGE *message, _In_ const WS_ELEMENT_DESCRIPTION *bodyDescription,
                           WS_WRITE_OPTION writeOption, _In_reads_bytes_(valueSize) const void *value,
                           ULONG valueSize, _In_opt_ WS_ERROR *error);

/* Reads a value out of the body by its description. */
HRESULT WINAPI WsReadBody(_In_ WS_MESSAGE *message, _In_ const WS_ELEMENT_DESCRIPTION *bodyDescription,
                          WS_READ_OPTION readOption, _In_opt_ WS_HEAP *heap,
                          _Out_writes_bytes_(valueSize) void *value, ULONG valueSize, _In_opt_ WS_ERROR *error);

/* Sends what was written of a streamed body once there are minSize bytes. */
HRESULT WINAPI WsFlushBody(_In_ WS_MESSAGE *message, ULONG minSize, _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                           _In_opt_ WS_ERROR *error);

/* Receives at least minSize bytes of a streamed body. */
HRESULT WINAPI WsFillBody(_In_ WS_MESSAGE *message, ULONG minSize, _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                          _In_opt_ WS_ERROR *error);

/* Writes the envelope up to the body with a writer of the caller's, without a channel. */
HRESULT WINAPI WsWriteEnvelopeStart(_In_ WS_MESSAGE *message, _In_ WS_XML_WRITER *writer,
                                    _In_opt_ WS_MESSAGE_DONE_CALLBACK doneCallback, _In_opt_ void *doneCallbackState,
                                    _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsWriteEnvelopeEnd(_In_ WS_MESSAGE *message, _In_opt_ WS_ERROR *error);

/* Reads the envelope up to the body with a reader of the caller's, without a channel. */
HRESULT WINAPI WsReadEnvelopeStart(_In_ WS_MESSAGE *message, _In_ WS_XML_READER *reader,
                                   _In_opt_ WS_MESSAGE_DONE_CALLBACK doneCallback, _In_opt_ void *doneCallbackState,
                                   _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsReadEnvelopeEnd(_In_ WS_MESSAGE *message, _In_opt_ WS_ERROR *error);

/* ==== Endpoint Address ====
 *
 * Where a service is and, optionally, who it has to be.
 */

struct _WS_ENDPOINT_ADDRESS {
    WS_STRING url;
    WS_XML_BUFFER *headers;         /* elements to send along as headers; NULL for none */
    WS_XML_BUFFER *extensions;      /* elements of other kinds; NULL for none */
    WS_ENDPOINT_IDENTITY *identity; /* NULL for any */
};

/* Goes with WS_ENDPOINT_ADDRESS_TYPE. */
typedef struct _WS_ENDPOINT_ADDRESS_DESCRIPTION {
    WS_ADDRESSING_VERSION addressingVersion;
} WS_ENDPOINT_ADDRESS_DESCRIPTION;

typedef enum WS_ENDPOINT_ADDRESS_EXTENSION_TYPE {
    WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS = 1 /* WS_ENDPOINT_ADDRESS: where to get the endpoint's metadata */
} WS_ENDPOINT_ADDRESS_EXTENSION_TYPE;

/* Reads an extension of an address. */
HRESULT WINAPI WsReadEndpointAddressExtension(_In_ WS_XML_READER *reader, _In_ WS_ENDPOINT_ADDRESS *endpointAddress,
                                              WS_ENDPOINT_ADDRESS_EXTENSION_TYPE extensionType,
                                              WS_READ_OPTION readOption, _In_ WS_HEAP *heap,
                                              _Out_writes_bytes_(valueSize) void *value, ULONG valueSize,
                                              _In_opt_ WS_ERROR *error);

/* ==== Endpoint Identity ====
 *
 * The party that an endpoint has to prove to be. Each kind begins with a WS_ENDPOINT_IDENTITY.
 */

typedef enum WS_ENDPOINT_IDENTITY_TYPE {
    WS_DNS_ENDPOINT_IDENTITY_TYPE = 1,
    WS_UPN_ENDPOINT_IDENTITY_TYPE = 2,
    WS_SPN_ENDPOINT_IDENTITY_TYPE = 3,
    WS_RSA_ENDPOINT_IDENTITY_TYPE = 4,
    WS_CERT_ENDPOINT_IDENTITY_TYPE = 5,
    WS_UNKNOWN_ENDPOINT_IDENTITY_TYPE = 6
} WS_ENDPOINT_IDENTITY_TYPE;

/* What all identities begin with. */
struct _WS_ENDPOINT_IDENTITY {
    WS_ENDPOINT_IDENTITY_TYPE identityType;
};

typedef struct _WS_DNS_ENDPOINT_IDENTITY {
    WS_ENDPOINT_IDENTITY identity;
    WS_STRING dns;
} WS_DNS_ENDPOINT_IDENTITY;

/* A user principal name. */
typedef struct _WS_UPN_ENDPOINT_IDENTITY {
    WS_ENDPOINT_IDENTITY identity;
    WS_STRING upn;
} WS_UPN_ENDPOINT_IDENTITY;

/* A service principal name. */
typedef struct _WS_SPN_ENDPOINT_IDENTITY {
    WS_ENDPOINT_IDENTITY identity;
    WS_STRING spn;
} WS_SPN_ENDPOINT_IDENTITY;

typedef struct _WS_RSA_ENDPOINT_IDENTITY {
    WS_ENDPOINT_IDENTITY identity;
    WS_BYTES modulus;
    WS_BYTES exponent;
} WS_RSA_ENDPOINT_IDENTITY;

typedef struct _WS_CERT_ENDPOINT_IDENTITY {
    WS_ENDPOINT_IDENTITY identity;
    WS_BYTES rawCertificateData;
} WS_CERT_ENDPOINT_IDENTITY;

/* One that was read but not recognized. */
typedef struct _WS_UNKNOWN_ENDPOINT_IDENTITY {
    WS_ENDPOINT_IDENTITY identity;
    WS_XML_BUFFER *element; /* as it was read */
} WS_UNKNOWN_ENDPOINT_IDENTITY;

/* ==== Url ====
 *
 * Taking URLs apart and putting them together. Each scheme's structure begins with a WS_URL.
 */

typedef enum WS_URL_SCHEME_TYPE {
    WS_URL_HTTP_SCHEME_TYPE = 0,
    WS_URL_HTTPS_SCHEME_TYPE = 1,
    WS_URL_NETTCP_SCHEME_TYPE = 2,
    WS_URL_SOAPUDP_SCHEME_TYPE = 3,
    WS_URL_NETPIPE_SCHEME_TYPE = 4
} WS_URL_SCHEME_TYPE;

/* What all URLs begin with. */
typedef struct _WS_URL {
    WS_URL_SCHEME_TYPE scheme;
} WS_URL;

/* The parts of an http URL, decoded; the other schemes have the same members. */
typedef struct _WS_HTTP_URL {
    WS_URL url;
    WS_STRING host;
    USHORT port;
    WS_STRING portAsString;
    WS_STRING path;
    WS_STRING query;
    WS_STRING fragment;
} WS_HTTP_URL;

typedef struct _WS_HTTPS_URL {
    WS_URL url;
    WS_STRING host;
    USHORT port;
    WS_STRING portAsString;
    WS_STRING path;
    WS_STRING query;
    WS_STRING fragment;
} WS_HTTPS_URL;

typedef struct _WS_NETTCP_URL {
    WS_URL url;
    WS_STRING host;
    USHORT port;
    WS_STRING portAsString;
    WS_STRING path;
    WS_STRING query;
    WS_STRING fragment;
} WS_NETTCP_URL;

typedef struct _WS_SOAPUDP_URL {
    WS_URL url;
    WS_STRING host;
    USHORT port;
    WS_STRING portAsString;
    WS_STRING path;
    WS_STRING query;
    WS_STRING fragment;
} WS_SOAPUDP_URL;

typedef struct _WS_NETPIPE_URL {
    WS_URL url;
    WS_STRING host;
    USHORT port;
    WS_STRING portAsString;
    WS_STRING path;
    WS_STRING query;
    WS_STRING fragment;
} WS_NETPIPE_URL;

/* What the URL functions may accept or do. */
#define WS_URL_FLAGS_ALLOW_HOST_WILDCARDS 0x1 /* + and * in place of a host */
#define WS_URL_FLAGS_NO_PATH_COLLAPSE 0x2     /* keep . and .. in paths */
#define WS_URL_FLAGS_ZERO_TERMINATE 0x4       /* add a zero behind the result */

/* Takes a URL apart; the result is on the heap. */
HRESULT WINAPI WsDecodeUrl(_In_ const WS_STRING *url, ULONG flags, _In_ WS_HEAP *heap, _Outptr_ WS_URL **outUrl,
                           _In_opt_ WS_ERROR *error);

/* Puts a URL together, escaping what has to be. */
HRESULT WINAPI WsEncodeUrl(_In_ const WS_URL *url, ULONG flags, _In_ WS_HEAP *heap, _Out_ WS_STRING *outUrl,
                           _In_opt_ WS_ERROR *error);

/* Resolves a reference against an absolute URL. */
HRESULT WINAPI WsCombineUrl(_In_ const WS_STRING *baseUrl, _In_ const WS_STRING *referenceUrl, ULONG flags,
                            _In_ WS_HEAP *heap, _Out_ WS_STRING *resultUrl, _In_opt_ WS_ERROR *error);

/* ==== Faults ====
 *
 * How a failure is told to the other side, and how such an answer is found in the error object.
 */

/* From the most general code to the most specific. */
struct _WS_FAULT_CODE {
    WS_XML_QNAME value;
    WS_FAULT_CODE *subCode;
};

/* The explanation in one language. */
typedef struct _WS_FAULT_REASON {
    WS_STRING text;
    WS_STRING lang;
} WS_FAULT_REASON;

typedef struct _WS_FAULT {
    WS_FAULT_CODE *code;      /* at least one */
    WS_FAULT_REASON *reasons; /* at least one */
    ULONG reasonCount;
    WS_STRING actor;          /* who failed; empty for the endpoint */
    WS_STRING node;           /* where; empty for the endpoint */
    WS_XML_BUFFER *detail;    /* an element of the service's own, or NULL */
} WS_FAULT;

/* Goes with WS_FAULT_TYPE. */
typedef struct _WS_FAULT_DESCRIPTION {
    WS_ENVELOPE_VERSION envelopeVersion;
} WS_FAULT_DESCRIPTION;

/* What a fault's detail looks like. */
typedef struct _WS_FAULT_DETAIL_DESCRIPTION {
    WS_XML_STRING *action; /* of the message with that fault, or NULL for any */
    WS_ELEMENT_DESCRIPTION *detailElementDescription;
} WS_FAULT_DETAIL_DESCRIPTION;

/* What an error object knows about a fault. */
typedef enum WS_FAULT_ERROR_PROPERTY_ID {
    WS_FAULT_ERROR_PROPERTY_FAULT = 0,  /* WS_FAULT *, or NULL */
    WS_FAULT_ERROR_PROPERTY_ACTION = 1, /* WS_XML_STRING: empty if there is none */
    WS_FAULT_ERROR_PROPERTY_HEADER = 2  /* WS_XML_BUFFER *: a header to send with the fault */
} WS_FAULT_ERROR_PROPERTY_ID;

/* How much of the error strings a fault may tell. */
typedef enum WS_FAULT_DISCLOSURE {
    WS_MINIMAL_FAULT_DISCLOSURE = 0, /* only that something failed */
    WS_FULL_FAULT_DISCLOSURE = 1     /* the strings */
} WS_FAULT_DISCLOSURE;

HRESULT WINAPI WsGetFaultErrorProperty(_In_ WS_ERROR *error, WS_FAULT_ERROR_PROPERTY_ID id,
                                       _Out_writes_bytes_(bufferSize) void *buffer, ULONG bufferSize);

/* Attaches a fault, its action or its header to the error object. */
HRESULT WINAPI WsSetFaultErrorProperty(_In_ WS_ERROR *error, WS_FAULT_ERROR_PROPERTY_ID id,
                                       _In_reads_bytes_(valueSize) const void *value, ULONG valueSize);

/* Reads the fault's detail by its description, if the action matches. */
HRESULT WINAPI WsGetFaultErrorDetail(_In_ WS_ERROR *error,
                                     _In_ const WS_FAULT_DETAIL_DESCRIPTION *faultDetailDescription,
                                     WS_READ_OPTION readOption, _In_opt_ WS_HEAP *heap,
                                     _Out_writes_bytes_(valueSize) void *value, ULONG valueSize);

/* Attaches a fault's detail by its description. */
HRESULT WINAPI WsSetFaultErrorDetail(_In_ WS_ERROR *error,
                                     _In_ const WS_FAULT_DETAIL_DESCRIPTION *faultDetailDescription,
                                     WS_WRITE_OPTION writeOption, _In_reads_bytes_opt_(valueSize) const void *value,
                                     ULONG valueSize);

/* Makes a fault of what the error object holds. */
HRESULT WINAPI WsCreateFaultFromError(_In_ WS_ERROR *error, HRESULT faultErrorCode,
                                      WS_FAULT_DISCLOSURE faultDisclosure, _In_ WS_HEAP *heap, _Out_ WS_FAULT *fault);

/* ==== Channel ====
 *
 * A channel exchanges messages with one endpoint. A client creates it, a service gets it from a listener.
 */

/* The way messages go. */
typedef enum WS_CHANNEL_TYPE {
    WS_CHANNEL_TYPE_INPUT = 1,          /* receive only */
    WS_CHANNEL_TYPE_OUTPUT = 2,         /* send only */
    WS_CHANNEL_TYPE_SESSION = 4,        /* a flag: messages belong to a session */
    WS_CHANNEL_TYPE_INPUT_SESSION = 5,
    WS_CHANNEL_TYPE_OUTPUT_SESSION = 6,
    WS_CHANNEL_TYPE_DUPLEX = 3,         /* both ways, independently */
    WS_CHANNEL_TYPE_DUPLEX_SESSION = 7, /* TCP and named pipes */
    WS_CHANNEL_TYPE_REQUEST = 8,        /* send, then receive the answer: an HTTP client */
    WS_CHANNEL_TYPE_REPLY = 16          /* receive, then send the answer: an HTTP service */
} WS_CHANNEL_TYPE;

/* The transport. */
typedef enum WS_CHANNEL_BINDING {
    WS_HTTP_CHANNEL_BINDING = 0,
    WS_TCP_CHANNEL_BINDING = 1,
    WS_UDP_CHANNEL_BINDING = 2,
    WS_CUSTOM_CHANNEL_BINDING = 3, /* callbacks of the program */
    WS_NAMEDPIPE_CHANNEL_BINDING = 4
} WS_CHANNEL_BINDING;

typedef enum WS_CHANNEL_STATE {
    WS_CHANNEL_STATE_CREATED = 0,
    WS_CHANNEL_STATE_OPENING = 1,
    WS_CHANNEL_STATE_ACCEPTING = 2,
    WS_CHANNEL_STATE_OPEN = 3,
    WS_CHANNEL_STATE_FAULTED = 4,
    WS_CHANNEL_STATE_CLOSING = 5,
    WS_CHANNEL_STATE_CLOSED = 6
} WS_CHANNEL_STATE;

/* Whether a message goes as a whole or in pieces. */
typedef enum WS_TRANSFER_MODE {
    WS_STREAMED_INPUT_TRANSFER_MODE = 1,
    WS_STREAMED_OUTPUT_TRANSFER_MODE = 2,
    WS_BUFFERED_TRANSFER_MODE = 0,
    WS_STREAMED_TRANSFER_MODE = 3
} WS_TRANSFER_MODE;

/* Whether the end of the session is an error. */
typedef enum WS_RECEIVE_OPTION {
    WS_RECEIVE_REQUIRED_MESSAGE = 1, /* yes */
    WS_RECEIVE_OPTIONAL_MESSAGE = 2  /* no: WS_S_END */
} WS_RECEIVE_OPTION;

/* What happens to HTTP cookies. */
typedef enum WS_COOKIE_MODE {
    WS_MANUAL_COOKIE_MODE = 1, /* nothing, unless the program maps the headers */
    WS_AUTO_COOKIE_MODE = 2    /* kept and sent back */
} WS_COOKIE_MODE;

typedef enum WS_HTTP_PROXY_SETTING_MODE {
    WS_HTTP_PROXY_SETTING_MODE_AUTO = 1,  /* as the system is configured */
    WS_HTTP_PROXY_SETTING_MODE_NONE = 2,
    WS_HTTP_PROXY_SETTING_MODE_CUSTOM = 3 /* WS_CHANNEL_PROPERTY_CUSTOM_HTTP_PROXY */
} WS_HTTP_PROXY_SETTING_MODE;

typedef enum WS_IP_VERSION {
    WS_IP_VERSION_4 = 1,
    WS_IP_VERSION_6 = 2,
    WS_IP_VERSION_AUTO = 3
} WS_IP_VERSION;

/* What can be set or asked, with the defaults. Timeouts are ULONG, in milliseconds, 30000 unless told otherwise. */
typedef enum WS_CHANNEL_PROPERTY_ID {
    WS_CHANNEL_PROPERTY_MAX_BUFFERED_MESSAGE_SIZE = 0,         /* ULONG, 65536: encoded bytes */
    WS_CHANNEL_PROPERTY_MAX_STREAMED_MESSAGE_SIZE = 1,         /* ULONGLONG, 4194304: encoded bytes */
    WS_CHANNEL_PROPERTY_MAX_STREAMED_START_SIZE = 2,           /* ULONG, 16384: bytes before the body's content */
    WS_CHANNEL_PROPERTY_MAX_STREAMED_FLUSH_SIZE = 3,           /* ULONG, 65536: bytes between flushes */
    WS_CHANNEL_PROPERTY_ENCODING = 4,                          /* WS_ENCODING; HTTP, UDP: UTF-8, else binary session */
    WS_CHANNEL_PROPERTY_ENVELOPE_VERSION = 5,                  /* WS_ENVELOPE_VERSION, SOAP 1.2; none for raw HTTP */
    WS_CHANNEL_PROPERTY_ADDRESSING_VERSION = 6,                /* WS_ADDRESSING_VERSION, 1.0; transport for raw HTTP */
    WS_CHANNEL_PROPERTY_MAX_SESSION_DICTIONARY_SIZE = 7,       /* ULONG, 2048: bytes of session strings */
    WS_CHANNEL_PROPERTY_STATE = 8,                             /* WS_CHANNEL_STATE, to ask */
    WS_CHANNEL_PROPERTY_ASYNC_CALLBACK_MODEL = 9,              /* WS_CALLBACK_MODEL, long */
    WS_CHANNEL_PROPERTY_IP_VERSION = 10,                       /* WS_IP_VERSION, automatic */
    WS_CHANNEL_PROPERTY_RESOLVE_TIMEOUT = 11,                  /* ULONG, INFINITE: for DNS */
    WS_CHANNEL_PROPERTY_CONNECT_TIMEOUT = 12,                  /* ULONG */
    WS_CHANNEL_PROPERTY_SEND_TIMEOUT = 13,                     /* ULONG */
    WS_CHANNEL_PROPERTY_RECEIVE_RESPONSE_TIMEOUT = 14,         /* ULONG: until the response's headers are there */
    WS_CHANNEL_PROPERTY_RECEIVE_TIMEOUT = 15,                  /* ULONG */
    WS_CHANNEL_PROPERTY_CLOSE_TIMEOUT = 16,                    /* ULONG */
    WS_CHANNEL_PROPERTY_ENABLE_TIMEOUTS = 17,                  /* BOOL, TRUE; FALSE: INFINITE, unless set explicitly */
    WS_CHANNEL_PROPERTY_TRANSFER_MODE = 18,                    /* WS_TRANSFER_MODE, buffered */
    WS_CHANNEL_PROPERTY_MULTICAST_INTERFACE = 19,              /* ULONG, 0: index of the adapter to send through */
    WS_CHANNEL_PROPERTY_MULTICAST_HOPS = 20,                   /* ULONG, 1 */
    WS_CHANNEL_PROPERTY_REMOTE_ADDRESS = 21,                   /* WS_ENDPOINT_ADDRESS, to ask */
    WS_CHANNEL_PROPERTY_REMOTE_IP_ADDRESS = 22,                /* SOCKADDR_STORAGE, to ask */
    WS_CHANNEL_PROPERTY_HTTP_CONNECTION_ID = 23,               /* ULONGLONG, to ask */
    WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_CALLBACKS = 24,         /* WS_CUSTOM_CHANNEL_CALLBACKS */
    WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_PARAMETERS = 25,        /* any data, handed to the create callback */
    WS_CHANNEL_PROPERTY_CUSTOM_CHANNEL_INSTANCE = 26,          /* void *, to ask: what the create callback returned */
    WS_CHANNEL_PROPERTY_TRANSPORT_URL = 27,                    /* WS_STRING, to ask: the URL that the client opened */
    WS_CHANNEL_PROPERTY_NO_DELAY = 28,                         /* BOOL, FALSE: TCP_NODELAY */
    WS_CHANNEL_PROPERTY_SEND_KEEP_ALIVES = 29,                 /* BOOL, FALSE: SO_KEEPALIVE */
    WS_CHANNEL_PROPERTY_KEEP_ALIVE_TIME = 30,                  /* ULONG, milliseconds, 2 hours */
    WS_CHANNEL_PROPERTY_KEEP_ALIVE_INTERVAL = 31,              /* ULONG, milliseconds, 1 second */
    WS_CHANNEL_PROPERTY_MAX_HTTP_SERVER_CONNECTIONS = 32,      /* ULONG, INFINITE */
    WS_CHANNEL_PROPERTY_IS_SESSION_SHUT_DOWN = 33,             /* BOOL, to ask */
    WS_CHANNEL_PROPERTY_CHANNEL_TYPE = 34,                     /* WS_CHANNEL_TYPE, to ask */
    WS_CHANNEL_PROPERTY_TRIM_BUFFERED_MESSAGE_SIZE = 35,       /* ULONG, 65536: memory kept between messages */
    WS_CHANNEL_PROPERTY_ENCODER = 36,                          /* WS_CHANNEL_ENCODER */
    WS_CHANNEL_PROPERTY_DECODER = 37,                          /* WS_CHANNEL_DECODER */
    WS_CHANNEL_PROPERTY_PROTECTION_LEVEL = 38,                 /* WS_PROTECTION_LEVEL, to ask */
    WS_CHANNEL_PROPERTY_COOKIE_MODE = 39,                      /* WS_COOKIE_MODE, automatic */
    WS_CHANNEL_PROPERTY_HTTP_PROXY_SETTING_MODE = 40,          /* WS_HTTP_PROXY_SETTING_MODE, automatic */
    WS_CHANNEL_PROPERTY_CUSTOM_HTTP_PROXY = 41,                /* WS_CUSTOM_HTTP_PROXY */
    WS_CHANNEL_PROPERTY_HTTP_MESSAGE_MAPPING = 42,             /* WS_HTTP_MESSAGE_MAPPING */
    WS_CHANNEL_PROPERTY_ENABLE_HTTP_REDIRECT = 43,             /* BOOL, FALSE */
    WS_CHANNEL_PROPERTY_HTTP_REDIRECT_CALLBACK_CONTEXT = 44,   /* WS_HTTP_REDIRECT_CALLBACK_CONTEXT */
    WS_CHANNEL_PROPERTY_FAULTS_AS_ERRORS = 45,                 /* BOOL, TRUE */
    WS_CHANNEL_PROPERTY_ALLOW_UNSECURED_FAULTS = 46,           /* BOOL, FALSE */
    WS_CHANNEL_PROPERTY_HTTP_SERVER_SPN = 47,                  /* WCHAR *, to ask */
    WS_CHANNEL_PROPERTY_HTTP_PROXY_SPN = 48,                   /* WCHAR *, to ask */
    WS_CHANNEL_PROPERTY_MAX_HTTP_REQUEST_HEADERS_BUFFER_SIZE = 49 /* ULONG, 65536 */
} WS_CHANNEL_PROPERTY_ID;

typedef struct _WS_CHANNEL_PROPERTY {
    WS_CHANNEL_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_CHANNEL_PROPERTY;

typedef struct _WS_CHANNEL_PROPERTIES {
    WS_CHANNEL_PROPERTY *properties;
    ULONG propertyCount;
} WS_CHANNEL_PROPERTIES;

/* Lists, separated by semicolons. */
typedef struct _WS_CUSTOM_HTTP_PROXY {
    WS_STRING servers;
    WS_STRING bypass;
} WS_CUSTOM_HTTP_PROXY;

/* S_OK to follow a redirection, anything else to refuse it. */
typedef HRESULT (CALLBACK *WS_HTTP_REDIRECT_CALLBACK)(_In_opt_ void *state, _In_ const WS_STRING *originalUrl,
                                                      _In_ const WS_STRING *newUrl);

typedef struct _WS_HTTP_REDIRECT_CALLBACK_CONTEXT {
    WS_HTTP_REDIRECT_CALLBACK callback;
    void *state;
} WS_HTTP_REDIRECT_CALLBACK_CONTEXT;

/* Which HTTP headers become headers of the message. WS_HTTP_HEADER_MAPPING.headerMappingOptions: */
#define WS_HTTP_HEADER_MAPPING_COMMA_SEPARATOR 0x1     /* several values, separated by commas */
#define WS_HTTP_HEADER_MAPPING_SEMICOLON_SEPARATOR 0x2 /* several values, separated by semicolons */
#define WS_HTTP_HEADER_MAPPING_QUOTED_VALUE 0x4        /* the value may be quoted */

/* WS_HTTP_MESSAGE_MAPPING.requestMappingOptions: what of the request line becomes a part of the message. */
#define WS_HTTP_REQUEST_MAPPING_VERB 0x2

/* WS_HTTP_MESSAGE_MAPPING.responseMappingOptions: what of the status line becomes a part of the message. */
#define WS_HTTP_RESPONSE_MAPPING_STATUS_CODE 0x1
#define WS_HTTP_RESPONSE_MAPPING_STATUS_TEXT 0x2

typedef struct _WS_HTTP_HEADER_MAPPING {
    WS_XML_STRING headerName;
    ULONG headerMappingOptions;
} WS_HTTP_HEADER_MAPPING;

typedef struct _WS_HTTP_MESSAGE_MAPPING {
    ULONG requestMappingOptions;
    ULONG responseMappingOptions;
    WS_HTTP_HEADER_MAPPING **requestHeaderMappings;
    ULONG requestHeaderMappingCount;
    WS_HTTP_HEADER_MAPPING **responseHeaderMappings;
    ULONG responseHeaderMappingCount;
} WS_HTTP_MESSAGE_MAPPING;

/* Creates a channel for a client; securityDescription NULL means no security. */
HRESULT WINAPI WsCreateChannel(WS_CHANNEL_TYPE channelType, WS_CHANNEL_BINDING channelBinding,
                               _In_reads_opt_(propertyCount) const WS_CHANNEL_PROPERTY *properties,
                               ULONG propertyCount, _In_opt_ const WS_SECURITY_DESCRIPTION *securityDescription,
                               _Outptr_ WS_CHANNEL **channel, _In_opt_ WS_ERROR *error);

/* Connects the channel to an endpoint. */
HRESULT WINAPI WsOpenChannel(_In_ WS_CHANNEL *channel, _In_ const WS_ENDPOINT_ADDRESS *endpointAddress,
                             _In_opt_ const WS_ASYNC_CONTEXT *asyncContext, _In_opt_ WS_ERROR *error);

/* Sends a message, writing its body by description. */
HRESULT WINAPI WsSendMessage(_In_ WS_CHANNEL *channel, _In_ WS_MESSAGE *message,
                             _In_ const WS_MESSAGE_DESCRIPTION *messageDescription, WS_WRITE_OPTION writeOption,
                             _In_reads_bytes_opt_(bodyValueSize) const void *bodyValue, ULONG bodyValueSize,
                             _In_opt_ const WS_ASYNC_CONTEXT *asyncContext, _In_opt_ WS_ERROR *error);

/* Receives a message that matches one of the descriptions; index tells which. */
HRESULT WINAPI WsReceiveMessage(
        _In_ WS_CHANNEL *channel, _In_ WS_MESSAGE *message,
        _In_reads_(messageDescriptionCount) const WS_MESSAGE_DESCRIPTION **messageDescriptions,
        ULONG messageDescriptionCount, WS_RECEIVE_OPTION receiveOption, WS_READ_OPTION readBodyOption,
        _In_opt_ WS_HEAP *heap, _Out_writes_bytes_opt_(valueSize) void *value, ULONG valueSize,
        _Out_opt_ ULONG *index, _In_opt_ const WS_ASYNC_CONTEXT *asyncContext, _In_opt_ WS_ERROR *error);

/* Sends a request and receives the reply to it. */
HRESULT WINAPI WsRequestReply(_In_ WS_CHANNEL *channel, _In_ WS_MESSAGE *requestMessage,
                              _In_ const WS_MESSAGE_DESCRIPTION *requestMessageDescription,
                              WS_WRITE_OPTION writeOption,
                              _In_reads_bytes_opt_(requestBodyValueSize) const void *requestBodyValue,
                              ULONG requestBodyValueSize, _In_ WS_MESSAGE *replyMessage,
                              _In_ const WS_MESSAGE_DESCRIPTION *replyMessageDescription, WS_READ_OPTION readOption,
                              _In_opt_ WS_HEAP *heap, _Out_writes_bytes_opt_(valueSize) void *value, ULONG valueSize,
                              _In_opt_ const WS_ASYNC_CONTEXT *asyncContext, _In_opt_ WS_ERROR *error);

/* Answers a message that was received. */
HRESULT WINAPI WsSendReplyMessage(_In_ WS_CHANNEL *channel, _In_ WS_MESSAGE *replyMessage,
                                  _In_ const WS_MESSAGE_DESCRIPTION *replyMessageDescription,
                                  WS_WRITE_OPTION writeOption,
                                  _In_reads_bytes_opt_(replyBodyValueSize) const void *replyBodyValue,
                                  ULONG replyBodyValueSize, _In_ WS_MESSAGE *requestMessage,
                                  _In_opt_ const WS_ASYNC_CONTEXT *asyncContext, _In_opt_ WS_ERROR *error);

/* Answers with a fault made of an error object. */
HRESULT WINAPI WsSendFaultMessageForError(_In_ WS_CHANNEL *channel, _In_ WS_MESSAGE *replyMessage,
                                          _In_ WS_ERROR *faultError, HRESULT faultErrorCode,
                                          WS_FAULT_DISCLOSURE faultDisclosure, _In_ WS_MESSAGE *requestMessage,
                                          _In_opt_ const WS_ASYNC_CONTEXT *asyncContext, _In_opt_ WS_ERROR *error);

/* Sends the headers; the body follows through the message's writer. */
HRESULT WINAPI WsWriteMessageStart(_In_ WS_CHANNEL *channel, _In_ WS_MESSAGE *message,
                                   _In_opt_ const WS_ASYNC_CONTEXT *asyncContext, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsWriteMessageEnd(_In_ WS_CHANNEL *channel, _In_ WS_MESSAGE *message,
                                 _In_opt_ const WS_ASYNC_CONTEXT *asyncContext, _In_opt_ WS_ERROR *error);

/* Receives the headers; the body follows through the message's reader. */
HRESULT WINAPI WsReadMessageStart(_In_ WS_CHANNEL *channel, _In_ WS_MESSAGE *message,
                                  _In_opt_ const WS_ASYNC_CONTEXT *asyncContext, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsReadMessageEnd(_In_ WS_CHANNEL *channel, _In_ WS_MESSAGE *message,
                                _In_opt_ const WS_ASYNC_CONTEXT *asyncContext, _In_opt_ WS_ERROR *error);

/* Gives up on a message between its start and its end. */
HRESULT WINAPI WsAbandonMessage(_In_ WS_CHANNEL *channel, _In_ WS_MESSAGE *message, _In_opt_ WS_ERROR *error);

/* Ends the sending side of a session. */
HRESULT WINAPI WsShutdownSessionChannel(_In_ WS_CHANNEL *channel, _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                        _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsGetChannelProperty(_In_ WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id,
                                    _Out_writes_bytes_(valueSize) void *value, ULONG valueSize,
                                    _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsSetChannelProperty(_In_ WS_CHANNEL *channel, WS_CHANNEL_PROPERTY_ID id,
                                    _In_reads_bytes_(valueSize) const void *value, ULONG valueSize,
                                    _In_opt_ WS_ERROR *error);

/* Ends the conversation in order. */
HRESULT WINAPI WsCloseChannel(_In_ WS_CHANNEL *channel, _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                              _In_opt_ WS_ERROR *error);

/* Ends it at once; what is going on fails with WS_E_OPERATION_ABORTED. */
HRESULT WINAPI WsAbortChannel(_In_ WS_CHANNEL *channel, _In_opt_ WS_ERROR *error);

/* Makes a closed channel as new. */
HRESULT WINAPI WsResetChannel(_In_ WS_CHANNEL *channel, _In_opt_ WS_ERROR *error);

void WINAPI WsFreeChannel(_In_ WS_CHANNEL *channel);

/* ==== Custom Channels ====
 *
 * Channels, and encodings of channels, that the program implements itself.
 */

/* Creates the channel behind the handle. */
typedef HRESULT (CALLBACK *WS_CREATE_CHANNEL_CALLBACK)(
        WS_CHANNEL_TYPE channelType, _In_reads_bytes_opt_(channelParametersSize) const void *channelParameters,
        ULONG channelParametersSize, _Outptr_ void **channelInstance, _In_opt_ WS_ERROR *error);
typedef void (CALLBACK *WS_FREE_CHANNEL_CALLBACK)(_In_ void *channelInstance);
typedef HRESULT (CALLBACK *WS_RESET_CHANNEL_CALLBACK)(_In_ void *channelInstance, _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_OPEN_CHANNEL_CALLBACK)(_In_ void *channelInstance,
                                                     _In_ const WS_ENDPOINT_ADDRESS *endpointAddress,
                                                     _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                     _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_CLOSE_CHANNEL_CALLBACK)(_In_ void *channelInstance,
                                                      _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                      _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_ABORT_CHANNEL_CALLBACK)(_In_ void *channelInstance, _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_GET_CHANNEL_PROPERTY_CALLBACK)(_In_ void *channelInstance, WS_CHANNEL_PROPERTY_ID id,
                                                             _Out_writes_bytes_(valueSize) void *value,
                                                             ULONG valueSize, _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_SET_CHANNEL_PROPERTY_CALLBACK)(_In_ void *channelInstance, WS_CHANNEL_PROPERTY_ID id,
                                                             _In_reads_bytes_(valueSize) const void *value,
                                                             ULONG valueSize, _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_WRITE_MESSAGE_START_CALLBACK)(_In_ void *channelInstance, _In_ WS_MESSAGE *message,
                                                            _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                            _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_WRITE_MESSAGE_END_CALLBACK)(_In_ void *channelInstance, _In_ WS_MESSAGE *message,
                                                          _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                          _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_READ_MESSAGE_START_CALLBACK)(_In_ void *channelInstance, _In_ WS_MESSAGE *message,
                                                           _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                           _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_READ_MESSAGE_END_CALLBACK)(_In_ void *channelInstance, _In_ WS_MESSAGE *message,
                                                         _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                         _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_ABANDON_MESSAGE_CALLBACK)(_In_ void *channelInstance, _In_ WS_MESSAGE *message,
                                                        _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_SHUTDOWN_SESSION_CHANNEL_CALLBACK)(_In_ void *channelInstance,
                                                                 _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                                 _In_opt_ WS_ERROR *error);

typedef struct _WS_CUSTOM_CHANNEL_CALLBACKS {
    WS_CREATE_CHANNEL_CALLBACK createChannelCallback;
    WS_FREE_CHANNEL_CALLBACK freeChannelCallback;
    WS_RESET_CHANNEL_CALLBACK resetChannelCallback;
    WS_OPEN_CHANNEL_CALLBACK openChannelCallback;
    WS_CLOSE_CHANNEL_CALLBACK closeChannelCallback;
    WS_ABORT_CHANNEL_CALLBACK abortChannelCallback;
    WS_GET_CHANNEL_PROPERTY_CALLBACK getChannelPropertyCallback;
    WS_SET_CHANNEL_PROPERTY_CALLBACK setChannelPropertyCallback;
    WS_WRITE_MESSAGE_START_CALLBACK writeMessageStartCallback;
    WS_WRITE_MESSAGE_END_CALLBACK writeMessageEndCallback;
    WS_READ_MESSAGE_START_CALLBACK readMessageStartCallback;
    WS_READ_MESSAGE_END_CALLBACK readMessageEndCallback;
    WS_ABANDON_MESSAGE_CALLBACK abandonMessageCallback;
    WS_SHUTDOWN_SESSION_CHANNEL_CALLBACK shutdownSessionChannelCallback;
} WS_CUSTOM_CHANNEL_CALLBACKS;

/* Creates an encoder, which transforms the bytes of messages on their way out. */
typedef HRESULT (CALLBACK *WS_CREATE_ENCODER_CALLBACK)(_In_ void *createContext, WS_WRITE_CALLBACK writeCallback,
                                                       _In_ void *writeContext, _Outptr_ void **encoderContext,
                                                       _In_opt_ WS_ERROR *error);

/* Says what content type the encoded message has. */
typedef HRESULT (CALLBACK *WS_ENCODER_GET_CONTENT_TYPE_CALLBACK)(_In_ void *encoderContext,
                                                                 _In_ const WS_STRING *contentType,
                                                                 _Out_ WS_STRING *newContentType,
                                                                 _Out_ WS_STRING *contentEncoding,
                                                                 _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_ENCODER_START_CALLBACK)(_In_ void *encoderContext,
                                                      _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                      _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_ENCODER_ENCODE_CALLBACK)(_In_ void *encoderContext,
                                                       _In_reads_(count) const WS_BYTES *buffers, ULONG count,
                                                       _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                       _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_ENCODER_END_CALLBACK)(_In_ void *encoderContext,
                                                    _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                    _In_opt_ WS_ERROR *error);
typedef void (CALLBACK *WS_FREE_ENCODER_CALLBACK)(_In_ void *encoderContext);

typedef struct _WS_CHANNEL_ENCODER {
    void *createContext;
    WS_CREATE_ENCODER_CALLBACK createEncoderCallback;
    WS_ENCODER_GET_CONTENT_TYPE_CALLBACK encoderGetContentTypeCallback;
    WS_ENCODER_START_CALLBACK encoderStartCallback;
    WS_ENCODER_ENCODE_CALLBACK encoderEncodeCallback;
    WS_ENCODER_END_CALLBACK encoderEndCallback;
    WS_FREE_ENCODER_CALLBACK freeEncoderCallback;
} WS_CHANNEL_ENCODER;

/* Creates a decoder, which undoes an encoder's work. */
typedef HRESULT (CALLBACK *WS_CREATE_DECODER_CALLBACK)(_In_ void *createContext, WS_READ_CALLBACK readCallback,
                                                       _In_ void *readContext, _Outptr_ void **decoderContext,
                                                       _In_opt_ WS_ERROR *error);

/* Says what content type the decoded message has. */
typedef HRESULT (CALLBACK *WS_DECODER_GET_CONTENT_TYPE_CALLBACK)(_In_ void *decoderContext,
                                                                 _In_ const WS_STRING *contentType,
                                                                 _In_opt_ const WS_STRING *contentEncoding,
                                                                 _Out_ WS_STRING *newContentType,
                                                                 _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_DECODER_START_CALLBACK)(_In_ void *encoderContext,
                                                      _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                      _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_DECODER_DECODE_CALLBACK)(_In_ void *encoderContext,
                                                       _Out_writes_bytes_(maxLength) void *buffer, ULONG maxLength,
                                                       _Out_ ULONG *length,
                                                       _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                       _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_DECODER_END_CALLBACK)(_In_ void *encoderContext,
                                                    _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                    _In_opt_ WS_ERROR *error);
typedef void (CALLBACK *WS_FREE_DECODER_CALLBACK)(_In_ void *decoderContext);

typedef struct _WS_CHANNEL_DECODER {
    void *createContext;
    WS_CREATE_DECODER_CALLBACK createDecoderCallback;
    WS_DECODER_GET_CONTENT_TYPE_CALLBACK decoderGetContentTypeCallback;
    WS_DECODER_START_CALLBACK decoderStartCallback;
    WS_DECODER_DECODE_CALLBACK decoderDecodeCallback;
    WS_DECODER_END_CALLBACK decoderEndCallback;
    WS_FREE_DECODER_CALLBACK freeDecoderCallback;
} WS_CHANNEL_DECODER;

/* ==== Listener ====
 *
 * A listener waits at a URL and accepts channels there.
 */

typedef enum WS_LISTENER_STATE {
    WS_LISTENER_STATE_CREATED = 0,
    WS_LISTENER_STATE_OPENING = 1,
    WS_LISTENER_STATE_OPEN = 2,
    WS_LISTENER_STATE_FAULTED = 3,
    WS_LISTENER_STATE_CLOSING = 4,
    WS_LISTENER_STATE_CLOSED = 5
} WS_LISTENER_STATE;

/* What can be set or asked, with the defaults. */
typedef enum WS_LISTENER_PROPERTY_ID {
    WS_LISTENER_PROPERTY_LISTEN_BACKLOG = 0,      /* ULONG: connections waiting to be accepted */
    WS_LISTENER_PROPERTY_IP_VERSION = 1,          /* WS_IP_VERSION, automatic */
    WS_LISTENER_PROPERTY_STATE = 2,               /* WS_LISTENER_STATE, to ask */
    WS_LISTENER_PROPERTY_ASYNC_CALLBACK_MODEL = 3, /* WS_CALLBACK_MODEL, long */
    WS_LISTENER_PROPERTY_CHANNEL_TYPE = 4,        /* WS_CHANNEL_TYPE, to ask */
    WS_LISTENER_PROPERTY_CHANNEL_BINDING = 5,     /* WS_CHANNEL_BINDING, to ask */
    WS_LISTENER_PROPERTY_CONNECT_TIMEOUT = 6,     /* ULONG, milliseconds, 15000: for the handshake */
    WS_LISTENER_PROPERTY_IS_MULTICAST = 7,        /* BOOL, FALSE */
    WS_LISTENER_PROPERTY_MULTICAST_INTERFACES = 8, /* ULONG[]: indices of adapters */
    WS_LISTENER_PROPERTY_MULTICAST_LOOPBACK = 9,  /* BOOL, TRUE */
    WS_LISTENER_PROPERTY_CLOSE_TIMEOUT = 10,      /* ULONG, milliseconds, 5000: for clients to receive the last data */
    WS_LISTENER_PROPERTY_TO_HEADER_MATCHING_OPTIONS = 11, /* ULONG: THIS_HOST, PORT, EXACT_PATH and NO_QUERY */
    WS_LISTENER_PROPERTY_TRANSPORT_URL_MATCHING_OPTIONS = 12, /* ULONG: the same WS_MATCH_URL_ flags */
    WS_LISTENER_PROPERTY_CUSTOM_LISTENER_CALLBACKS = 13, /* WS_CUSTOM_LISTENER_CALLBACKS */
    WS_LISTENER_PROPERTY_CUSTOM_LISTENER_PARAMETERS = 14, /* any data, handed to the create callback */
    WS_LISTENER_PROPERTY_CUSTOM_LISTENER_INSTANCE = 15, /* void *, to ask: what the create callback returned */
    WS_LISTENER_PROPERTY_DISALLOWED_USER_AGENT = 16 /* WS_DISALLOWED_USER_AGENT_SUBSTRINGS, "Mozilla" */
} WS_LISTENER_PROPERTY_ID;

typedef struct _WS_LISTENER_PROPERTY {
    WS_LISTENER_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_LISTENER_PROPERTY;

typedef struct _WS_LISTENER_PROPERTIES {
    WS_LISTENER_PROPERTY *properties;
    ULONG propertyCount;
} WS_LISTENER_PROPERTIES;

/* HTTP clients to be refused. */
typedef struct _WS_DISALLOWED_USER_AGENT_SUBSTRINGS {
    ULONG subStringCount;
    WS_STRING **subStrings;
} WS_DISALLOWED_USER_AGENT_SUBSTRINGS;

typedef struct _WS_HOST_NAMES {
    WS_STRING *hostNames;
    ULONG hostNameCount;
} WS_HOST_NAMES;

/* Which differences between the listener's URL and a message's address matter. */
#define WS_MATCH_URL_DNS_HOST 0x1        /* the host may be this computer's DNS name */
#define WS_MATCH_URL_DNS_FULLY_QUALIFIED_HOST 0x2
#define WS_MATCH_URL_NETBIOS_HOST 0x4
#define WS_MATCH_URL_LOCAL_HOST 0x8      /* localhost */
#define WS_MATCH_URL_HOST_ADDRESSES 0x10 /* any IP address of this computer */
#define WS_MATCH_URL_THIS_HOST 0x1F      /* all of the above */
#define WS_MATCH_URL_PORT 0x20
#define WS_MATCH_URL_EXACT_PATH 0x40
#define WS_MATCH_URL_PREFIX_PATH 0x80
#define WS_MATCH_URL_NO_QUERY 0x100

/* Creates the listener behind the handle; the others work on listenerInstance. */
typedef HRESULT (CALLBACK *WS_CREATE_LISTENER_CALLBACK)(
        WS_CHANNEL_TYPE channelType, _In_reads_bytes_opt_(listenerParametersSize) const void *listenerParameters,
        ULONG listenerParametersSize, _Outptr_ void **listenerInstance, _In_opt_ WS_ERROR *error);
typedef void (CALLBACK *WS_FREE_LISTENER_CALLBACK)(_In_ void *listenerInstance);
typedef HRESULT (CALLBACK *WS_RESET_LISTENER_CALLBACK)(_In_ void *listenerInstance, _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_OPEN_LISTENER_CALLBACK)(_In_ void *listenerInstance, _In_ const WS_STRING *url,
                                                      _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                      _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_CLOSE_LISTENER_CALLBACK)(_In_ void *listenerInstance,
                                                       _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                       _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_ABORT_LISTENER_CALLBACK)(_In_ void *listenerInstance, _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_GET_LISTENER_PROPERTY_CALLBACK)(_In_ void *listenerInstance, WS_LISTENER_PROPERTY_ID id,
                                                              _Out_writes_bytes_(valueSize) void *value,
                                                              ULONG valueSize, _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_SET_LISTENER_PROPERTY_CALLBACK)(_In_ void *listenerInstance, WS_LISTENER_PROPERTY_ID id,
                                                              _In_reads_bytes_(valueSize) const void *value,
                                                              ULONG valueSize, _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_CREATE_CHANNEL_FOR_LISTENER_CALLBACK)(
        _In_ void *listenerInstance, _In_reads_bytes_opt_(channelParametersSize) const void *channelParameters,
        ULONG channelParametersSize, _Outptr_ void **channelInstance, _In_opt_ WS_ERROR *error);
typedef HRESULT (CALLBACK *WS_ACCEPT_CHANNEL_CALLBACK)(_In_ void *listenerInstance, _In_ void *channelInstance,
                                                       _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                       _In_opt_ WS_ERROR *error);

/* A listener that the program implements itself. */
typedef struct _WS_CUSTOM_LISTENER_CALLBACKS {
    WS_CREATE_LISTENER_CALLBACK createListenerCallback;
    WS_FREE_LISTENER_CALLBACK freeListenerCallback;
    WS_RESET_LISTENER_CALLBACK resetListenerCallback;
    WS_OPEN_LISTENER_CALLBACK openListenerCallback;
    WS_CLOSE_LISTENER_CALLBACK closeListenerCallback;
    WS_ABORT_LISTENER_CALLBACK abortListenerCallback;
    WS_GET_LISTENER_PROPERTY_CALLBACK getListenerPropertyCallback;
    WS_SET_LISTENER_PROPERTY_CALLBACK setListenerPropertyCallback;
    WS_CREATE_CHANNEL_FOR_LISTENER_CALLBACK createChannelForListenerCallback;
    WS_ACCEPT_CHANNEL_CALLBACK acceptChannelCallback;
} WS_CUSTOM_LISTENER_CALLBACKS;

HRESULT WINAPI WsCreateListener(WS_CHANNEL_TYPE channelType, WS_CHANNEL_BINDING channelBinding,
                                _In_reads_opt_(propertyCount) const WS_LISTENER_PROPERTY *properties,
                                ULONG propertyCount, _In_opt_ const WS_SECURITY_DESCRIPTION *securityDescription,
                                _Outptr_ WS_LISTENER **listener, _In_opt_ WS_ERROR *error);

/* Begins to listen at the URL. */
HRESULT WINAPI WsOpenListener(_In_ WS_LISTENER *listener, _In_ const WS_STRING *url,
                              _In_opt_ const WS_ASYNC_CONTEXT *asyncContext, _In_opt_ WS_ERROR *error);

/* Creates a channel that WsAcceptChannel can use. */
HRESULT WINAPI WsCreateChannelForListener(_In_ WS_LISTENER *listener,
                                          _In_reads_opt_(propertyCount) const WS_CHANNEL_PROPERTY *properties,
                                          ULONG propertyCount, _Outptr_ WS_CHANNEL **channel,
                                          _In_opt_ WS_ERROR *error);

/* Waits for a client and opens the channel with it. */
HRESULT WINAPI WsAcceptChannel(_In_ WS_LISTENER *listener, _In_ WS_CHANNEL *channel,
                               _In_opt_ const WS_ASYNC_CONTEXT *asyncContext, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsGetListenerProperty(_In_ WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id,
                                     _Out_writes_bytes_(valueSize) void *value, ULONG valueSize,
                                     _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsSetListenerProperty(_In_ WS_LISTENER *listener, WS_LISTENER_PROPERTY_ID id,
                                     _In_reads_bytes_(valueSize) const void *value, ULONG valueSize,
                                     _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsCloseListener(_In_ WS_LISTENER *listener, _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                               _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsAbortListener(_In_ WS_LISTENER *listener, _In_opt_ WS_ERROR *error);

/* Makes a closed listener as new. */
HRESULT WINAPI WsResetListener(_In_ WS_LISTENER *listener, _In_opt_ WS_ERROR *error);

void WINAPI WsFreeListener(_In_ WS_LISTENER *listener);

/* ==== Security ====
 *
 * A security description is what a channel or a listener is created with: bindings, each a way to authenticate or to
 * protect, and settings for the channel as a whole.
 */

typedef enum WS_PROTECTION_LEVEL {
    WS_PROTECTION_LEVEL_NONE = 1,
    WS_PROTECTION_LEVEL_SIGN = 2,
    WS_PROTECTION_LEVEL_SIGN_AND_ENCRYPT = 3
} WS_PROTECTION_LEVEL;

/* Settings for the whole channel. */
typedef enum WS_SECURITY_PROPERTY_ID {
    WS_SECURITY_PROPERTY_TRANSPORT_PROTECTION_LEVEL = 1,    /* WS_PROTECTION_LEVEL, sign and encrypt */
    WS_SECURITY_PROPERTY_ALGORITHM_SUITE = 2,               /* WS_SECURITY_ALGORITHM_SUITE, instead of a name */
    WS_SECURITY_PROPERTY_ALGORITHM_SUITE_NAME = 3,          /* WS_SECURITY_ALGORITHM_SUITE_NAME, by the bindings */
    WS_SECURITY_PROPERTY_MAX_ALLOWED_LATENCY = 4,           /* WS_TIMESPAN, 5 minutes */
    WS_SECURITY_PROPERTY_TIMESTAMP_VALIDITY_DURATION = 5,   /* WS_TIMESPAN, 5 minutes */
    WS_SECURITY_PROPERTY_MAX_ALLOWED_CLOCK_SKEW = 6,        /* WS_TIMESPAN, 5 minutes */
    WS_SECURITY_PROPERTY_TIMESTAMP_USAGE = 7,               /* WS_SECURITY_TIMESTAMP_USAGE, always */
    WS_SECURITY_PROPERTY_SECURITY_HEADER_LAYOUT = 8,        /* WS_SECURITY_HEADER_LAYOUT, strict */
    WS_SECURITY_PROPERTY_SECURITY_HEADER_VERSION = 9,       /* WS_SECURITY_HEADER_VERSION, 1.1 */
    WS_SECURITY_PROPERTY_EXTENDED_PROTECTION_POLICY = 10,   /* WS_EXTENDED_PROTECTION_POLICY, when supported */
    WS_SECURITY_PROPERTY_EXTENDED_PROTECTION_SCENARIO = 11, /* WS_EXTENDED_PROTECTION_SCENARIO, bound server */
    WS_SECURITY_PROPERTY_SERVICE_IDENTITIES = 12            /* WS_SERVICE_SECURITY_IDENTITIES */
} WS_SECURITY_PROPERTY_ID;

typedef struct _WS_SECURITY_PROPERTY {
    WS_SECURITY_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_SECURITY_PROPERTY;

typedef struct _WS_SECURITY_PROPERTIES {
    WS_SECURITY_PROPERTY *properties;
    ULONG propertyCount;
} WS_SECURITY_PROPERTIES;

/* Algorithms of message security. */
typedef enum WS_SECURITY_ALGORITHM_ID {
    WS_SECURITY_ALGORITHM_DEFAULT = 0, /* the suite's choice */
    WS_SECURITY_ALGORITHM_CANONICALIZATION_EXCLUSIVE = 1,
    WS_SECURITY_ALGORITHM_CANONICALIZATION_EXCLUSIVE_WITH_COMMENTS = 2,
    WS_SECURITY_ALGORITHM_DIGEST_SHA1 = 3,
    WS_SECURITY_ALGORITHM_DIGEST_SHA_256 = 4,
    WS_SECURITY_ALGORITHM_DIGEST_SHA_384 = 5,
    WS_SECURITY_ALGORITHM_DIGEST_SHA_512 = 6,
    WS_SECURITY_ALGORITHM_SYMMETRIC_SIGNATURE_HMAC_SHA1 = 7,
    WS_SECURITY_ALGORITHM_SYMMETRIC_SIGNATURE_HMAC_SHA_256 = 8,
    WS_SECURITY_ALGORITHM_SYMMETRIC_SIGNATURE_HMAC_SHA_384 = 9,
    WS_SECURITY_ALGORITHM_SYMMETRIC_SIGNATURE_HMAC_SHA_512 = 10,
    WS_SECURITY_ALGORITHM_ASYMMETRIC_SIGNATURE_RSA_SHA1 = 11,
    WS_SECURITY_ALGORITHM_ASYMMETRIC_SIGNATURE_DSA_SHA1 = 12,
    WS_SECURITY_ALGORITHM_ASYMMETRIC_SIGNATURE_RSA_SHA_256 = 13,
    WS_SECURITY_ALGORITHM_ASYMMETRIC_SIGNATURE_RSA_SHA_384 = 14,
    WS_SECURITY_ALGORITHM_ASYMMETRIC_SIGNATURE_RSA_SHA_512 = 15,
    WS_SECURITY_ALGORITHM_ASYMMETRIC_KEYWRAP_RSA_1_5 = 16,
    WS_SECURITY_ALGORITHM_ASYMMETRIC_KEYWRAP_RSA_OAEP = 17,
    WS_SECURITY_ALGORITHM_KEY_DERIVATION_P_SHA1 = 18
} WS_SECURITY_ALGORITHM_ID;

/* No security algorithm property is defined; the type keeps its place in the ABI. */
#ifdef __cplusplus
enum WS_SECURITY_ALGORITHM_PROPERTY_ID : int {};
#else
typedef int WS_SECURITY_ALGORITHM_PROPERTY_ID;
#endif

typedef struct _WS_SECURITY_ALGORITHM_PROPERTY {
    WS_SECURITY_ALGORITHM_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_SECURITY_ALGORITHM_PROPERTY;

/* Which algorithms to use; key lengths are in bits. */
typedef struct _WS_SECURITY_ALGORITHM_SUITE {
    WS_SECURITY_ALGORITHM_ID canonicalizationAlgorithm;
    WS_SECURITY_ALGORITHM_ID digestAlgorithm;
    WS_SECURITY_ALGORITHM_ID symmetricSignatureAlgorithm;
    WS_SECURITY_ALGORITHM_ID asymmetricSignatureAlgorithm;
    WS_SECURITY_ALGORITHM_ID encryptionAlgorithm;
    WS_SECURITY_ALGORITHM_ID keyDerivationAlgorithm;
    WS_SECURITY_ALGORITHM_ID symmetricKeyWrapAlgorithm;
    WS_SECURITY_ALGORITHM_ID asymmetricKeyWrapAlgorithm;
    ULONG minSymmetricKeyLength;
    ULONG maxSymmetricKeyLength;
    ULONG minAsymmetricKeyLength;
    ULONG maxAsymmetricKeyLength;
    WS_SECURITY_ALGORITHM_PROPERTY *properties;
    ULONG propertyCount;
} WS_SECURITY_ALGORITHM_SUITE;

/* The suites of WS-SecurityPolicy. */
typedef enum WS_SECURITY_ALGORITHM_SUITE_NAME {
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC256 = 1,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC192 = 2,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC128 = 3,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC256_RSA15 = 4,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC192_RSA15 = 5,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC128_RSA15 = 6,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC256_SHA256 = 7,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC192_SHA256 = 8,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC128_SHA256 = 9,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC256_SHA256_RSA15 = 10,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC192_SHA256_RSA15 = 11,
    WS_SECURITY_ALGORITHM_SUITE_NAME_BASIC128_SHA256_RSA15 = 12
} WS_SECURITY_ALGORITHM_SUITE_NAME;

typedef enum WS_SECURITY_TIMESTAMP_USAGE {
    WS_SECURITY_TIMESTAMP_USAGE_ALWAYS = 1,
    WS_SECURITY_TIMESTAMP_USAGE_NEVER = 2,
    WS_SECURITY_TIMESTAMP_USAGE_REQUESTS_ONLY = 3
} WS_SECURITY_TIMESTAMP_USAGE;

/* The order of elements in the security header. */
typedef enum WS_SECURITY_HEADER_LAYOUT {
    WS_SECURITY_HEADER_LAYOUT_STRICT = 1, /* tokens come before what uses them */
    WS_SECURITY_HEADER_LAYOUT_LAX = 2,    /* any order */
    WS_SECURITY_HEADER_LAYOUT_LAX_WITH_TIMESTAMP_FIRST = 3,
    WS_SECURITY_HEADER_LAYOUT_LAX_WITH_TIMESTAMP_LAST = 4
} WS_SECURITY_HEADER_LAYOUT;

/* The version of WS-Security. */
typedef enum WS_SECURITY_HEADER_VERSION {
    WS_SECURITY_HEADER_VERSION_1_0 = 1,
    WS_SECURITY_HEADER_VERSION_1_1 = 2
} WS_SECURITY_HEADER_VERSION;

/* Whether a server checks that the client was authenticated over this very TLS connection. */
typedef enum WS_EXTENDED_PROTECTION_POLICY {
    WS_EXTENDED_PROTECTION_POLICY_NEVER = 1,
    WS_EXTENDED_PROTECTION_POLICY_WHEN_SUPPORTED = 2,
    WS_EXTENDED_PROTECTION_POLICY_ALWAYS = 3
} WS_EXTENDED_PROTECTION_POLICY;

typedef enum WS_EXTENDED_PROTECTION_SCENARIO {
    WS_EXTENDED_PROTECTION_SCENARIO_BOUND_SERVER = 1,  /* TLS, if any, ends at this server */
    WS_EXTENDED_PROTECTION_SCENARIO_TERMINATED_SSL = 2 /* TLS ends at an intermediary */
} WS_EXTENDED_PROTECTION_SCENARIO;

/* The service principal names that a server answers to. */
typedef struct _WS_SERVICE_SECURITY_IDENTITIES {
    WS_STRING *serviceIdentities;
    ULONG serviceIdentityCount;
} WS_SERVICE_SECURITY_IDENTITIES;

/* Flags for the versions of TLS. */
typedef enum WS_SECURE_PROTOCOL {
    WS_SECURE_PROTOCOL_SSL2 = 1,
    WS_SECURE_PROTOCOL_SSL3 = 2,
    WS_SECURE_PROTOCOL_TLS1_0 = 4,
    WS_SECURE_PROTOCOL_TLS1_1 = 8,
    WS_SECURE_PROTOCOL_TLS1_2 = 16
} WS_SECURE_PROTOCOL;

struct _WS_SECURITY_DESCRIPTION {
    WS_SECURITY_BINDING **securityBindings;
    ULONG securityBindingCount;
    WS_SECURITY_PROPERTY *properties;
    ULONG propertyCount;
};

/* ==== Security Credentials ====
 *
 * What a party proves its identity with. Each kind begins with its credential type.
 */

typedef enum WS_CERT_CREDENTIAL_TYPE {
    WS_SUBJECT_NAME_CERT_CREDENTIAL_TYPE = 1,
    WS_THUMBPRINT_CERT_CREDENTIAL_TYPE = 2,
    WS_CUSTOM_CERT_CREDENTIAL_TYPE = 3
} WS_CERT_CREDENTIAL_TYPE;

/* What all certificate credentials begin with. */
typedef struct _WS_CERT_CREDENTIAL {
    WS_CERT_CREDENTIAL_TYPE credentialType;
} WS_CERT_CREDENTIAL;

typedef struct _WS_SUBJECT_NAME_CERT_CREDENTIAL {
    WS_CERT_CREDENTIAL credential;
    ULONG storeLocation; /* CERT_SYSTEM_STORE_CURRENT_USER and the like */
    WS_STRING storeName; /* such as My */
    WS_STRING subjectName;
} WS_SUBJECT_NAME_CERT_CREDENTIAL;

typedef struct _WS_THUMBPRINT_CERT_CREDENTIAL {
    WS_CERT_CREDENTIAL credential;
    ULONG storeLocation;
    WS_STRING storeName;
    WS_STRING thumbprint; /* in hexadecimal digits */
} WS_THUMBPRINT_CERT_CREDENTIAL;

/* Chooses the certificate for a target; the library releases it. */
typedef HRESULT (CALLBACK *WS_GET_CERT_CALLBACK)(_In_opt_ void *getCertCallbackState,
                                                 _In_opt_ const WS_ENDPOINT_ADDRESS *targetAddress,
                                                 _In_opt_ const WS_STRING *viaUri,
                                                 _Outptr_result_maybenull_ const struct _CERT_CONTEXT **cert,
                                                 _In_opt_ WS_ERROR *error);

/* Told which issuers the server accepts, after it refused the certificate. */
typedef HRESULT (CALLBACK *WS_CERT_ISSUER_LIST_NOTIFICATION_CALLBACK)(
        _In_opt_ void *certIssuerListNotificationCallbackState,
        _In_ const struct _SecPkgContext_IssuerListInfoEx *issuerList, _In_opt_ WS_ERROR *error);

typedef struct _WS_CUSTOM_CERT_CREDENTIAL {
    WS_CERT_CREDENTIAL credential;
    WS_GET_CERT_CALLBACK getCertCallback;
    void *getCertCallbackState;
    WS_CERT_ISSUER_LIST_NOTIFICATION_CALLBACK certIssuerListNotificationCallback;
    void *certIssuerListNotificationCallbackState;
} WS_CUSTOM_CERT_CREDENTIAL;

typedef enum WS_USERNAME_CREDENTIAL_TYPE {
    WS_STRING_USERNAME_CREDENTIAL_TYPE = 1
} WS_USERNAME_CREDENTIAL_TYPE;

/* What all user name credentials begin with. */
typedef struct _WS_USERNAME_CREDENTIAL {
    WS_USERNAME_CREDENTIAL_TYPE credentialType;
} WS_USERNAME_CREDENTIAL;

typedef struct _WS_STRING_USERNAME_CREDENTIAL {
    WS_USERNAME_CREDENTIAL credential;
    WS_STRING username;
    WS_STRING password;
} WS_STRING_USERNAME_CREDENTIAL;

typedef enum WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE {
    WS_STRING_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE = 1,
    WS_DEFAULT_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE = 2,
    WS_OPAQUE_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE = 3
} WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE;

/* What all Windows credentials begin with. */
typedef struct _WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL {
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL_TYPE credentialType;
} WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL;

typedef struct _WS_STRING_WINDOWS_INTEGRATED_AUTH_CREDENTIAL {
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL credential;
    WS_STRING username;
    WS_STRING password;
    WS_STRING domain;
} WS_STRING_WINDOWS_INTEGRATED_AUTH_CREDENTIAL;

/* The user that the thread runs as. */
typedef struct _WS_DEFAULT_WINDOWS_INTEGRATED_AUTH_CREDENTIAL {
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL credential;
} WS_DEFAULT_WINDOWS_INTEGRATED_AUTH_CREDENTIAL;

typedef struct _WS_OPAQUE_WINDOWS_INTEGRATED_AUTH_CREDENTIAL {
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL credential;
    void *opaqueAuthIdentity; /* PSEC_WINNT_AUTH_IDENTITY_OPAQUE */
} WS_OPAQUE_WINDOWS_INTEGRATED_AUTH_CREDENTIAL;

/* S_OK if a server accepts the user name and the password, S_FALSE if not. */
typedef HRESULT (CALLBACK *WS_VALIDATE_PASSWORD_CALLBACK)(_In_opt_ void *passwordValidatorCallbackState,
                                                          _In_ const WS_STRING *username,
                                                          _In_ const WS_STRING *password,
                                                          _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                          _In_opt_ WS_ERROR *error);

typedef enum WS_SAML_AUTHENTICATOR_TYPE {
    WS_CERT_SIGNED_SAML_AUTHENTICATOR_TYPE = 1
} WS_SAML_AUTHENTICATOR_TYPE;

/* What all SAML authenticators begin with. */
typedef struct _WS_SAML_AUTHENTICATOR {
    WS_SAML_AUTHENTICATOR_TYPE authenticatorType;
} WS_SAML_AUTHENTICATOR;

/* S_OK if a server accepts the assertion. */
typedef HRESULT (CALLBACK *WS_VALIDATE_SAML_CALLBACK)(_In_opt_ void *samlValidatorCallbackState,
                                                      _In_ WS_XML_BUFFER *samlAssertion, _In_opt_ WS_ERROR *error);

/* Accepts assertions that certain issuers signed. */
typedef struct _WS_CERT_SIGNED_SAML_AUTHENTICATOR {
    WS_SAML_AUTHENTICATOR authenticator;
    const struct _CERT_CONTEXT **trustedIssuerCerts;
    ULONG trustedIssuerCertCount;
    const struct _CERT_CONTEXT *decryptionCert;
    WS_VALIDATE_SAML_CALLBACK samlValidator;
    void *samlValidatorCallbackState;
} WS_CERT_SIGNED_SAML_AUTHENTICATOR;

/* S_OK if a client accepts the server's certificate, which the callback has to free. */
typedef HRESULT (CALLBACK *WS_CERTIFICATE_VALIDATION_CALLBACK)(_In_ const struct _CERT_CONTEXT *certContext,
                                                               _In_opt_ void *state);

typedef struct _WS_CERTIFICATE_VALIDATION_CALLBACK_CONTEXT {
    WS_CERTIFICATE_VALIDATION_CALLBACK callback;
    void *state;
} WS_CERTIFICATE_VALIDATION_CALLBACK_CONTEXT;

/* ==== Security Bindings ====
 *
 * Transport bindings protect the connection, message bindings add tokens to messages. Each begins with a
 * WS_SECURITY_BINDING.
 */

typedef enum WS_SECURITY_BINDING_TYPE {
    WS_SSL_TRANSPORT_SECURITY_BINDING_TYPE = 1,
    WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_TYPE = 2,
    WS_HTTP_HEADER_AUTH_SECURITY_BINDING_TYPE = 3,
    WS_USERNAME_MESSAGE_SECURITY_BINDING_TYPE = 4,
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_TYPE = 5,
    WS_XML_TOKEN_MESSAGE_SECURITY_BINDING_TYPE = 6,
    WS_SAML_MESSAGE_SECURITY_BINDING_TYPE = 7,
    WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_TYPE = 8,
    WS_NAMEDPIPE_SSPI_TRANSPORT_SECURITY_BINDING_TYPE = 9
} WS_SECURITY_BINDING_TYPE;

/* What a message binding's token is for. */
typedef enum WS_MESSAGE_SECURITY_USAGE {
    WS_SUPPORTING_MESSAGE_SECURITY_USAGE = 1 /* authenticates the client; protection is the transport's task */
} WS_MESSAGE_SECURITY_USAGE;

typedef enum WS_WINDOWS_INTEGRATED_AUTH_PACKAGE {
    WS_WINDOWS_INTEGRATED_AUTH_PACKAGE_KERBEROS = 1,
    WS_WINDOWS_INTEGRATED_AUTH_PACKAGE_NTLM = 2,
    WS_WINDOWS_INTEGRATED_AUTH_PACKAGE_SPNEGO = 3
} WS_WINDOWS_INTEGRATED_AUTH_PACKAGE;

typedef enum WS_HTTP_HEADER_AUTH_TARGET {
    WS_HTTP_HEADER_AUTH_TARGET_SERVICE = 1,
    WS_HTTP_HEADER_AUTH_TARGET_PROXY = 2
} WS_HTTP_HEADER_AUTH_TARGET;

/* WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_SCHEME: flags for the schemes allowed. */
#define WS_HTTP_HEADER_AUTH_SCHEME_NONE 0x1
#define WS_HTTP_HEADER_AUTH_SCHEME_BASIC 0x2
#define WS_HTTP_HEADER_AUTH_SCHEME_DIGEST 0x4
#define WS_HTTP_HEADER_AUTH_SCHEME_NTLM 0x8
#define WS_HTTP_HEADER_AUTH_SCHEME_NEGOTIATE 0x10
#define WS_HTTP_HEADER_AUTH_SCHEME_PASSPORT 0x20

/* WS_SECURITY_BINDING_PROPERTY_CERT_FAILURES_TO_IGNORE: flags for what may be wrong with a certificate. */
#define WS_CERT_FAILURE_CN_MISMATCH 0x1
#define WS_CERT_FAILURE_INVALID_DATE 0x2
#define WS_CERT_FAILURE_UNTRUSTED_ROOT 0x4
#define WS_CERT_FAILURE_WRONG_USAGE 0x8
#define WS_CERT_FAILURE_REVOCATION_OFFLINE 0x10

/* Who contributes randomness to a negotiated key. */
typedef enum WS_SECURITY_KEY_ENTROPY_MODE {
    WS_SECURITY_KEY_ENTROPY_MODE_CLIENT_ONLY = 1,
    WS_SECURITY_KEY_ENTROPY_MODE_SERVER_ONLY = 2,
    WS_SECURITY_KEY_ENTROPY_MODE_COMBINED = 3
} WS_SECURITY_KEY_ENTROPY_MODE;

typedef enum WS_SECURE_CONVERSATION_VERSION {
    WS_SECURE_CONVERSATION_VERSION_FEBRUARY_2005 = 1,
    WS_SECURE_CONVERSATION_VERSION_1_3 = 2
} WS_SECURE_CONVERSATION_VERSION;

/* Settings of one binding, with the defaults. */
typedef enum WS_SECURITY_BINDING_PROPERTY_ID {
    WS_SECURITY_BINDING_PROPERTY_REQUIRE_SSL_CLIENT_CERT = 1, /* BOOL, FALSE */
    WS_SECURITY_BINDING_PROPERTY_WINDOWS_INTEGRATED_AUTH_PACKAGE = 2, /* WS_WINDOWS_INTEGRATED_AUTH_PACKAGE, SPNEGO */
    WS_SECURITY_BINDING_PROPERTY_REQUIRE_SERVER_AUTH = 3,  /* BOOL, TRUE for TCP, FALSE for pipes */
    WS_SECURITY_BINDING_PROPERTY_ALLOW_ANONYMOUS_CLIENTS = 4, /* BOOL, FALSE */
    WS_SECURITY_BINDING_PROPERTY_ALLOWED_IMPERSONATION_LEVEL = 5, /* SECURITY_IMPERSONATION_LEVEL, identification */
    WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_SCHEME = 6, /* ULONG: flags, negotiate */
    WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_TARGET = 7, /* WS_HTTP_HEADER_AUTH_TARGET, service */
    WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_BASIC_REALM = 8, /* WS_STRING */
    WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_DIGEST_REALM = 9, /* WS_STRING */
    WS_SECURITY_BINDING_PROPERTY_HTTP_HEADER_AUTH_DIGEST_DOMAIN = 10, /* WS_STRING */
    WS_SECURITY_BINDING_PROPERTY_SECURITY_CONTEXT_KEY_SIZE = 11, /* ULONG, bits */
    WS_SECURITY_BINDING_PROPERTY_SECURITY_CONTEXT_KEY_ENTROPY_MODE = 12, /* WS_SECURITY_KEY_ENTROPY_MODE, combined */
    WS_SECURITY_BINDING_PROPERTY_MESSAGE_PROPERTIES = 13,  /* WS_MESSAGE_PROPERTIES: of the messages that negotiate */
    WS_SECURITY_BINDING_PROPERTY_SECURITY_CONTEXT_MAX_PENDING_CONTEXTS = 14, /* ULONG, 100 */
    WS_SECURITY_BINDING_PROPERTY_SECURITY_CONTEXT_MAX_ACTIVE_CONTEXTS = 15, /* ULONG, 1000 */
    WS_SECURITY_BINDING_PROPERTY_SECURE_CONVERSATION_VERSION = 16, /* WS_SECURE_CONVERSATION_VERSION, February 2005 */
    WS_SECURITY_BINDING_PROPERTY_SECURITY_CONTEXT_SUPPORT_RENEW = 17, /* BOOL, TRUE */
    WS_SECURITY_BINDING_PROPERTY_SECURITY_CONTEXT_RENEWAL_INTERVAL = 18, /* WS_TIMESPAN: 10 h, server 15 h */
    WS_SECURITY_BINDING_PROPERTY_SECURITY_CONTEXT_ROLLOVER_INTERVAL = 19, /* WS_TIMESPAN, 5 minutes */
    WS_SECURITY_BINDING_PROPERTY_CERT_FAILURES_TO_IGNORE = 20, /* ULONG: WS_CERT_FAILURE_ flags, revocation offline */
    WS_SECURITY_BINDING_PROPERTY_DISABLE_CERT_REVOCATION_CHECK = 21, /* BOOL, FALSE */
    WS_SECURITY_BINDING_PROPERTY_DISALLOWED_SECURE_PROTOCOLS = 22, /* ULONG: WS_SECURE_PROTOCOL flags */
    WS_SECURITY_BINDING_PROPERTY_CERTIFICATE_VALIDATION_CALLBACK_CONTEXT = 23 /* the structure of that name */
} WS_SECURITY_BINDING_PROPERTY_ID;

typedef struct _WS_SECURITY_BINDING_PROPERTY {
    WS_SECURITY_BINDING_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_SECURITY_BINDING_PROPERTY;

typedef struct _WS_SECURITY_BINDING_PROPERTIES {
    WS_SECURITY_BINDING_PROPERTY *properties;
    ULONG propertyCount;
} WS_SECURITY_BINDING_PROPERTIES;

/* What all bindings begin with. */
struct _WS_SECURITY_BINDING {
    WS_SECURITY_BINDING_TYPE bindingType;
    WS_SECURITY_BINDING_PROPERTY *properties;
    ULONG propertyCount;
};

/* TLS. */
typedef struct _WS_SSL_TRANSPORT_SECURITY_BINDING {
    WS_SECURITY_BINDING binding;
    WS_CERT_CREDENTIAL *localCertCredential; /* NULL for a server with HTTP, or a client without one */
} WS_SSL_TRANSPORT_SECURITY_BINDING;

/* Windows authentication over TCP. */
typedef struct _WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING {
    WS_SECURITY_BINDING binding;
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL *clientCredential; /* NULL on the server */
} WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING;

/* Windows authentication over named pipes. */
typedef struct _WS_NAMEDPIPE_SSPI_TRANSPORT_SECURITY_BINDING {
    WS_SECURITY_BINDING binding;
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL *clientCredential;
} WS_NAMEDPIPE_SSPI_TRANSPORT_SECURITY_BINDING;

/* The authentication of HTTP. */
typedef struct _WS_HTTP_HEADER_AUTH_SECURITY_BINDING {
    WS_SECURITY_BINDING binding;
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL *clientCredential;
} WS_HTTP_HEADER_AUTH_SECURITY_BINDING;

/* A user name and a password in the security header. */
typedef struct _WS_USERNAME_MESSAGE_SECURITY_BINDING {
    WS_SECURITY_BINDING binding;
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
    WS_USERNAME_CREDENTIAL *clientCredential;        /* on the client */
    WS_VALIDATE_PASSWORD_CALLBACK passwordValidator; /* on the server */
    void *passwordValidatorCallbackState;
} WS_USERNAME_MESSAGE_SECURITY_BINDING;

/* A Kerberos ticket in the security header. */
typedef struct _WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING {
    WS_SECURITY_BINDING binding;
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL *clientCredential;
} WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING;

/* A token that the client already has, such as one it was issued. */
typedef struct _WS_XML_TOKEN_MESSAGE_SECURITY_BINDING {
    WS_SECURITY_BINDING binding;
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
    WS_SECURITY_TOKEN *xmlToken;
} WS_XML_TOKEN_MESSAGE_SECURITY_BINDING;

/* SAML assertions, on the server. */
typedef struct _WS_SAML_MESSAGE_SECURITY_BINDING {
    WS_SECURITY_BINDING binding;
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
    WS_SAML_AUTHENTICATOR *authenticator;
} WS_SAML_MESSAGE_SECURITY_BINDING;

/* A secure conversation, begun under another description. */
typedef struct _WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING {
    WS_SECURITY_BINDING binding;
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
    WS_SECURITY_DESCRIPTION *bootstrapSecurityDescription;
} WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING;

/* ==== Security Context ====
 *
 * A secure conversation on the server, found as a property of a message.
 */

typedef enum WS_SECURITY_CONTEXT_PROPERTY_ID {
    WS_SECURITY_CONTEXT_PROPERTY_IDENTIFIER = 1,                     /* WS_UNIQUE_ID */
    WS_SECURITY_CONTEXT_PROPERTY_USERNAME = 2,                       /* WS_STRING */
    WS_SECURITY_CONTEXT_PROPERTY_MESSAGE_SECURITY_WINDOWS_TOKEN = 3, /* HANDLE */
    WS_SECURITY_CONTEXT_PROPERTY_SAML_ASSERTION = 4                  /* WS_XML_BUFFER * */
} WS_SECURITY_CONTEXT_PROPERTY_ID;

typedef struct _WS_SECURITY_CONTEXT_PROPERTY {
    WS_SECURITY_CONTEXT_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_SECURITY_CONTEXT_PROPERTY;

HRESULT WINAPI WsGetSecurityContextProperty(_In_ WS_SECURITY_CONTEXT *securityContext,
                                            WS_SECURITY_CONTEXT_PROPERTY_ID id,
                                            _Out_writes_bytes_(valueSize) void *value, ULONG valueSize,
                                            _In_opt_ WS_ERROR *error);

/* Ends the conversation: requests under it fail from now on. */
HRESULT WINAPI WsRevokeSecurityContext(_In_ WS_SECURITY_CONTEXT *securityContext, _In_opt_ WS_ERROR *error);

/* ==== Federation ====
 *
 * Tokens that one party issues and another accepts.
 */

typedef enum WS_SECURITY_KEY_TYPE {
    WS_SECURITY_KEY_TYPE_NONE = 1,
    WS_SECURITY_KEY_TYPE_SYMMETRIC = 2,
    WS_SECURITY_KEY_TYPE_ASYMMETRIC = 3
} WS_SECURITY_KEY_TYPE;

typedef enum WS_SECURITY_KEY_HANDLE_TYPE {
    WS_RAW_SYMMETRIC_SECURITY_KEY_HANDLE_TYPE = 1,
    WS_NCRYPT_ASYMMETRIC_SECURITY_KEY_HANDLE_TYPE = 2,
    WS_CAPI_ASYMMETRIC_SECURITY_KEY_HANDLE_TYPE = 3
} WS_SECURITY_KEY_HANDLE_TYPE;

/* What all key handles begin with. */
typedef struct _WS_SECURITY_KEY_HANDLE {
    WS_SECURITY_KEY_HANDLE_TYPE keyHandleType;
} WS_SECURITY_KEY_HANDLE;

typedef struct _WS_RAW_SYMMETRIC_SECURITY_KEY_HANDLE {
    WS_SECURITY_KEY_HANDLE keyHandle;
    WS_BYTES rawKeyBytes;
} WS_RAW_SYMMETRIC_SECURITY_KEY_HANDLE;

typedef struct _WS_NCRYPT_ASYMMETRIC_SECURITY_KEY_HANDLE {
    WS_SECURITY_KEY_HANDLE keyHandle;
    ULONG_PTR asymmetricKey; /* an NCRYPT_KEY_HANDLE */
} WS_NCRYPT_ASYMMETRIC_SECURITY_KEY_HANDLE;

typedef struct _WS_CAPI_ASYMMETRIC_SECURITY_KEY_HANDLE {
    WS_SECURITY_KEY_HANDLE keyHandle;
    SIZE_T provider; /* an HCRYPTPROV */
    ULONG keySpec;
} WS_CAPI_ASYMMETRIC_SECURITY_KEY_HANDLE;

/* How a message refers to a token. */
typedef enum WS_SECURITY_TOKEN_REFERENCE_MODE {
    WS_SECURITY_TOKEN_REFERENCE_MODE_LOCAL_ID = 1,
    WS_SECURITY_TOKEN_REFERENCE_MODE_XML_BUFFER = 2,
    WS_SECURITY_TOKEN_REFERENCE_MODE_CERT_THUMBPRINT = 3,
    WS_SECURITY_TOKEN_REFERENCE_MODE_SECURITY_CONTEXT_ID = 4,
    WS_SECURITY_TOKEN_REFERENCE_MODE_SAML_ASSERTION_ID = 5
} WS_SECURITY_TOKEN_REFERENCE_MODE;

typedef enum WS_SECURITY_TOKEN_PROPERTY_ID {
    WS_SECURITY_TOKEN_PROPERTY_KEY_TYPE = 1,                 /* WS_SECURITY_KEY_TYPE */
    WS_SECURITY_TOKEN_PROPERTY_VALID_FROM_TIME = 2,          /* WS_DATETIME */
    WS_SECURITY_TOKEN_PROPERTY_VALID_TILL_TIME = 3,          /* WS_DATETIME */
    WS_SECURITY_TOKEN_PROPERTY_SERIALIZED_XML = 4,           /* WS_XML_BUFFER * */
    WS_SECURITY_TOKEN_PROPERTY_ATTACHED_REFERENCE_XML = 5,   /* WS_XML_BUFFER * */
    WS_SECURITY_TOKEN_PROPERTY_UNATTACHED_REFERENCE_XML = 6, /* WS_XML_BUFFER * */
    WS_SECURITY_TOKEN_PROPERTY_SYMMETRIC_KEY = 7             /* WS_BYTES */
} WS_SECURITY_TOKEN_PROPERTY_ID;

typedef enum WS_XML_SECURITY_TOKEN_PROPERTY_ID {
    WS_XML_SECURITY_TOKEN_PROPERTY_ATTACHED_REFERENCE = 1,   /* WS_XML_BUFFER */
    WS_XML_SECURITY_TOKEN_PROPERTY_UNATTACHED_REFERENCE = 2, /* WS_XML_BUFFER */
    WS_XML_SECURITY_TOKEN_PROPERTY_VALID_FROM_TIME = 3,      /* WS_DATETIME */
    WS_XML_SECURITY_TOKEN_PROPERTY_VALID_TILL_TIME = 4       /* WS_DATETIME */
} WS_XML_SECURITY_TOKEN_PROPERTY_ID;

typedef struct _WS_XML_SECURITY_TOKEN_PROPERTY {
    WS_XML_SECURITY_TOKEN_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_XML_SECURITY_TOKEN_PROPERTY;

typedef enum WS_TRUST_VERSION {
    WS_TRUST_VERSION_FEBRUARY_2005 = 1,
    WS_TRUST_VERSION_1_3 = 2
} WS_TRUST_VERSION;

/* How WS-Trust 1.3 spells the type of a bearer key. */
typedef enum WS_SECURITY_BEARER_KEY_TYPE_VERSION {
    WS_SECURITY_BEARER_KEY_TYPE_VERSION_1_3_ORIGINAL_SPECIFICATION = 1,
    WS_SECURITY_BEARER_KEY_TYPE_VERSION_1_3_ORIGINAL_SCHEMA = 2,
    WS_SECURITY_BEARER_KEY_TYPE_VERSION_1_3_ERRATA_01 = 3
} WS_SECURITY_BEARER_KEY_TYPE_VERSION;

typedef enum WS_REQUEST_SECURITY_TOKEN_ACTION {
    WS_REQUEST_SECURITY_TOKEN_ACTION_ISSUE = 1,        /* the request of WS-Trust */
    WS_REQUEST_SECURITY_TOKEN_ACTION_NEW_CONTEXT = 2,  /* the request of WS-SecureConversation */
    WS_REQUEST_SECURITY_TOKEN_ACTION_RENEW_CONTEXT = 3 /* its renewal */
} WS_REQUEST_SECURITY_TOKEN_ACTION;

typedef enum WS_REQUEST_SECURITY_TOKEN_PROPERTY_ID {
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_APPLIES_TO = 1,    /* WS_ENDPOINT_ADDRESS: the service that the token is for */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_TRUST_VERSION = 2, /* WS_TRUST_VERSION, February 2005 */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_SECURE_CONVERSATION_VERSION = 3, /* WS_SECURE_CONVERSATION_VERSION */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_ISSUED_TOKEN_TYPE = 4, /* WS_XML_STRING *; without it, not in the request */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_REQUEST_ACTION = 5, /* WS_REQUEST_SECURITY_TOKEN_ACTION, issue */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_EXISTING_TOKEN = 6, /* WS_SECURITY_TOKEN *: to be renewed */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_ISSUED_TOKEN_KEY_TYPE = 7, /* WS_SECURITY_KEY_TYPE */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_ISSUED_TOKEN_KEY_SIZE = 8, /* ULONG, bits */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_ISSUED_TOKEN_KEY_ENTROPY = 9, /* WS_SECURITY_KEY_ENTROPY_MODE, server */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_LOCAL_REQUEST_PARAMETERS = 10, /* WS_XML_BUFFER: for the request */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_SERVICE_REQUEST_PARAMETERS = 11, /* WS_XML_BUFFER: the service's own */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_MESSAGE_PROPERTIES = 12, /* WS_MESSAGE_PROPERTIES */
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_BEARER_KEY_TYPE_VERSION = 13 /* WS_SECURITY_BEARER_KEY_TYPE_VERSION */
} WS_REQUEST_SECURITY_TOKEN_PROPERTY_ID;

typedef struct _WS_REQUEST_SECURITY_TOKEN_PROPERTY {
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_REQUEST_SECURITY_TOKEN_PROPERTY;

/* Asks an issuer, at the other end of an open channel, for a token. */
HRESULT WINAPI WsRequestSecurityToken(
        _In_ WS_CHANNEL *channel, _In_reads_opt_(propertyCount) const WS_REQUEST_SECURITY_TOKEN_PROPERTY *properties,
        ULONG propertyCount, _Outptr_ WS_SECURITY_TOKEN **token, _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
        _In_opt_ WS_ERROR *error);

/* Makes a token of its XML form and its key. */
HRESULT WINAPI WsCreateXmlSecurityToken(
        _In_opt_ WS_XML_BUFFER *tokenXml, _In_opt_ WS_SECURITY_KEY_HANDLE *tokenKey,
        _In_reads_opt_(propertyCount) const WS_XML_SECURITY_TOKEN_PROPERTY *properties, ULONG propertyCount,
        _Outptr_ WS_SECURITY_TOKEN **token, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsGetSecurityTokenProperty(_In_ WS_SECURITY_TOKEN *securityToken, WS_SECURITY_TOKEN_PROPERTY_ID id,
                                          _Out_writes_bytes_(valueSize) void *value, ULONG valueSize,
                                          _In_opt_ WS_HEAP *heap, _In_opt_ WS_ERROR *error);

void WINAPI WsFreeSecurityToken(_In_ WS_SECURITY_TOKEN *token);

/* ==== Contract ====
 *
 * What a service can do, as wsutil generates it: operations, the messages they exchange and the parameters in them.
 */

typedef enum WS_OPERATION_STYLE {
    WS_NON_RPC_LITERAL_OPERATION = 0, /* document style */
    WS_RPC_LITERAL_OPERATION = 1
} WS_OPERATION_STYLE;

typedef enum WS_PARAMETER_TYPE {
    WS_PARAMETER_TYPE_NORMAL = 0,  /* one value */
    WS_PARAMETER_TYPE_ARRAY = 1,   /* an array; its count is a parameter too */
    WS_PARAMETER_TYPE_ARRAY_COUNT = 2,
    WS_PARAMETER_TYPE_MESSAGES = 3 /* the whole body of a message */
} WS_PARAMETER_TYPE;

/* Where a parameter is in the messages' structures. */
typedef struct _WS_PARAMETER_DESCRIPTION {
    WS_PARAMETER_TYPE parameterType;
    USHORT inputMessageIndex; /* number of the field, or 0xFFFF when it is not in that message */
    USHORT outputMessageIndex;
} WS_PARAMETER_DESCRIPTION;

/* WS_OPERATION_DESCRIPTION.inputMessageOptions and outputMessageOptions: the body's element may be nil. */
#define WS_SERVICE_OPERATION_MESSAGE_NILLABLE_ELEMENT 0x1

/* Unpacks frame, a structure of an operation's parameters, and calls the function callback. */
typedef HRESULT (CALLBACK *WS_SERVICE_STUB_CALLBACK)(_In_ const WS_OPERATION_CONTEXT *context, _In_ void *frame,
                                                     _In_ const void *callback,
                                                     _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                     _In_opt_ WS_ERROR *error);

typedef struct _WS_OPERATION_DESCRIPTION {
    ULONG versionInfo;                                /* 1 */
    WS_MESSAGE_DESCRIPTION *inputMessageDescription;
    WS_MESSAGE_DESCRIPTION *outputMessageDescription; /* NULL for a one-way operation */
    ULONG inputMessageOptions;
    ULONG outputMessageOptions;
    USHORT parameterCount;
    WS_PARAMETER_DESCRIPTION *parameterDescription;
    WS_SERVICE_STUB_CALLBACK stubCallback;            /* NULL for clients */
    WS_OPERATION_STYLE style;
} WS_OPERATION_DESCRIPTION;

typedef struct _WS_CONTRACT_DESCRIPTION {
    ULONG operationCount;
    WS_OPERATION_DESCRIPTION **operations;
} WS_CONTRACT_DESCRIPTION;

/* Handles messages that no operation is described for. */
typedef HRESULT (CALLBACK *WS_SERVICE_MESSAGE_RECEIVE_CALLBACK)(_In_ const WS_OPERATION_CONTEXT *context,
                                                                _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                                _In_opt_ WS_ERROR *error);

/* A contract and what serves it. */
typedef struct _WS_SERVICE_CONTRACT {
    const WS_CONTRACT_DESCRIPTION *contractDescription; /* may be NULL, with a default handler */
    WS_SERVICE_MESSAGE_RECEIVE_CALLBACK defaultMessageHandlerCallback; /* may be NULL, with a description */
    const void *methodTable; /* a structure of function pointers, one for each operation that is described */
} WS_SERVICE_CONTRACT;

/* ==== Context ====
 *
 * What an operation or a callback of a service can learn about the call it serves.
 */

typedef enum WS_OPERATION_CONTEXT_PROPERTY_ID {
    WS_OPERATION_CONTEXT_PROPERTY_CHANNEL = 0,              /* WS_CHANNEL * */
    WS_OPERATION_CONTEXT_PROPERTY_CONTRACT_DESCRIPTION = 1, /* const WS_CONTRACT_DESCRIPTION * */
    WS_OPERATION_CONTEXT_PROPERTY_HOST_USER_STATE = 2,      /* void *: WS_SERVICE_PROPERTY_HOST_USER_STATE */
    WS_OPERATION_CONTEXT_PROPERTY_CHANNEL_USER_STATE = 3,   /* void *: what the accept callback stored */
    WS_OPERATION_CONTEXT_PROPERTY_INPUT_MESSAGE = 4,        /* WS_MESSAGE * */
    WS_OPERATION_CONTEXT_PROPERTY_OUTPUT_MESSAGE = 5,       /* WS_MESSAGE * */
    WS_OPERATION_CONTEXT_PROPERTY_HEAP = 6,                 /* WS_HEAP *: for out parameters */
    WS_OPERATION_CONTEXT_PROPERTY_LISTENER = 7,             /* WS_LISTENER * */
    WS_OPERATION_CONTEXT_PROPERTY_ENDPOINT_ADDRESS = 8      /* WS_ENDPOINT_ADDRESS */
} WS_OPERATION_CONTEXT_PROPERTY_ID;

HRESULT WINAPI WsGetOperationContextProperty(_In_ const WS_OPERATION_CONTEXT *context,
                                             WS_OPERATION_CONTEXT_PROPERTY_ID id,
                                             _Out_writes_bytes_(valueSize) void *value, ULONG valueSize,
                                             _In_opt_ WS_ERROR *error);

/* ==== Service Operation ====
 *
 * An operation that runs for long can ask to be told when it is no longer wanted.
 */

typedef enum WS_SERVICE_CANCEL_REASON {
    WS_SERVICE_HOST_ABORT = 0,     /* the host is being aborted */
    WS_SERVICE_CHANNEL_FAULTED = 1 /* the connection broke */
} WS_SERVICE_CANCEL_REASON;

typedef void (CALLBACK *WS_OPERATION_CANCEL_CALLBACK)(WS_SERVICE_CANCEL_REASON reason, _In_opt_ void *state);

/* Releases the state that was registered. */
typedef void (CALLBACK *WS_OPERATION_FREE_STATE_CALLBACK)(_In_opt_ void *state);

HRESULT WINAPI WsRegisterOperationForCancel(_In_ const WS_OPERATION_CONTEXT *context,
                                            WS_OPERATION_CANCEL_CALLBACK cancelCallback,
                                            _In_opt_ WS_OPERATION_FREE_STATE_CALLBACK freestateCallback,
                                            _In_opt_ void *userState, _In_opt_ WS_ERROR *error);

/* ==== Service Host ====
 *
 * A host listens at one or more endpoints and calls the operations of their contracts.
 */

typedef enum WS_SERVICE_HOST_STATE {
    WS_SERVICE_HOST_STATE_CREATED = 0,
    WS_SERVICE_HOST_STATE_OPENING = 1,
    WS_SERVICE_HOST_STATE_OPEN = 2,
    WS_SERVICE_HOST_STATE_CLOSING = 3,
    WS_SERVICE_HOST_STATE_CLOSED = 4,
    WS_SERVICE_HOST_STATE_FAULTED = 5
} WS_SERVICE_HOST_STATE;

/* A client connected; channelState is kept for its operations. */
typedef HRESULT (CALLBACK *WS_SERVICE_ACCEPT_CHANNEL_CALLBACK)(_In_ const WS_OPERATION_CONTEXT *context,
                                                               _Outptr_ void **channelState,
                                                               _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                                               _In_opt_ WS_ERROR *error);

/* A client is gone. */
typedef HRESULT (CALLBACK *WS_SERVICE_CLOSE_CHANNEL_CALLBACK)(_In_ const WS_OPERATION_CONTEXT *context,
                                                              _In_opt_ const WS_ASYNC_CONTEXT *asyncContext);

/* Decides whether the sender of a message may call the service. */
typedef HRESULT (CALLBACK *WS_SERVICE_SECURITY_CALLBACK)(_In_ const WS_OPERATION_CONTEXT *context,
                                                         _Out_ BOOL *authorized, _In_opt_ WS_ERROR *error);

typedef struct _WS_SERVICE_PROPERTY_ACCEPT_CALLBACK {
    WS_SERVICE_ACCEPT_CHANNEL_CALLBACK callback;
} WS_SERVICE_PROPERTY_ACCEPT_CALLBACK;

typedef struct _WS_SERVICE_PROPERTY_CLOSE_CALLBACK {
    WS_SERVICE_CLOSE_CHANNEL_CALLBACK callback;
} WS_SERVICE_PROPERTY_CLOSE_CALLBACK;

/* How an endpoint gives out its metadata. */
typedef enum WS_METADATA_EXCHANGE_TYPE {
    WS_METADATA_EXCHANGE_TYPE_NONE = 0,
    WS_METADATA_EXCHANGE_TYPE_MEX = 1,
    WS_METADATA_EXCHANGE_TYPE_HTTP_GET = 2
} WS_METADATA_EXCHANGE_TYPE;

/* Settings of one endpoint, with the defaults. */
typedef enum WS_SERVICE_ENDPOINT_PROPERTY_ID {
    WS_SERVICE_ENDPOINT_PROPERTY_ACCEPT_CHANNEL_CALLBACK = 0,       /* WS_SERVICE_PROPERTY_ACCEPT_CALLBACK */
    WS_SERVICE_ENDPOINT_PROPERTY_CLOSE_CHANNEL_CALLBACK = 1,        /* WS_SERVICE_PROPERTY_CLOSE_CALLBACK */
    WS_SERVICE_ENDPOINT_PROPERTY_MAX_ACCEPTING_CHANNELS = 2,        /* ULONG, 1: channels that wait for clients */
    WS_SERVICE_ENDPOINT_PROPERTY_MAX_CONCURRENCY = 3,               /* ULONG, 1: calls at once on a session */
    WS_SERVICE_ENDPOINT_PROPERTY_BODY_HEAP_MAX_SIZE = 4,            /* 65535 bytes: quota for parameters */
    WS_SERVICE_ENDPOINT_PROPERTY_BODY_HEAP_TRIM_SIZE = 5,           /* 4096 bytes */
    WS_SERVICE_ENDPOINT_PROPERTY_MESSAGE_PROPERTIES = 6,            /* WS_MESSAGE_PROPERTIES */
    WS_SERVICE_ENDPOINT_PROPERTY_MAX_CALL_POOL_SIZE = 7,            /* 100: call objects kept */
    WS_SERVICE_ENDPOINT_PROPERTY_MAX_CHANNEL_POOL_SIZE = 8,         /* 100: channels kept */
    WS_SERVICE_ENDPOINT_PROPERTY_LISTENER_PROPERTIES = 9,           /* WS_LISTENER_PROPERTIES */
    WS_SERVICE_ENDPOINT_PROPERTY_CHECK_MUST_UNDERSTAND = 10,        /* BOOL, TRUE */
    WS_SERVICE_ENDPOINT_PROPERTY_METADATA_EXCHANGE_TYPE = 11,       /* WS_METADATA_EXCHANGE_TYPE, none */
    WS_SERVICE_ENDPOINT_PROPERTY_METADATA = 12,                     /* WS_SERVICE_ENDPOINT_METADATA */
    WS_SERVICE_ENDPOINT_PROPERTY_METADATA_EXCHANGE_URL_SUFFIX = 13, /* WS_STRING: behind the endpoint's URL */
    WS_SERVICE_ENDPOINT_PROPERTY_MAX_CHANNELS = 14,                 /* 100: clients at once */
    WS_SERVICE_ENDPOINT_PROPERTY_MAX_CHANNELS_PER_IP = 15           /* clients at once from one address */
} WS_SERVICE_ENDPOINT_PROPERTY_ID;

typedef struct _WS_SERVICE_ENDPOINT_PROPERTY {
    WS_SERVICE_ENDPOINT_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_SERVICE_ENDPOINT_PROPERTY;

/* Where and how a contract is served. */
typedef struct _WS_SERVICE_ENDPOINT {
    WS_ENDPOINT_ADDRESS address;
    WS_CHANNEL_BINDING channelBinding;
    WS_CHANNEL_TYPE channelType;
    const WS_SECURITY_DESCRIPTION *securityDescription;
    const WS_SERVICE_CONTRACT *contract;
    WS_SERVICE_SECURITY_CALLBACK authorizationCallback;
    const WS_SERVICE_ENDPOINT_PROPERTY *properties;
    ULONG propertyCount;
    WS_CHANNEL_PROPERTIES channelProperties;
} WS_SERVICE_ENDPOINT;

/* Settings of the host, with the defaults. */
typedef enum WS_SERVICE_PROPERTY_ID {
    WS_SERVICE_PROPERTY_HOST_USER_STATE = 0,  /* void *: for the operations */
    WS_SERVICE_PROPERTY_FAULT_DISCLOSURE = 1, /* WS_FAULT_DISCLOSURE, minimal */
    WS_SERVICE_PROPERTY_FAULT_LANGID = 2,     /* LANGID */
    WS_SERVICE_PROPERTY_HOST_STATE = 3,       /* WS_SERVICE_HOST_STATE, to ask */
    WS_SERVICE_PROPERTY_METADATA = 4,         /* WS_SERVICE_METADATA */
    WS_SERVICE_PROPERTY_CLOSE_TIMEOUT = 5     /* ULONG, milliseconds, 5000 */
} WS_SERVICE_PROPERTY_ID;

typedef struct _WS_SERVICE_PROPERTY {
    WS_SERVICE_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_SERVICE_PROPERTY;

/* Creates a host for the endpoints. */
HRESULT WINAPI WsCreateServiceHost(_In_reads_opt_(endpointCount) const WS_SERVICE_ENDPOINT **endpoints,
                                   USHORT endpointCount,
                                   _In_reads_opt_(servicePropertyCount) const WS_SERVICE_PROPERTY *serviceProperties,
                                   ULONG servicePropertyCount, _Outptr_ WS_SERVICE_HOST **serviceHost,
                                   _In_opt_ WS_ERROR *error);

/* Begins to serve. */
HRESULT WINAPI WsOpenServiceHost(_In_ WS_SERVICE_HOST *serviceHost, _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                 _In_opt_ WS_ERROR *error);

/* Stops serving; calls that are going on may finish. */
HRESULT WINAPI WsCloseServiceHost(_In_ WS_SERVICE_HOST *serviceHost, _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                  _In_opt_ WS_ERROR *error);

/* Stops at once. */
HRESULT WINAPI WsAbortServiceHost(_In_ WS_SERVICE_HOST *serviceHost, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsGetServiceHostProperty(_In_ WS_SERVICE_HOST *serviceHost, WS_SERVICE_PROPERTY_ID id,
                                        _Out_writes_bytes_(valueSize) void *value, ULONG valueSize,
                                        _In_opt_ WS_ERROR *error);

/* Makes a closed host as new. */
HRESULT WINAPI WsResetServiceHost(_In_ WS_SERVICE_HOST *serviceHost, _In_opt_ WS_ERROR *error);

void WINAPI WsFreeServiceHost(_In_ WS_SERVICE_HOST *serviceHost);

/* ==== Service Metadata ====
 *
 * The documents that a service gives out about itself.
 */

typedef struct _WS_SERVICE_METADATA_DOCUMENT {
    WS_XML_STRING *content;
    WS_STRING *name; /* the end of its URL; NULL if it is not to be had by HTTP GET */
} WS_SERVICE_METADATA_DOCUMENT;

typedef struct _WS_SERVICE_METADATA {
    ULONG documentCount;
    WS_SERVICE_METADATA_DOCUMENT **documents;
    WS_XML_STRING *serviceName;
    WS_XML_STRING *serviceNs;
} WS_SERVICE_METADATA;

/* The endpoint's entry in the generated WSDL. */
typedef struct _WS_SERVICE_ENDPOINT_METADATA {
    WS_XML_STRING *portName;
    WS_XML_STRING *bindingName;
    WS_XML_STRING *bindingNs;
} WS_SERVICE_ENDPOINT_METADATA;

/* ==== Service Proxy ====
 *
 * A proxy calls the operations of a service.
 */

typedef enum WS_SERVICE_PROXY_STATE {
    WS_SERVICE_PROXY_STATE_CREATED = 0,
    WS_SERVICE_PROXY_STATE_OPENING = 1,
    WS_SERVICE_PROXY_STATE_OPEN = 2,
    WS_SERVICE_PROXY_STATE_CLOSING = 3,
    WS_SERVICE_PROXY_STATE_CLOSED = 4,
    WS_SERVICE_PROXY_STATE_FAULTED = 5
} WS_SERVICE_PROXY_STATE;

/* Settings of the proxy, with the defaults. */
typedef enum WS_PROXY_PROPERTY_ID {
    WS_PROXY_PROPERTY_CALL_TIMEOUT = 0,       /* ULONG, milliseconds, 30000 */
    WS_PROXY_PROPERTY_MESSAGE_PROPERTIES = 1, /* WS_MESSAGE_PROPERTIES */
    WS_PROXY_PROPERTY_MAX_CALL_POOL_SIZE = 2, /* USHORT, 5: call objects kept */
    WS_PROXY_PROPERTY_STATE = 3,              /* WS_SERVICE_PROXY_STATE, to ask */
    WS_PROXY_PROPERTY_MAX_PENDING_CALLS = 4,  /* ULONG, 100: more fail with WS_E_QUOTA_EXCEEDED */
    WS_PROXY_PROPERTY_MAX_CLOSE_TIMEOUT = 5,  /* ULONG, milliseconds, 5000 */
    WS_PROXY_FAULT_LANG_ID = 6                /* LANGID */
} WS_PROXY_PROPERTY_ID;

typedef struct _WS_PROXY_PROPERTY {
    WS_PROXY_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_PROXY_PROPERTY;

/* Sees a message before it is sent, or after it was received. */
typedef HRESULT (CALLBACK *WS_PROXY_MESSAGE_CALLBACK)(_In_ WS_MESSAGE *message, _In_ WS_HEAP *heap, _In_ void *state,
                                                      _In_opt_ WS_ERROR *error);

typedef struct _WS_PROXY_MESSAGE_CALLBACK_CONTEXT {
    WS_PROXY_MESSAGE_CALLBACK callback;
    void *state;
} WS_PROXY_MESSAGE_CALLBACK_CONTEXT;

/* Settings of one call. */
typedef enum WS_CALL_PROPERTY_ID {
    WS_CALL_PROPERTY_CHECK_MUST_UNDERSTAND = 0,   /* BOOL, TRUE */
    WS_CALL_PROPERTY_SEND_MESSAGE_CONTEXT = 1,    /* WS_PROXY_MESSAGE_CALLBACK_CONTEXT */
    WS_CALL_PROPERTY_RECEIVE_MESSAGE_CONTEXT = 2, /* WS_PROXY_MESSAGE_CALLBACK_CONTEXT */
    WS_CALL_PROPERTY_CALL_ID = 3                  /* ULONG: for WsAbandonCall */
} WS_CALL_PROPERTY_ID;

typedef struct _WS_CALL_PROPERTY {
    WS_CALL_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_CALL_PROPERTY;

HRESULT WINAPI WsCreateServiceProxy(WS_CHANNEL_TYPE channelType, WS_CHANNEL_BINDING channelBinding,
                                    _In_opt_ const WS_SECURITY_DESCRIPTION *securityDescription,
                                    _In_reads_opt_(propertyCount) const WS_PROXY_PROPERTY *properties,
                                    ULONG propertyCount,
                                    _In_reads_opt_(channelPropertyCount) const WS_CHANNEL_PROPERTY *channelProperties,
                                    ULONG channelPropertyCount, _Outptr_ WS_SERVICE_PROXY **serviceProxy,
                                    _In_opt_ WS_ERROR *error);

/* Connects to the service. */
HRESULT WINAPI WsOpenServiceProxy(_In_ WS_SERVICE_PROXY *serviceProxy, _In_ const WS_ENDPOINT_ADDRESS *address,
                                  _In_opt_ const WS_ASYNC_CONTEXT *asyncContext, _In_opt_ WS_ERROR *error);

/* Calls an operation; arguments has a pointer to each parameter. The functions that wsutil generates use it. */
HRESULT WINAPI WsCall(_In_ WS_SERVICE_PROXY *serviceProxy, _In_ const WS_OPERATION_DESCRIPTION *operation,
                      _In_opt_ const void **arguments, _In_ WS_HEAP *heap,
                      _In_reads_opt_(callPropertyCount) const WS_CALL_PROPERTY *callProperties,
                      ULONG callPropertyCount, _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                      _In_opt_ WS_ERROR *error);

/* Stops waiting for a call; it fails with WS_E_OPERATION_ABANDONED. */
HRESULT WINAPI WsAbandonCall(_In_ WS_SERVICE_PROXY *serviceProxy, ULONG callId, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsCloseServiceProxy(_In_ WS_SERVICE_PROXY *serviceProxy, _In_opt_ const WS_ASYNC_CONTEXT *asyncContext,
                                   _In_opt_ WS_ERROR *error);

/* Fails all calls at once. */
HRESULT WINAPI WsAbortServiceProxy(_In_ WS_SERVICE_PROXY *serviceProxy, _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsGetServiceProxyProperty(_In_ WS_SERVICE_PROXY *serviceProxy, WS_PROXY_PROPERTY_ID id,
                                         _Out_writes_bytes_(valueSize) void *value, ULONG valueSize,
                                         _In_opt_ WS_ERROR *error);

/* Makes a closed proxy as new. */
HRESULT WINAPI WsResetServiceProxy(_In_ WS_SERVICE_PROXY *serviceProxy, _In_opt_ WS_ERROR *error);

void WINAPI WsFreeServiceProxy(_In_ WS_SERVICE_PROXY *serviceProxy);

/* ==== Metadata Import ====
 *
 * Reads WSDL, schema and policy documents and finds the endpoints in them. An endpoint's policy offers alternatives;
 * the program's constraints say which of them it can work with.
 */

typedef enum WS_METADATA_STATE {
    WS_METADATA_STATE_CREATED = 1,
    WS_METADATA_STATE_RESOLVED = 2,
    WS_METADATA_STATE_FAULTED = 3
} WS_METADATA_STATE;

typedef enum WS_METADATA_PROPERTY_ID {
    WS_METADATA_PROPERTY_STATE = 1,               /* WS_METADATA_STATE */
    WS_METADATA_PROPERTY_HEAP_PROPERTIES = 2,     /* WS_HEAP_PROPERTIES, at creation */
    WS_METADATA_PROPERTY_POLICY_PROPERTIES = 3,   /* WS_POLICY_PROPERTIES, at creation */
    WS_METADATA_PROPERTY_HEAP_REQUESTED_SIZE = 4, /* SIZE_T, to ask */
    WS_METADATA_PROPERTY_MAX_DOCUMENTS = 5,       /* ULONG, 32, at creation */
    WS_METADATA_PROPERTY_HOST_NAMES = 6,          /* WS_HOST_NAMES, at creation: hosts that documents may refer to */
    WS_METADATA_PROPERTY_VERIFY_HOST_NAMES = 7    /* BOOL, TRUE, at creation */
} WS_METADATA_PROPERTY_ID;

typedef struct _WS_METADATA_PROPERTY {
    WS_METADATA_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_METADATA_PROPERTY;

typedef struct _WS_METADATA_ENDPOINT {
    WS_ENDPOINT_ADDRESS endpointAddress;
    WS_POLICY *endpointPolicy;
    WS_XML_STRING *portName;
    WS_XML_STRING *serviceName;
    WS_XML_STRING *serviceNs;
    WS_XML_STRING *bindingName;
    WS_XML_STRING *bindingNs;
    WS_XML_STRING *portTypeName;
    WS_XML_STRING *portTypeNs;
} WS_METADATA_ENDPOINT;

typedef struct _WS_METADATA_ENDPOINTS {
    WS_METADATA_ENDPOINT *endpoints;
    ULONG endpointCount;
} WS_METADATA_ENDPOINTS;

HRESULT WINAPI WsCreateMetadata(_In_reads_opt_(propertyCount) const WS_METADATA_PROPERTY *properties,
                                ULONG propertyCount, _Outptr_ WS_METADATA **metadata, _In_opt_ WS_ERROR *error);

/* Adds a document, whose address is url. */
HRESULT WINAPI WsReadMetadata(_In_ WS_METADATA *metadata, _In_ WS_XML_READER *reader, _In_ const WS_STRING *url,
                              _In_opt_ WS_ERROR *error);

/* Gets the address of a document that is referred to but was not read; NULL if none is missing. */
HRESULT WINAPI WsGetMissingMetadataDocumentAddress(_In_ WS_METADATA *metadata,
                                                   _Outptr_result_maybenull_ WS_ENDPOINT_ADDRESS **address,
                                                   _In_opt_ WS_ERROR *error);

/* Resolves all references and gets the endpoints. */
HRESULT WINAPI WsGetMetadataEndpoints(_In_ WS_METADATA *metadata, _Out_ WS_METADATA_ENDPOINTS *endpoints,
                                      _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsGetMetadataProperty(_In_ WS_METADATA *metadata, WS_METADATA_PROPERTY_ID id,
                                     _Out_writes_bytes_(valueSize) void *value, ULONG valueSize,
                                     _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsResetMetadata(_In_ WS_METADATA *metadata, _In_opt_ WS_ERROR *error);

void WINAPI WsFreeMetadata(_In_ WS_METADATA *metadata);

typedef enum WS_POLICY_STATE {
    WS_POLICY_STATE_CREATED = 1,
    WS_POLICY_STATE_FAULTED = 2
} WS_POLICY_STATE;

typedef enum WS_POLICY_PROPERTY_ID {
    WS_POLICY_PROPERTY_STATE = 1,            /* WS_POLICY_STATE */
    WS_POLICY_PROPERTY_MAX_ALTERNATIVES = 2, /* ULONG, 32 */
    WS_POLICY_PROPERTY_MAX_DEPTH = 3,        /* ULONG, 32 */
    WS_POLICY_PROPERTY_MAX_EXTENSIONS = 4    /* ULONG, 8 */
} WS_POLICY_PROPERTY_ID;

typedef struct _WS_POLICY_PROPERTY {
    WS_POLICY_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_POLICY_PROPERTY;

typedef struct _WS_POLICY_PROPERTIES {
    WS_POLICY_PROPERTY *properties;
    ULONG propertyCount;
} WS_POLICY_PROPERTIES;

HRESULT WINAPI WsGetPolicyProperty(_In_ WS_POLICY *policy, WS_POLICY_PROPERTY_ID id,
                                   _Out_writes_bytes_(valueSize) void *value, ULONG valueSize,
                                   _In_opt_ WS_ERROR *error);

HRESULT WINAPI WsGetPolicyAlternativeCount(_In_ WS_POLICY *policy, _Out_ ULONG *count, _In_opt_ WS_ERROR *error);

/* Checks an alternative against constraints, S_FALSE if it does not match and need not; a match fills in their out
 * members. */
HRESULT WINAPI WsMatchPolicyAlternative(_In_ WS_POLICY *policy, ULONG alternativeIndex,
                                        _In_ WS_POLICY_CONSTRAINTS *policyConstraints, BOOL matchRequired,
                                        _In_ WS_HEAP *heap, _In_opt_ WS_ERROR *error);

/* ==== Metadata Mapping ====
 *
 * Constraints: which policies WsMatchPolicyAlternative accepts. allowedValues is an array of the property's type; the
 * out members receive what the policy says.
 */

typedef struct _WS_CHANNEL_PROPERTY_CONSTRAINT {
    WS_CHANNEL_PROPERTY_ID id;
    void *allowedValues;
    ULONG allowedValuesSize;
    struct {
        WS_CHANNEL_PROPERTY channelProperty;
    } out;
} WS_CHANNEL_PROPERTY_CONSTRAINT;

typedef struct _WS_SECURITY_PROPERTY_CONSTRAINT {
    WS_SECURITY_PROPERTY_ID id;
    void *allowedValues;
    ULONG allowedValuesSize;
    struct {
        WS_SECURITY_PROPERTY securityProperty;
    } out;
} WS_SECURITY_PROPERTY_CONSTRAINT;

typedef struct _WS_SECURITY_BINDING_PROPERTY_CONSTRAINT {
    WS_SECURITY_BINDING_PROPERTY_ID id;
    void *allowedValues;
    ULONG allowedValuesSize;
    struct {
        WS_SECURITY_BINDING_PROPERTY securityBindingProperty;
    } out;
} WS_SECURITY_BINDING_PROPERTY_CONSTRAINT;

typedef enum WS_SECURITY_BINDING_CONSTRAINT_TYPE {
    WS_SSL_TRANSPORT_SECURITY_BINDING_CONSTRAINT_TYPE = 1,
    WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_CONSTRAINT_TYPE = 2,
    WS_HTTP_HEADER_AUTH_SECURITY_BINDING_CONSTRAINT_TYPE = 3,
    WS_USERNAME_MESSAGE_SECURITY_BINDING_CONSTRAINT_TYPE = 4,
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_CONSTRAINT_TYPE = 5,
    WS_ISSUED_TOKEN_MESSAGE_SECURITY_BINDING_CONSTRAINT_TYPE = 6,
    WS_CERT_MESSAGE_SECURITY_BINDING_CONSTRAINT_TYPE = 7,
    WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_CONSTRAINT_TYPE = 8
} WS_SECURITY_BINDING_CONSTRAINT_TYPE;

/* What all binding constraints begin with. */
typedef struct _WS_SECURITY_BINDING_CONSTRAINT {
    WS_SECURITY_BINDING_CONSTRAINT_TYPE type;
    WS_SECURITY_BINDING_PROPERTY_CONSTRAINT *propertyConstraints;
    ULONG propertyConstraintCount;
} WS_SECURITY_BINDING_CONSTRAINT;

typedef struct _WS_SSL_TRANSPORT_SECURITY_BINDING_CONSTRAINT {
    WS_SECURITY_BINDING_CONSTRAINT bindingConstraint;
    struct {
        BOOL clientCertCredentialRequired;
    } out;
} WS_SSL_TRANSPORT_SECURITY_BINDING_CONSTRAINT;

typedef struct _WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_CONSTRAINT {
    WS_SECURITY_BINDING_CONSTRAINT bindingConstraint;
} WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_CONSTRAINT;

typedef struct _WS_HTTP_HEADER_AUTH_SECURITY_BINDING_CONSTRAINT {
    WS_SECURITY_BINDING_CONSTRAINT bindingConstraint;
} WS_HTTP_HEADER_AUTH_SECURITY_BINDING_CONSTRAINT;

typedef struct _WS_USERNAME_MESSAGE_SECURITY_BINDING_CONSTRAINT {
    WS_SECURITY_BINDING_CONSTRAINT bindingConstraint;
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
} WS_USERNAME_MESSAGE_SECURITY_BINDING_CONSTRAINT;

typedef struct _WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_CONSTRAINT {
    WS_SECURITY_BINDING_CONSTRAINT bindingConstraint;
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
} WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_CONSTRAINT;

typedef struct _WS_CERT_MESSAGE_SECURITY_BINDING_CONSTRAINT {
    WS_SECURITY_BINDING_CONSTRAINT bindingConstraint;
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
} WS_CERT_MESSAGE_SECURITY_BINDING_CONSTRAINT;

typedef struct _WS_REQUEST_SECURITY_TOKEN_PROPERTY_CONSTRAINT {
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_ID id;
    void *allowedValues;
    ULONG allowedValuesSize;
    struct {
        WS_REQUEST_SECURITY_TOKEN_PROPERTY requestSecurityTokenProperty;
    } out;
} WS_REQUEST_SECURITY_TOKEN_PROPERTY_CONSTRAINT;

typedef struct _WS_ISSUED_TOKEN_MESSAGE_SECURITY_BINDING_CONSTRAINT {
    WS_SECURITY_BINDING_CONSTRAINT bindingConstraint;
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
    WS_XML_STRING *claimConstraints;                 /* types of claims allowed in the policy */
    ULONG claimConstraintCount;
    WS_REQUEST_SECURITY_TOKEN_PROPERTY_CONSTRAINT *requestSecurityTokenPropertyConstraints;
    ULONG requestSecurityTokenPropertyConstraintCount;
    struct {
        WS_ENDPOINT_ADDRESS *issuerAddress;          /* where to ask for the token */
        WS_XML_BUFFER *requestSecurityTokenTemplate; /* what to put into the request */
    } out;
} WS_ISSUED_TOKEN_MESSAGE_SECURITY_BINDING_CONSTRAINT;

typedef struct _WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_CONSTRAINT {
    WS_SECURITY_BINDING_CONSTRAINT bindingConstraint;
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
    WS_SECURITY_CONSTRAINTS *bootstrapSecurityConstraint;
} WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_CONSTRAINT;

struct _WS_SECURITY_CONSTRAINTS {
    WS_SECURITY_PROPERTY_CONSTRAINT *securityPropertyConstraints;
    ULONG securityPropertyConstraintCount;
    WS_SECURITY_BINDING_CONSTRAINT **securityBindingConstraints;
    ULONG securityBindingConstraintCount;
};

typedef enum WS_POLICY_EXTENSION_TYPE {
    WS_ENDPOINT_POLICY_EXTENSION_TYPE = 1
} WS_POLICY_EXTENSION_TYPE;

/* What all policy extensions begin with: assertions that the program itself understands. */
typedef struct _WS_POLICY_EXTENSION {
    WS_POLICY_EXTENSION_TYPE type;
} WS_POLICY_EXTENSION;

typedef struct _WS_ENDPOINT_POLICY_EXTENSION {
    WS_POLICY_EXTENSION policyExtension;
    WS_XML_STRING *assertionName;
    WS_XML_STRING *assertionNs;
    struct {
        WS_XML_BUFFER *assertionValue; /* NULL if the policy has no such assertion */
    } out;
} WS_ENDPOINT_POLICY_EXTENSION;

struct _WS_POLICY_CONSTRAINTS {
    WS_CHANNEL_BINDING channelBinding;
    WS_CHANNEL_PROPERTY_CONSTRAINT *channelPropertyConstraints;
    ULONG channelPropertyConstraintCount;
    WS_SECURITY_CONSTRAINTS *securityConstraints; /* NULL means no security */
    WS_POLICY_EXTENSION **policyExtensions;
    ULONG policyExtensionCount;
};

/* ==== Policy Support ====
 *
 * Templates: wsutil turns a policy into a description, which is constant; the program fills in the template, with its
 * credentials and settings; together they make a proxy or an endpoint.
 */

/* Which template and which description belong together. */
typedef enum WS_BINDING_TEMPLATE_TYPE {
    WS_HTTP_BINDING_TEMPLATE_TYPE = 0,
    WS_HTTP_SSL_BINDING_TEMPLATE_TYPE = 1,
    WS_HTTP_HEADER_AUTH_BINDING_TEMPLATE_TYPE = 2,
    WS_HTTP_SSL_HEADER_AUTH_BINDING_TEMPLATE_TYPE = 3,
    WS_HTTP_SSL_USERNAME_BINDING_TEMPLATE_TYPE = 4,
    WS_HTTP_SSL_KERBEROS_APREQ_BINDING_TEMPLATE_TYPE = 5,
    WS_TCP_BINDING_TEMPLATE_TYPE = 6,
    WS_TCP_SSPI_BINDING_TEMPLATE_TYPE = 7,
    WS_TCP_SSPI_USERNAME_BINDING_TEMPLATE_TYPE = 8,
    WS_TCP_SSPI_KERBEROS_APREQ_BINDING_TEMPLATE_TYPE = 9,
    WS_HTTP_SSL_USERNAME_SECURITY_CONTEXT_BINDING_TEMPLATE_TYPE = 10,
    WS_HTTP_SSL_KERBEROS_APREQ_SECURITY_CONTEXT_BINDING_TEMPLATE_TYPE = 11,
    WS_TCP_SSPI_USERNAME_SECURITY_CONTEXT_BINDING_TEMPLATE_TYPE = 12,
    WS_TCP_SSPI_KERBEROS_APREQ_SECURITY_CONTEXT_BINDING_TEMPLATE_TYPE = 13
} WS_BINDING_TEMPLATE_TYPE;

/* The descriptions of single bindings. */

typedef struct _WS_SSL_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION {
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
} WS_SSL_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION;

typedef struct _WS_SSPI_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION {
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
} WS_SSPI_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION;

typedef struct _WS_HTTP_HEADER_AUTH_SECURITY_BINDING_POLICY_DESCRIPTION {
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
} WS_HTTP_HEADER_AUTH_SECURITY_BINDING_POLICY_DESCRIPTION;

typedef struct _WS_USERNAME_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION {
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
} WS_USERNAME_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION;

typedef struct _WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION {
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
} WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION;

typedef struct _WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION {
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
    WS_MESSAGE_SECURITY_USAGE bindingUsage;
} WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION;

typedef struct _WS_SECURITY_CONTEXT_SECURITY_BINDING_POLICY_DESCRIPTION {
    WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION securityContextMessageSecurityBinding;
    WS_SECURITY_PROPERTIES securityProperties;
} WS_SECURITY_CONTEXT_SECURITY_BINDING_POLICY_DESCRIPTION;

/* The descriptions of policies: for every template type, in the order of WS_BINDING_TEMPLATE_TYPE. */

typedef struct _WS_HTTP_POLICY_DESCRIPTION {
    WS_CHANNEL_PROPERTIES channelProperties;
} WS_HTTP_POLICY_DESCRIPTION;

typedef struct _WS_HTTP_SSL_POLICY_DESCRIPTION {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sslTransportSecurityBinding;
} WS_HTTP_SSL_POLICY_DESCRIPTION;

typedef struct _WS_HTTP_HEADER_AUTH_POLICY_DESCRIPTION {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_HTTP_HEADER_AUTH_SECURITY_BINDING_POLICY_DESCRIPTION httpHeaderAuthSecurityBinding;
} WS_HTTP_HEADER_AUTH_POLICY_DESCRIPTION;

typedef struct _WS_HTTP_SSL_HEADER_AUTH_POLICY_DESCRIPTION {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sslTransportSecurityBinding;
    WS_HTTP_HEADER_AUTH_SECURITY_BINDING_POLICY_DESCRIPTION httpHeaderAuthSecurityBinding;
} WS_HTTP_SSL_HEADER_AUTH_POLICY_DESCRIPTION;

typedef struct _WS_HTTP_SSL_USERNAME_POLICY_DESCRIPTION {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sslTransportSecurityBinding;
    WS_USERNAME_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION usernameMessageSecurityBinding;
} WS_HTTP_SSL_USERNAME_POLICY_DESCRIPTION;

typedef struct _WS_HTTP_SSL_KERBEROS_APREQ_POLICY_DESCRIPTION {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sslTransportSecurityBinding;
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION kerberosApreqMessageSecurityBinding;
} WS_HTTP_SSL_KERBEROS_APREQ_POLICY_DESCRIPTION;

typedef struct _WS_TCP_POLICY_DESCRIPTION {
    WS_CHANNEL_PROPERTIES channelProperties;
} WS_TCP_POLICY_DESCRIPTION;

typedef struct _WS_TCP_SSPI_POLICY_DESCRIPTION {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSPI_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sspiTransportSecurityBinding;
} WS_TCP_SSPI_POLICY_DESCRIPTION;

typedef struct _WS_TCP_SSPI_USERNAME_POLICY_DESCRIPTION {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSPI_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sspiTransportSecurityBinding;
    WS_USERNAME_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION usernameMessageSecurityBinding;
} WS_TCP_SSPI_USERNAME_POLICY_DESCRIPTION;

typedef struct _WS_TCP_SSPI_KERBEROS_APREQ_POLICY_DESCRIPTION {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSPI_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sspiTransportSecurityBinding;
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION kerberosApreqMessageSecurityBinding;
} WS_TCP_SSPI_KERBEROS_APREQ_POLICY_DESCRIPTION;

typedef struct _WS_HTTP_SSL_USERNAME_SECURITY_CONTEXT_POLICY_DESCRIPTION {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sslTransportSecurityBinding;
    WS_USERNAME_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION usernameMessageSecurityBinding;
    WS_SECURITY_CONTEXT_SECURITY_BINDING_POLICY_DESCRIPTION securityContextSecurityBinding;
} WS_HTTP_SSL_USERNAME_SECURITY_CONTEXT_POLICY_DESCRIPTION;

typedef struct _WS_HTTP_SSL_KERBEROS_APREQ_SECURITY_CONTEXT_POLICY_DESCRIPTION {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sslTransportSecurityBinding;
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION kerberosApreqMessageSecurityBinding;
    WS_SECURITY_CONTEXT_SECURITY_BINDING_POLICY_DESCRIPTION securityContextSecurityBinding;
} WS_HTTP_SSL_KERBEROS_APREQ_SECURITY_CONTEXT_POLICY_DESCRIPTION;

typedef struct _WS_TCP_SSPI_USERNAME_SECURITY_CONTEXT_POLICY_DESCRIPTION {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSPI_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sspiTransportSecurityBinding;
    WS_USERNAME_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION usernameMessageSecurityBinding;
    WS_SECURITY_CONTEXT_SECURITY_BINDING_POLICY_DESCRIPTION securityContextSecurityBinding;
} WS_TCP_SSPI_USERNAME_SECURITY_CONTEXT_POLICY_DESCRIPTION;

typedef struct _WS_TCP_SSPI_KERBEROS_APREQ_SECURITY_CONTEXT_POLICY_DESCRIPTION {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSPI_TRANSPORT_SECURITY_BINDING_POLICY_DESCRIPTION sspiTransportSecurityBinding;
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_POLICY_DESCRIPTION kerberosApreqMessageSecurityBinding;
    WS_SECURITY_CONTEXT_SECURITY_BINDING_POLICY_DESCRIPTION securityContextSecurityBinding;
} WS_TCP_SSPI_KERBEROS_APREQ_SECURITY_CONTEXT_POLICY_DESCRIPTION;

/* The templates of single bindings. */

typedef struct _WS_SSL_TRANSPORT_SECURITY_BINDING_TEMPLATE {
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
    WS_CERT_CREDENTIAL *localCertCredential;
} WS_SSL_TRANSPORT_SECURITY_BINDING_TEMPLATE;

typedef struct _WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_TEMPLATE {
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL *clientCredential;
} WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_TEMPLATE;

typedef struct _WS_HTTP_HEADER_AUTH_SECURITY_BINDING_TEMPLATE {
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL *clientCredential;
} WS_HTTP_HEADER_AUTH_SECURITY_BINDING_TEMPLATE;

typedef struct _WS_USERNAME_MESSAGE_SECURITY_BINDING_TEMPLATE {
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
    WS_USERNAME_CREDENTIAL *clientCredential;
    WS_VALIDATE_PASSWORD_CALLBACK passwordValidator;
    void *passwordValidatorCallbackState;
} WS_USERNAME_MESSAGE_SECURITY_BINDING_TEMPLATE;

typedef struct _WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_TEMPLATE {
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
    WS_WINDOWS_INTEGRATED_AUTH_CREDENTIAL *clientCredential;
} WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_TEMPLATE;

typedef struct _WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_TEMPLATE {
    WS_SECURITY_BINDING_PROPERTIES securityBindingProperties;
} WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_TEMPLATE;

typedef struct _WS_SECURITY_CONTEXT_SECURITY_BINDING_TEMPLATE {
    WS_SECURITY_CONTEXT_MESSAGE_SECURITY_BINDING_TEMPLATE securityContextMessageSecurityBinding;
    WS_SECURITY_PROPERTIES securityProperties;
} WS_SECURITY_CONTEXT_SECURITY_BINDING_TEMPLATE;

/* The templates: again in the order of WS_BINDING_TEMPLATE_TYPE. */

typedef struct _WS_HTTP_BINDING_TEMPLATE {
    WS_CHANNEL_PROPERTIES channelProperties;
} WS_HTTP_BINDING_TEMPLATE;

typedef struct _WS_HTTP_SSL_BINDING_TEMPLATE {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_TEMPLATE sslTransportSecurityBinding;
} WS_HTTP_SSL_BINDING_TEMPLATE;

typedef struct _WS_HTTP_HEADER_AUTH_BINDING_TEMPLATE {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_HTTP_HEADER_AUTH_SECURITY_BINDING_TEMPLATE httpHeaderAuthSecurityBinding;
} WS_HTTP_HEADER_AUTH_BINDING_TEMPLATE;

typedef struct _WS_HTTP_SSL_HEADER_AUTH_BINDING_TEMPLATE {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_TEMPLATE sslTransportSecurityBinding;
    WS_HTTP_HEADER_AUTH_SECURITY_BINDING_TEMPLATE httpHeaderAuthSecurityBinding;
} WS_HTTP_SSL_HEADER_AUTH_BINDING_TEMPLATE;

typedef struct _WS_HTTP_SSL_USERNAME_BINDING_TEMPLATE {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_TEMPLATE sslTransportSecurityBinding;
    WS_USERNAME_MESSAGE_SECURITY_BINDING_TEMPLATE usernameMessageSecurityBinding;
} WS_HTTP_SSL_USERNAME_BINDING_TEMPLATE;

typedef struct _WS_HTTP_SSL_KERBEROS_APREQ_BINDING_TEMPLATE {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_TEMPLATE sslTransportSecurityBinding;
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_TEMPLATE kerberosApreqMessageSecurityBinding;
} WS_HTTP_SSL_KERBEROS_APREQ_BINDING_TEMPLATE;

typedef struct _WS_TCP_BINDING_TEMPLATE {
    WS_CHANNEL_PROPERTIES channelProperties;
} WS_TCP_BINDING_TEMPLATE;

typedef struct _WS_TCP_SSPI_BINDING_TEMPLATE {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_TEMPLATE sspiTransportSecurityBinding;
} WS_TCP_SSPI_BINDING_TEMPLATE;

typedef struct _WS_TCP_SSPI_USERNAME_BINDING_TEMPLATE {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_TEMPLATE sspiTransportSecurityBinding;
    WS_USERNAME_MESSAGE_SECURITY_BINDING_TEMPLATE usernameMessageSecurityBinding;
} WS_TCP_SSPI_USERNAME_BINDING_TEMPLATE;

typedef struct _WS_TCP_SSPI_KERBEROS_APREQ_BINDING_TEMPLATE {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_TEMPLATE sspiTransportSecurityBinding;
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_TEMPLATE kerberosApreqMessageSecurityBinding;
} WS_TCP_SSPI_KERBEROS_APREQ_BINDING_TEMPLATE;

typedef struct _WS_HTTP_SSL_USERNAME_SECURITY_CONTEXT_BINDING_TEMPLATE {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_TEMPLATE sslTransportSecurityBinding;
    WS_USERNAME_MESSAGE_SECURITY_BINDING_TEMPLATE usernameMessageSecurityBinding;
    WS_SECURITY_CONTEXT_SECURITY_BINDING_TEMPLATE securityContextSecurityBinding;
} WS_HTTP_SSL_USERNAME_SECURITY_CONTEXT_BINDING_TEMPLATE;

typedef struct _WS_HTTP_SSL_KERBEROS_APREQ_SECURITY_CONTEXT_BINDING_TEMPLATE {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_SSL_TRANSPORT_SECURITY_BINDING_TEMPLATE sslTransportSecurityBinding;
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_TEMPLATE kerberosApreqMessageSecurityBinding;
    WS_SECURITY_CONTEXT_SECURITY_BINDING_TEMPLATE securityContextSecurityBinding;
} WS_HTTP_SSL_KERBEROS_APREQ_SECURITY_CONTEXT_BINDING_TEMPLATE;

typedef struct _WS_TCP_SSPI_USERNAME_SECURITY_CONTEXT_BINDING_TEMPLATE {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_TEMPLATE sspiTransportSecurityBinding;
    WS_USERNAME_MESSAGE_SECURITY_BINDING_TEMPLATE usernameMessageSecurityBinding;
    WS_SECURITY_CONTEXT_SECURITY_BINDING_TEMPLATE securityContextSecurityBinding;
} WS_TCP_SSPI_USERNAME_SECURITY_CONTEXT_BINDING_TEMPLATE;

typedef struct _WS_TCP_SSPI_KERBEROS_APREQ_SECURITY_CONTEXT_BINDING_TEMPLATE {
    WS_CHANNEL_PROPERTIES channelProperties;
    WS_SECURITY_PROPERTIES securityProperties;
    WS_TCP_SSPI_TRANSPORT_SECURITY_BINDING_TEMPLATE sspiTransportSecurityBinding;
    WS_KERBEROS_APREQ_MESSAGE_SECURITY_BINDING_TEMPLATE kerberosApreqMessageSecurityBinding;
    WS_SECURITY_CONTEXT_SECURITY_BINDING_TEMPLATE securityContextSecurityBinding;
} WS_TCP_SSPI_KERBEROS_APREQ_SECURITY_CONTEXT_BINDING_TEMPLATE;

/* Creates a proxy; templateValue is the template, templateDescription the description, as templateType says. */
HRESULT WINAPI WsCreateServiceProxyFromTemplate(WS_CHANNEL_TYPE channelType,
                                                _In_reads_opt_(propertyCount) const WS_PROXY_PROPERTY *properties,
                                                ULONG propertyCount, WS_BINDING_TEMPLATE_TYPE templateType,
                                                _In_reads_bytes_opt_(templateSize) void *templateValue,
                                                ULONG templateSize, _In_ const void *templateDescription,
                                                ULONG templateDescriptionSize,
                                                _Outptr_ WS_SERVICE_PROXY **serviceProxy, _In_opt_ WS_ERROR *error);

/* Makes an endpoint, on the heap, for WsCreateServiceHost. */
HRESULT WINAPI WsCreateServiceEndpointFromTemplate(
        WS_CHANNEL_TYPE channelType, _In_reads_opt_(propertyCount) const WS_SERVICE_ENDPOINT_PROPERTY *properties,
        ULONG propertyCount, _In_opt_ const WS_STRING *addressUrl, _In_ const WS_SERVICE_CONTRACT *contract,
        WS_SERVICE_SECURITY_CALLBACK authorizationCallback, _In_ WS_HEAP *heap, WS_BINDING_TEMPLATE_TYPE templateType,
        _In_reads_bytes_opt_(templateSize) void *templateValue, ULONG templateSize,
        _In_ const void *templateDescription, ULONG templateDescriptionSize,
        _Outptr_ WS_SERVICE_ENDPOINT **serviceEndpoint, _In_opt_ WS_ERROR *error);

/* ==== Tracing ====
 *
 * The numbers under which traces name the functions.
 */

typedef enum WS_TRACE_API {
    WS_TRACE_API_NONE = -1,
    WS_TRACE_API_START_READER_CANONICALIZATION = 0,
    WS_TRACE_API_END_READER_CANONICALIZATION = 1,
    WS_TRACE_API_START_WRITER_CANONICALIZATION = 2,
    WS_TRACE_API_END_WRITER_CANONICALIZATION = 3,
    WS_TRACE_API_CREATE_XML_BUFFER = 4,
    WS_TRACE_API_REMOVE_NODE = 5,
    WS_TRACE_API_CREATE_READER = 6,
    WS_TRACE_API_SET_INPUT = 7,
    WS_TRACE_API_SET_INPUT_TO_BUFFER = 8,
    WS_TRACE_API_FREE_XML_READER = 9,
    WS_TRACE_API_GET_READER_PROPERTY = 10,
    WS_TRACE_API_GET_READER_NODE = 11,
    WS_TRACE_API_FILL_READER = 12,
    WS_TRACE_API_READ_START_ELEMENT = 13,
    WS_TRACE_API_READ_TO_START_ELEMENT = 14,
    WS_TRACE_API_READ_START_ATTRIBUTE = 15,
    WS_TRACE_API_READ_END_ATTRIBUTE = 16,
    WS_TRACE_API_READ_NODE = 17,
    WS_TRACE_API_SKIP_NODE = 18,
    WS_TRACE_API_READ_END_ELEMENT = 19,
    WS_TRACE_API_FIND_ATTRIBUTE = 20,
    WS_TRACE_API_READ_ELEMENT_VALUE = 21,
    WS_TRACE_API_READ_CHARS = 22,
    WS_TRACE_API_READ_CHARS_UTF8 = 23,
    WS_TRACE_API_READ_BYTES = 24,
    WS_TRACE_API_READ_ARRAY = 25,
    WS_TRACE_API_GET_READER_POSITION = 26,
    WS_TRACE_API_SET_READER_POSITION = 27,
    WS_TRACE_API_MOVE_READER = 28,
    WS_TRACE_API_CREATE_WRITER = 29,
    WS_TRACE_API_FREE_XML_WRITER = 30,
    WS_TRACE_API_SET_OUTPUT = 31,
    WS_TRACE_API_SET_OUTPUT_TO_BUFFER = 32,
    WS_TRACE_API_GET_WRITER_PROPERTY = 33,
    WS_TRACE_API_FLUSH_WRITER = 34,
    WS_TRACE_API_WRITE_START_ELEMENT = 35,
    WS_TRACE_API_WRITE_END_START_ELEMENT = 36,
    WS_TRACE_API_WRITE_XMLNS_ATTRIBUTE = 37,
    WS_TRACE_API_WRITE_START_ATTRIBUTE = 38,
    WS_TRACE_API_WRITE_END_ATTRIBUTE = 39,
    WS_TRACE_API_WRITE_VALUE = 40,
    WS_TRACE_API_WRITE_XML_BUFFER = 41,
    WS_TRACE_API_READ_XML_BUFFER = 42,
    WS_TRACE_API_WRITE_XML_BUFFER_TO_BYTES = 43,
    WS_TRACE_API_READ_XML_BUFFER_FROM_BYTES = 44,
    WS_TRACE_API_WRITE_ARRAY = 45,
    WS_TRACE_API_WRITE_QUALIFIED_NAME = 46,
    WS_TRACE_API_WRITE_CHARS = 47,
    WS_TRACE_API_WRITE_CHARS_UTF8 = 48,
    WS_TRACE_API_WRITE_BYTES = 49,
    WS_TRACE_API_PUSH_BYTES = 50,
    WS_TRACE_API_PULL_BYTES = 51,
    WS_TRACE_API_WRITE_END_ELEMENT = 52,
    WS_TRACE_API_WRITE_TEXT = 53,
    WS_TRACE_API_WRITE_START_CDATA = 54,
    WS_TRACE_API_WRITE_END_CDATA = 55,
    WS_TRACE_API_WRITE_NODE = 56,
    WS_TRACE_API_PREFIX_FROM_NAMESPACE = 57,
    WS_TRACE_API_GET_WRITER_POSITION = 58,
    WS_TRACE_API_SET_WRITER_POSITION = 59,
    WS_TRACE_API_MOVE_WRITER = 60,
    WS_TRACE_API_TRIM_XML_WHITESPACE = 61,
    WS_TRACE_API_VERIFY_XML_NCNAME = 62,
    WS_TRACE_API_XML_STRING_EQUALS = 63,
    WS_TRACE_API_NAMESPACE_FROM_PREFIX = 64,
    WS_TRACE_API_READ_QUALIFIED_NAME = 65,
    WS_TRACE_API_GET_XML_ATTRIBUTE = 66,
    WS_TRACE_API_COPY_NODE = 67,
    WS_TRACE_API_ASYNC_EXECUTE = 68,
    WS_TRACE_API_CREATE_CHANNEL = 69,
    WS_TRACE_API_OPEN_CHANNEL = 70,
    WS_TRACE_API_SEND_MESSAGE = 71,
    WS_TRACE_API_RECEIVE_MESSAGE = 72,
    WS_TRACE_API_REQUEST_REPLY = 73,
    WS_TRACE_API_SEND_REPLY_MESSAGE = 74,
    WS_TRACE_API_SEND_FAULT_MESSAGE_FOR_ERROR = 75,
    WS_TRACE_API_GET_CHANNEL_PROPERTY = 76,
    WS_TRACE_API_SET_CHANNEL_PROPERTY = 77,
    WS_TRACE_API_WRITE_MESSAGE_START = 78,
    WS_TRACE_API_WRITE_MESSAGE_END = 79,
    WS_TRACE_API_READ_MESSAGE_START = 80,
    WS_TRACE_API_READ_MESSAGE_END = 81,
    WS_TRACE_API_CLOSE_CHANNEL = 82,
    WS_TRACE_API_ABORT_CHANNEL = 83,
    WS_TRACE_API_FREE_CHANNEL = 84,
    WS_TRACE_API_RESET_CHANNEL = 85,
    WS_TRACE_API_ABANDON_MESSAGE = 86,
    WS_TRACE_API_SHUTDOWN_SESSION_CHANNEL = 87,
    WS_TRACE_API_GET_CONTEXT_PROPERTY = 88,
    WS_TRACE_API_GET_DICTIONARY = 89,
    WS_TRACE_API_READ_ENDPOINT_ADDRESS_EXTENSION = 90,
    WS_TRACE_API_CREATE_ERROR = 91,
    WS_TRACE_API_ADD_ERROR_STRING = 92,
    WS_TRACE_API_GET_ERROR_STRING = 93,
    WS_TRACE_API_COPY_ERROR = 94,
    WS_TRACE_API_GET_ERROR_PROPERTY = 95,
    WS_TRACE_API_SET_ERROR_PROPERTY = 96,
    WS_TRACE_API_RESET_ERROR = 97,
    WS_TRACE_API_FREE_ERROR = 98,
    WS_TRACE_API_GET_FAULT_ERROR_PROPERTY = 99,
    WS_TRACE_API_SET_FAULT_ERROR_PROPERTY = 100,
    WS_TRACE_API_CREATE_FAULT_FROM_ERROR = 101,
    WS_TRACE_API_SET_FAULT_ERROR_DETAIL = 102,
    WS_TRACE_API_GET_FAULT_ERROR_DETAIL = 103,
    WS_TRACE_API_CREATE_HEAP = 104,
    WS_TRACE_API_ALLOC = 105,
    WS_TRACE_API_GET_HEAP_PROPERTY = 106,
    WS_TRACE_API_RESET_HEAP = 107,
    WS_TRACE_API_FREE_HEAP = 108,
    WS_TRACE_API_CREATE_LISTENER = 109,
    WS_TRACE_API_OPEN_LISTENER = 110,
    WS_TRACE_API_ACCEPT_CHANNEL = 111,
    WS_TRACE_API_CLOSE_LISTENER = 112,
    WS_TRACE_API_ABORT_LISTENER = 113,
    WS_TRACE_API_RESET_LISTENER = 114,
    WS_TRACE_API_FREE_LISTENER = 115,
    WS_TRACE_API_GET_LISTENER_PROPERTY = 116,
    WS_TRACE_API_SET_LISTENER_PROPERTY = 117,
    WS_TRACE_API_CREATE_CHANNEL_FOR_LISTENER = 118,
    WS_TRACE_API_CREATE_MESSAGE = 119,
    WS_TRACE_API_CREATE_MESSAGE_FOR_CHANNEL = 120,
    WS_TRACE_API_INITIALIZE_MESSAGE = 121,
    WS_TRACE_API_RESET_MESSAGE = 122,
    WS_TRACE_API_FREE_MESSAGE = 123,
    WS_TRACE_API_GET_HEADER_ATTRIBUTES = 124,
    WS_TRACE_API_GET_HEADER = 125,
    WS_TRACE_API_GET_CUSTOM_HEADER = 126,
    WS_TRACE_API_REMOVE_HEADER = 127,
    WS_TRACE_API_SET_HEADER = 128,
    WS_TRACE_API_REMOVE_CUSTOM_HEADER = 129,
    WS_TRACE_API_ADD_CUSTOM_HEADER = 130,
    WS_TRACE_API_ADD_MAPPED_HEADER = 131,
    WS_TRACE_API_REMOVE_MAPPED_HEADER = 132,
    WS_TRACE_API_GET_MAPPED_HEADER = 133,
    WS_TRACE_API_WRITE_BODY = 134,
    WS_TRACE_API_READ_BODY = 135,
    WS_TRACE_API_WRITE_ENVELOPE_START = 136,
    WS_TRACE_API_WRITE_ENVELOPE_END = 137,
    WS_TRACE_API_READ_ENVELOPE_START = 138,
    WS_TRACE_API_READ_ENVELOPE_END = 139,
    WS_TRACE_API_GET_MESSAGE_PROPERTY = 140,
    WS_TRACE_API_SET_MESSAGE_PROPERTY = 141,
    WS_TRACE_API_ADDRESS_MESSAGE = 142,
    WS_TRACE_API_CHECK_MUST_UNDERSTAND_HEADERS = 143,
    WS_TRACE_API_MARK_HEADER_AS_UNDERSTOOD = 144,
    WS_TRACE_API_FILL_BODY = 145,
    WS_TRACE_API_FLUSH_BODY = 146,
    WS_TRACE_API_REQUEST_SECURITY_TOKEN = 147,
    WS_TRACE_API_GET_SECURITY_TOKEN_PROPERTY = 148,
    WS_TRACE_API_CREATE_XML_SECURITY_TOKEN = 149,
    WS_TRACE_API_FREE_SECURITY_TOKEN = 150,
    WS_TRACE_API_REVOKE_SECURITY_CONTEXT = 151,
    WS_TRACE_API_GET_SECURITY_CONTEXT_PROPERTY = 152,
    WS_TRACE_API_READ_ELEMENT_TYPE = 153,
    WS_TRACE_API_READ_ATTRIBUTE_TYPE = 154,
    WS_TRACE_API_READ_TYPE = 155,
    WS_TRACE_API_WRITE_ELEMENT_TYPE = 156,
    WS_TRACE_API_WRITE_ATTRIBUTE_TYPE = 157,
    WS_TRACE_API_WRITE_TYPE = 158,
    WS_TRACE_API_SERVICE_REGISTER_FOR_CANCEL = 159,
    WS_TRACE_API_GET_SERVICE_HOST_PROPERTY = 160,
    WS_TRACE_API_CREATE_SERVICE_HOST = 161,
    WS_TRACE_API_OPEN_SERVICE_HOST = 162,
    WS_TRACE_API_CLOSE_SERVICE_HOST = 163,
    WS_TRACE_API_ABORT_SERVICE_HOST = 164,
    WS_TRACE_API_FREE_SERVICE_HOST = 165,
    WS_TRACE_API_RESET_SERVICE_HOST = 166,
    WS_TRACE_API_GET_SERVICE_PROXY_PROPERTY = 167,
    WS_TRACE_API_CREATE_SERVICE_PROXY = 168,
    WS_TRACE_API_OPEN_SERVICE_PROXY = 169,
    WS_TRACE_API_CLOSE_SERVICE_PROXY = 170,
    WS_TRACE_API_ABORT_SERVICE_PROXY = 171,
    WS_TRACE_API_FREE_SERVICE_PROXY = 172,
    WS_TRACE_API_RESET_SERVICE_PROXY = 173,
    WS_TRACE_API_ABORT_CALL = 174,
    WS_TRACE_API_CALL = 175,
    WS_TRACE_API_DECODE_URL = 176,
    WS_TRACE_API_ENCODE_URL = 177,
    WS_TRACE_API_COMBINE_URL = 178,
    WS_TRACE_API_DATETIME_TO_FILETIME = 179,
    WS_TRACE_API_FILETIME_TO_DATETIME = 180,
    WS_TRACE_API_DUMP_MEMORY = 181,
    WS_TRACE_API_SET_AUTOFAIL = 182,
    WS_TRACE_API_CREATE_METADATA = 183,
    WS_TRACE_API_READ_METADATA = 184,
    WS_TRACE_API_FREE_METADATA = 185,
    WS_TRACE_API_RESET_METADATA = 186,
    WS_TRACE_API_GET_METADATA_PROPERTY = 187,
    WS_TRACE_API_GET_MISSING_METADATA_DOCUMENT_ADDRESS = 188,
    WS_TRACE_API_GET_METADATA_ENDPOINTS = 189,
    WS_TRACE_API_MATCH_POLICY_ALTERNATIVE = 190,
    WS_TRACE_API_GET_POLICY_PROPERTY = 191,
    WS_TRACE_API_GET_POLICY_ALTERNATIVE_COUNT = 192,
    WS_TRACE_API_WS_CREATE_SERVICE_PROXY_FROM_TEMPLATE = 193,
    WS_TRACE_API_WS_CREATE_SERVICE_HOST_FROM_TEMPLATE = 194
} WS_TRACE_API;

#ifdef __cplusplus
}
#endif

#endif /* WEBSERVICES_H */
