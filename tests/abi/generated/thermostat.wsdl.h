/* SPDX-License-Identifier: MIT */
/*
 * Written for the tests, in the style of what wsutil makes of a WSDL document: as a program includes it, in C and in C++,
 * where it compiles with the header alone. generated.sh compiles it.
 */
#if _MSC_VER > 1000
#pragma once
#endif

#include <WebServices.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct _ReadingType ReadingType;
typedef struct _CalibratedReadingType CalibratedReadingType;
typedef struct _GetReadings GetReadings;
typedef struct _GetReadingsResponse GetReadingsResponse;

/* A reading, and one that is derived from it. */
typedef struct _ReadingType
{
    __nullterminated WCHAR* sensor;
    WS_DATETIME taken;
    double degrees;
    __int64 sequence;
    BOOL valid;
#ifdef __cplusplus
    struct _CalibratedReadingType* AsCalibratedReadingType();
#endif
} ReadingType;

#ifdef __cplusplus
typedef struct _CalibratedReadingType : public _ReadingType
{
    _CalibratedReadingType() : offset() {}
    DECIMAL offset;
} CalibratedReadingType;

inline struct _CalibratedReadingType* _ReadingType::AsCalibratedReadingType()
{
    return static_cast<struct _CalibratedReadingType*>(this);
}
#else
typedef struct _CalibratedReadingType
{
    struct _ReadingType base;
    DECIMAL offset;
} CalibratedReadingType;
#endif

typedef struct _GetReadings
{
    __nullterminated WCHAR* room;
    unsigned int most;
} GetReadings;

typedef struct _GetReadingsResponse
{
    unsigned int readingCount;
    __field_ecount(readingCount) ReadingType** reading;
    unsigned int rawCount;
    __field_ecount_opt(rawCount) unsigned char* raw;
    WS_BYTES picture;
    struct _CalibratedReadingType* newest;
} GetReadingsResponse;

typedef HRESULT (CALLBACK *ThermostatBinding_GetReadingsCallback) (
    __in const WS_OPERATION_CONTEXT* _context,
    __in_opt __nullterminated WCHAR* room,
    __in unsigned int most,
    __out unsigned int* readingCount,
    __deref_out_ecount_opt(*readingCount) ReadingType*** reading,
    __out_opt __deref __nullterminated WCHAR** unit,
    __in_opt const WS_ASYNC_CONTEXT* _asyncContext,
    __in_opt WS_ERROR* _error);

typedef struct ThermostatBindingFunctionTable
{
    ThermostatBinding_GetReadingsCallback ThermostatBinding_GetReadings;
} ThermostatBindingFunctionTable;

HRESULT WINAPI ThermostatBinding_GetReadings(
    __in WS_SERVICE_PROXY* _serviceProxy,
    __in_opt __nullterminated WCHAR* room,
    __in unsigned int most,
    __out unsigned int* readingCount,
    __deref_out_ecount_opt(*readingCount) ReadingType*** reading,
    __out_opt __deref __nullterminated WCHAR** unit,
    __in WS_HEAP* _heap,
    __in_ecount_opt(_callPropertyCount) const WS_CALL_PROPERTY* _callProperties,
    __in const ULONG _callPropertyCount,
    __in_opt const WS_ASYNC_CONTEXT* _asyncContext,
    __in_opt WS_ERROR* _error);

HRESULT ThermostatBinding_CreateServiceProxy(
    __in_opt WS_HTTP_BINDING_TEMPLATE* templateValue,
    __in_ecount_opt(proxyPropertyCount) const WS_PROXY_PROPERTY* proxyProperties,
    __in const ULONG proxyPropertyCount,
    __deref_out_opt WS_SERVICE_PROXY** _serviceProxy,
    __in_opt WS_ERROR* error);

HRESULT ThermostatBinding_CreateServiceEndpoint(
    __in_opt WS_HTTP_BINDING_TEMPLATE* templateValue,
    __in_opt CONST WS_STRING* address,
    __in_opt struct ThermostatBindingFunctionTable* functionTable,
    __in_opt WS_SERVICE_SECURITY_CALLBACK authorizationCallback,
    __in_ecount_opt(endpointPropertyCount) WS_SERVICE_ENDPOINT_PROPERTY* endpointProperties,
    __in const ULONG endpointPropertyCount,
    __in WS_HEAP* heap,
    __deref_out_opt WS_SERVICE_ENDPOINT** serviceEndpoint,
    __in_opt WS_ERROR* error);

typedef struct _thermostat_wsdl
{
    struct {
        WS_STRUCT_DESCRIPTION ReadingType;
    } globalTypes;
    struct {
        WS_ELEMENT_DESCRIPTION GetReadings;
        WS_ELEMENT_DESCRIPTION GetReadingsResponse;
    } globalElements;
    struct {
        WS_MESSAGE_DESCRIPTION GetReadingsIn;
        WS_MESSAGE_DESCRIPTION GetReadingsOut;
    } messages;
    struct {
        WS_CONTRACT_DESCRIPTION ThermostatBinding;
    } contracts;
    struct {
        WS_HTTP_POLICY_DESCRIPTION ThermostatBinding;
    } policies;
} _thermostat_wsdl;

extern const _thermostat_wsdl thermostat_wsdl;

#ifdef __cplusplus
} /* extern "C" */
#endif
