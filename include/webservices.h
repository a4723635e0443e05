/* SPDX-License-Identifier: MIT */
/*
 * webservices.h - the Windows Web Services API, as far as this project has it: heaps and errors.
 *
 * Facts are from the API's reference documentation.
 */
#ifndef WEBSERVICES_H
#define WEBSERVICES_H

#ifdef _WIN32
#include <windows.h>
#else
#include "windows-types.h"
#endif

#ifdef __cplusplus
extern "C" {
#endif

#ifndef WS_E_INVALID_OPERATION
#define WS_E_INVALID_OPERATION ((HRESULT)0x803D0003u)
#endif
#ifndef WS_E_QUOTA_EXCEEDED
#define WS_E_QUOTA_EXCEEDED ((HRESULT)0x803D0008u)
#endif

typedef struct _WS_HEAP WS_HEAP;
typedef struct _WS_ERROR WS_ERROR;

/* Characters with a length and without a terminating zero. */
typedef struct _WS_STRING
{
    ULONG length; /* in characters */
    WCHAR *chars;
} WS_STRING;

/* Heap: allocations that are freed as a unit. */

typedef enum
{
    WS_HEAP_PROPERTY_MAX_SIZE = 0,       /* SIZE_T: the quota */
    WS_HEAP_PROPERTY_TRIM_SIZE = 1,      /* SIZE_T: what a reset may keep */
    WS_HEAP_PROPERTY_REQUESTED_SIZE = 2, /* SIZE_T: what has been allocated since the last reset */
    WS_HEAP_PROPERTY_ACTUAL_SIZE = 3     /* SIZE_T: what that takes */
} WS_HEAP_PROPERTY_ID;

typedef struct _WS_HEAP_PROPERTY
{
    WS_HEAP_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_HEAP_PROPERTY;

HRESULT WINAPI WsCreateHeap(SIZE_T maxSize, SIZE_T trimSize, const WS_HEAP_PROPERTY *properties, ULONG propertyCount,
                            WS_HEAP **heap, WS_ERROR *error);
HRESULT WINAPI WsAlloc(WS_HEAP *heap, SIZE_T size, void **ptr, WS_ERROR *error);
HRESULT WINAPI WsGetHeapProperty(WS_HEAP *heap, WS_HEAP_PROPERTY_ID id, void *value, ULONG valueSize, WS_ERROR *error);
HRESULT WINAPI WsResetHeap(WS_HEAP *heap, WS_ERROR *error);
void WINAPI WsFreeHeap(WS_HEAP *heap);

/* Error: what went wrong, in strings and properties. */

typedef enum
{
    WS_ERROR_PROPERTY_STRING_COUNT = 0,        /* ULONG, read only */
    WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE = 1, /* ULONG: the system's code behind a WS_E_ one */
    WS_ERROR_PROPERTY_LANGID = 2               /* LANGID, given at creation */
} WS_ERROR_PROPERTY_ID;

typedef struct _WS_ERROR_PROPERTY
{
    WS_ERROR_PROPERTY_ID id;
    void *value;
    ULONG valueSize;
} WS_ERROR_PROPERTY;

HRESULT WINAPI WsCreateError(const WS_ERROR_PROPERTY *properties, ULONG propertyCount, WS_ERROR **error);
HRESULT WINAPI WsAddErrorString(WS_ERROR *error, const WS_STRING *string);
HRESULT WINAPI WsGetErrorString(WS_ERROR *error, ULONG index, WS_STRING *string);
HRESULT WINAPI WsCopyError(WS_ERROR *source, WS_ERROR *destination);
HRESULT WINAPI WsGetErrorProperty(WS_ERROR *error, WS_ERROR_PROPERTY_ID id, void *buffer, ULONG bufferSize);
HRESULT WINAPI WsSetErrorProperty(WS_ERROR *error, WS_ERROR_PROPERTY_ID id, const void *value, ULONG valueSize);
HRESULT WINAPI WsResetError(WS_ERROR *error);
void WINAPI WsFreeError(WS_ERROR *error);

#ifdef __cplusplus
}
#endif

#endif
